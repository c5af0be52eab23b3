"""Appointments of a day by band, and finding one; holders are masked throughout."""

from collections import Counter, defaultdict
from typing import NamedTuple

import msgspec

from ..bookings import appointment, kept_appointment
from ..domain.bands import clock_text, spans_on
from ..domain.booking import BookingPlan
from ..domain.context import By, Given
from ..domain.hall import Hall
from ..domain.slots import first_and_last, today_of
from ..domain.values import BookingState, Day, Holder, Ms, PersonKey, Text
from ..domain.workdays import Almanac, Calendar, next_day
from ..protocol.bookings import Absent, Appointment
from ..store.appointments import read_appointments
from ..store.personal import Sealer
from ..store.sqlite import Connection

MOST = 500
"""Appointments listed of one day."""
MOST_READ = 20_000
MOST_DAYS = 60
DAYS_BACK = 7
"""Days gone by whose figures are shown beside those to come."""


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
    """The days that hold appointments or can be booked, a week gone by too; all of one of them."""

    today: Day
    first: Day
    """The first day that can be booked now, …"""
    last: Day
    """… and the last."""
    days: tuple[DayBooked, ...]
    day: Day
    plans: tuple[PlanBooked, ...]
    appointments: tuple[Appointment, ...]
    """By time; `MOST` at most."""
    total: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a serial, code, ticket number or document number stands for."""

    appointments: tuple[Appointment, ...] = ()
    absent: Absent | None = None
    """Where it names a person who missed some."""


class Booked(msgspec.Struct, frozen=True, array_like=True):
    """How many appointments of a plan begin at one time of a day, in one state."""

    plan: str
    day: Day
    start: str
    end: str
    state: BookingState
    count: int


class Bookable(NamedTuple):
    """What of a hall says what can be booked; small, to be taken out of the writer's thread."""

    plans: dict[str, BookingPlan]
    calendar: Calendar
    today: Day
    first: Day
    last: Day


def bookable(hall: Hall, now: Ms, almanac: Almanac) -> Bookable:
    """As it stands now."""
    given = _given(now, almanac)
    first, last = first_and_last(hall, given)
    calendar = Calendar(dict(hall.calendar), almanac.base_day)
    return Bookable(dict(hall.plans), calendar, today_of(hall, given), first, last)


def agenda_of(database: Connection, can: Bookable, wanted: Day | None) -> DayAgenda:
    """The agenda of `wanted`, of today where it is None. Raises `DatabaseError`."""
    day = wanted or can.today
    booked = _booked(database, next_day(can.today, -DAYS_BACK), day)
    by_day: defaultdict[Day, list[Booked]] = defaultdict(list)
    for one in booked:
        by_day[one.day].append(one)
    plans = {when: _plans(can, when, by_day[when]) for when in _days(by_day, can)}
    return DayAgenda(
        today=can.today,
        first=can.first,
        last=can.last,
        days=tuple(
            DayBooked(when, _sum([band.counts for plan in of_day for band in plan.bands]))
            for when, of_day in plans.items()
            if of_day or when == can.today
        ),
        day=day,
        plans=plans[day] if day in plans else _plans(can, day, by_day[day]),
        appointments=_listed(database, day),
        total=sum(one.count for one in by_day[day]),
    )


def _listed(database: Connection, day: Day) -> tuple[Appointment, ...]:
    """The first `MOST` by time; the record has them by serial."""
    found: list[Appointment] = []
    after = ""
    while len(found) < MOST_READ:
        rows = read_appointments(database, day, after, MOST)
        found += map(kept_appointment, rows)
        if len(rows) < MOST:
            break
        after = rows[-1].serial
    return tuple(sorted(found, key=lambda one: (one.at, one.serial))[:MOST])


def _booked(database: Connection, since: Day, besides: Day) -> tuple[Booked, ...]:
    rows = database.execute(
        "SELECT plan, day, start, until, state, count(*) FROM appointments"
        " WHERE day >= ? OR day = ? GROUP BY plan, day, start, until, state",
        (since, besides),
    ).fetchall()
    return msgspec.convert(rows, tuple[Booked, ...])


def find(hall: Hall, sealer: Sealer, text: str) -> Found:
    """By serial, code, today's ticket number, or a document number."""
    wanted = text.strip().upper()
    serial = hall.agenda.codes.get(wanted)
    if serial is None:
        ticket = hall.by_number.get(wanted)
        bookings = hall.agenda.bookings.values() if ticket else ()
        serial = next((b.serial for b in bookings if b.ticket == ticket), None)
    if serial is not None:
        return Found(appointments=(appointment(hall, hall.agenda.bookings[serial]),))
    person = sealer.person_key(Holder(name="", number=wanted))
    serials = hall.agenda.of_person.get(person, ())
    theirs = sorted((hall.agenda.bookings[one] for one in serials), key=lambda b: b.at)
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


def _days(by_day: "defaultdict[Day, list[Booked]]", can: Bookable) -> list[Day]:
    days = {day for day, booked in by_day.items() if booked} | {can.today}
    day = can.today
    while day < can.last and len(days) < MOST_DAYS:
        day = next_day(day)
        days.add(day)
    return sorted(days)[:MOST_DAYS]


def _plans(can: Bookable, day: Day, booked: list[Booked]) -> tuple[PlanBooked, ...]:
    found = (
        PlanBooked(plan.id, plan.name, bands)
        for plan in can.plans.values()
        if (bands := _bands(can, plan, day, [one for one in booked if one.plan == plan.id]))
    )
    return tuple(found)


def _bands(
    can: Bookable, plan: BookingPlan, day: Day, booked: list[Booked]
) -> tuple[BandBooked, ...]:
    quotas = {
        (clock_text(span.start), clock_text(span.end)): span.tickets
        for span in spans_on(plan.bands, day, can.calendar)
    }
    states: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in booked:
        # Where the plan was changed since, the band that the booking's start lies in now.
        band = next((b for b in quotas if b[0] <= one.start < b[1]), None)
        states[band or (one.start, one.end)][one.state] += one.count
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
