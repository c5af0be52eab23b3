"""From a print order to what the paper says."""

from datetime import datetime

from devices.printer.layout import Bilingual, Slip
from kiosk import words
from kiosk.effects import Print
from kiosk.steps import on_paper
from kiosk.view import Place
from queue_server.domain.values import Text
from queue_server.protocol.views import HallView

MISSED = Bilingual(
    "过号请到导办台咨询，号票当日有效",
    "If you missed your call, ask at the help desk. Valid today only",
)

CODE_ONLY = Bilingual("凭此码在取号机查进度、补打", "Scan at a kiosk: progress, reprint")
"""Below a code that no telephone can follow."""


def slip(order: Print, hall: HallView | None, place: Place) -> Slip:
    """The slip of a ticket. It names nobody."""
    areas = {area.id: area.name for area in hall.areas} if hall else {}
    why = words.rank(order.priority_reason, hall.elderly_age if hall else 60, order.booked_at)
    return Slip(
        hall=_both(hall.name) if hall else Bilingual("政务服务大厅", "Government service hall"),
        area=_both(areas.get(order.service.area)),
        department=_both(order.service.department),
        service=_both(order.service.name),
        number=order.number,
        ahead=order.ahead,
        taken_at=datetime.fromtimestamp(order.issued_at / 1000).astimezone(),
        wait=_wait(order.wait, for_step=len(order.steps) > 1),
        priority=_both(why) if why else None,
        notices=(*on_paper(order.steps, hall), MISSED),
        qr=place.code(order.ticket),
        qr_words=None if place.link else CODE_ONLY,
        reprint=order.reprint,
    )


def _wait(wait: Text | None, *, for_step: bool) -> Bilingual | None:
    if wait is None:
        return None
    if for_step:
        return Bilingual(f"本环节预计等候{wait.zh}", f"Expected wait for this step: {wait.en}")
    return Bilingual(f"预计等候{wait.zh}", f"Expected wait {wait.en}")


def _both(text: Text | None) -> Bilingual:
    return Bilingual(text.zh, text.en if text.en != text.zh else "") if text else Bilingual("")
