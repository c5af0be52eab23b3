"""A laid-out slip as ESC/POS bytes: a pure function, standard commands only.

Text leaves as raw GB18030 after FS &. What the printer's own font lacks takes four bytes there,
which cheap printers cannot print: such a line is a picture (GS v 0). Every mode that a line sets
is set back behind it. Commands after Epson's ESC/POS reference.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

import msgspec

from devices.printer.layout import Code, Gap, Line, Logo, Page
from devices.printer.raster import Rasterise, bits_of, qr_module, qr_picture
from devices.printer.template import Align
from devices.printer.text import Charset, is_in

if TYPE_CHECKING:
    from PIL import Image


class Paper(msgspec.Struct, frozen=True):
    """A paper width: millimetres, columns of font A (12 dots each), dots, dots a QR module."""

    millimetres: int
    columns: int
    dots: int
    qr_size: int


PAPER_58: Final = Paper(58, 32, 384, 5)
PAPER_80: Final = Paper(80, 48, 576, 6)
PAPERS: Final = {58: PAPER_58, 80: PAPER_80}  # by width in millimetres


class Qr(StrEnum):
    """`native`: the printer draws the code (GS ( k); `raster`: it is sent as a picture."""

    NATIVE = "native"
    RASTER = "raster"


class Cut(StrEnum):
    """What ends a slip: a partial cut, a full one, or only the feed to tear it off."""

    PARTIAL = "partial"
    FULL = "full"
    NONE = "none"


_INIT: Final = b"\x1b@\x1c&"
_FEED: Final = b"\x1bd\x06"
_CUT: Final = {Cut.PARTIAL: b"\x1dV\x01", Cut.FULL: b"\x1dV\x00", Cut.NONE: b""}
_MOST_FEED: Final = 255


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How a printer is to be spoken to."""

    charset: Charset = Charset.GBK
    qr: Qr = Qr.NATIVE
    cut: Cut = Cut.PARTIAL


def encode(
    page: Page,
    paper: Paper,
    rasterise: Rasterise,
    *,
    style: Style | None = None,
    logo: "Image.Image | None" = None,
) -> bytes:
    """The bytes for a laid-out slip, from ESC @ to the cut."""
    style = style or Style()
    out = bytearray(_INIT)
    for element in page.elements:
        if isinstance(element, Line):
            out += _line(element, paper, rasterise, style)
        elif isinstance(element, Code):
            out += _code(element, paper, style)
        elif isinstance(element, Gap):
            out += b"\x1bJ" + bytes((min(_MOST_FEED, element.dots),))
        elif isinstance(element, Logo):
            if logo is not None:
                out += raster(*bits_of(logo))
        else:
            assert_never(element)
    return bytes(out + _FEED + _CUT[style.cut])


def _line(line: Line, paper: Paper, rasterise: Rasterise, style: Style) -> bytes:
    if not is_in(style.charset, line.text):
        return raster(*bits_of(rasterise(line, paper.dots)))
    before, after = bytearray(), bytearray()
    if line.align is Align.CENTRE:
        before += b"\x1ba\x01"
        after += b"\x1ba\x00"
    if line.bold:
        before += b"\x1bE\x01"
        after += b"\x1bE\x00"
    if line.size > 1:
        before += b"\x1d!" + bytes((line.size - 1 << 4 | line.size - 1,))
        after += b"\x1d!\x00"
    return bytes(before + line.text.encode("gb18030") + b"\n" + after)


def _code(code: Code, paper: Paper, style: Style) -> bytes:
    size = qr_module(code.payload, paper.dots, paper.qr_size)
    if style.qr is Qr.RASTER:
        return raster(*bits_of(qr_picture(code.payload, size, paper.dots)))
    return b"\x1ba\x01" + native_qr(code.payload, size) + b"\x1ba\x00"


def native_qr(payload: str, size: int) -> bytes:
    """GS ( k: model 2, modules of `size` dots (1 to 16), level L, stored, then printed."""
    data = payload.encode()
    store = (len(data) + 3).to_bytes(2, "little") + b"\x31\x50\x30" + data
    functions = (
        b"\x04\x00\x31\x41\x32\x00",
        b"\x03\x00\x31\x43" + bytes((size,)),
        b"\x03\x00\x31\x45\x30",
        store,
        b"\x03\x00\x31\x51\x30",
    )
    return b"".join(b"\x1d(k" + function for function in functions)


def raster(row_bytes: int, rows: int, bits: bytes) -> bytes:
    """GS v 0 at normal size. Printers obey DLE EOT, DLE ENQ and DLE DC4 even inside a picture, so
    one dot is blackened where these bytes would stand."""
    for second in (b"\x04", b"\x05", b"\x14"):
        bits = bits.replace(b"\x10" + second, b"\x11" + second)
    head = b"\x1dv0\x00" + row_bytes.to_bytes(2, "little") + rows.to_bytes(2, "little")
    return head + bits
