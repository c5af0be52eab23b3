"""Looking up appointments, and sealing who they are for. Runs in the writer's thread."""

from collections.abc import Callable

import msgspec

from .domain import commands as c
from .domain import events as e
from .domain.bands import clock_text, spans_on
from .domain.booking import Booking
from .domain.context import By, Given, service_details
from .domain.hall import Hall
from .domain.ids import MINUTE
from .domain.slots import calendar_of, first_and_last, plan_for, today_of
from .domain.tickets import holder_problem
from .domain.values import Ms
from .domain.workdays import Almanac, is_day, local, next_day
from .gateway.ports import Who
from .protocol.bookings import (
    Absences,
    Absent,
    Appointment,
    Appointments,
    BandLeft,
    DayLeft,
    Quotas,
    ReadAbsences,
    ReadAppointment,
    ReadAppointments,
    ReadQuotas,
    ReadStanding,
    Standing,
)
from .protocol.codec import rejected
from .protocol.messages import Rejected
from .store.appointments import KeptAppointment
from .store.batch import Batch, PersonalRow
from .store.errors import StoreError
from .store.log import Log
from .store.personal import Sealer

KIND = "appointment"
"""Kind of the sealed row of a booking, under its serial."""

MOST = 500
"""Appointments of a day in one answer."""

BookingRead = ReadAppointment | ReadAppointments | ReadQuotas | ReadStanding | ReadAbsences
BookingAnswer = Appointment | Appointments | Quotas | Standing | Absences
Stored = Callable[[str, str], PersonalRow | None]
"""Sealed rows of earlier batches, by subject and kind."""


def appointment(hall: Hall, booking: Booking) -> Appointment:
    """A booking as the portal sees it."""
    ticket = hall.tickets.get(booking.ticket) if booking.ticket else None
    rules, is_open = hall.settings.booking, booking.state == "open"
    return Appointment(
        serial=booking.serial,
        code=booking.code,
        service=booking.service,
        day=booking.day,
        start=booking.start,
        end=booking.end,
        at=booking.at,
        holder=booking.holder,
        state=booking.state,
        ticket=booking.ticket,
        number=ticket.number if ticket else None,
        change_until=Ms(booking.at - rules.change_until_minutes * MINUTE) if is_open else None,
        check_in_from=Ms(booking.at - rules.early_minutes * MINUTE) if is_open else None,
        check_in_until=Ms(booking.until + rules.late_minutes * MINUTE) if is_open else None,
    )


def kept_appointment(row: KeptAppointment) -> Appointment:
    """A booking of any day, as it was left."""
    return Appointment(**msgspec.structs.asdict(row))


def read_booking(
    hall: Hall, log: Log, sealer: Sealer, who: Who, what: BookingRead, now: Ms, almanac: Almanac
) -> BookingAnswer | Rejected:
    """Answer a read about appointments, or say why not."""
    of_the_card = who.role == "kiosk" and isinstance(what, ReadStanding)
    if who.role not in ("integration", "manager") and not of_the_card:
        return rejected("not_allowed")
    given = Given(
        now=now,
        by=By(who.program),
        new_id=_no_id,
        person_key=sealer.person_key,
        almanac=almanac,
    )
    match what:
        case ReadAppointment(serial=serial):
            found = hall.agenda.bookings.get(serial)
            if found is not None:
                return appointment(hall, found)
            kept = log.appointment(serial)
            return kept_appointment(kept) if kept else rejected("appointment_unknown")
        case ReadAppointments(day=day, after=after):
            if not is_day(day):
                return rejected("bad_day", {"day": day[:20]})
            rows = log.appointments(day, after, MOST + 1)
            known = hall.agenda.bookings
            shown = tuple(
                appointment(hall, known[row.serial])
                if row.serial in known
                else kept_appointment(row)
                for row in rows[:MOST]
            )
            return Appointments(day, shown, more=len(rows) > MOST)
        case ReadQuotas():
            return _quotas(hall, what, given)
        case ReadStanding():
            return _standing(hall, what, given, today_only=who.role == "kiosk")
        case ReadAbsences():
            if who.role != "manager":
                return rejected("not_allowed")
            people = sorted(
                hall.agenda.absences.values(), key=lambda a: (a.barred_until or "", a.person)
            )
            return Absences(
                tuple(Absent(a.person, a.holder, a.missed, a.barred_until) for a in people)
            )


def _no_id() -> str:
    raise AssertionError("a read makes nothing new")


def _quotas(hall: Hall, what: ReadQuotas, given: Given) -> Quotas | Rejected:
    service = hall.services.get(what.service)
    if service is None:
        return rejected("unknown_service", {"service": what.service[:40]})
    plan = plan_for(hall, service.id)
    if plan is None:
        return rejected("appointment_no_bands", service_details(service))
    if what.day is not None and not is_day(what.day):
        return rejected("bad_day", {"day": what.day[:20]})
    first, last = first_and_last(hall, given)
    days, calendar = [], calendar_of(hall, given)
    now = local(given.now, hall.settings.timezone, given.almanac)
    day = what.day or first
    while day <= (what.day or last):
        bands = tuple(
            BandLeft(
                start=clock_text(span.start),
                end=clock_text(span.end),
                quota=span.tickets,
                left=hall.agenda.left(plan.id, span)
                if first <= day <= last and (day, span.start) > now
                else 0,
            )
            for span in spans_on(plan.bands, day, calendar)
        )
        days += [DayLeft(day, bands)] if bands or what.day else []
        day = next_day(day)
    return Quotas(service=service.id, plan=plan.id, first=first, last=last, days=tuple(days))


def _standing(
    hall: Hall, what: ReadStanding, given: Given, *, today_only: bool
) -> Standing | Rejected:
    """A kiosk, before which the card lies, learns what is booked for today and nothing else."""
    problem = holder_problem(what.holder)
    if problem:
        return rejected("bad_holder", {"detail": problem})
    person = given.person_key(what.holder)
    theirs = sorted(
        (b for b in hall.agenda.bookings.values() if b.person == person), key=lambda b: b.at
    )
    if today_only:
        today = tuple(appointment(hall, booking) for booking in theirs if booking.day == hall.day)
        return Standing(person=person, appointments=today)
    absence = hall.agenda.absences.get(person)
    return Standing(
        person=person,
        appointments=tuple(appointment(hall, booking) for booking in theirs),
        missed=absence.missed if absence else (),
        barred_until=hall.agenda.barred_until(person, today_of(hall, given)),
    )


def seal_booking(
    do: c.Command,
    event: e.Event,
    sealer: Sealer,
    rows: Batch,
    stored: Stored,
) -> None:
    """Keep a booking's name and number with it, under its day, for as long as it needs them."""
    match event:
        case e.AppointmentBooked(booking=booking) if isinstance(do, c.BookAppointment):
            rows.personal.append((booking.day, sealer.seal(booking.serial, KIND, do.holder)))
        case e.AppointmentMoved(serial=serial, day=day):
            row = _row(serial, rows, stored)
            if row is not None:
                rows.personal.append((day, row))
        case e.AppointmentCancelled(serial=serial) | e.AppointmentKept(serial=serial):
            rows.forgotten.append((serial, KIND))
        case _:
            pass


def seal_arrival(
    serial: str,
    ticket: str,
    sealer: Sealer,
    rows: Batch,
    stored: Stored,
) -> PersonalRow | None:
    """The ticket's own copy of who an appointment was for; None where the key was lost."""
    row = _row(serial, rows, stored)
    if row is None:
        return None
    try:
        return sealer.seal(ticket, "holder", sealer.open_holder(row))
    except StoreError:
        return None


def _row(serial: str, rows: Batch, stored: Stored) -> PersonalRow | None:
    for _, row in reversed(rows.personal):
        if (row.subject, row.kind) == (serial, KIND):
            return row
    return stored(serial, KIND)
