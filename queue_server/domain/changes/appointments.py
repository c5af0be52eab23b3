"""What appointments' events do to the agenda, and who may not book for a while."""

from typing import Any

import msgspec

from .. import events as e
from ..absences import missed_once
from ..booking import Absence, Booking
from ..hall import Hall
from ..values import Ms
from .moves import Touched


def _changed(hall: Hall, serial: str, **changes: Any) -> Booking:
    booking = msgspec.structs.replace(hall.agenda.bookings[serial], **changes)
    hall.agenda.put(booking)
    return booking


def appointment_booked(hall: Hall, event: e.AppointmentBooked, seq: int, at: Ms) -> Touched:
    hall.agenda.put(event.booking)
    return Touched(bookings=(event.booking,))


def appointment_moved(hall: Hall, event: e.AppointmentMoved, seq: int, at: Ms) -> Touched:
    booking = _changed(
        hall,
        event.serial,
        service=event.service,
        plan=event.plan,
        day=event.day,
        start=event.start,
        end=event.end,
        at=event.at,
        until=event.until,
    )
    return Touched(bookings=(booking,))


def appointment_cancelled(hall: Hall, event: e.AppointmentCancelled, seq: int, at: Ms) -> Touched:
    return Touched(bookings=(_changed(hall, event.serial, state="cancelled"),))


def appointment_kept(hall: Hall, event: e.AppointmentKept, seq: int, at: Ms) -> Touched:
    return Touched(bookings=(_changed(hall, event.serial, state="kept", ticket=event.ticket),))


def appointment_missed(hall: Hall, event: e.AppointmentMissed, seq: int, at: Ms) -> Touched:
    booking = _changed(hall, event.serial, state="missed")
    hall.agenda.put_absence(missed_once(hall, booking))
    return Touched(bookings=(booking,))


def person_barred(hall: Hall, event: e.PersonBarred, seq: int, at: Ms) -> Touched:
    absence = hall.agenda.absences[event.person]
    hall.agenda.put_absence(msgspec.structs.replace(absence, missed=(), barred_until=event.until))
    return Touched()


def bar_lifted(hall: Hall, event: e.BarLifted, seq: int, at: Ms) -> Touched:
    hall.agenda.put_absence(Absence(person=event.person, holder=""))
    return Touched()


def agenda_carried(hall: Hall, event: e.AgendaCarried, seq: int, at: Ms) -> Touched:
    for booking in event.bookings:
        hall.agenda.put(booking)
    for absence in event.absences:
        hall.agenda.put_absence(absence)
    return Touched()
