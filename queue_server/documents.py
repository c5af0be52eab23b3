"""Builds the documents programs see from the hall: one pure function a kind of topic."""

from bisect import bisect_left
from typing import Any, NamedTuple

from .calls import Calls
from .domain.hall import CounterNow, Hall, QueueName, Ticket
from .domain.limits import availability, unknown_after
from .domain.values import AreaId, CounterId, Ms, ServiceId, StaffId
from .domain.workdays import PLAIN, Almanac, instant
from .protocol.codec import encode
from .protocol.views import (
    AlertsView,
    CounterName,
    CounterState,
    CounterView,
    CountsView,
    HallView,
    PadView,
    QueuesView,
    QueueView,
    RatingAsked,
    ScreenView,
    ServiceView,
    StaffName,
    TicketView,
)
from .ranges import Ranges
from .visits import (
    branches_view,
    counters_at,
    moved_on,
    must_choose,
    open_for,
    routes_view,
    steps_view,
)


class Moment(NamedTuple):
    """When a document is made, and what is known of dates there."""

    now: Ms
    almanac: Almanac


NOWHEN = Moment(Ms(0), PLAIN)
SHOWN_NO_SHOWS = 8


def hall_view(hall: Hall, at: Moment = NOWHEN) -> HallView:
    """The topic `hall`."""
    return HallView(
        timezone=hall.settings.timezone,
        calendar_until=unknown_after(hall, at.now, at.almanac),
        name=hall.settings.name,
        day=hall.day,
        opened_at=hall.opened_at,
        appointments=any(plan.bands for plan in hall.plans.values())
        or any(booking.state == "open" for booking in hall.agenda.bookings.values()),
        routes=routes_view(hall),
        start_distinct=hall.settings.start_distinct,
        elderly_age=hall.settings.elderly_age,
        areas=tuple(hall.areas.values()),
        services=tuple(
            ServiceView(
                id=s.id,
                prefix=s.prefix,
                name=s.name,
                department=s.department,
                area=s.area,
                identity=s.identity,
                active=s.active,
            )
            for s in hall.services.values()
        ),
        counters=tuple(
            CounterName(
                id=c.id, number=c.number, name=c.name, area=c.area, services=hall.services_of(c.id)
            )
            for c in sorted(hall.counters.values(), key=lambda c: c.number)
        ),
        staff=tuple(StaffName(id=s.id, name=s.name) for s in hall.staff.values()),
    )


def queues_view(hall: Hall, ranges: Ranges | None = None, at: Moment = NOWHEN) -> QueuesView:
    """The topic `queues`."""
    open_counters: dict[ServiceId, int] = dict.fromkeys(hall.services, 0)
    for now in hall.at.values():
        if now.staff is not None and not now.paused and now.id in hall.counters:
            for service in hall.fit_for(now.id, hall.services_of(now.id)):
                open_counters[service] = open_counters.get(service, 0) + 1
    return QueuesView(
        queues=tuple(
            QueueView(
                service=service,
                waiting=len(hall.waiting.get(f"q:{service}", ())),
                oldest_at=oldest_at(hall, f"q:{service}"),
                counters_open=open_counters[service],
                **_hours(hall, service, at),
                wait_low_s=told.low_s if told else None,
                wait_high_s=told.high_s if told else None,
                **_for_elderly(hall, service, ranges),
            )
            for service in hall.services
            for told in (ranges.service(service) if ranges else None,)
        ),
        waits=ranges.state if ranges else None,
    )


def _for_elderly(hall: Hall, service: ServiceId, ranges: Ranges | None) -> dict[str, Any]:
    """What of a queue's view is for who gets priority by the card's age."""
    if not hall.settings.elderly_age or not hall.settings.elderly_priority:
        return {}
    told = ranges.service(service, is_ahead=True) if ranges else None
    return {
        "elderly_ahead": hall.ahead_of_next(service, hall.settings.elderly_priority),
        "elderly_low_s": told.low_s if told else None,
        "elderly_high_s": told.high_s if told else None,
    }


def _hours(hall: Hall, service: ServiceId, at: Moment) -> dict[str, Any]:
    """What of a queue's view tells whether tickets are given."""
    found = availability(hall, hall.services[service], at.now, at.almanac)
    zone = hall.settings.timezone
    told: dict[str, Any] = {"closed_reason": found.reason, "remaining": found.remaining}
    if found.again is not None:
        told["opens_at"] = instant(found.again.day, found.again.start, zone, at.almanac)
    open_now = found.band or found.hall_band
    if not found.reason and open_now is not None:
        told["closes_at"] = instant(open_now.day, open_now.end, zone, at.almanac)
    return told


def oldest_at(hall: Hall, queue: QueueName) -> Ms | None:
    """When the ticket waiting longest was issued; None where nobody waits.

    Looks at few tickets, however many wait: within a class they stand by arrival, but for those
    placed in front (at the head) and at the end (in `hall.behind`).
    """
    keys, tickets, behind = hall.waiting.get(queue, ()), hall.tickets, hall.behind
    found = [t for t in behind if tickets[t].waits_for == queue]
    at = 0
    while at < len(keys):
        place, priority, _, ticket = keys[at]
        found.append(ticket)
        if place == 0 or ticket in behind:
            at += 1
        else:
            at = bisect_left(keys, (place, priority + 1))  # the next class
    return min((tickets[ticket].issued_at for ticket in found), default=None)


def ticket_view(hall: Hall, ticket: Ticket, counter: CounterId | None = None) -> TicketView:
    """A ticket as its clerk sees it; `counter` is the one of several that work on it."""
    own = hall.at[counter].last if counter in ticket.joint else ticket.transaction
    transaction = hall.transactions.get(own) if own else None
    route = hall.routes.get(ticket.route or "")
    others = [
        n for n in counters_at(hall, ticket) if counter and n != hall.counters[counter].number
    ]
    return TicketView(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        state=ticket.state,
        issued_at=ticket.issued_at,
        holder=ticket.holder,
        priority=ticket.priority,
        priority_reason=ticket.priority_reason,
        called_at=transaction.called_at if transaction else None,
        started_at=transaction.started_at if transaction else None,
        recalls=transaction.recalls if transaction else 0,
        transaction=transaction.id if transaction else None,
        why=transaction.why if transaction else None,
        walk_in=ticket.walk_in,
        has_identity=ticket.person is not None,
        face=ticket.face,
        card_expired=ticket.card_expired,
        route=route.name if route else None,
        steps=steps_view(hall, ticket),
        branches=branches_view(ticket),
        must_choose=must_choose(ticket),
        joint=tuple(others) if ticket.joint else (),
    )


def counter_state(hall: Hall, now: CounterNow) -> CounterState:
    """In one word, what a counter is doing."""
    if now.staff is None or hall.day is None:
        return "closed"
    if now.current is not None:
        return "serving" if hall.tickets[now.current].state == "serving" else "called"
    return "paused" if now.paused else "free"


def staff_name(hall: Hall, staff: StaffId | None) -> StaffName | None:
    """A staff member as shown to others."""
    if staff is None or staff not in hall.staff:
        return None
    return StaffName(id=staff, name=hall.staff[staff].name)


def counter_view(hall: Hall, counter: CounterId) -> CounterView:
    """The topic `counter/COUNTER`."""
    defined, now = hall.counters[counter], hall.counter_now(counter)
    direct = len(hall.waiting.get(f"c:{counter}", ()))
    if now.staff is not None:
        direct += len(hall.waiting.get(f"s:{now.staff}", ()))
    returnable = [
        ticket
        for ticket in (hall.tickets[t] for t in reversed(now.no_shows))
        if ticket.returns < hall.settings.returns
    ]
    return CounterView(
        id=counter,
        number=defined.number,
        name=defined.name,
        area=defined.area,
        state=counter_state(hall, now),
        since=now.since,
        services=hall.fit_for(counter, hall.services_of(counter)),
        staff=staff_name(hall, now.staff),
        signed_in_at=now.signed_in_at,
        ticket=ticket_view(hall, hall.tickets[now.current], counter) if now.current else None,
        held=tuple(ticket_view(hall, hall.tickets[t]) for t in now.held),
        no_shows=tuple(ticket_view(hall, t) for t in returnable[:SHOWN_NO_SHOWS]),
        direct_waiting=direct,
        pause_reason=now.pause_reason,
        pause_until=now.pause_until,
        counts=CountsView(
            called=now.called,
            served=now.served,
            no_show=now.not_shown,
            transferred=now.transferred,
        ),
        rating=hall.transactions[now.last].rating if now.last else "none",
        helps=hall.fit_for(counter, hall.helped_by(counter)),
    )


def screen_view(hall: Hall, counter: CounterId) -> ScreenView:
    """The topic `screen/COUNTER`."""
    defined, now = hall.counters[counter], hall.counter_now(counter)
    ticket = hall.tickets[now.current] if now.current else None
    transaction = hall.transactions[now.last] if ticket and now.last else None
    moved = moved_on(hall, counter)
    return ScreenView(
        counter=counter,
        number=defined.number,
        name=defined.name,
        state=counter_state(hall, now),
        services=hall.services_of(counter),
        staff=staff_name(hall, now.staff),
        ticket=ticket.number if ticket else "",
        holder=ticket.holder if ticket else "",
        called_at=transaction.called_at if transaction else None,
        recalls=transaction.recalls if transaction else 0,
        pause_reason=now.pause_reason,
        pause_until=now.pause_until,
        moved=moved.number if moved else "",
        moved_to=moved.service if moved else None,
        moved_counters=open_for(hall, moved.service) if moved else (),
    )


def pad_view(hall: Hall, counter: CounterId) -> PadView:
    """The topic `pad/COUNTER`."""
    now = hall.counter_now(counter)
    last = hall.transactions[now.last] if now.last else None
    if last is None or last.rating != "asked" or hall.day is None:
        return PadView(counter=counter)
    return PadView(
        counter=counter,
        asked=RatingAsked(
            transaction=last.id,
            number=last.number,
            service=last.service,
            at=last.rating_at or last.called_at,
            staff=staff_name(hall, last.staff),
        ),
    )


def counter_topics(counter: CounterId) -> tuple[str, str, str]:
    """The topics that tell of one counter."""
    return f"counter/{counter}", f"screen/{counter}", f"pad/{counter}"


def all_topics(hall: Hall) -> list[str]:
    """Every topic the hall has documents for."""
    topics = ["hall", "queues", "alerts", *(f"calls/{area}" for area in hall.areas)]
    for counter in hall.counters:
        topics += counter_topics(counter)
    return topics


def document(
    hall: Hall, calls: Calls, topic: str, ranges: Ranges | None = None, at: Moment = NOWHEN
) -> bytes:
    """A topic's document as JSON, as the hall stands. `ranges` is None where none are made."""
    kind, _, name = topic.partition("/")
    match kind:
        case "hall":
            return encode(hall_view(hall, at))
        case "queues":
            return encode(queues_view(hall, ranges, at=at))
        case "alerts":
            return encode(AlertsView(acknowledged=tuple(hall.acknowledged.values())))
        case "calls":
            return encode(calls.view(hall, AreaId(name)))
        case "counter":
            return encode(counter_view(hall, CounterId(name)))
        case "screen":
            return encode(screen_view(hall, CounterId(name)))
        case "pad":
            return encode(pad_view(hall, CounterId(name)))
        case _:
            raise ValueError(f"no topic {topic}")
