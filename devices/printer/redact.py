"""A printer's recording without what the slips say: every text, code and picture keeps its size.

Commands stay as they are; Chinese characters become 某, letters x, digits 0, pictures stripes.
"""

from collections.abc import Iterator
from typing import Final

from devices.transport.record import Piece, Way

_DLE, _ESC, _FS, _GS = 0x10, 0x1B, 0x1C, 0x1D
_STRIPES: Final = b"\xaa"
_SOMEBODY: Final = "某".encode("gb18030")

# Bytes that follow a command's two, in Epson's reference. Unknown commands have none.
_LENGTHS: Final[dict[int, dict[int, int]]] = {
    _DLE: {0x04: 1, 0x05: 1, 0x14: 3},
    _ESC: dict.fromkeys(b" !-3EGJKMRVadert{=u", 1) | dict.fromkeys(b"$\\c", 2) | {ord("p"): 3},
    _FS: dict.fromkeys(b"!-CW", 1) | {ord("S"): 2, ord("p"): 2},
    _GS: dict.fromkeys(b"!BHhwfarIb/", 1) | dict.fromkeys(b"LWP$\\", 2),
}


class SlipRedactor:
    """See devices.transport.record.Redactor. What the printer says is its state alone."""

    def __init__(self) -> None:
        self._held = bytearray()

    def take(self, way: Way, data: bytes) -> Iterator[Piece]:
        """Whole commands and characters; the rest waits for what follows it."""
        if way == "in":
            yield way, data
            return
        self._held += data
        written = bytearray()
        at = 0
        while (found := _unit(self._held, at)) is not None:
            piece, at = found
            written += piece
        del self._held[:at]
        if written:
            yield "out", bytes(written)

    def rest(self) -> Iterator[Piece]:
        """A command or picture that was cut, as zeros."""
        held, self._held = len(self._held), bytearray()
        if held:
            yield "out", bytes(held)


def _unit(data: bytearray, at: int) -> tuple[bytes, int] | None:
    """The next command or character as it may be written, and where it ends; None: not whole."""
    if at >= len(data):
        return None
    first = data[at]
    if first in _LENGTHS:
        return _command(data, at)
    if first >= 0x81:
        if at + 2 > len(data):
            return None
        size = 4 if 0x30 <= data[at + 1] <= 0x39 else 2
        return (_SOMEBODY * (size // 2), at + size) if at + size <= len(data) else None
    return _plain(data[at : at + 1]), at + 1


def _command(data: bytearray, at: int) -> tuple[bytes, int] | None:
    if at + 2 > len(data):
        return None
    head, body = 2 + _LENGTHS[data[at]].get(data[at + 1], 0), 0
    is_code = False
    match (data[at], data[at + 1]):
        case (0x1D, 0x56):  # GS V m, and how far to feed where m is 65 or 66
            if at + 3 > len(data):
                return None
            head = 4 if data[at + 2] in (65, 66) else 3
        case (0x1D, 0x76):  # GS v 0 m xL xH yL yH picture
            if at + 8 > len(data):
                return None
            head = 8
            width, height = (int.from_bytes(data[at + i : at + i + 2], "little") for i in (4, 6))
            body = width * height
        case (0x1D, 0x28):  # GS ( fn pL pH data: QR codes, graphics
            if at + 5 > len(data):
                return None
            size = int.from_bytes(data[at + 3 : at + 5], "little")
            # cn fn m are the command's; graphics (L) tell their size besides; the rest is said.
            head = min(15 if data[at + 2] == ord("L") else 8, 5 + size)
            body = 5 + size - head
            is_code = data[at + 2] == ord("k")
            if body and is_code and at + 7 <= len(data) and data[at + 6] != 0x50:
                head, body = 5 + size, 0  # only 50h stores a code's content
        case (0x1B, 0x2A):  # ESC * m nL nH picture
            if at + 5 > len(data):
                return None
            head = 5
            columns = int.from_bytes(data[at + 3 : at + 5], "little")
            body = columns * (3 if data[at + 2] >= 32 else 1)
        case _:
            pass
    end = at + head + body
    if end > len(data):
        return None
    said = bytes(data[at + head : end])
    return bytes(data[at : at + head]) + (_plain(said) if is_code else _STRIPES * body), end


def _plain(said: bytes | bytearray) -> bytes:
    return bytes(said.translate(_PLAIN))


def _class(byte: int) -> int:
    if 0x30 <= byte <= 0x39:
        return ord("0")
    return ord("x") if bytes((byte,)).isalpha() or byte >= 0x80 else byte


_PLAIN: Final = bytes(_class(byte) for byte in range(256))
