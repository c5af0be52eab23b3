"""Drawing a line of text with Noto Sans CJK SC, for characters a printer's own font lacks."""

import threading
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from devices.errors import DeviceError
from devices.printer.layout import Align, Line

NOTO_SANS_CJK: Final = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_FACE_SC: Final = 2  # the collection's faces: JP, KR, SC, TC, HK
_GETA: Final = "〓"  # the printers' sign for "a character is missing here"
_BASE_HEIGHT: Final = 24  # dots of one line of font A


class NotoRasteriser:
    """Draws lines in black and white; DeviceError `printer.font_missing` without the font.

    A character that even Noto lacks becomes 〓: visibly missing, never a wrong one.
    """

    def __init__(self, font: Path = NOTO_SANS_CJK) -> None:
        self._path = font
        self._fonts: dict[int, ImageFont.FreeTypeFont] = {}
        self._missing: bytes | None = None
        self._lock = threading.Lock()

    def __call__(self, line: Line, dots: int) -> Image.Image:
        """`line` as a picture of `dots` width (a multiple of eight)."""
        with self._lock:
            return self._draw(line, dots)

    def warm_up(self) -> None:
        """Load the font now (tenths of a second), not under the first citizen's rare name."""
        self(Line("〓*", 2, Align.CENTRE), 64)

    def can_draw(self, character: str) -> bool:
        """Whether the font has a glyph of its own for `character`."""
        with self._lock:
            return self._has(character)

    def _draw(self, line: Line, dots: int) -> Image.Image:
        height = _BASE_HEIGHT * line.size
        font = self._font(height)
        text = "".join(c if c.isspace() or self._has(c) else _GETA for c in line.text)
        length = font.getlength(text)
        if length > dots:
            font = self._font(max(8, int(height * dots / length)))
            length = font.getlength(text)
        ascent, descent = font.getmetrics()
        picture = Image.new("1", (dots, ascent + descent), 1)
        left = (dots - length) // 2 if line.align is Align.CENTRE else 0
        pen = ImageDraw.Draw(picture)
        pen.text((max(0, left), 0), text, font=font, fill=0, stroke_width=1 if line.bold else 0)
        return picture

    def _has(self, character: str) -> bool:
        font = self._font(_BASE_HEIGHT)
        if self._missing is None:
            self._missing = bytes(font.getmask("\U0010ffff"))
        return bytes(font.getmask(character)) != self._missing

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self._fonts:
            try:
                self._fonts[size] = ImageFont.truetype(self._path, size, index=_FACE_SC)
            except OSError as error:
                raise DeviceError("printer.font_missing", str(self._path)) from error
        return self._fonts[size]
