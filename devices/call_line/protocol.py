"""Frames of the caller's line: bytes in, frames out; numbers to the six digits of the display.

    FF 68 L L 68 ADDR FUNC DATA… SUM 16      L = 2 + len(DATA), SUM = (ADDR + FUNC + ΣDATA) & FF

Read in public sources of a deployed system; not tried on hardware. Marked `?` where the sources
are silent: the function a key comes with (any but 11 is taken), whether a device echoes what the
host says (see driver), and whether half of the display's digits left blank keep what they showed.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

import msgspec

from devices.call_line.events import Key, KeyPressed, Press, Rated
from devices.checksum import sum8
from devices.errors import DeviceError
from devices.resync import BadFrame, Noise, Resync

BAUD: Final = 9600
BITS_PER_BYTE: Final = 10
"""8N1 on the wire: start, eight data bits, stop."""
BLANK: Final = 0x0A
DIGITS: Final = 3
_HEAD: Final = b"\xff\x68"
_MARK: Final = 0x68
_END: Final = 0x16
KEYS: Final = {
    0x0B: Key.ASK_RATING,
    0x0C: Key.CALL,
    0x0D: Key.RECALL,
    0x0F: Key.CONFIRM,
    0x12: Key.PAUSE,
    0x13: Key.TRANSFER,
}
KEY_BYTES: Final = {key: byte for byte, key in KEYS.items()}


class Function(IntEnum):
    """FUNC as known; a device's other functions are taken for keys."""

    RATING_START = 0x01
    DISPLAY = 0x02
    BEEP = 0x03
    RATING = 0x11


class Frame(msgspec.Struct, frozen=True):
    """One whole frame whose sum is right."""

    address: int
    function: int
    data: bytes = b""

    def encode(self) -> bytes:
        """The frame's bytes; DeviceError `template.unencodable` where a field does not fit."""
        length = 2 + len(self.data)
        if not (0 <= self.address <= 0xFF and 0 <= self.function <= 0xFF and length <= 0xFF):
            raise DeviceError("template.unencodable", f"address {self.address}, {length} bytes")
        body = bytes((self.address, self.function)) + self.data
        return bytes((0xFF, _MARK, length, length, _MARK)) + body + bytes((sum8(body), _END))


Heard = Frame | BadFrame | Noise


def frame_parser() -> Resync[Frame]:
    """A parser of the line's bytes, in any pieces."""
    return Resync(_frame_size, _whole_frame, _HEAD)


def _frame_size(held: bytearray, at: int) -> int | None:
    """The head itself is found already, or as much of it as there is."""
    there = len(held) - at
    if there < 4:
        return None
    length = held[at + 2]
    if length != held[at + 3] or length < 2:
        return 0
    if there < 5:
        return None
    return length + 7 if held[at + 4] == _MARK else 0


def _whole_frame(raw: bytes) -> Frame | None:
    body = raw[5:-2]
    if raw[-1] != _END or sum8(body) != raw[-2]:
        return None
    return Frame(body[0], body[1], body[2:])


def press_of(frame: Frame) -> Press | None:
    """What a person did at a device, or None where the frame is no key and no rating.

    The number before `confirm` is read as decimal digits, blanks left out (?).
    """
    if frame.function == Function.RATING:
        return Rated(frame.address, frame.data[0]) if frame.data else None
    if frame.function in (Function.DISPLAY, Function.BEEP) or not frame.data:
        return None
    key = KEYS.get(frame.data[-1])
    if key is None:
        return None
    digits = frame.data[:-1].replace(bytes((BLANK,)), b"")
    if any(digit > 9 for digit in digits):
        return None
    number = int("".join(map(str, digits))) if digits else None
    return KeyPressed(frame.address, key, number)


def acknowledgement_of(frame: Frame) -> Frame:
    """What the host answers: the same frame, but FUNC 01 to a rating."""
    if frame.function == Function.RATING:
        return Frame(frame.address, Function.RATING_START, frame.data)
    return frame


def beep(address: int) -> Frame:
    """One short sound."""
    return Frame(address, Function.BEEP)


def start_rating(address: int) -> Frame:
    """Light the pad's keys and ask for a rating."""
    return Frame(address, Function.RATING_START, b"\x0b")


def ticket(address: int, number: str, letters: Mapping[str, str] | None = None) -> Frame:
    """Show a ticket's number; DeviceError `call_line.unshowable` where nothing of it is a digit.

    The display has six digits, a number stands in the last three. `letters` says how a letter is
    shown: with `{"A": "1"}` A012 is 1012, in four digits. By default letters are left out: the
    counter's other screen and the voice tell them. What is too long keeps its last six digits.
    """
    shown = "".join((letters or {}).get(char, char) for char in number)
    digits = "".join(char for char in shown if char in "0123456789")
    if not digits:
        raise DeviceError("call_line.unshowable", f"{number!r} has no digit")
    digits = digits.zfill(DIGITS)[-2 * DIGITS :]
    data = bytes((BLANK,)) * (2 * DIGITS - len(digits)) + bytes(int(digit) for digit in digits)
    return Frame(address, Function.DISPLAY, data)


def waiting(address: int, count: int) -> Frame:
    """Show how many wait, in the first three digits; more than 999 are shown as 999."""
    digits = f"{min(max(count, 0), 999):03d}"
    data = bytes(int(digit) for digit in digits) + bytes((BLANK,)) * DIGITS
    return Frame(address, Function.DISPLAY, data)


def wire_seconds(count: int, baud: int = BAUD) -> float:
    """How long `count` bytes take on the wire."""
    return count * BITS_PER_BYTE / baud
