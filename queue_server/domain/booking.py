"""What a hall offers to be booked, and what one booking is.

A *plan* says which services are booked together (one service, or a group sharing its places) and in
which bands; a band's `tickets` is its quota. Days are ISO dates and times `HH:MM` by the hall's own
clock; both sort as text.
"""

from typing import Literal

from .bands import Band
from .ids import Day, Ms, PersonKey, ServiceId, Text, TicketId, Value

BookingState = Literal["open", "kept", "missed", "cancelled"]


class BookingPlan(Value, frozen=True):
    """Bands shared by `services`. A plan without bands offers nothing more to be booked."""

    id: str
    name: Text
    services: tuple[ServiceId, ...]
    bands: tuple[Band, ...] = ()
    category: str = ""
    """Plans of one category (a word of the hall's own) count as one where one appointment a
    category is the rule; empty: a category by itself."""


class BookingRules(Value, frozen=True):
    """The hall's own choices about appointments."""

    first_day: int = 1
    """Calendar days from today to the first that can be booked: 1 is tomorrow, 0 today."""
    working_days: int = 5
    """How many working days, from the first on, can be booked."""
    one_per: Literal["day", "category", "service"] = "day"
    """What a person may have one appointment of on one day."""
    change_until_minutes: int = 120
    """How long before its time an appointment may still be moved or cancelled."""
    early_minutes: int = 60
    """How long before its time it may become a ticket."""
    too_early: Literal["refuse", "wait"] = "refuse"
    """Who comes earlier still is told from when, or has the ticket at once and waits for the time
    booked as the work profile says."""
    late_minutes: int = 15
    """How long after its band's end it may become a ticket."""
    too_late: Literal["ordinary", "missed"] = "ordinary"
    """Who comes later still has an ordinary ticket, or has missed the appointment."""
    late_limits: Literal["none", "hours", "all"] = "hours"
    """What of the service's and the hall's hours and limits may keep who is too late from that
    ordinary ticket: nothing; the hours, but no limit that is reached; or all, as anybody else. It
    counts against the limits in any case."""
    missed_bar: int = 3
    """So many missed …"""
    missed_within_days: int = 90
    """… within so many days, the last one's among them, bar from booking; 0 missed: never …"""
    barred_days: int = 30
    """… until so many days after the last one, that day among them."""


class Booking(Value, frozen=True):
    """One appointment. The person is a pseudonym; name and number are sealed elsewhere."""

    serial: str
    """What the portal knows it by."""
    code: str
    """Eight digits that a citizen can type at a kiosk."""
    person: PersonKey
    holder: str
    """The name, masked."""
    service: ServiceId
    plan: str
    day: Day
    start: str
    end: str
    at: Ms
    """`start`, …"""
    until: Ms
    """… and `end`."""
    priority: int = 0
    priority_reason: str = ""
    state: BookingState = "open"
    ticket: TicketId | None = None
    """What it became."""


class Absence(Value, frozen=True):
    """What a person missed, as far as it still counts."""

    person: PersonKey
    holder: str
    missed: tuple[Day, ...] = ()
    """Days of missed appointments, oldest first, that led to no bar yet."""
    barred_until: Day | None = None
    """The last day of the bar; None where there is none."""
