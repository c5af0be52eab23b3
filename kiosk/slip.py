"""From a print order to what the paper says."""

from datetime import datetime

from devices.printer.layout import Bilingual, Slip
from kiosk import words
from kiosk.inputs import Print
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
        wait=_wait(order.wait),
        priority=_both(why) if why else None,
        notices=(*_steps(order, hall), MISSED),
        qr=place.code(order.ticket),
        qr_words=None if place.link else CODE_ONLY,
        reprint=order.reprint,
    )


def _steps(order: Print, hall: HallView | None) -> tuple[Bilingual, ...]:
    """The steps of a visit with a route, in order; nothing without one."""
    services = {service.id: service.name for service in hall.services} if hall else {}
    named = [services[step] for step in order.steps if step in services]
    if len(named) < 2:
        return ()
    zh = "　".join(f"{place}.{name.zh}" for place, name in enumerate(named, start=1))
    en = "  ".join(f"{place}. {name.en}" for place, name in enumerate(named, start=1) if name.en)
    return (Bilingual(f"本号依次办理：{zh}", f"In this order: {en}" if en else ""),)


def _wait(wait: Text | None) -> Bilingual | None:
    return Bilingual(f"预计等候{wait.zh}", f"Expected wait {wait.en}") if wait else None


def _both(text: Text | None) -> Bilingual:
    return Bilingual(text.zh, text.en if text.en != text.zh else "") if text else Bilingual("")
