"""From a slip to its printer's bytes: one template, one set of fonts, loaded once, before the first
citizen comes."""

import logging
import threading
from datetime import datetime
from typing import TYPE_CHECKING

from devices.printer.options import PrinterOptions
from kiosk.qr import picture

if TYPE_CHECKING:
    from devices.printer.layout import Slip
    from devices.printer.typeset import Typesetter

log = logging.getLogger(__name__)


class Press:
    """Encodes for one printer. `warm_up` may run beside `encode`."""

    def __init__(self, options: PrinterOptions) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._typesetter: Typesetter | None = None

    def encode(self, slip: "Slip") -> bytes:
        """The bytes that print `slip` once and cut."""
        encoded = self._made().encode(slip)
        if encoded.missing:
            # The slip shows 〓 and says what it means; here for who looks after the fonts.
            points = " ".join(f"U+{ord(character):04X}" for character in encoded.missing)
            log.warning("no font has %s", points)
        return encoded.data

    def warm_up(self) -> None:
        """Load what the first ticket needs: template, fonts, QR."""
        from devices.printer.layout import Bilingual, Slip

        picture("t")
        text = Bilingual("号票", "Ticket")
        now = datetime.now().astimezone()
        slip = Slip(
            hall=text, area=text, department=text, service=text,
            number="A001", ahead=0, taken_at=now, qr="t",
        )  # fmt: skip
        self.encode(slip)
        self._made().warm_up()

    def _made(self) -> "Typesetter":
        # Loading the fonts takes tenths of a second: not before the first frame.
        with self._lock:
            if self._typesetter is None:
                self._typesetter = self._options.typesetter(fall_back=True)
            return self._typesetter
