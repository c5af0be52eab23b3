"""The simulated printer's own ESC/POS decoder: bytes in, paper out.

Written from the command reference, sharing nothing with the encoder, so that each checks the
other. It is as limited as a cheap printer: Chinese only in FS & mode, and nothing beyond GBK.
"""

from typing import Final

import msgspec

UNPRINTABLE: Final = "?"


class PrintedLine(msgspec.Struct, frozen=True):
    """One line of text as it stands on the paper."""

    text: str
    width: int
    height: int
    align: str
    bold: bool


class PrintedSlip(msgspec.Struct, frozen=True):
    """A piece of paper. `unknown` lists commands the printer did not know, in hex."""

    lines: tuple[PrintedLine, ...]
    qr: tuple[str, ...]
    rasters: int
    raster_dots: int
    is_cut: bool
    unknown: tuple[str, ...]
    last_byte_monotonic_ns: int

    @property
    def number(self) -> str:
        """The largest text on the slip; the first of equals; empty on a blank slip."""
        lines = [line for line in self.lines if line.text.strip()]
        return max(lines, key=lambda line: line.width * line.height).text if lines else ""

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


class QuerySeen(msgspec.Struct, frozen=True):
    """A command in the stream that wants an answer: GS a, GS r or GS I, with its n."""

    command: str
    n: int


# Length of each fixed-length command, opcode included.
_FIXED: Final = {
    b"\x1b@": 2, b"\x1b2": 2, b"\x1ba": 3, b"\x1bE": 3, b"\x1bG": 3, b"\x1bM": 3, b"\x1b-": 3,
    b"\x1bd": 3, b"\x1bJ": 3, b"\x1b!": 3, b"\x1bt": 3, b"\x1bR": 3, b"\x1b3": 3, b"\x1b{": 3,
    b"\x1b ": 3, b"\x1bV": 3, b"\x1c&": 2, b"\x1c.": 2, b"\x1c!": 3, b"\x1c-": 3, b"\x1cW": 3,
    b"\x1cS": 4, b"\x1d!": 3, b"\x1dB": 3, b"\x1da": 3, b"\x1dr": 3, b"\x1dI": 3,
    b"\x1dL": 4, b"\x1dW": 4, b"\x1db": 3, b"\x1dP": 4,
}  # fmt: skip
_ALIGN: Final = {0: "left", 1: "center", 2: "right", 48: "left", 49: "center", 50: "right"}


class Decoder:
    """One connection's stream. `feed` returns the slips and queries that the bytes complete."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._reset_modes()
        self._new_slip()

    def feed(self, data: bytes, now_ns: int) -> list[PrintedSlip | QuerySeen]:
        """Decode `data`, which arrived at monotonic `now_ns`."""
        self._buffer += data
        out: list[PrintedSlip | QuerySeen] = []
        at = 0
        while at < len(self._buffer):
            used = self._step(at, out, now_ns)
            if not used:
                break
            at += used
        del self._buffer[:at]
        return out

    def torn(self, now_ns: int) -> PrintedSlip | None:
        """What stands on the paper uncut when the line goes dead; None if nothing does."""
        self._flush_line()
        if not (self._lines or self._qr or self._rasters):
            return None
        return self._finish(now_ns, is_cut=False)

    def _reset_modes(self) -> None:
        self._chinese = False
        self._bold = False
        self._size = (1, 1)
        self._align = "left"
        self._qr_store = b""

    def _new_slip(self) -> None:
        self._text = ""
        self._line_size = (1, 1)
        self._lines: list[PrintedLine] = []
        self._qr: list[str] = []
        self._rasters = 0
        self._raster_dots = 0
        self._unknown: list[str] = []

    def _finish(self, now_ns: int, *, is_cut: bool) -> PrintedSlip:
        slip = PrintedSlip(
            tuple(self._lines),
            tuple(self._qr),
            self._rasters,
            self._raster_dots,
            is_cut,
            tuple(self._unknown),
            now_ns,
        )
        self._new_slip()
        return slip

    def _step(self, at: int, out: list[PrintedSlip | QuerySeen], now_ns: int) -> int:
        """Take one command or character at `at`; the bytes used, 0 if more are needed."""
        byte = self._buffer[at]
        if byte in (0x1B, 0x1C, 0x1D):
            return self._command(at, out, now_ns)
        if byte == 0x0A:
            self._flush_line(force=True)
            return 1
        if byte < 0x20 or byte == 0x7F:
            if byte != 0x0D:
                self._unknown.append(f"{byte:02x}")
            return 1
        if byte < 0x80:
            self._put(chr(byte))
            return 1
        return self._wide(at)

    def _wide(self, at: int) -> int:
        if not self._chinese:
            self._put(UNPRINTABLE)
            return 1
        if at + 1 >= len(self._buffer):
            return 0
        if 0x30 <= self._buffer[at + 1] <= 0x39:
            if at + 3 >= len(self._buffer):
                return 0
            self._put(UNPRINTABLE * 2)
            return 4
        try:
            self._put(bytes(self._buffer[at : at + 2]).decode("gbk"))
        except UnicodeDecodeError:
            self._put(UNPRINTABLE * 2)
        return 2

    def _put(self, text: str) -> None:
        if not self._text:
            self._line_size = self._size
        self._text += text

    def _flush_line(self, *, force: bool = False) -> None:
        if self._text or force:
            width, height = self._line_size if self._text else (1, 1)
            self._lines.append(PrintedLine(self._text, width, height, self._align, self._bold))
            self._text = ""

    def _command(self, at: int, out: list[PrintedSlip | QuerySeen], now_ns: int) -> int:
        buffer, left = self._buffer, len(self._buffer) - at
        if left < 2:
            return 0
        name = bytes(buffer[at : at + 2])
        if name == b"\x1dV":
            return self._cut(at, left, out, now_ns)
        if name == b"\x1d(":
            return self._function(at, left)
        if name == b"\x1dv":
            return self._raster(at, left)
        length = _FIXED.get(name)
        if length is None:
            self._unknown.append(name.hex())
            return 2
        if left < length:
            return 0
        n = buffer[at + 2] if length > 2 else 0
        self._mode(name, n)
        if name in (b"\x1da", b"\x1dr", b"\x1dI"):
            out.append(QuerySeen(f"GS {name[1:].decode()}", n))
        return length

    def _mode(self, name: bytes, n: int) -> None:
        if name == b"\x1b@":
            self._flush_line()
            self._reset_modes()
        elif name in (b"\x1bd", b"\x1bJ"):
            self._flush_line()
        elif name == b"\x1ba":
            self._align = _ALIGN.get(n, self._align)
        elif name in (b"\x1bE", b"\x1bG"):
            self._bold = bool(n & 1)
        elif name == b"\x1b!":
            self._size = (2 if n & 0x20 else 1, 2 if n & 0x10 else 1)
            self._bold = bool(n & 8)
        elif name == b"\x1d!":
            self._size = ((n >> 4 & 7) + 1, (n & 7) + 1)
        elif name in (b"\x1c&", b"\x1c."):
            self._chinese = name == b"\x1c&"

    def _cut(self, at: int, left: int, out: list[PrintedSlip | QuerySeen], now_ns: int) -> int:
        length = 4 if left > 2 and self._buffer[at + 2] in (65, 66, 97, 98, 103, 104) else 3
        if left < length:
            return 0
        self._flush_line()
        out.append(self._finish(now_ns, is_cut=True))
        return length

    def _function(self, at: int, left: int) -> int:
        if left < 5:
            return 0
        length = 5 + self._buffer[at + 3] + 256 * self._buffer[at + 4]
        if left < length:
            return 0
        body = bytes(self._buffer[at + 5 : at + length])
        if self._buffer[at + 2] != ord("k") or body[:1] != b"1":
            self._unknown.append(bytes(self._buffer[at : at + 3]).hex())
        elif body[1:2] == b"P":
            self._qr_store = body[3:]
        elif body[1:2] == b"Q" and self._qr_store:
            self._qr.append(self._qr_store.decode("utf-8", "replace"))
        return length

    def _raster(self, at: int, left: int) -> int:
        if left < 8:
            return 0
        x_low, x_high, y_low, y_high = self._buffer[at + 4 : at + 8]
        size = (x_low + 256 * x_high) * (y_low + 256 * y_high)
        if left < 8 + size:
            return 0
        self._rasters += 1
        dots = self._buffer[at + 8 : at + 8 + size]
        self._raster_dots += int.from_bytes(dots, "big").bit_count()
        return 8 + size
