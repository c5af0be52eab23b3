"""Values of the hall that rules, log and wire share.

Times are milliseconds since 1970-01-01 UTC (`Ms`); a business day is an ISO date in local time.
Names people read come in Chinese and English (`Text`).
"""

from typing import Literal, NewType

import msgspec

Ms = NewType("Ms", int)
Day = NewType("Day", str)
AreaId = NewType("AreaId", str)
ServiceId = NewType("ServiceId", str)
CounterId = NewType("CounterId", str)
StaffId = NewType("StaffId", str)
ProfileId = NewType("ProfileId", str)
TicketId = NewType("TicketId", str)
TransactionId = NewType("TransactionId", str)
PersonKey = NewType("PersonKey", str)

TicketState = Literal["waiting", "called", "serving", "held", "no_show", "ended"]
Position = Literal["front", "sorted", "end"]
IdentityNeed = Literal["none", "optional", "required"]
FaceCheck = Literal["", "passed", "ask_staff", "declined"]
"""How the kiosk's comparison of a face with its card ended; empty where none was due. All but
`passed` ask the clerk to compare in person."""
EndReason = Literal[
    "served",
    "no_show",
    "transferred_queue",
    "transferred_counter",
    "transferred_staff",
    "cancelled_by_citizen",
    "removed_by_staff",
    "closed_at_day_end",
    "forced_sign_out",
]
Right = Literal["call_this", "remove", "manage"]

MAX_PRIORITY = 9
"""Priority classes run from 0 (ordinary) to 9; a higher class is called first."""


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all values: immutable, named fields, unknown fields ignored on the wire."""


class Text(Value, frozen=True):
    """One text in the two languages of the hall."""

    zh: str
    en: str


class Area(Value, frozen=True):
    """Part of a hall with its own kiosks, boards and voice."""

    id: AreaId
    name: Text


class Service(Value, frozen=True):
    """What a citizen comes for. Services with the same `prefix` share one run of numbers."""

    id: ServiceId
    prefix: str
    name: Text
    department: Text
    area: AreaId
    identity: IdentityNeed = "optional"
    active: bool = True


class Counter(Value, frozen=True):
    """A service point; `number` is what is painted over it and spoken in calls."""

    id: CounterId
    number: int
    name: Text
    area: AreaId
    profile: ProfileId


class Staff(Value, frozen=True):
    """A person who signs in at a counter. Rights are what they may do beyond the ordinary."""

    id: StaffId
    name: str
    rights: tuple[Right, ...] = ()


class Profile(Value, frozen=True):
    """A work profile: which services' tickets a counter calls."""

    id: ProfileId
    name: Text
    services: tuple[ServiceId, ...]


class Settings(Value, frozen=True):
    """The hall's own choices among the rules."""

    name: Text
    start_distinct: bool = False
    """Whether serving begins with its own command, or with the call."""
    rate_on_end: bool = True
    """Whether ending a served ticket asks for a rating by itself."""
    returns: int = 1
    """How many times a no-show may come back."""
    return_position: Position = "end"
    elderly_age: int = 60
    """Years from which an ID card gives priority; 0 turns the rule off."""
    elderly_priority: int = 2
    walk_in_prefix: str = "Z"


class Catalogue(Value, frozen=True):
    """Everything defined about a hall; the first event of each business day carries it whole."""

    settings: Settings
    areas: tuple[Area, ...] = ()
    services: tuple[Service, ...] = ()
    counters: tuple[Counter, ...] = ()
    staff: tuple[Staff, ...] = ()
    profiles: tuple[Profile, ...] = ()


class Holder(Value, frozen=True):
    """Who a ticket is for, as read from a card. Personal data: never in events, logs or outbox."""

    name: str
    number: str
    birth: str = ""
    """ISO date, or empty where the document does not say."""

    def __repr__(self) -> str:
        return "Holder(…)"


class Why(Value, frozen=True):
    """Why this ticket was called and no other."""

    rule: Literal["priority_then_arrival", "this_one", "call_back", "walk_in"]
    priority: int = 0
    considered: int = 0
    """Tickets waiting that this counter could have called."""
    older_passed: int = 0
    """Of those, how many had arrived earlier: they stand in a lower class, were placed behind, or
    were passed by an out-of-order call or a walk-in."""
    placed: Position | None = None
    """Set where a transfer or return placed the ticket."""
    reason: str = ""
    """The words given for an out-of-order call."""
