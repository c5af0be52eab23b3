"""The tiles to choose from: departments, services with their waits and hours, appointments."""

from kiosk import words
from kiosk.search import matches
from kiosk.states import Choose, is_shut, offered
from kiosk.telling import Telling
from kiosk.view import ChooseView, Tile
from queue_server.protocol.bookings import Appointment
from queue_server.protocol.views import QueueView, ServiceView
from ui.wording import clock, date, other, short_date


def choose_view(tell: Telling, page: Choose) -> ChooseView:
    """The page where a service is chosen: departments, or the services of one, or those found."""
    services = offered(tell.kiosk)
    if page.searching:
        found = [s for s in services if page.query and matches(s.name, page.query)]
    else:
        found = [s for s in services if s.department.zh == page.department]
    title = tell.say(found[0].department) if page.department and found else ""
    departments: list[Tile] = []
    if not page.searching and not page.department:
        departments = _departments(tell, services)
    return ChooseView(
        title=title,
        departments=departments,
        services=[_tile(tell, s, with_department=page.searching) for s in found],
        searching=page.searching,
        query=page.query.upper(),
    )


def _departments(tell: Telling, services: tuple[ServiceView, ...]) -> list[Tile]:
    groups: dict[str, list[ServiceView]] = {}
    for service in services:
        groups.setdefault(service.department.zh, []).append(service)
    return [
        Tile(
            key=key,
            name=tell.say(group[0].department),
            other=other(group[0].department, tell.language),
            waiting=_waiting(tell, group),
            services=len(group),
        )
        for key, group in groups.items()
    ]


def _waiting(tell: Telling, services: list[ServiceView]) -> int:
    """People waiting for all of them; unknown where any is unknown, never a false zero."""
    counts = [tell.queues[s.id].waiting for s in services if s.id in tell.queues]
    return sum(counts) if len(counts) == len(services) else -1


def _tile(tell: Telling, service: ServiceView, *, with_department: bool) -> Tile:
    queue = tell.queue(service.id)
    given = queue if queue and not queue.closed_reason else None
    return Tile(
        key=service.id,
        name=tell.say(service.name),
        other=other(service.name, tell.language),
        detail=tell.say(service.department) if with_department else "",
        waiting=given.waiting if given else -1,
        wait=tell.wait(service) if given else "",
        active=service.active,
        staffed=queue is None or queue.counters_open > 0,
        hours=_hours(tell, queue),
        left=_left(tell, given),
        shut=is_shut(tell.kiosk, service.id),
    )


def _hours(tell: Telling, queue: QueueView | None) -> str:
    """Why no ticket is given, and from when on one is; empty where one is given now."""
    if queue is None or not queue.closed_reason:
        return ""
    said = words.NOT_NOW.get(queue.closed_reason, words.NO_TICKETS)
    if queue.opens_at is None:
        return tell.say(said)
    at = clock(queue.opens_at)
    if date(queue.opens_at, tell.language) != date(tell.wall, tell.language):
        at = f"{short_date(queue.opens_at, tell.language)} {at}"
    return f"{tell.say(said)}{tell.say(words.AGAIN).format(at=at)}"


def _left(tell: Telling, queue: QueueView | None) -> str:
    """That few tickets are left; a number of a while ago, while cut off, is none."""
    left = queue.remaining if queue and tell.world.connected else None
    if left is None or not 0 < left <= words.FEW:
        return ""
    return tell.say(words.ONE_LEFT if left == 1 else words.FEW_LEFT).format(left=left)


def booked_tile(tell: Telling, found: Appointment) -> Tile:
    """One of the appointments on a card."""
    services = tell.world.hall.services if tell.world.hall else ()
    name = next((s.name for s in services if s.id == found.service), None)
    return Tile(
        key=found.serial,
        name=tell.say(name) if name else found.service,
        hours=f"{found.start}–{found.end}",
    )
