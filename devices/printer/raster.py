"""Drawing: lines for characters the printer's own font lacks, QR codes, the logo.

Noto Sans Mono CJK draws in the printer's own cells (12 dots a half-width column, 24 high). Noto
holds a twentieth of the ideographs beyond the first plane, so fonts made for the rest follow it
(Debian: fonts-hanazono for extensions B to F, fonts-babelstone-han for a good half of G and H; none
has I), and then whatever an administrator put into /usr/local/share/fonts.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from devices.errors import DeviceError
from devices.printer.layout import Line
from devices.printer.template import Align
from devices.printer.text import GETA, clusters

if TYPE_CHECKING:
    from PIL import Image, ImageFont

log = logging.getLogger(__name__)

NOTO_SANS_CJK: Final = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
FONTS: Final = (
    NOTO_SANS_CJK,
    Path("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
    Path("/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"),
)
LOCAL_FONTS: Final = Path("/usr/local/share/fonts")
_FACE: Final = {NOTO_SANS_CJK.name: 7}  # Mono SC: JP KR SC TC HK proportional, then the same mono
CELL: Final = 24
"""Dots of a full-width character of size 1, and the height of a line of font A."""
_ASCENT: Final = 0.88  # of an em: where ideographic fonts have their baseline
_NONE: Final = "\U0010ffff"
_MOST_LOGO_DOTS: Final = 240

Rasterise = Callable[[Line, int], "Image.Image"]
"""A line as a black-and-white picture for paper of so many dots, no wider than it needs."""


class NotoRasteriser:
    """Draws lines in black and white. Fonts are loaded at the first need; thread-safe.

    What no font has becomes 〓: visibly missing, never a wrong one. Without any font every
    character lacks.
    """

    def __init__(self, *fonts: Path) -> None:
        self._paths = fonts or (*FONTS, *sorted(LOCAL_FONTS.rglob("*.[ot]t[cf]")))
        self._fonts: dict[int, list[ImageFont.FreeTypeFont]] = {}
        self._blank: dict[str, bytes] = {}
        self._known: dict[str, int] = {}
        self._lock = threading.Lock()

    def __call__(self, line: Line, dots: int) -> "Image.Image":
        """`line` as a picture at most `dots` wide; DeviceError `printer.font_missing`."""
        with self._lock:
            return self._draw(line, dots)

    def warm_up(self) -> None:
        """Load the fonts now (tenths of a second), not under the first citizen's rare name."""
        if self.can_draw("\U00020bb7"):
            self(Line("\U00020bb7*", 2, Align.CENTRE), 64)

    def can_draw(self, character: str) -> bool:
        """Whether a font has a glyph of its own for `character`; never for a private one."""
        with self._lock:
            return self._font_of(character) is not None

    @property
    def has_fonts(self) -> bool:
        """Whether the first font is installed."""
        return self._paths[0].is_file()

    def _draw(self, line: Line, dots: int) -> "Image.Image":
        from PIL import Image, ImageDraw

        size = CELL * line.size
        fonts = self._load(size)
        if not fonts:
            raise DeviceError("printer.font_missing", str(self._paths[0]))
        parts = [(part, fonts[self._font_of(part[0]) or 0]) for part in clusters(line.text)]
        parts = [
            (part if self._font_of(part[0]) is not None else GETA, font) for part, font in parts
        ]
        lengths = [font.getlength(part) for part, font in parts]
        length = sum(lengths) + line.bold
        if length > dots and size > 8:
            return self._squeezed(line, dots, length)
        left = (dots - length) / 2 if line.align is Align.CENTRE else 0.0
        # Accents and other scripts' letters may stand out of the cell.
        top = min((f.getbbox(p, anchor="ls")[1] for p, f in parts), default=0)
        bottom = max((f.getbbox(p, anchor="ls")[3] for p, f in parts), default=0)
        above = max(round(size * _ASCENT), -int(top)) + 1
        below = max(size - round(size * _ASCENT), int(bottom)) + 1
        width = min(dots, (int(left + length) + 8) // 8 * 8)
        picture = Image.new("1", (width, above + below), 1)
        pen = ImageDraw.Draw(picture)
        at = left
        for (part, font), advance in zip(parts, lengths, strict=True):
            for shift in (0, 1) if line.bold else (0,):  # struck twice, as printers do it
                pen.text((round(at) + shift, above), part, font=font, fill=0, anchor="ls")
            at += advance
        return picture

    def _squeezed(self, line: Line, dots: int, length: float) -> "Image.Image":
        """Letters wider than their cells: drawn whole on wider paper, then made narrower."""
        from PIL import Image

        wide = self._draw(line, int(length) + 8)
        return wide.convert("L").resize((dots, wide.height), Image.Resampling.BOX).convert("1")

    def _font_of(self, character: str) -> int | None:
        if character not in self._known:
            self._known[character] = self._find(character)
        found = self._known[character]
        return None if found < 0 else found

    def _find(self, character: str) -> int:
        if character.isspace():
            return 0
        if "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000":
            return -1  # every maker drew another character there
        for place, font in enumerate(self._load(CELL)):
            if bytes(font.getmask(character)) != bytes(font.getmask(_NONE)):
                return place
        return -1

    def _load(self, size: int) -> "list[ImageFont.FreeTypeFont]":
        from PIL import ImageFont

        if size not in self._fonts:
            found = []
            for path in self._paths:
                if path.is_file():
                    try:
                        font = ImageFont.truetype(path, size, index=_FACE.get(path.name, 0))
                    except OSError:
                        log.warning("a font that cannot be read: %s", path)
                    else:
                        found.append(font)
            self._fonts[size] = found
        return self._fonts[size]


@lru_cache(maxsize=4)
def qr_rows(payload: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a QR code of level M without its quiet zone."""
    import segno

    code = segno.make(payload, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(dot) for dot in row) for row in code.matrix)


def qr_picture(payload: str, size: int, dots: int) -> "Image.Image":
    """The code with modules of `size` dots, in the middle of `dots`, right side cut off."""
    from PIL import Image

    rows: Sequence[Sequence[bool]] = qr_rows(payload)
    side = len(rows)
    code = Image.new("1", (side, side), 1)
    code.putdata([0 if dot else 1 for row in rows for dot in row])
    code = code.resize((side * size, side * size), Image.Resampling.NEAREST)
    left = (dots - side * size) // 2
    page = Image.new("1", (min(dots, (left + side * size + 7) // 8 * 8), side * size), 1)
    page.paste(code, (left, 0))
    return page


def qr_module(payload: str, dots: int, best: int) -> int:
    """Dots a module: `best`, or what lets the code and its quiet zone fit."""
    return max(1, min(best, dots // (len(qr_rows(payload)) + 8)))


def logo_picture(path: Path, dots: int) -> "Image.Image":
    """The file's picture, at most 240 dots high, dithered, in the middle of `dots`.

    Line art stays hard-edged; DeviceError `printer.logo` where it cannot be read.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(path, formats=["PNG"]) as file:
            if file.width * file.height > 16_000_000:
                raise DeviceError("printer.logo", f"{path}: more than 16 million dots")
            given = file.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DeviceError("printer.logo", f"{path}: {error}") from error
    paper = Image.new("RGBA", given.size, "white")
    grey = Image.alpha_composite(paper, given).convert("L")
    grey = ImageOps.contain(grey, (dots, _MOST_LOGO_DOTS)) if _too_large(grey, dots) else grey
    counts = grey.histogram()
    middle = sum(counts[48:208]) / max(1, grey.width * grey.height)
    dither = Image.Dither.NONE if middle < 0.1 else Image.Dither.FLOYDSTEINBERG
    black = grey.convert("1", dither=dither)
    left = (dots - black.width) // 2
    page = Image.new("1", ((left + black.width + 7) // 8 * 8, black.height), 1)
    page.paste(black, (left, 0))
    return page


def _too_large(picture: "Image.Image", dots: int) -> bool:
    return picture.width > dots or picture.height > _MOST_LOGO_DOTS
