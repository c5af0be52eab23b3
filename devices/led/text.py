"""What a screen shows, and text made safe for a screen's own marks."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec

REPLACEMENT: Final = "□"
"""Stands for a character the screen has no picture of: a gap that is seen, never a wrong one."""

_SELECTORS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


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


def encode_line(text: str, codec: str, marks: re.Pattern[str] | None = None) -> Encoded:
    """`text` in `codec` (gb2312, gbk), harmless to a protocol whose commands `marks` finds.

    A mark is shown in its full-width form (`$` as `＄`): it reads the same and commands nothing.
    A control character becomes a space, what the codec lacks REPLACEMENT.
    """
    clean = "".join(_printable(char) for char in unicodedata.normalize("NFC", text))
    if marks:
        clean = marks.sub(_full_width, clean)
    out = bytearray()
    replaced: list[str] = []
    for char in clean:
        try:
            out += char.encode(codec)
        except UnicodeEncodeError:
            replaced.append(char)
            out += REPLACEMENT.encode(codec)
    return Encoded(bytes(out), tuple(replaced))


def encode_lines(
    content: Content,
    codec: str,
    marks: re.Pattern[str] | None,
    colours: Mapping[Colour, bytes],
    new_line: bytes,
) -> Encoded:
    """Every line behind the bytes of its colour, `new_line` between them."""
    lines = [encode_line(line.text, codec, marks) for line in content]
    data = new_line.join(
        colours.get(line.colour, b"") + encoded.data
        for line, encoded in zip(content, lines, strict=True)
    )
    return Encoded(data, tuple(char for encoded in lines for char in encoded.replaced))


def _printable(char: str) -> str:
    """Controls become a space; joiners, direction marks and the like have no picture."""
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs") or char in _SELECTORS else char


def _full_width(mark: re.Match[str]) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in mark.group())
