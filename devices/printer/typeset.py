"""From a slip to bytes or a picture: one long-lived object with fonts, template and logo."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from devices.printer.escpos import PAPER_80, Paper, Style, encode
from devices.printer.layout import Page, Slip, compose
from devices.printer.preview import preview
from devices.printer.raster import NotoRasteriser, logo_picture
from devices.printer.template import Template, read_template
from devices.printer.text import is_in

if TYPE_CHECKING:
    from PIL import Image


class Encoded(msgspec.Struct, frozen=True):
    """A slip ready for the printer; `missing` are the characters printed as 〓."""

    data: bytes
    missing: tuple[str, ...] = ()


class Typesetter:
    """Lays out and encodes slips for one printer; thread-safe, cheap after `warm_up`.

    DeviceError `printer.template` or `printer.logo` when made with a file that is no good.
    """

    def __init__(
        self,
        paper: Paper = PAPER_80,
        style: Style | None = None,
        template: Path | None = None,
        rasteriser: NotoRasteriser | None = None,
    ) -> None:
        self.paper: Final = paper
        self.style: Final = style or Style()
        self.template: Final[Template] = read_template(template)
        self._rasterise = rasteriser or NotoRasteriser()
        logo = self.template.logo
        self._logo = logo_picture(logo, paper.dots) if logo else None

    @property
    def has_fonts(self) -> bool:
        """Whether rare characters can be drawn; without, they print as 〓."""
        return self._rasterise.has_fonts

    def warm_up(self) -> None:
        """Load the fonts, so that the first rare name is not slow."""
        self._rasterise.warm_up()

    def compose(self, slip: Slip) -> Page:
        """What the slip says, line by line."""
        return compose(slip, self.paper.columns, self.template, self._lacks)

    def encode(self, slip: Slip) -> Encoded:
        """The bytes that print `slip` once and cut."""
        page = self.compose(slip)
        data = encode(page, self.paper, self._rasterise, style=self.style, logo=self._logo)
        return Encoded(data, page.missing)

    def preview(self, slip: Slip) -> "Image.Image":
        """How the paper looks, dot by dot; DeviceError `printer.font_missing`."""
        return preview(self.compose(slip), self.paper, self._rasterise, self._logo)

    def _lacks(self, character: str) -> bool:
        return not (is_in(self.style.charset, character) or self._rasterise.can_draw(character))
