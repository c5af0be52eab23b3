"""Appointments nobody came for, the bar that follows by rule, and lifting it."""

import msgspec

from . import commands as c
from . import events as e
from .arrivals import missed_by
from .booking import Absence, Booking
from .context import MAX_REASON, Events, Given, Rejection, words_problem
from .hall import Hall, Ticket
from .ids import Day, PersonKey, ServiceId, TransactionId
from .workdays import next_day

MOST_CARRIED = 500
"""Appointments in one event at a day's opening: no event grows with the hall."""


def count_missed(hall: Hall, day: Day) -> Events:
    """At the close of `day`: what of its appointments was kept or missed, and who is barred."""
    tickets: dict[tuple[PersonKey, ServiceId], Ticket] = {}
    for ticket in hall.tickets.values():
        if ticket.person is None:
            continue
        first = hall.transactions.get(TransactionId(f"{ticket.id}-1"))
        # Sent on, or at a later step of its route, it is for another service than it was taken for.
        for service in {ticket.service, first.service if first else ticket.service}:
            tickets.setdefault((ticket.person, service), ticket)
    events: Events = []
    missed: dict[PersonKey, list[Day]] = {}
    for booking in _open(hall):
        if booking.day != day:
            continue
        came = tickets.get((booking.person, booking.service))
        if came is not None and not missed_by(hall, booking, came.issued_at):
            events.append(e.AppointmentKept(serial=booking.serial, ticket=came.id, late=True))
        else:
            events.append(e.AppointmentMissed(serial=booking.serial))
            missed.setdefault(booking.person, []).append(day)
    rules = hall.settings.booking
    for person, days in missed.items():
        if rules.missed_bar and len(_counting(hall, person, day)) + len(days) >= rules.missed_bar:
            events.append(e.PersonBarred(person=person, until=next_day(day, rules.barred_days)))
    return events


def missed_once(hall: Hall, booking: Booking) -> Absence:
    """What the person of a missed appointment missed, with this one."""
    before = hall.agenda.absences.get(booking.person)
    return Absence(
        person=booking.person,
        holder=booking.holder,
        missed=(*_counting(hall, booking.person, booking.day), booking.day),
        barred_until=before.barred_until if before else None,
    )


def _counting(hall: Hall, person: PersonKey, day: Day) -> tuple[Day, ...]:
    """Days of what a person missed, as far as it counts on `day`."""
    absence = hall.agenda.absences.get(person)
    since = next_day(day, -hall.settings.booking.missed_within_days)
    return tuple(missed for missed in absence.missed if missed > since) if absence else ()


def given_back(hall: Hall, day: Day) -> Events:
    """At the opening of `day`: places of days the hall never opened on."""
    return [
        e.AppointmentCancelled(serial=booking.serial, by="hall")
        for booking in _open(hall)
        if booking.day < day
    ]


def carried(hall: Hall, day: Day) -> Events:
    """What goes over into `day`: its appointments and later ones, and absences that count."""
    bookings = [b for b in _in_order(hall) if b.day >= day]
    absences = []
    for person, absence in sorted(hall.agenda.absences.items()):
        until = absence.barred_until if (absence.barred_until or "") >= day else None
        missed = _counting(hall, person, day)
        if missed or until:
            absences.append(msgspec.structs.replace(absence, missed=missed, barred_until=until))
    return [
        e.AgendaCarried(
            bookings=tuple(bookings[first : first + MOST_CARRIED]),
            absences=tuple(absences[first : first + MOST_CARRIED]),
        )
        for first in range(0, max(len(bookings), len(absences)), MOST_CARRIED)
    ]


def lift_bar(hall: Hall, command: c.LiftBar, given: Given) -> Events | Rejection:
    """A manager ends a bar, and what was missed before counts no more."""
    if not command.reason.strip():
        return Rejection("reason_required")
    problem = words_problem("reason", command.reason, MAX_REASON)
    if problem:
        return problem
    person = given.person_key(command.holder) if command.holder else command.person
    if person is None or person not in hall.agenda.absences:
        return Rejection("not_barred")
    return [e.BarLifted(person=person, words=command.reason.strip())]


def _in_order(hall: Hall) -> list[Booking]:
    return sorted(hall.agenda.bookings.values(), key=lambda b: (b.at, b.serial))


def _open(hall: Hall) -> list[Booking]:
    return [b for b in _in_order(hall) if b.state == "open"]
