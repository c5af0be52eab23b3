"""Onbon BX-5 controllers, dynamic area, as spoken on TCP 5005: frames to bytes and back.

    A5×8 | dst u16 | src u16 | 00 00 00 00 | check 00 | display mode | device type | version 02 |
    LEN u16 | data | CRC u16 | 5A

All little-endian. CRC-16/ARC over dst … data, before escaping. Read in public sources, vectors
tried. Remembered (?): the answer's group A0 with command 00 for yes and 01 for no, the error byte
behind it, and that `\\n` begins a new line where lines are several.
"""

import re
from enum import IntEnum
from typing import Final, NewType

import msgspec

from devices.checksum import crc16_arc
from devices.errors import DeviceError
from devices.led.text import Colour, Content, Encoded, encode_lines

PORT: Final = 5005
HEADER: Final = b"\xa5" * 8
TAIL: Final = 0x5A
_ESCAPES: Final = {0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"}
_UNESCAPES: Final = {escaped: bytes((byte,)) for byte, escaped in _ESCAPES.items()}
_HEAD_SIZE: Final = 14
_LONGEST: Final = 4096
"""Of one escaped frame: a screen's text is short."""
_COLOURS: Final = {Colour.RED: b"\\C1", Colour.GREEN: b"\\C2", Colour.YELLOW: b"\\C3"}
_NEW_LINE: Final = b"\\n"
_PIXELS: Final = 0x8000
CODEC: Final = "gb2312"
MARKS: Final = re.compile(r"\\")

Command = NewType("Command", bytes)
"""The data of a request: group, command, reply wanted, two more bytes, parameters."""
PING: Final = Command(b"\xa2\x00\x01\x00\x00")
CLEAR: Final = Command(b"\xa3\x10\x01\x00\x00")


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """The fields before the data. FFFE reaches any screen (?)."""

    screen: int = 1
    source: int = 0x8000
    display_mode: int = 0
    """0: dynamic areas beside the programme; 1: before it."""
    device_type: int = 0xFE
    """FE is any controller."""


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """A dynamic area: where, and how its text stands. Pixels; see the controller's manual."""

    id: int = 0
    x: int = 0
    y: int = 0
    width: int = 64
    height: int = 16
    line_gap: int = 0
    mode: int = 0
    """0 for ever, 1 ends on the last page, 2 and 3 until `timeout`, 4 and 5 once."""
    timeout: int = 0
    """Seconds for modes 2 and 3, times for 5."""
    align: int = 0
    """Bits 0 and 1 across, 2 and 3 down: 0 left or top, 1 right or bottom, 2 middle."""
    is_wrapped: bool = False
    """The controller breaks lines that are too long."""
    effect: int = 1
    """1 still, 2 at once, 3 leftwards, 4 rightwards, 5 up, 6 down."""
    exit: int = 0
    speed: int = 10
    stay: int = 0
    is_cleared: bool = True
    """Clear the area before."""
    deletes_others: bool = False
    """Delete every other dynamic area."""


def encode_frame(data: bytes, address: Address) -> bytes:
    """One request."""
    body = (
        address.screen.to_bytes(2, "little")
        + address.source.to_bytes(2, "little")
        + bytes((0, 0, 0, 0, 0, address.display_mode, address.device_type, 0x02))
        + len(data).to_bytes(2, "little")
        + data
    )
    body += crc16_arc(body).to_bytes(2, "little")
    return HEADER + escape(body) + bytes((TAIL,))


def escape(body: bytes) -> bytes:
    """No A5 and no 5A is left inside."""
    return b"".join(_ESCAPES.get(byte, bytes((byte,))) for byte in body)


def unescape(body: bytes) -> bytes:
    """The opposite; DeviceError `led.corrupt` for an escape that is none."""
    out = bytearray()
    at = 0
    while at < len(body):
        if body[at] in (0xA6, 0x5B):
            pair = _UNESCAPES.get(body[at : at + 2])
            if pair is None:
                raise DeviceError("led.corrupt", f"escape {body[at : at + 2].hex()}")
            out += pair
            at += 2
        else:
            out.append(body[at])
            at += 1
    return bytes(out)


def encode_content(content: Content, new_line: bytes = _NEW_LINE) -> Encoded:
    """Lines with their colours as the area's text. A backslash of the text is shown full-width:
    it begins the controller's own marks."""
    return encode_lines(content, CODEC, MARKS, _COLOURS, new_line)


def text_command(area: Area, text: bytes, *, is_single_line: bool) -> Command:
    """Write `text` into one dynamic area."""
    place = b"".join(
        (value | _PIXELS).to_bytes(2, "little")
        for value in (area.x, area.y, area.width, area.height)
    )
    described = (
        b"\x00"
        + place
        + bytes((area.id, area.line_gap, area.mode))
        + area.timeout.to_bytes(2, "little")
        + bytes((0, 0, area.align, 1 if is_single_line else 2, 2 if area.is_wrapped else 1))
        + bytes((area.effect, area.exit, area.speed, area.stay))
        + len(text).to_bytes(4, "little")
        + text
    )
    head = bytes((0xA3, 0x06, 0x01, area.is_cleared, 0, 0xFF if area.deletes_others else 0, 1))
    return Command(head + len(described).to_bytes(2, "little") + described)


class FrameSeen(msgspec.Struct, frozen=True):
    """A whole frame whose CRC is right: who says what to whom."""

    destination: int
    source: int
    data: bytes


class FrameBroken(msgspec.Struct, frozen=True):
    """Something between a header and a tail that is no frame, and why."""

    reason: str


class FrameParser:
    """Takes bytes in any pieces, of requests and replies alike; holds at most one frame."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[FrameSeen | FrameBroken]:
        """The frames that `data` completes. Bytes before a header are skipped."""
        self._held += data
        seen: list[FrameSeen | FrameBroken] = []
        while (end := self._held.find(TAIL)) >= 0:
            raw = bytes(self._held[:end])
            del self._held[: end + 1]
            start = raw.rfind(0xA5) + 1  # escaped, A5 is only in headers
            if start:
                seen.append(_open_frame(raw[start:]))
        start = self._held.rfind(0xA5)
        if start > 0:
            del self._held[:start]
        elif start < 0:
            self._held.clear()
        if len(self._held) > _LONGEST:
            self._held.clear()
            seen.append(FrameBroken("too long"))
        return seen


def _open_frame(escaped: bytes) -> FrameSeen | FrameBroken:
    try:
        body = unescape(escaped)
    except DeviceError as error:
        return FrameBroken(error.detail)
    length = len(body) - _HEAD_SIZE - 2
    if length < 0:
        return FrameBroken("too short")
    if crc16_arc(body[:-2]) != int.from_bytes(body[-2:], "little"):
        return FrameBroken("CRC")
    if int.from_bytes(body[12:14], "little") != length:
        return FrameBroken("length")
    return FrameSeen(
        int.from_bytes(body[0:2], "little"), int.from_bytes(body[2:4], "little"), body[14:-2]
    )


class Status(IntEnum):
    """The error byte of an answer (?)."""

    WRONG_GROUP = 1
    UNKNOWN_COMMAND = 2
    BUSY = 3
    NO_MEMORY = 4
    CHECKSUM = 5
    CRC16 = 11


_CODES: Final[dict[int, str]] = {
    Status.BUSY: "led.busy",
    Status.NO_MEMORY: "led.memory",
    Status.CHECKSUM: "led.corrupt",
    Status.CRC16: "led.corrupt",
}


def check_answer(request: Command, answer: bytes) -> bool:
    """Whether `answer` is the reply to `request`; DeviceError where it says no.

    Yes is group A0 command 00, or the request's own group and command with data behind.
    """
    if len(answer) < 2:
        return False
    if answer[0] == 0xA0:
        if answer[1] == 0:
            return True
        status = answer[2] if len(answer) > 2 else 0
        raise DeviceError(_CODES.get(status, "led.rejected"), f"error {status}")
    return answer[:2] == request[:2]
