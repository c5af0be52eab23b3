"""Whether a ticket of a service may be given now, to this person; if not, when or what instead.

Bands and limits of a service and of the hall, minutes between two tickets of a person, one ticket a
person, and how many a helper takes for others. `availability` is also what kiosks show beforehand.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from .bands import Span, span_at, spans_after, spans_on
from .context import Given, Rejection, service_details
from .day_words import day_words, when_words
from .hall import Hall
from .ids import MINUTE
from .values import Day, Ms, PersonKey, Service, ServiceId, Settings
from .workdays import (
    DAY_MINUTES,
    PLAIN,
    Almanac,
    Calendar,
    Local,
    instant,
    local,
    next_day,
)

WARN_AHEAD = 45
"""Days before the public calendar's end at which managers are told."""

ClosedReason = Literal[
    "",
    "closed_now",
    "closed_today",
    "no_hours",
    "band_full",
    "day_full",
    "hall_band_full",
    "hall_day_full",
]
"""Why no ticket is given now; also the code of the refusal."""


class Availability(NamedTuple):
    """How taking a ticket of a service stands at one moment."""

    reason: ClosedReason = ""
    again: Span | None = None
    """Where none is given now, the next band in which one may be; None: nothing said of it."""
    limit: int = 0
    """The limit that is reached."""
    remaining: int | None = None
    """Tickets left before a limit is reached; None where there is no limit."""
    band: Span | None = None
    """The span of the service's own bands that holds now, …"""
    hall_band: Span | None = None
    """… and of the hall's."""


class _Limit(NamedTuple):
    """One limit: how many tickets, how many are taken, and what the refusal is called."""

    reason: ClosedReason
    limit: int
    taken: int


def limited(service: Service, settings: Settings) -> bool:
    """Whether clock or counting may keep a ticket of this service from being given."""
    return bool(service.bands or service.daily_tickets or settings.bands or settings.daily_tickets)


def availability(hall: Hall, service: Service, now: Ms, almanac: Almanac) -> Availability:
    """How taking a ticket of `service` stands at `now`, for anybody."""
    settings = hall.settings
    if not limited(service, settings):
        return Availability()
    here = local(now, settings.timezone, almanac)
    calendar = Calendar(hall.calendar, almanac.base_day)
    bands = service.bands or settings.bands
    own = span_at(service.bands, *here, calendar)
    halls = span_at(settings.bands, *here, calendar)
    if bands and (own if service.bands else halls) is None:
        again = _next(hall, service, here, calendar)
        today = again is not None and again.day == here.day
        reason: ClosedReason = "closed_now" if today else "closed_today" if again else "no_hours"
        return Availability(reason, again, band=own, hall_band=halls)
    limits = list(_limits(hall, service, own, halls))
    full = next((r for r in limits if r.taken >= r.limit), None)
    if full is not None:
        again = _next(hall, service, _over(full.reason, here, halls), calendar)
        if full.reason == "hall_band_full" and halls and own and own.end > halls.end:
            again = own._replace(start=halls.end)  # its own hours go on after the hall's
        return Availability(full.reason, again, full.limit, 0, own, halls)
    left = min((r.limit - r.taken for r in limits), default=None)
    return Availability(remaining=left, band=own, hall_band=halls)


def _limits(hall: Hall, service: Service, own: Span | None, halls: Span | None) -> Iterator[_Limit]:
    """The limits that hold, the widest first: what is said of a full day holds for its bands."""
    if hall.settings.daily_tickets:
        yield _Limit("hall_day_full", hall.settings.daily_tickets, hall.taken.get("*", 0))
    if service.daily_tickets:
        yield _Limit("day_full", service.daily_tickets, hall.taken.get(service.id, 0))
    if halls is not None and halls.tickets:
        yield _Limit("hall_band_full", halls.tickets, hall.taken.get(f"*@{halls.key}", 0))
    if own is not None and own.tickets:
        yield _Limit("band_full", own.tickets, hall.taken.get(f"{service.id}@{own.key}", 0))


def _over(reason: ClosedReason, here: Local, halls: Span | None) -> Local:
    """The last moment for which a full limit holds."""
    if reason in ("day_full", "hall_day_full"):
        return Local(here.day, DAY_MINUTES)
    if reason == "hall_band_full" and halls is not None:
        return Local(here.day, halls.end - 1)
    return here


def _next(hall: Hall, service: Service, after: Local, calendar: Calendar) -> Span | None:
    """The next band that begins later."""
    bands = service.bands or hall.settings.bands
    return next(spans_after(bands, *after, calendar), None)


def next_change(hall: Hall, now: Ms, almanac: Almanac) -> Ms | None:
    """When a band begins or ends next, or the day does; None where the hall has no bands."""
    lists = [hall.settings.bands, *(service.bands for service in hall.services.values())]
    lists = [bands for bands in dict.fromkeys(lists) if bands]
    if not lists:
        return None
    zone = hall.settings.timezone
    here = local(now, zone, almanac)
    calendar = Calendar(hall.calendar, almanac.base_day)
    edges = [
        edge
        for bands in lists
        for span in spans_on(bands, here.day, calendar)
        for edge in (span.start, span.end)
        if edge > here.minute
    ]
    return instant(here.day, min(edges, default=DAY_MINUTES), zone, almanac)


def unknown_after(hall: Hall, now: Ms, almanac: Almanac) -> Day | None:
    """The last day of the public calendar, where it ends within `WARN_AHEAD` days.

    None too where the hall itself has said something of the time after it.
    """
    if almanac is PLAIN:
        return None
    today = local(now, hall.settings.timezone, almanac).day
    if almanac.base_day(next_day(today, WARN_AHEAD)) != "unknown":
        return None
    days = [next_day(today, -1 + ahead) for ahead in range(WARN_AHEAD + 1)]
    last = max((day for day in days if almanac.base_day(day) != "unknown"), default=days[0])
    return None if any(day > last for day in hall.calendar) else last


class Place(NamedTuple):
    """Where a ticket given now would count, and why none is given to anybody, where that is so."""

    refused: Rejection | None = None
    band: str = ""
    hall_band: str = ""
    outside_hours: bool = False
    """Whether it is refused for the hour, not for a limit."""


def places(hall: Hall, service: Service, given: Given) -> Place:
    """Whether hours and limits let a ticket of `service` be given, and in which bands it counts."""
    found = availability(hall, service, given.now, given.almanac)
    return Place(
        refused=_refused(hall, service, found, given) if found.reason else None,
        band=found.band.key if found.band else "",
        hall_band=found.hall_band.key if found.hall_band else "",
        outside_hours=found.reason in ("closed_now", "closed_today", "no_hours"),
    )


def _refused(hall: Hall, service: Service, found: Availability, given: Given) -> Rejection:
    zone = hall.settings.timezone
    calendar = Calendar(hall.calendar, given.almanac.base_day)
    here = local(given.now, zone, given.almanac)
    bands = service.bands or hall.settings.bands
    details = {**service_details(service), "limit": str(found.limit)}
    if found.again is not None:
        day, start = found.again.day, found.again.start
        hours = [span.hours for span in spans_on(bands, day, calendar)]
        details |= {"hours": "、".join(hours), "hours_en": ", ".join(hours), "again_day": day}
        details["again_at"] = str(instant(day, start, zone, given.almanac))
        zh, en = when_words(day, start, here.day)
    elif not bands:
        zh, en = day_words(day := calendar.workday_after(here.day))
        details["again_day"] = day
    else:
        zh, en = "大厅通知的日期", "on a day the hall will announce"
    return Rejection(found.reason, {**details, "again": zh, "again_en": en})


# --- of one person ---


def already_held(hall: Hall, person: PersonKey, service: ServiceId) -> str | None:
    """The number of a person's ticket for a service that is open and not missed."""
    for key in hall.holding.get((person, service), ()):
        ticket = hall.tickets[key]
        if ticket.state != "no_show":
            return ticket.number
    return None


def person_refused(
    hall: Hall, service: Service, person: PersonKey, given: Given
) -> Rejection | None:
    """Why this person gets no ticket: what they hold, or took a short while ago."""
    held = already_held(hall, person, service.id)
    if held is not None:
        return Rejection("already_holding", {"number": held})
    for other in hall.services.values() if hall.settings.one_ticket else ():
        held = already_held(hall, person, other.id)
        if held is not None:
            return Rejection("already_holding_other", {"number": held, **service_details(other)})
    return _too_soon(hall, service, person, given)


def _too_soon(hall: Hall, service: Service, person: PersonKey, given: Given) -> Rejection | None:
    """The refusal of a ticket too shortly after another one of this person."""
    waits = [(service.minutes_between, service.id)]
    if hall.settings.minutes_between:
        waits += [(hall.settings.minutes_between, other) for other in hall.services]
    latest = Ms(0)
    number = ""
    for minutes, other in waits:
        ticket = hall.last_taken.get((person, other))
        if ticket is not None and minutes:
            taken = hall.tickets[ticket]
            at = Ms(taken.issued_at + minutes * MINUTE)
            if at > latest:
                latest, number = at, taken.number
    if given.now >= latest:
        return None
    again = Ms(-(-latest // MINUTE) * MINUTE)  # told to the minute, and never too early
    zone = hall.settings.timezone
    here = local(given.now, zone, given.almanac)
    zh, en = when_words(*local(again, zone, given.almanac), here.day)
    details = {"number": number, "again_at": str(latest), "again": zh, "again_en": en}
    return Rejection("too_soon", details)


def helper_refused(hall: Hall, helper: PersonKey, person: PersonKey | None) -> Rejection | None:
    """Why this helper may take no further ticket for somebody else."""
    if helper == person:
        return Rejection("helper_is_holder")
    limit = hall.settings.helper_tickets
    if hall.helped.get(helper, 0) >= limit:
        return Rejection("helper_limit", {"limit": str(limit)})
    return None
