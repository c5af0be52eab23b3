"""What a screen shows, and text made safe for a screen's own marks."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import msgspec

REPLACEMENT: Final = "□"
"""Stands for a character the screen has no picture of: a gap that is seen, never a wrong one."""


class Colour(StrEnum):
    """What two-colour LED screens can show."""

    RED = "red"
    GREEN = "green"
    YELLOW = "yellow"


class Line(msgspec.Struct, frozen=True):
    """One line of text in one colour."""

    text: str
    colour: Colour = Colour.RED


Content = tuple[Line, ...]
"""All that a screen shows; empty: dark."""


class Encoded(msgspec.Struct, frozen=True):
    """Text as the screen takes it, and the characters that had to be replaced."""

    data: bytes
    replaced: tuple[str, ...] = ()


def content_of(lines: Sequence[Line]) -> Content:
    """The lines as they are shown: a line break inside a text begins a new line."""
    return tuple(
        Line(part, line.colour) for line in lines for part in (line.text.splitlines() or [""])
    )


def encode_line(text: str, codec: str, marks: str) -> Encoded:
    """`text` in `codec` (gb2312, gbk), harmless to a protocol whose commands begin with `marks`.

    A mark is shown by its full-width form (`$` as `＄`): one that reads the same and commands
    nothing. A control character becomes a space, what the codec lacks REPLACEMENT.
    """
    out = bytearray()
    replaced: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        shown = char
        if char in marks:
            shown = chr(ord(char) + 0xFEE0)
        elif unicodedata.category(char) in ("Cc", "Zl", "Zp"):
            shown = " "
        elif unicodedata.category(char) == "Cf":
            continue  # joiners and direction marks have no picture
        try:
            out += shown.encode(codec)
        except UnicodeEncodeError:
            replaced.append(char)
            out += REPLACEMENT.encode(codec)
    return Encoded(bytes(out), tuple(replaced))
