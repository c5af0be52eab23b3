"""Appointments as programs ask for them and are told of them. Never a full name or number."""

import msgspec

from ..domain.values import BookingState, Day, Holder, Ms, PersonKey, ServiceId, TicketId


class ReadAppointment(msgspec.Struct, frozen=True, tag_field="type", tag="appointment"):
    """What became of an appointment."""

    serial: str


class ReadAppointments(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="appointments"
):
    """All appointments of a day, gone by or to come, and what became of them."""

    day: Day
    after: str = ""
    """The serial that the last answer ended with."""


class ReadQuotas(msgspec.Struct, frozen=True, tag_field="type", tag="quotas"):
    """Places left of a service, on one day or on all that can be booked now."""

    service: ServiceId
    day: Day | None = None


class ReadStanding(msgspec.Struct, frozen=True, tag_field="type", tag="standing"):
    """A person's appointments, what they missed, and until when they may book none."""

    holder: Holder


class ReadAbsences(msgspec.Struct, frozen=True, tag_field="type", tag="absences"):
    """All who missed appointments that count, the barred among them."""


class Appointment(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="appointment"
):
    """An appointment as the portal shows it to who made it."""

    serial: str
    code: str
    """Eight digits to type at a kiosk."""
    service: ServiceId
    day: Day
    start: str
    end: str
    at: Ms
    holder: str
    """Masked."""
    state: BookingState = "open"
    ticket: TicketId | None = None
    number: str | None = None
    """The ticket's."""
    change_until: Ms | None = None
    """While it is open: until when the citizen may move or cancel it, …"""
    check_in_from: Ms | None = None
    """… from when it becomes a ticket at a kiosk, …"""
    check_in_until: Ms | None = None
    """… and until when that ticket keeps the time booked."""


class Appointments(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="appointments"
):
    """By serial, 500 at most."""

    day: Day
    appointments: tuple[Appointment, ...] = ()
    more: bool = False
    """Whether others follow: ask again, `after` the last one's serial."""


class BandLeft(msgspec.Struct, frozen=True):
    """A band of one day."""

    start: str
    end: str
    quota: int
    left: int


class DayLeft(msgspec.Struct, frozen=True):
    day: Day
    bands: tuple[BandLeft, ...]


class Quotas(msgspec.Struct, frozen=True, tag_field="type", tag="quotas"):
    """Places left; services of one `plan` share them."""

    service: ServiceId
    plan: str
    first: Day
    """The first day that can be booked now, …"""
    last: Day
    """… and the last."""
    days: tuple[DayLeft, ...] = ()


class Standing(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="standing"):
    person: PersonKey
    appointments: tuple[Appointment, ...] = ()
    missed: tuple[Day, ...] = ()
    """Days of missed ones that count towards a bar."""
    barred_until: Day | None = None
    """The last day of a bar."""


class Absent(msgspec.Struct, frozen=True, omit_defaults=True):
    person: PersonKey
    holder: str
    """Masked."""
    missed: tuple[Day, ...] = ()
    barred_until: Day | None = None


class Absences(msgspec.Struct, frozen=True, tag_field="type", tag="absences"):
    people: tuple[Absent, ...] = ()
