"""A slip as ESC/POS bytes, through python-escpos, for 58 and 80 mm paper.

Text leaves as raw GB18030 after FS & because python-escpos' own `text()` knows only the
characters U+4E00 to U+9FA5 and prints 「，。」 alone as question marks (3.1). What GBK does not
hold takes four bytes in GB18030, which cheap printers cannot print: such a line is rasterised.
"""

from collections.abc import Callable
from typing import Final, assert_never

import msgspec
from escpos.constants import QR_ECLEVEL_M
from escpos.printer import Dummy
from PIL import Image

from devices.printer.layout import Code, Element, Line, Slip, compose


class Paper(msgspec.Struct, frozen=True):
    """A paper width: columns of font A (12 dots each), dots, python-escpos profile, QR dot size."""

    columns: int
    dots: int
    profile: str
    qr_size: int


PAPER_58: Final = Paper(32, 384, "POS-5890", 5)
PAPER_80: Final = Paper(48, 576, "TM-T20II", 6)
PAPERS: Final = {58: PAPER_58, 80: PAPER_80}  # by width in millimetres

Rasteriser = Callable[[Line, int], Image.Image]

_FS_CHINESE: Final = b"\x1c&"
_FEED_AND_CUT: Final = b"\x1bd\x06\x1dV\x01"  # as cut("PART"); POS-5890's profile has no cutter


def in_gbk(text: str) -> bool:
    """Whether a GBK font holds every character, in at most two bytes each."""
    try:
        encoded = text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return encoded == text.encode("gb18030")


def encode_slip(slip: Slip, paper: Paper, rasterise: Rasteriser) -> bytes:
    """The bytes that print `slip` once and cut; `rasterise` draws lines GBK cannot say."""
    return encode(compose(slip, paper.columns), paper, rasterise)


def encode(elements: tuple[Element, ...], paper: Paper, rasterise: Rasteriser) -> bytes:
    """The bytes for laid-out elements, from ESC @ to the cut."""
    device = Dummy(profile=paper.profile)
    device.hw("INIT")
    device._raw(_FS_CHINESE)
    for element in elements:
        if isinstance(element, Line):
            _line(device, element, paper, rasterise)
        elif isinstance(element, Code):
            device.set(align="center")
            device.qr(element.payload, ec=QR_ECLEVEL_M, size=paper.qr_size, native=True)
        else:
            assert_never(element)
    device._raw(_FEED_AND_CUT)
    return bytes(device.output)


def _line(device: Dummy, line: Line, paper: Paper, rasterise: Rasteriser) -> None:
    device.set(
        align=line.align.value,
        bold=line.bold,
        custom_size=True,
        width=line.size,
        height=line.size,
    )
    if in_gbk(line.text):
        device._raw(line.text.encode("gb18030") + b"\n")
        return
    canvas = Dummy(profile=paper.profile)
    canvas.image(rasterise(line, paper.dots), impl="bitImageRaster", center=False)
    device._raw(_without_real_time_commands(bytes(canvas.output)))


def _without_real_time_commands(raster: bytes) -> bytes:
    """Printers obey DLE EOT, DLE ENQ and DLE DC4 even inside a picture: blacken one dot there."""
    for second in (b"\x04", b"\x05", b"\x14"):
        raster = raster.replace(b"\x10" + second, b"\x11" + second)
    return raster
