"""The security module's (SAM) frames, sans-I/O: commands out, bytes in, replies out.

    request  AA AA AA 96 69 | LEN | CMD PARA    | data | CHK
    reply    AA AA AA 96 69 | LEN | SW1 SW2 SW3 | data | CHK

LEN (two bytes, high first) counts from CMD or SW1 to CHK; CHK is the XOR from LEN to the last data
byte. All makes of readers carry the same module.
"""

import struct
from functools import reduce
from operator import xor
from typing import Final

import msgspec

PREAMBLE: Final = b"\xaa\xaa\xaa\x96\x69"
_HEADER: Final = len(PREAMBLE) + 2
_MIN_LEN: Final = 4  # SW1 SW2 SW3 CHK
_MAX_LEN: Final = 0x090A  # text, photo and two fingerprints
LONGEST_DATA: Final = _MAX_LEN - _MIN_LEN
BAUDS: Final = (115200, 57600, 38400, 19200, 9600)  # in the order of the set-baud command

OK: Final = 0x90
CARD_FOUND: Final = 0x9F
NO_CARD: Final = 0x80
NOT_SELECTED: Final = 0x81
NO_ITEM: Final = 0x91
UNKNOWN_COMMANDS: Final = frozenset({0x21, 0x23, 0x24})

STATUS_WORDS: Final[dict[int, str | None]] = {
    OK: None,
    CARD_FOUND: None,
    NO_ITEM: "id_reader.card_incomplete",
    0x10: "id_reader.checksum",
    0x11: "id_reader.length",
    0x21: "id_reader.bad_command",
    0x23: "id_reader.not_permitted",
    0x24: "id_reader.unknown_command",
    0x31: "id_reader.sam_distrusted",
    0x32: "id_reader.card_distrusted",
    0x33: "id_reader.text_unverified",
    0x37: "id_reader.fingerprint_unverified",
    0x3F: "id_reader.information_length",
    0x40: "id_reader.card_unknown",
    0x41: "id_reader.card_moved",
    0x47: "id_reader.random_number",
    0x60: "id_reader.sam_failed",
    0x66: "id_reader.sam_unauthorised",
    NO_CARD: "id_reader.card_moved",
    NOT_SELECTED: "id_reader.card_moved",
}
"""Every SW3 and its error code; None where it went well. 80 answers "find" with no card too."""


class Reply(msgspec.Struct, frozen=True):
    """One whole, checked reply. `data` may be personal: it stays out of the repr."""

    sw: tuple[int, int, int]
    data: bytes

    def __repr__(self) -> str:
        return f"Reply({bytes(self.sw).hex(' ')}, {len(self.data)} bytes)"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return [("sw", bytes(self.sw).hex(" "))]

    @property
    def status(self) -> int:
        """SW3."""
        return self.sw[2]

    @property
    def is_ok(self) -> bool:
        """Whether the module did what it was asked (or found a card)."""
        return self.sw[:2] == (0, 0) and self.status in (OK, CARD_FOUND)

    @property
    def error(self) -> str | None:
        """The error code for SW3; None when it went well."""
        if self.is_ok:
            return None
        return STATUS_WORDS.get(self.status) or "id_reader.request_rejected"


class BadFrame(msgspec.Struct, frozen=True):
    """A frame began but its length or checksum is wrong."""

    reason: str


FrameEvent = Reply | BadFrame


def checksum(data: bytes) -> int:
    """XOR of all bytes."""
    return reduce(xor, data, 0)


def request(command: int, parameter: int, data: bytes = b"") -> bytes:
    """A request frame."""
    body = struct.pack(">HBB", 3 + len(data), command, parameter) + data
    return PREAMBLE + body + bytes((checksum(body),))


RESET: Final = request(0x10, 0xFF)
STATUS: Final = request(0x11, 0xFF)
SAM_NUMBER: Final = request(0x12, 0xFF)
FIND_CARD: Final = request(0x20, 0x01)
SELECT_CARD: Final = request(0x20, 0x02)
READ_CARD: Final = request(0x30, 0x01)
READ_FINGERPRINT: Final = request(0x30, 0x10)
NEWEST_ADDRESS: Final = request(0x30, 0x03)
CHIP_NUMBER: Final = request(0x30, 0x05)


def set_baud(baud: int) -> bytes:
    """The request for another speed, in force 5 ms after its answer; ValueError for no such."""
    if baud not in BAUDS:
        raise ValueError(f"no such speed: {baud}")
    return request(0x60, BAUDS.index(baud))


class FrameParser:
    """Bytes in at any split, replies out; noise before a frame is skipped.

    After a bad frame the search begins again one byte later, so a true frame inside is found.
    The buffer never holds more than one frame. `reset` before each request: noise that looks like
    a frame's beginning must not swallow the next reply; `hidden` finds one swallowed within it.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    @property
    def pending(self) -> int:
        """Bytes held of an unfinished frame."""
        return len(self._buffer)

    @property
    def has_header(self) -> bool:
        """Whether a frame has begun: its preamble and length are here."""
        return len(self._buffer) >= _HEADER

    def reset(self) -> None:
        """Forget an unfinished frame."""
        self._buffer.clear()

    def feed(self, data: bytes) -> list[FrameEvent]:
        """Replies and bad frames that `data` completes."""
        events: list[FrameEvent] = []
        self._buffer += data
        while (event := self._next()) is not None:
            events.append(event)
        return events

    def hidden(self) -> Reply | None:
        """The first whole reply behind a frame that was begun and never finished; then forgotten.

        For when the line has gone quiet: the beginning was noise.
        """
        for start in range(1, len(self._buffer)):
            if self._buffer.startswith(PREAMBLE, start):
                for event in FrameParser().feed(bytes(self._buffer[start:])):
                    if isinstance(event, Reply):
                        self._buffer.clear()
                        return event
        return None

    def _next(self) -> FrameEvent | None:
        start = self._buffer.find(PREAMBLE)
        if start < 0:
            del self._buffer[: max(0, len(self._buffer) - len(PREAMBLE) + 1)]
            return None
        del self._buffer[:start]
        if len(self._buffer) < _HEADER:
            return None
        length = int.from_bytes(self._buffer[5:7], "big")
        if not _MIN_LEN <= length <= _MAX_LEN:
            del self._buffer[0]
            return BadFrame(f"length {length}")
        if len(self._buffer) < _HEADER + length:
            return None
        body = bytes(self._buffer[5 : _HEADER + length - 1])
        if checksum(body) != self._buffer[_HEADER + length - 1]:
            del self._buffer[0]
            return BadFrame("checksum")
        del self._buffer[: _HEADER + length]
        return Reply((body[2], body[3], body[4]), body[5:])
