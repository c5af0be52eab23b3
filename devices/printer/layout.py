"""What a ticket slip says, and in which order and size: no bytes, no printer."""

import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec


class Bilingual(msgspec.Struct, frozen=True):
    """One text in Chinese and, where there is one, in English."""

    zh: str
    en: str = ""


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a ticket's paper may say. It never holds an identity number.

    `taken_at` is printed as given, so it must carry the hall's own time zone.
    `wait` is a range as text (约 10–25 分钟). `name` must be masked already (张*).
    `qr` is the address behind the code.
    """

    hall: Bilingual
    area: Bilingual
    department: Bilingual
    service: Bilingual
    number: str
    ahead: int
    taken_at: datetime
    wait: Bilingual | None = None
    priority: Bilingual | None = None
    notices: tuple[Bilingual, ...] = ()
    qr: str | None = None
    name: str | None = None
    reprint: bool = False

    def __post_init__(self) -> None:
        if not self.number.isascii() or not self.number.isprintable() or not self.number:
            raise ValueError("a ticket number is printable ASCII")
        if self.ahead < 0:
            raise ValueError("nobody can be fewer than zero people ahead")


class Align(StrEnum):
    """Where a line stands."""

    LEFT = "left"
    CENTRE = "center"


class Line(msgspec.Struct, frozen=True):
    """One line of text that fits the paper; `size` multiplies width and height (1 to 8)."""

    text: str
    size: int = 1
    align: Align = Align.LEFT
    bold: bool = False


class Code(msgspec.Struct, frozen=True):
    """A QR code."""

    payload: str


Element = Line | Code

CALL_HINT: Final = Bilingual("请留意屏幕和广播叫号", "Watch the screens, listen for your number")


def width_of(text: str) -> int:
    """Columns that `text` takes: two for a Chinese character or full-width mark, one for ASCII."""
    return sum(1 if character.isascii() else 2 for character in text)


def clean(text: str) -> str:
    """`text` without control and invisible characters, so no text can carry a printer command."""
    return "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
    )


def wrap(text: str, columns: int) -> list[str]:
    """Break `text` into lines of at most `columns`; English breaks at spaces where it can.

    A line never begins with a closing mark: that mark takes its neighbour along.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if width_of(line) + width_of(piece.rstrip()) <= columns:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = ""
        for character in piece.lstrip():
            if width_of(line) + width_of(character) > columns:
                lines.append(line)
                line = ""
            line += character
    if line.strip():
        lines.append(line.rstrip())
    return lines


_CLOSING: Final = frozenset("，。、；：！？）】》」』”’%,.;:!?)")


def _pieces(text: str) -> list[str]:
    """Units that stay together: words with their space, single characters with closing marks."""
    pieces: list[str] = []
    for character in text:
        last = pieces[-1] if pieces else ""
        in_word = last and last[-1].isascii() and last[-1] != " " and character.isascii()
        if last and (character in _CLOSING or in_word):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def compose(slip: Slip, columns: int) -> tuple[Element, ...]:
    """The slip's lines for paper of `columns` half-width characters, top to bottom."""
    page = _Page(columns)
    size = max(1, min(8, columns // len(slip.number)))
    large = max(1, min(2, size - 1))  # never as large as the number
    page.both(slip.hall, Align.CENTRE, size=large if columns >= 48 else 1, bold=True)
    page.both(slip.area, Align.CENTRE)
    page.rule()
    page.both(slip.department, Align.CENTRE)
    page.both(slip.service, Align.CENTRE, size=large, bold=True)
    page.blank()
    page.text(slip.number, Align.CENTRE, size=size, bold=True)
    page.blank()
    if slip.name:
        page.text(slip.name, Align.CENTRE, size=large)
    ahead = Bilingual(f"前方等待 {slip.ahead} 人", f"{slip.ahead} ahead of you")
    page.both(ahead, Align.CENTRE, size=large, bold=True)
    if slip.wait:
        page.both(slip.wait, Align.CENTRE)
    if slip.priority:
        page.both(slip.priority, Align.CENTRE, bold=True)
    page.rule()
    page.both(CALL_HINT)
    for notice in slip.notices:
        page.both(notice)
    if slip.qr:
        page.blank()
        page.elements.append(Code(slip.qr))
        page.both(Bilingual("扫码查看进度与评价", "Scan for progress and rating"), Align.CENTRE)
    page.rule()
    page.text(slip.taken_at.strftime("取号时间 %Y-%m-%d %H:%M:%S"), Align.CENTRE)
    if slip.reprint:
        page.both(Bilingual("补打号票，号码不变", "Reprint: the same number"), Align.CENTRE)
    return tuple(page.elements)


class _Page:
    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.elements: list[Element] = []

    def text(self, text: str, align: Align = Align.LEFT, size: int = 1, bold: bool = False) -> None:
        for line in wrap(clean(text), self.columns // size):
            self.elements.append(Line(line, size, align, bold))

    def both(
        self, text: Bilingual, align: Align = Align.LEFT, size: int = 1, bold: bool = False
    ) -> None:
        self.text(text.zh, align, size, bold)
        self.text(text.en, align)

    def rule(self) -> None:
        self.elements.append(Line("-" * self.columns))

    def blank(self) -> None:
        self.elements.append(Line(""))
