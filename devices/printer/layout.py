"""What a ticket slip says, and in which order and size: no bytes, no printer."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, assert_never

import msgspec

from devices.printer.template import Align, Block, Show, Template
from devices.printer.text import balanced, clean, shown, width_of, wrap

MOST_QR_BYTES: Final = 300
QUIET: Final = 16
"""White dots above and below a QR code, besides the white in its neighbours' lines."""


class Bilingual(msgspec.Struct, frozen=True):
    """One text in Chinese and, where there is one, in English."""

    zh: str
    en: str = ""


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a ticket's paper may say. It never holds an identity number.

    `taken_at` is printed as given, so it must carry the hall's own time zone.
    `wait` is a range as text (约10至25分钟). `name` must be masked already (张*).
    `qr` is the address behind the code: at most 300 bytes, no control characters.
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
    qr_words: Bilingual | None = None
    """Below the code, in place of the template's words: where no telephone can follow it."""
    name: str | None = None
    reprint: bool = False

    def __post_init__(self) -> None:
        if not self.number.isascii() or not self.number.isprintable() or not self.number.strip():
            raise ValueError("a ticket number is printable ASCII")
        if self.ahead < 0:
            raise ValueError("nobody can be fewer than zero people ahead")
        if self.qr is not None:
            if not self.qr.isprintable():  # no surrogates, no printer's commands
                raise ValueError("the QR code's text must be printable")
            if len(self.qr.encode()) > MOST_QR_BYTES:
                raise ValueError(f"the QR code's text has more than {MOST_QR_BYTES} bytes")


class Line(msgspec.Struct, frozen=True, tag_field="is", tag="line"):
    """One line of text that fits the paper; `size` multiplies width and height (1 to 8)."""

    text: str
    size: int = 1
    align: Align = Align.LEFT
    bold: bool = False


class Code(msgspec.Struct, frozen=True, tag_field="is", tag="qr"):
    """A QR code, centred."""

    payload: str


class Gap(msgspec.Struct, frozen=True, tag_field="is", tag="gap"):
    """White paper, so many dots high."""

    dots: int


class Logo(msgspec.Struct, frozen=True, tag_field="is", tag="logo"):
    """The template's logo, centred."""


Element = Line | Code | Gap | Logo


class Page(msgspec.Struct, frozen=True):
    """A laid-out slip. `missing`: characters shown as 〓, which the slip itself then explains."""

    elements: tuple[Element, ...]
    missing: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every line of text, top to bottom."""
        return tuple(e.text for e in self.elements if isinstance(e, Line))


MISSING: Final = Bilingual("〓表示本机字库没有的字", "〓 stands for a character not in our fonts")


def compose(slip: Slip, columns: int, template: Template, lacks: Callable[[str], bool]) -> Page:
    """The slip for paper of `columns` half-width characters.

    `lacks` tells which characters can neither be printed nor drawn. Nothing is set as large as
    the number.
    """
    number = next((b.size for b in template.blocks if b.show is Show.NUMBER), 0)
    number = min(number or 8, max(1, columns // width_of(slip.number)))
    page = _Page(columns, lacks, most=max(1, number - 1))
    for block in template.blocks:
        texts = [text for text in _texts(block, slip, template) if text.zh.strip() or text.en]
        if block.above and (texts or _is_shown(block, slip)):
            page.elements.append(Gap(block.above))
        for text in texts:
            page.both(text, block)
        page.other(block, slip)
    return Page(tuple(page.elements), tuple(page.missing))


def _is_shown(block: Block, slip: Slip) -> bool:
    return block.show in (Show.LOGO, Show.RULE) or (block.show is Show.QR and bool(slip.qr))


def _texts(block: Block, slip: Slip, template: Template) -> Sequence[Bilingual]:
    match block.show:
        case Show.HALL:
            return (slip.hall,)
        case Show.AREA:
            return (slip.area,)
        case Show.DEPARTMENT:
            return (slip.department,)
        case Show.SERVICE:
            return (slip.service,)
        case Show.NUMBER:
            return (Bilingual(slip.number),)
        case Show.NAME:
            return (_filled(block, name=slip.name),) if slip.name else ()
        case Show.AHEAD:
            return (_filled(block, ahead=str(slip.ahead)),)
        case Show.WAIT:
            return (slip.wait,) if slip.wait else ()
        case Show.PRIORITY:
            return (slip.priority,) if slip.priority else ()
        case Show.NOTICES:
            return slip.notices
        case Show.TAKEN_AT:
            return (_filled(block, time=slip.taken_at.strftime(template.time_format)),)
        case Show.REPRINT:
            return (_filled(block),) if slip.reprint else ()
        case Show.TEXT:
            return (_filled(block),)
        case Show.LOGO | Show.QR | Show.RULE:
            return ()
        case _:
            assert_never(block.show)


def _filled(block: Block, **values: str) -> Bilingual:
    return Bilingual(block.zh.format(**values), block.en.format(**values))


class _Page:
    def __init__(self, columns: int, lacks: Callable[[str], bool], *, most: int) -> None:
        self.columns = columns
        self.most = most
        self.lacks = lacks
        self.elements: list[Element] = []
        self.missing: dict[str, None] = {}

    def both(self, text: Bilingual, block: Block) -> None:
        """One text, with its English below, and a word on what is missing in it."""
        knew = bool(self.missing)
        self._text(text.zh, block, block.size, block.lines, bold=block.bold)
        if block.english:
            is_alone = not text.zh.strip()
            size = block.size if is_alone else 1
            self._text(text.en, block, size, block.lines, bold=block.bold and is_alone)
        if self.missing and not knew:
            for words in (MISSING.zh, MISSING.en):
                self._lines(wrap(words, self.columns), 1, block.align, bold=False)

    def other(self, block: Block, slip: Slip) -> None:
        """What is no text."""
        if block.show is Show.RULE:
            self.elements.append(Line("-" * self.columns))
        elif block.show is Show.LOGO:
            self.elements.append(Logo())
        elif block.show is Show.QR and slip.qr:
            self.elements += [Gap(QUIET), Code(slip.qr), Gap(QUIET)]
            self.both(slip.qr_words or _filled(block), block)

    def _text(self, text: str, block: Block, size: int, most: int, *, bold: bool) -> None:
        text, missing = shown(clean(text), self.lacks)
        self.missing |= dict.fromkeys(missing)
        if not text.strip():
            return
        size = size or max(1, min(8, self.columns // width_of(text.strip())))
        size = size if block.show is Show.NUMBER else min(size, self.most)
        while size > 1 and len(wrap(text, self.columns // size)) > most:
            size -= 1
        break_ = balanced if block.align is Align.CENTRE else wrap
        self._lines(break_(text.strip(), self.columns // size), size, block.align, bold=bold)

    def _lines(self, lines: list[str], size: int, align: Align, *, bold: bool) -> None:
        self.elements += [Line(line, size, align, bold) for line in lines]
