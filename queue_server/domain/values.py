"""Values of the hall that rules, log and wire share.

Times are milliseconds since 1970-01-01 UTC (`Ms`); a business day is an ISO date in local time.
Names people read come in Chinese and English (`Text`).
"""

from typing import Literal

from .bands import Band as Band
from .booking import BookingPlan as BookingPlan
from .booking import BookingRules
from .booking import BookingState as BookingState
from .ids import MAX_PRIORITY as MAX_PRIORITY
from .ids import AreaId as AreaId
from .ids import CounterId as CounterId
from .ids import Day as Day
from .ids import Ms as Ms
from .ids import PersonKey as PersonKey
from .ids import ProfileId as ProfileId
from .ids import ServiceId as ServiceId
from .ids import StaffId as StaffId
from .ids import Text as Text
from .ids import TicketId as TicketId
from .ids import TransactionId as TransactionId
from .ids import Value as Value
from .rules import Condition, ConditionKind, Passed
from .steps import Branch as Branch
from .steps import Position as Position
from .steps import Route as Route
from .steps import Step as Step
from .workdays import CalendarDay as CalendarDay

TicketState = Literal["waiting", "called", "serving", "held", "no_show", "ended"]
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
    bands: tuple[Band, ...] = ()
    """When its tickets are given; empty: in the hall's bands."""
    daily_tickets: int = 0
    """At most so many tickets a day; 0: no limit."""
    minutes_between: int = 0
    """Between two tickets of one person for this service; 0: no limit."""


class Counter(Value, frozen=True):
    """A service point; `number` is what is painted over it and spoken in calls."""

    id: CounterId
    number: int
    name: Text
    area: AreaId
    profile: ProfileId
    only: tuple[ServiceId, ...] = ()
    """Of its profile's services and those it helps, what this counter is fit for; empty: all."""


class Staff(Value, frozen=True):
    """A person who signs in at a counter. Rights are what they may do beyond the ordinary."""

    id: StaffId
    name: str
    rights: tuple[Right, ...] = ()
    skills: tuple[ServiceId, ...] = ()
    """Services they may do; empty: all. Tickets sent to them by name come whatever the service."""


class Profile(Value, frozen=True):
    """A work profile: which services' tickets a counter calls, and in which order."""

    id: ProfileId
    name: Text
    services: tuple[ServiceId, ...]
    conditions: tuple[Condition, ...] = ()
    """Asked from first to last; none: higher class first, then first come first served."""


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
    route_position: Position = "sorted"
    """Where a ticket stands in the queue of its route's next step: by first arrival as a rule."""
    elderly_age: int = 60
    """Years from which an ID card gives priority; 0 turns the rule off."""
    elderly_priority: int = 2
    walk_in_prefix: str = "Z"
    timezone: str = "Asia/Shanghai"
    """IANA name of the zone whose clock hangs in the hall."""
    bands: tuple[Band, ...] = ()
    """When tickets are given, of services without bands of their own; empty: at any time. Their
    limits count the tickets of all services."""
    daily_tickets: int = 0
    """At most so many tickets a day, of all services; 0: no limit."""
    minutes_between: int = 0
    """Between two tickets of one person, whatever the service; 0: no limit."""
    one_ticket: bool = False
    """Whether a person may hold one open ticket in the whole hall, not one a service."""
    helper_tickets: int = 0
    """How many tickets a day a helper may take for others, shown by their own card; 0: no limit,
    and no card is asked."""
    booking: BookingRules = BookingRules()
    """What holds of appointments."""


class Catalogue(Value, frozen=True):
    """Everything defined about a hall; the first event of each business day carries it whole."""

    settings: Settings
    areas: tuple[Area, ...] = ()
    services: tuple[Service, ...] = ()
    counters: tuple[Counter, ...] = ()
    staff: tuple[Staff, ...] = ()
    profiles: tuple[Profile, ...] = ()
    calendar: tuple[CalendarDay, ...] = ()
    plans: tuple[BookingPlan, ...] = ()
    routes: tuple[Route, ...] = ()


class Holder(Value, frozen=True):
    """Who a ticket is for, as read from a card. Personal data: never in events, logs or outbox."""

    name: str
    number: str
    birth: str = ""
    """ISO date, or empty where the document does not say."""

    def __repr__(self) -> str:
        return "Holder(…)"


class Consent(Value, frozen=True):
    """That a holder was told who reads the card, why, and for how long, and went on."""

    notice: str
    """Version of the words that were shown (docs/notices.md)."""
    at: Ms
    """When the card was laid or the number given, by the kiosk's clock."""


class Acknowledged(Value, frozen=True):
    """An alert that somebody has seen."""

    alert: str
    at: Ms
    program: str
    """Whose registration it was."""


class Why(Value, frozen=True):
    """Why this ticket was called and no other."""

    rule: Literal["priority_then_arrival", "this_one", "call_back", "walk_in"]
    """How the call came about. `priority_then_arrival` stands for every call by the work profile,
    as older programs know it; `kind` says which of its conditions decided."""
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
    profile: ProfileId | None = None
    """The work profile that was asked."""
    condition: int | None = None
    """Which of its conditions decided, from 0; None where none did."""
    kind: ConditionKind = ""
    group: Text | None = None
    """The group whose turn it was, where a ratio decided."""
    weights: tuple[int, ...] = ()
    """Of that ratio, …"""
    share: int | None = None
    """… which of them it was, from 0; …"""
    turn: int | None = None
    """… and the place in its round, from 1; None where nobody else waited: not counted."""
    waited_s: int = 0
    """Seconds the ticket had waited."""
    passed: tuple[Passed, ...] = ()
    """The older ones passed, by reason; the counts make up `older_passed`."""
