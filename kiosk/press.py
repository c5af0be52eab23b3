"""From a slip to its printer's bytes: one font, loaded once, before the first citizen comes."""

import threading
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.qr import picture

if TYPE_CHECKING:
    from devices.printer.layout import Slip
    from devices.printer.raster import NotoRasteriser


class Press:
    """Encodes for paper of `width` millimetres. `warm_up` may run beside `encode`."""

    def __init__(self, width: str) -> None:
        self._width = width
        self._lock = threading.Lock()

    @cached_property
    def _rasteriser(self) -> "NotoRasteriser":
        # Loading the font takes tenths of a second: not before the first frame.
        from devices.printer.raster import NotoRasteriser

        return NotoRasteriser()

    def encode(self, slip: "Slip") -> bytes:
        """The bytes that print `slip` once and cut."""
        from devices.printer.escpos import PAPER_58, PAPER_80, encode_slip

        with self._lock:
            rasteriser = self._rasteriser
        return encode_slip(slip, PAPER_58 if self._width == "58" else PAPER_80, rasteriser)

    def warm_up(self) -> None:
        """Load what the first ticket needs: profiles, font, QR."""
        from devices.printer.layout import Bilingual, Slip

        picture("t")
        text = Bilingual("号票", "Ticket")
        now = datetime.now().astimezone()
        slip = Slip(
            hall=text, area=text, department=text, service=text,
            number="A001", ahead=0, taken_at=now, qr="t",
        )  # fmt: skip
        self.encode(slip)
        self._rasteriser.warm_up()
