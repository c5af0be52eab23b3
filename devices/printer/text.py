"""Text for paper: what a printer's font holds, how wide it is, where it breaks."""

import unicodedata
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Final

GETA: Final = "〓"
"""The printers' sign for "a character is missing here"."""


class Charset(StrEnum):
    """What the printer's own Chinese font holds; all else is drawn."""

    GBK = "gbk"
    GB2312 = "gb2312"


def is_in(charset: Charset, text: str) -> bool:
    """Whether the printer's font holds every character, in at most two bytes each.

    GB 18030 keeps GBK's two-byte codes; what GBK lacks takes four bytes there, or, for a few that
    it added (䶮), two that older fonts do not know.
    """
    return text.isascii() or all(_holds(charset, character) for character in text)


@lru_cache(maxsize=4096)
def _holds(charset: Charset, character: str) -> bool:
    try:
        encoded = character.encode(charset.value)
    except UnicodeEncodeError:
        return False
    return encoded == character.encode("gb18030")


def clean(text: str) -> str:
    """`text` without control and invisible characters, so no text can carry a printer command.

    Accents are joined to their letters; compatibility ideographs (豈, U+F900…) stay what they are,
    which normalisation would not let them: they may be somebody's name. Private and unassigned
    characters stay too, to be told as missing.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(
        " " if character.isspace() else GETA if "\ud800" <= character <= "\udfff" else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf")
    )
    return "".join(
        part if any(_is_ideograph(c) for c in part) else unicodedata.normalize("NFC", part)
        for part in clusters(kept)
    )


def _is_ideograph(character: str) -> bool:
    return "\u2e80" <= character <= "\ufaff" or character >= "\U00020000"


def clusters(text: str) -> list[str]:
    """Characters, each with the combining marks and variation selectors that follow it."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for character in text:
        if found and not character.isascii() and unicodedata.category(character)[0] == "M":
            found[-1] += character
        else:
            found.append(character)
    return found


def width_of(text: str) -> int:
    """Columns that `text` takes: two for a Chinese character or full-width mark, one for ASCII."""
    if text.isascii():
        return len(text)
    return sum(1 if part.isascii() else 2 for part in clusters(text))


def shown(text: str, lacks: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """`text` with 〓 for each character that can be neither printed nor drawn, and those."""
    missing = tuple(dict.fromkeys(c for c in text if not c.isascii() and lacks(c)))
    return "".join(GETA if c in missing else c for c in text), missing


_CLOSING: Final = frozenset("，。、；：！？）】》」』”’…·%,.;:!?)")
_OPENING: Final = frozenset("（【《「『“‘")


def wrap(text: str, columns: int) -> list[str]:
    """Break `text` into lines of at most `columns` (two or more); English breaks at spaces.

    No line begins with a closing mark or ends with an opening one, unless nothing else fits.
    """
    lines: list[str] = []
    line, taken = "", 0
    for piece, width, bare in _pieces(text):
        if taken + bare <= columns:
            line += piece
            taken += width
            continue
        if line.strip():
            lines.append(line.rstrip())
        line, taken = "", 0
        for part in clusters(piece.lstrip()):
            wide = 1 if part.isascii() else 2
            if taken + wide > columns:
                lines.append(line.rstrip())
                line, taken = "", 0
            line += part
            taken += wide
    if line.strip():
        lines.append(line.rstrip())
    return lines


def balanced(text: str, columns: int) -> list[str]:
    """As `wrap`, into as many lines, but of like length: no single character left over."""
    lines = wrap(text, columns)
    if len(lines) > 1:
        even = max(4, -(-width_of(text) // len(lines)))
        for narrower in range(even, columns):
            closer = wrap(text, narrower)
            if len(closer) <= len(lines):
                return closer
    return lines


@lru_cache(maxsize=8)  # one text at several widths
def _pieces(text: str) -> tuple[tuple[str, int, int], ...]:
    """Units that stay together: words with their space, characters with the marks beside them;
    each with its width, and that without the space."""
    pieces: list[str] = []
    for part in clusters(text):
        last = pieces[-1] if pieces else ""
        in_word = last and last[-1].isascii() and last[-1] != " " and part.isascii()
        if last and (part in _CLOSING or in_word or last[-1] in _OPENING):
            pieces[-1] += part
        else:
            pieces.append(part)
    found = []
    for piece in pieces:
        width = width_of(piece)
        found.append((piece, width, width - len(piece) + len(piece.rstrip(" "))))
    return tuple(found)
