"""A serial scanner's line: bytes in, texts out, at any split. No I/O.

Scanners end a code with CR, LF or both, or, as some leave the factory, with nothing but a pause;
some put STX before and ETX behind it. No standard says so: this is what their manuals offer.
"""

from typing import Final, Literal

import msgspec

Encoding = Literal["auto", "utf-8", "gb18030"]
Ends = Literal["auto", "line", "gap"]

_ENDS: Final = b"\r\n"
_STX: Final = 0x02
_ETX: Final = 0x03
_GS: Final = 0x1D  # GS1 codes have it between their parts


class Line(msgspec.Struct, frozen=True):
    """One code's text."""

    text: str

    def __repr__(self) -> str:
        return f"Line({len(self.text)} characters)"


class BadLine(msgspec.Struct, frozen=True):
    """What came is no code; `code` is a key of FAULTS."""

    code: str


class LineParser:
    """Feed it what comes; call `gap` after a pause. It never holds more than `longest` bytes.

    `ends`: `line` wants a line end, and a pause before it means that the rest was lost; `gap` takes
    a pause for an end too; `auto` does so until the scanner has once sent a line end.
    `encoding`: `auto` reads UTF-8, else GB18030 (which holds GBK).
    """

    def __init__(
        self, *, longest: int = 512, encoding: Encoding = "auto", ends: Ends = "auto"
    ) -> None:
        self._longest = longest
        self._encodings = ("utf-8", "gb18030") if encoding == "auto" else (encoding,)
        self._is_gap_end = ends != "line"
        self._is_learning = ends == "auto"
        self._buffer = bytearray()
        self._is_overlong = False

    @property
    def pending(self) -> int:
        """Bytes held of an unfinished line."""
        return len(self._buffer)

    @property
    def is_waiting(self) -> bool:
        """Whether a pause would mean something."""
        return bool(self._buffer) or self._is_overlong

    def reset(self) -> None:
        """Forget an unfinished line; the port was opened again."""
        self._buffer.clear()
        self._is_overlong = False

    def feed(self, data: bytes) -> list[Line | BadLine]:
        """The lines that `data` completes."""
        events: list[Line | BadLine] = []
        start = 0
        for at, byte in enumerate(data):
            if byte in _ENDS:
                self._keep(data[start:at], events)
                start = at + 1
                if self._buffer or self._is_overlong:
                    self._is_gap_end = self._is_gap_end and not self._is_learning
                    self._finish(events)
        self._keep(data[start:], events)
        return events

    def gap(self) -> list[Line | BadLine]:
        """Nothing has come for a while."""
        events: list[Line | BadLine] = []
        if self.is_waiting:
            if self._is_gap_end or self._is_overlong:
                self._finish(events)
            else:
                self._buffer.clear()
                events.append(BadLine("scanner.cut_short"))
        return events

    def _keep(self, data: bytes, events: list[Line | BadLine]) -> None:
        if self._is_overlong or not data:
            return
        if len(self._buffer) + len(data) > self._longest:
            self._buffer.clear()
            self._is_overlong = True
            events.append(BadLine("scanner.overlong"))
            return
        self._buffer += data

    def _finish(self, events: list[Line | BadLine]) -> None:
        data = bytes(self._buffer)
        was_overlong = self._is_overlong
        self.reset()
        if was_overlong:
            return
        if data[0] == _STX:
            data = data[1:]
        if data.endswith(bytes((_ETX,))):
            data = data[:-1]
        text = self._decode(data)
        if text is None:
            events.append(BadLine("scanner.unreadable"))
        elif text.strip():
            events.append(Line(text.strip()))

    def _decode(self, data: bytes) -> str | None:
        for encoding in self._encodings:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return text if all(c.isprintable() or c == chr(_GS) for c in text) else None
        return None
