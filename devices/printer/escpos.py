"""A laid-out slip as ESC/POS bytes, through python-escpos: a pure function, standard commands only.

Text leaves as raw GB18030 after FS &, because python-escpos' own `text()` knows only U+4E00 to
U+9FA5 and prints 「，。」 alone as question marks (3.1). What the printer's own font lacks takes
four bytes there, which cheap printers cannot print: such a line is a picture (GS v 0). Every mode
that a line sets is set back behind it.
"""

import os
from enum import StrEnum
from functools import cache
from shutil import rmtree
from typing import TYPE_CHECKING, Final, assert_never

import msgspec
from escpos.constants import CTL_LF, DC4, DLE, ENQ, EOT, ESC, FS, QR_ECLEVEL_L

from devices.printer.layout import Code, Gap, Line, Logo, Page
from devices.printer.raster import Rasterise, qr_module, qr_picture
from devices.printer.template import Align
from devices.printer.text import Charset, is_in

if TYPE_CHECKING:
    from escpos.printer import Dummy
    from PIL import Image


class Paper(msgspec.Struct, frozen=True):
    """A paper width: millimetres, columns of font A (12 dots each), dots, dots a QR module, and
    python-escpos' profile of a printer for it."""

    millimetres: int
    columns: int
    dots: int
    qr_size: int
    profile: str


PAPER_58: Final = Paper(58, 32, 384, 5, "POS-5890")
PAPER_80: Final = Paper(80, 48, 576, 6, "TM-T20II")
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


_CHINESE: Final = FS + b"&"
_FINE_FEED: Final = ESC + b"J"
_FEED_LINES: Final = 6  # from the print head past the cutter, as python-escpos' cut() feeds
_MOST_FEED: Final = 255
_CUT: Final = {Cut.PARTIAL: "PART", Cut.FULL: "FULL"}
_REAL_TIME: Final = tuple(DLE + second for second in (EOT, ENQ, DC4))


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
    device = _device(paper)
    device.hw("INIT")
    device._raw(_CHINESE)
    for element in page.elements:
        if isinstance(element, Line):
            _line(device, element, paper, rasterise, style)
        elif isinstance(element, Code):
            _code(device, element, paper, style)
        elif isinstance(element, Gap):
            device._raw(_FINE_FEED + bytes((min(_MOST_FEED, element.dots),)))
        elif isinstance(element, Logo):
            if logo is not None:
                device._raw(raster(logo, paper))
        else:
            assert_never(element)
    if style.cut is Cut.NONE:
        device.print_and_feed(_FEED_LINES)
    else:
        device.cut(_CUT[style.cut])
    return bytes(device.output)


def _line(device: "Dummy", line: Line, paper: Paper, rasterise: Rasterise, style: Style) -> None:
    if not is_in(style.charset, line.text):
        device._raw(raster(rasterise(line, paper.dots), paper))
        return
    if line.align is Align.CENTRE:
        device.set(align="center")
    if line.bold:
        device.set(bold=True)
    if line.size > 1:
        device.set(custom_size=True, width=line.size, height=line.size)
    device._raw(line.text.encode("gb18030") + CTL_LF)
    if line.align is Align.CENTRE:
        device.set(align="left")
    if line.bold:
        device.set(bold=False)
    if line.size > 1:
        device.set(custom_size=True, width=1, height=1)


def _code(device: "Dummy", code: Code, paper: Paper, style: Style) -> None:
    size = qr_module(code.payload, paper.dots, paper.qr_size)
    if style.qr is Qr.RASTER:
        device._raw(raster(qr_picture(code.payload, size, paper.dots), paper))
        return
    device.set(align="center")
    device.qr(code.payload, ec=QR_ECLEVEL_L, size=size, native=True)
    device.set(align="left")


def raster(picture: "Image.Image", paper: Paper) -> bytes:
    """GS v 0 at normal size. Printers obey DLE EOT, DLE ENQ and DLE DC4 even inside a picture, so
    one dot is blackened where these bytes would stand."""
    canvas = _device(paper)
    canvas.image(picture, impl="bitImageRaster", center=False)
    data = bytes(canvas.output)
    for command in _REAL_TIME:
        data = data.replace(command, b"\x11" + command[1:])
    return data


def _device(paper: Paper) -> "Dummy":
    """A printer that only keeps what it is told (0.06 ms to make)."""
    device = _library()(profile=paper.profile)
    # Whether there is a cutter is the hall's word: no profile of 58 mm paper has one, many printers
    # have, and cut() cuts only where the profile does.
    device.profile.features = {
        **device.profile.features,
        "paperPartCut": True,
        "paperFullCut": True,
    }
    return device


@cache
def _library() -> "type[Dummy]":
    """python-escpos' Dummy printer; the first call takes tenths of a second."""
    from escpos import capabilities
    from escpos.printer import Dummy

    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        # It makes a temporary folder at each import, for later imports that never find it.
        rmtree(capabilities.pickle_dir, ignore_errors=True)
    kept: type[Dummy] = Dummy
    return kept
