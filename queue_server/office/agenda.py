"""Appointments of a day by band, and finding one; holders are masked throughout."""

from collections import Counter, defaultdict

import msgspec

from ..bookings import appointment
from ..domain.bands import clock_text, spans_on
from ..domain.booking import Booking, BookingPlan
from ..domain.context import By, Given
from ..domain.hall import Hall
from ..domain.slots import calendar_of, first_and_last, today_of
from ..domain.values import Day, Holder, Ms, PersonKey, Text
from ..domain.workdays import Almanac, next_day
from ..protocol.bookings import Absent, Appointment
from ..store.personal import Sealer

MOST = 500
"""Appointments listed of one day."""
MOST_DAYS = 60


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Of a band or a day. `booked` are all that stand: `kept`, `missed`, and those yet to come."""

    quota: int
    booked: int
    kept: int
    missed: int
    cancelled: int


class BandBooked(msgspec.Struct, frozen=True, kw_only=True):
    """A band of a day; `quota` 0 where bookings stand in what is no band any more."""

    start: str
    end: str
    counts: Counts


class PlanBooked(msgspec.Struct, frozen=True):
    """What is booked by one plan on the day."""

    plan: str
    name: Text
    bands: tuple[BandBooked, ...]


class DayBooked(msgspec.Struct, frozen=True):
    """All of a day."""

    day: Day
    counts: Counts


class DayAgenda(msgspec.Struct, frozen=True, kw_only=True):
    """The days that hold appointments or can be booked, and all of one of them."""

    today: Day
    first: Day
    """The first day that can be booked now, …"""
    last: Day
    """… and the last."""
    days: tuple[DayBooked, ...]
    day: Day
    plans: tuple[PlanBooked, ...]
    appointments: tuple[Appointment, ...]
    """By time; the first `MOST`."""
    total: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a serial, code, ticket number or document number stands for."""

    appointments: tuple[Appointment, ...] = ()
    absent: Absent | None = None
    """Where it names a person who missed some."""


def agenda_of(hall: Hall, wanted: Day | None, now: Ms, almanac: Almanac) -> DayAgenda:
    """The agenda of `wanted`, of today where it is None."""
    given = _given(now, almanac)
    today = today_of(hall, given)
    first, last = first_and_last(hall, given)
    day = wanted or today
    by_day: defaultdict[Day, list[Booking]] = defaultdict(list)
    for booking in sorted(hall.agenda.bookings.values(), key=lambda b: (b.at, b.serial)):
        by_day[booking.day].append(booking)
    plans = {when: _plans(hall, when, by_day[when], given) for when in _days(by_day, today, last)}
    chosen = plans.get(day) or _plans(hall, day, by_day[day], given)
    theirs = by_day[day]
    return DayAgenda(
        today=today,
        first=first,
        last=last,
        days=tuple(
            DayBooked(when, _sum([band.counts for plan in of_day for band in plan.bands]))
            for when, of_day in plans.items()
            if of_day or when == today
        ),
        day=day,
        plans=chosen,
        appointments=tuple(appointment(hall, booking) for booking in theirs[:MOST]),
        total=len(theirs),
    )


def find(hall: Hall, sealer: Sealer, text: str) -> Found:
    """By serial, code, today's ticket number, or a document number."""
    wanted = text.strip().upper()
    serial = hall.agenda.codes.get(wanted)
    if serial is None:
        ticket = hall.by_number.get(wanted)
        bookings = hall.agenda.bookings.values()
        serial = next((b.serial for b in bookings if ticket and b.ticket == ticket), None)
    if serial is not None:
        return Found(appointments=(appointment(hall, hall.agenda.bookings[serial]),))
    person = sealer.person_key(Holder(name="", number=wanted))
    theirs = sorted(
        (b for b in hall.agenda.bookings.values() if b.person == person), key=lambda b: b.at
    )
    absence = hall.agenda.absences.get(person)
    return Found(
        appointments=tuple(appointment(hall, booking) for booking in theirs),
        absent=Absent(absence.person, absence.holder, absence.missed, absence.barred_until)
        if absence
        else None,
    )


def _given(now: Ms, almanac: Almanac) -> Given:
    return Given(now=now, by=By("office"), new_id=_nothing_new, person_key=_nobody, almanac=almanac)


def _nothing_new() -> str:
    raise AssertionError("a read makes nothing new")


def _nobody(_: Holder) -> PersonKey:
    raise AssertionError("a read of the agenda names nobody")


def _days(by_day: "defaultdict[Day, list[Booking]]", today: Day, last: Day) -> list[Day]:
    days = {day for day, bookings in by_day.items() if bookings} | {today}
    day = today
    while day < last and len(days) < MOST_DAYS:
        day = next_day(day)
        days.add(day)
    return sorted(days)[:MOST_DAYS]


def _plans(hall: Hall, day: Day, bookings: list[Booking], given: Given) -> tuple[PlanBooked, ...]:
    found = (
        PlanBooked(plan.id, plan.name, bands)
        for plan in hall.plans.values()
        if (bands := _bands(hall, plan, day, [b for b in bookings if b.plan == plan.id], given))
    )
    return tuple(found)


def _bands(
    hall: Hall, plan: BookingPlan, day: Day, bookings: list[Booking], given: Given
) -> tuple[BandBooked, ...]:
    quotas = {
        (clock_text(span.start), clock_text(span.end)): span.tickets
        for span in spans_on(plan.bands, day, calendar_of(hall, given))
    }
    states: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for booking in bookings:
        # Where the plan was changed since, the band that the booking's start lies in now.
        band = next((b for b in quotas if b[0] <= booking.start < b[1]), None)
        states[band or (booking.start, booking.end)][booking.state] += 1
    return tuple(
        BandBooked(start=band[0], end=band[1], counts=_counts(quotas.get(band, 0), states[band]))
        for band in sorted(quotas.keys() | states.keys())
    )


def _counts(quota: int, states: "Counter[str]") -> Counts:
    return Counts(
        quota=quota,
        booked=states["open"] + states["kept"] + states["missed"],
        kept=states["kept"],
        missed=states["missed"],
        cancelled=states["cancelled"],
    )


def _sum(counts: list[Counts]) -> Counts:
    return Counts(
        quota=sum(one.quota for one in counts),
        booked=sum(one.booked for one in counts),
        kept=sum(one.kept for one in counts),
        missed=sum(one.missed for one in counts),
        cancelled=sum(one.cancelled for one in counts),
    )
