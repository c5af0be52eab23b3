"""Booking, moving and cancelling appointments."""

import re

from . import commands as c
from . import events as e
from .bands import clock_text
from .booking import Booking
from .context import MAX_REASON, Events, Given, Rejection, words_problem
from .hall import Hall
from .ids import MINUTE, Day, ServiceId
from .slots import booking_details, slot_for, ticket_details
from .tickets import elderly_on, holder_problem, masked_name

_SERIAL = re.compile(r"[A-Za-z0-9._-]{1,64}")


def book(hall: Hall, command: c.BookAppointment, given: Given) -> Events | Rejection:
    """Book, or move what `serial` stands for already; the same again changes nothing."""
    problem = holder_problem(command.holder)
    if not problem and not command.holder.name.strip():
        problem = "name: an appointment is made by real name"
    if problem:
        return Rejection("bad_holder", {"detail": problem})
    person = given.person_key(command.holder)
    known = hall.agenda.bookings.get(command.serial)
    if known is not None:
        if known.person != person:
            return Rejection("appointment_serial_taken", {"serial": command.serial})
        if known.state == "cancelled":
            return Rejection("appointment_cancelled", booking_details(hall, known, given))
        return _move_to(hall, known, command.service, command.day, command.start, given)
    if not _SERIAL.fullmatch(command.serial):
        return Rejection("appointment_bad_serial")
    if command.serial.upper() in hall.agenda.codes:
        return Rejection("appointment_serial_taken", {"serial": command.serial})
    slot = slot_for(hall, command.service, command.day, command.start, person, given)
    if isinstance(slot, Rejection):
        return slot
    old = elderly_on(hall, command.holder, slot.span.day)
    return [
        e.AppointmentBooked(
            booking=Booking(
                serial=command.serial,
                code=_new_code(hall, given),
                person=person,
                holder=masked_name(command.holder.name.strip()),
                service=slot.service.id,
                plan=slot.plan.id,
                day=slot.span.day,
                start=clock_text(slot.span.start),
                end=clock_text(slot.span.end),
                at=slot.at,
                until=slot.until,
                priority=hall.settings.elderly_priority if old else 0,
                priority_reason="elderly" if old and hall.settings.elderly_priority else "",
            )
        )
    ]


def move(hall: Hall, command: c.MoveAppointment, given: Given) -> Events | Rejection:
    """Take another place and let the old one go, at once."""
    known = hall.agenda.bookings.get(command.serial)
    if known is None:
        return Rejection("appointment_unknown")
    if known.state == "cancelled":
        return Rejection("appointment_cancelled", booking_details(hall, known, given))
    service = command.service or known.service
    return _move_to(hall, known, service, command.day, command.start, given)


def _move_to(
    hall: Hall, known: Booking, service: ServiceId, day: Day, start: str, given: Given
) -> Events | Rejection:
    if (known.service, known.day, known.start) == (service, day, start):
        return []
    fixed = _fixed(hall, known, given)
    if fixed is not None:
        return fixed
    slot = slot_for(hall, service, day, start, known.person, given, moving=known)
    if isinstance(slot, Rejection):
        return slot
    return [
        e.AppointmentMoved(
            serial=known.serial,
            service=slot.service.id,
            plan=slot.plan.id,
            day=slot.span.day,
            start=clock_text(slot.span.start),
            end=clock_text(slot.span.end),
            at=slot.at,
            until=slot.until,
        )
    ]


def cancel(hall: Hall, command: c.CancelAppointment, given: Given) -> Events | Rejection:
    """Give the place back. A second time changes nothing."""
    known = hall.agenda.bookings.get(command.serial)
    if known is None:
        return Rejection("appointment_unknown")
    if known.state == "cancelled":
        return []
    problem = _fixed(hall, known, given) or words_problem("reason", command.reason, MAX_REASON)
    if problem:
        return problem
    return [
        e.AppointmentCancelled(
            serial=known.serial, by="hall" if given.by.manager else "citizen", words=command.reason
        )
    ]


def _fixed(hall: Hall, known: Booking, given: Given) -> Rejection | None:
    """Why a booking can be changed no more. A manager may until it has its ticket."""
    if known.state != "open":
        return Rejection(
            f"appointment_{known.state}",
            booking_details(hall, known, given) | ticket_details(hall, known),
        )
    minutes = hall.settings.booking.change_until_minutes
    if given.by.manager or given.now <= known.at - minutes * MINUTE:
        return None
    hours = f"{minutes / 60:g}"
    return Rejection("appointment_fixed", booking_details(hall, known, given) | {"hours": hours})


def _new_code(hall: Hall, given: Given) -> str:
    """Eight digits no other appointment has."""
    while True:
        code = f"{int(given.new_id(), 16) % 100_000_000:08d}"
        if code not in hall.agenda.codes:
            return code
