"""The read table of appointments: the last state of each, of days gone by, too."""

from collections.abc import Iterable, Iterator

import msgspec

from ..domain import events as e
from ..domain.booking import Booking
from ..domain.values import BookingState, Day, Ms, ServiceId, TicketId
from .rows import Insert
from .sqlite import Connection

APPOINTMENT = Insert("INSERT OR REPLACE INTO appointments", 13)
_COLUMNS = (
    "SELECT appointments.serial, code, appointments.day, start, until, at, appointments.service,"
    " appointments.holder, appointments.state, ticket, tickets.number FROM appointments"
    " LEFT JOIN tickets ON tickets.id = ticket"
)


class KeptAppointment(msgspec.Struct, frozen=True, array_like=True):
    """A row, with the number of the ticket it became."""

    serial: str
    code: str
    day: Day
    start: str
    end: str
    at: Ms
    service: ServiceId
    holder: str
    state: BookingState
    ticket: TicketId | None
    number: str | None


def appointment_row(booking: Booking) -> tuple[object, ...]:
    """The values of `APPOINTMENT`, in its order."""
    return (
        booking.serial,
        booking.code,
        booking.day,
        booking.start,
        booking.end,
        booking.at,
        booking.service,
        booking.plan,
        booking.person,
        booking.holder,
        booking.priority,
        booking.state,
        booking.ticket,
    )


def read_appointment(db: Connection, serial: str) -> KeptAppointment | None:
    """One by its serial."""
    row = db.execute(f"{_COLUMNS} WHERE appointments.serial = ?", (serial,)).fetchone()
    return None if row is None else msgspec.convert(row, KeptAppointment)


def read_appointments(
    db: Connection, day: Day, after: str, limit: int
) -> tuple[KeptAppointment, ...]:
    """Those of a day with serials beyond `after`, in the order of these."""
    rows = db.execute(
        f"{_COLUMNS} WHERE appointments.day = ? AND appointments.serial > ?"
        " ORDER BY appointments.serial LIMIT ?",
        (day, after, limit),
    ).fetchall()
    return msgspec.convert(rows, tuple[KeptAppointment, ...])


_Told = (
    e.AppointmentBooked
    | e.AppointmentMoved
    | e.AppointmentCancelled
    | e.AppointmentKept
    | e.AppointmentMissed
)


def fill_appointments(db: Connection) -> None:
    """Make the rows anew from the log."""
    events = db.execute(
        "SELECT data FROM events WHERE type IN ('appointment_booked', 'appointment_moved',"
        " 'appointment_cancelled', 'appointment_kept', 'appointment_missed') ORDER BY seq"
    )
    last = bookings_of(msgspec.json.decode(data, type=_Told) for (data,) in events)
    db.execute("DELETE FROM appointments")
    db.executemany(APPOINTMENT.one, [appointment_row(booking) for booking in last])


def bookings_of(events: Iterable[_Told]) -> Iterator[Booking]:
    """What became of all that was booked."""
    replace = msgspec.structs.replace
    found: dict[str, Booking] = {}
    for event in events:
        match event:
            case e.AppointmentBooked(booking=booking):
                found[booking.serial] = booking
            case e.AppointmentMoved(serial=serial):
                moved = {n: getattr(event, n) for n in _MOVED}
                found[serial] = replace(found[serial], **moved)
            case e.AppointmentCancelled(serial=serial):
                found[serial] = replace(found[serial], state="cancelled")
            case e.AppointmentKept(serial=serial, ticket=ticket):
                found[serial] = replace(found[serial], state="kept", ticket=ticket)
            case e.AppointmentMissed(serial=serial):
                found[serial] = replace(found[serial], state="missed")
    yield from found.values()


_MOVED = ("service", "plan", "day", "start", "end", "at", "until")
