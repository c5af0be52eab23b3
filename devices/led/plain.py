"""Screens that only listen: EQ (诣阔) and the plain RS-485 strip. What to write, and nothing else.

EQ:     `!#` three-digit address (999 all), text with %1 red %2 green %3 yellow, CRLF, `$$`
strip:  40, address byte, GBK text, 0D

Read in public sources; not tried on hardware.
"""

import re
from typing import Final

from devices.errors import DeviceError
from devices.led.text import Colour, Content, Encoded, encode_lines

CODEC: Final = "gbk"
EQ_ALL: Final = 999
BAUD: Final = 9600
"""Of both, where nothing else is configured (?)."""
_EQ_COLOURS: Final = {Colour.RED: b"%1", Colour.GREEN: b"%2", Colour.YELLOW: b"%3"}
_EQ_MARKS: Final = re.compile(r"\$|%(?=[0-9])|(?<=!)#")
_STRIP_START: Final = 0x40


def eq_text(address: int, content: Content) -> Encoded:
    """Show these lines. The text's own `$`, `%1` and `!#` are shown full-width."""
    if not 0 <= address <= EQ_ALL:
        raise DeviceError("template.unencodable", f"EQ address {address}: 0 to 999")
    text = encode_lines(content, CODEC, _EQ_MARKS, _EQ_COLOURS, b"\r\n")
    return Encoded(b"!#" + f"{address:03d}".encode() + text.data + b"$$", text.replaced)


def eq_programme(address: int, programme: int = 1) -> bytes:
    """Jump to a stored programme. One vector is known: 45 51 30 30 31 01 03 0A 00 40. That its
    digits are the address, as in `!#001`, and the byte behind them the programme is a guess (?)."""
    if not 0 <= address <= EQ_ALL or not 0 <= programme <= 0xFF:
        raise DeviceError("template.unencodable", f"EQ address {address}, programme {programme}")
    return b"EQ" + f"{address:03d}".encode() + bytes((programme,)) + b"\x03\x0a\x00\x40"


def strip_text(address: int, content: Content) -> Encoded:
    """Show these lines one behind the other on a single line; colours are the strip's own."""
    if not 0 <= address <= 0xFF:
        raise DeviceError("template.unencodable", f"strip address {address}: 0 to 255")
    text = encode_lines(content, CODEC, None, {}, b" ")
    return Encoded(bytes((_STRIP_START, address)) + text.data + b"\r", text.replaced)
