"""A laid-out slip as a picture: the paper as the printer would leave it, dot by dot."""

from typing import TYPE_CHECKING, Final, assert_never

from devices.printer.layout import Code, Gap, Line, Logo, Page
from devices.printer.raster import CELL, Rasterise, qr_module, qr_picture

if TYPE_CHECKING:
    from PIL import Image

    from devices.printer.escpos import Paper

_PITCH: Final = 30
"""Dots from line to line at the printers' default spacing; higher letters take their height."""
_DOTS_A_MM: Final = 8
_HEAD: Final = 40  # paper before the first line and behind the last one, to the cut
_TAIL: Final = 80


def preview(
    page: Page, paper: "Paper", rasterise: Rasterise, logo: "Image.Image | None" = None
) -> "Image.Image":
    """The whole width of the paper, black on white, 8 dots a millimetre."""
    from PIL import Image

    strips: list[tuple[Image.Image | None, int]] = []
    for element in page.elements:
        if isinstance(element, Line):
            picture = rasterise(element, paper.dots)
            strips.append((picture, max(_PITCH, CELL * element.size, picture.height)))
        elif isinstance(element, Code):
            size = qr_module(element.payload, paper.dots, paper.qr_size)
            picture = qr_picture(element.payload, size, paper.dots)
            strips.append((picture, picture.height))
        elif isinstance(element, Gap):
            strips.append((None, element.dots))
        elif isinstance(element, Logo):
            strips.append((logo, logo.height if logo else 0))
        else:
            assert_never(element)
    width = paper.millimetres * _DOTS_A_MM
    sheet = Image.new("1", (width, _HEAD + sum(height for _, height in strips) + _TAIL), 1)
    left, top = (width - paper.dots) // 2, _HEAD
    for strip, height in strips:
        if strip is not None:
            sheet.paste(strip, (left, top + (height - strip.height) // 2))
        top += height
    return sheet
