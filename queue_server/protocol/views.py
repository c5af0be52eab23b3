"""What programs are shown: one small document a topic, sent whole each time it changes.

Topics are strings:

=====================  ===========================  =========================================
topic                  document                     who sees it
=====================  ===========================  =========================================
``hall``               `HallView`                   everybody
``queues``             `QueuesView` (coalesced)     kiosk, caller, board, station, manager
``calls/AREA``         `CallsView`                  board, station of that area, manager
``screen/COUNTER``     `ScreenView`                 counter screen, pad, station
``pad/COUNTER``        `PadView`                    rating pad, station
``counter/COUNTER``    `CounterView`                caller of that counter, station, manager
``programs``           `ProgramsView`               manager
``alerts``             `AlertsView`                 manager
=====================  ===========================  =========================================

A station sees the counters of its area. No document holds an ID number or a full name of a citizen.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ..domain.values import (
    Acknowledged,
    Area,
    AreaId,
    CounterId,
    Day,
    FaceCheck,
    Ms,
    ServiceId,
    StaffId,
    Text,
    TicketId,
    TicketState,
    TransactionId,
    Value,
    Why,
)


class ServiceView(Value, frozen=True):
    id: ServiceId
    prefix: str
    name: Text
    department: Text
    area: AreaId
    identity: Literal["none", "optional", "required"] = "optional"
    active: bool = True


class CounterName(Value, frozen=True):
    """A counter as everybody may know it."""

    id: CounterId
    number: int
    name: Text
    area: AreaId
    services: tuple[ServiceId, ...] = ()


class StaffName(Value, frozen=True):
    """A staff member's name, shown on the counter screen and chosen at sign-in or transfer."""

    id: StaffId
    name: str


class StepView(Value, frozen=True):
    """One step of a visit, and where it is done."""

    service: ServiceId
    state: Literal["done", "now", "next"]
    """`now`: waiting for it, or being served."""
    area: AreaId = AreaId("")
    counters: tuple[int, ...] = ()
    """Numbers of the counters that serve the ticket, or may call it there, or did it."""


class BranchView(Value, frozen=True):
    """What a counter may choose to follow a step."""

    id: str
    name: Text
    chosen: bool = False


class RouteView(Value, frozen=True):
    """A route that a ticket may be given."""

    id: str
    name: Text
    services: tuple[ServiceId, ...]
    joint: bool = False
    """Whether several counters may work on one of its steps at once."""
    on_issue: bool = True
    """Whether every ticket taken for the first of its services has it."""


class HallView(Value, frozen=True):
    """The hall's name, whether it is open, and what is defined."""

    name: Text
    day: Day | None = None
    """The open business day; absent while the hall is closed."""
    opened_at: Ms | None = None
    start_distinct: bool = False
    elderly_age: int = 60
    """Years from which an ID card gives priority; 0 where the rule is off."""
    areas: tuple[Area, ...] = ()
    services: tuple[ServiceView, ...] = ()
    counters: tuple[CounterName, ...] = ()
    staff: tuple[StaffName, ...] = ()
    timezone: str = "Asia/Shanghai"
    """IANA name of the zone whose clock hangs in the hall."""
    calendar_until: Day | None = None
    """Set where the days soon to come are not in the public calendar: the last it holds. Later
    ones go by their weekday, and by the calendar days the hall defines."""
    routes: tuple[RouteView, ...] = ()
    appointments: bool = False
    """Whether anything can be booked, and so checked in."""


class QueueView(Value, frozen=True):
    """One service's waiting tickets."""

    service: ServiceId
    waiting: int
    oldest_at: Ms | None = None
    """When the ticket that has waited longest was issued."""
    counters_open: int = 0
    """Counters signed in, not paused, whose profile holds this service."""
    closed_reason: str = ""
    """Why no ticket is given now: `closed_now`, `closed_today`, `no_hours`, `band_full`,
    `day_full`, `hall_band_full` or `hall_day_full`; empty where one is. Newer servers may know
    more."""
    opens_at: Ms | None = None
    """Where none is given, when the next hours begin, if they are known."""
    closes_at: Ms | None = None
    """Where tickets are given in bands, the end of this one."""
    remaining: int | None = None
    """Tickets left before a limit is reached; absent where there is no limit."""
    wait_low_s: int | None = None
    """Seconds that who joins now will wait, from …"""
    wait_high_s: int | None = None
    """… to; absent where nothing honest can be said. People are shown `minutes.minutes_of` both."""
    elderly_ahead: int | None = None
    """Who is before one that gets priority by the card's age; absent without the rule."""
    elderly_low_s: int | None = None
    elderly_high_s: int | None = None
    """As `wait_low_s` and `wait_high_s`, for such a person."""


class WaitsState(Value, frozen=True):
    """What the ranges of waiting time rest on."""

    state: Literal["learned", "plain", "none"]
    """`learned` from earlier days; `plain`: what recent waits were; `none`: no ranges are told."""
    since: Ms
    """Since when it has been so."""
    coverage: int = 0
    """Of 100 waits, how many are to lie within their range."""


class QueuesView(Value, frozen=True):
    queues: tuple[QueueView, ...] = ()
    waits: WaitsState | None = None
    """Absent where the hall makes no estimates."""


class CallView(Value, frozen=True):
    """One call as the hall hears and sees it; `seq` orders all calls of the hall."""

    seq: int
    at: Ms
    number: str
    ticket: TicketId
    counter: CounterId
    counter_number: int
    area: AreaId
    service: ServiceId
    holder: str = ""
    """Masked name, such as 张*."""
    recall: int = 0
    """0 for the first call, else the how-manieth recall."""


class MovedView(Value, frozen=True):
    """A visit served at one counter and on its way to its next step, until it is called there."""

    number: str
    ticket: TicketId
    at: Ms
    """When it was sent on."""
    service: ServiceId
    """What it waits for now, …"""
    area: AreaId
    """… in which area, …"""
    counters: tuple[int, ...] = ()
    """… and which counters may call it there."""


class CallsView(Value, frozen=True):
    """The newest call of each ticket of an area, newest first, at most eight."""

    area: AreaId
    recent: tuple[CallView, ...] = ()
    moved: tuple[MovedView, ...] = ()
    """Visits on their way from a counter of this area, or to one; newest first, at most eight."""


class TicketView(Value, frozen=True):
    """A ticket at a counter, as its clerk sees it."""

    id: TicketId
    number: str
    service: ServiceId
    state: TicketState
    issued_at: Ms
    holder: str = ""
    """Masked name."""
    priority: int = 0
    priority_reason: str = ""
    called_at: Ms | None = None
    started_at: Ms | None = None
    recalls: int = 0
    transaction: TransactionId | None = None
    why: Why | None = None
    walk_in: bool = False
    has_identity: bool = False
    """Whether the clerk may read the holder's name (a `read` of `identity`)."""
    face: FaceCheck = ""
    """Other than `passed`, the clerk compares the person with the card."""
    card_expired: bool = False
    """Whether the card was out of force when it was read: the clerk asks for a valid one."""
    route: Text | None = None
    steps: tuple[StepView, ...] = ()
    """Of its route, those done, this one, and those to come; none without a route."""
    branches: tuple[BranchView, ...] = ()
    """What may be chosen to follow this step."""
    must_choose: bool = False
    """Whether one must be, before the step can end."""
    joint: tuple[int, ...] = ()
    """Numbers of other counters that work on it now."""


CounterState = Literal["closed", "free", "called", "serving", "paused"]


class CountsView(Value, frozen=True):
    """Today's counts of one counter."""

    called: int = 0
    served: int = 0
    no_show: int = 0
    transferred: int = 0


class CounterView(Value, frozen=True):
    """All of one counter that its clerk and the managers see."""

    id: CounterId
    number: int
    name: Text
    area: AreaId
    state: CounterState
    since: Ms
    """When it came into this state."""
    services: tuple[ServiceId, ...] = ()
    """What it calls: of its work profile, what both counter and clerk can do."""
    staff: StaffName | None = None
    signed_in_at: Ms | None = None
    ticket: TicketView | None = None
    held: tuple[TicketView, ...] = ()
    no_shows: tuple[TicketView, ...] = ()
    """This counter's latest no-shows that may still return, newest first, at most eight."""
    direct_waiting: int = 0
    """Tickets waiting for this very counter, or for the staff member signed in at it."""
    pause_reason: str = ""
    pause_until: Ms | None = None
    counts: CountsView = CountsView()
    rating: Literal["none", "asked", "rated", "declined"] = "none"
    """Of the ticket at the counter, or of the last one ended there."""
    helps: tuple[ServiceId, ...] = ()
    """Services beside its own that it calls while they are long, or for want of its own people."""


class ScreenView(Value, frozen=True):
    """What hangs over a counter."""

    counter: CounterId
    number: int
    name: Text
    state: CounterState
    services: tuple[ServiceId, ...] = ()
    staff: StaffName | None = None
    ticket: str = ""
    """The number being called or served."""
    holder: str = ""
    called_at: Ms | None = None
    recalls: int = 0
    pause_reason: str = ""
    pause_until: Ms | None = None
    moved: str = ""
    """While the counter is free: the number last served here that waits for its next step …"""
    moved_to: ServiceId | None = None
    """… which is this service, …"""
    moved_counters: tuple[int, ...] = ()
    """… at one of these counters."""


class RatingAsked(Value, frozen=True):
    transaction: TransactionId
    number: str
    service: ServiceId
    at: Ms
    staff: StaffName | None = None


class PadView(Value, frozen=True):
    """What the rating pad of a counter is asked."""

    counter: CounterId
    asked: RatingAsked | None = None


ProgramRole = Literal[
    "kiosk",
    "caller",
    "screen",
    "board",
    "pad",
    "manager",
    "announcer",
    "integration",
    "station",
]

Word = Annotated[str, Meta(max_length=40)]
Phrase = Annotated[str, Meta(max_length=120)]
Sentence = Annotated[str, Meta(max_length=240)]


class DeviceReport(Value, frozen=True):
    """State of one device, reported by the program that drives it."""

    kind: Word
    """`printer`, `id_reader`, `scanner`, `camera`, `led`, `call_line` or `voice`; others follow."""
    name: Phrase
    """What people call it, such as 一号窗口屏; the port where nobody named it."""
    state: Literal["ok", "warning", "failed", "gone"]
    since: Ms
    code: Word = ""
    zh: Sentence = ""
    en: Sentence = ""
    driver: Word = ""
    """Which driver of its kind, such as `onbon`."""
    port: Phrase = ""
    """Where it hangs, such as `serial:/dev/ttyUSB0@9600`."""
    firmware: Phrase = ""
    facts: Annotated[dict[Word, Phrase], Meta(max_length=16)] = msgspec.field(default_factory=dict)
    """For technicians: `paper`, `sam`, `baud`, … Nothing personal."""
    last_error: Word = ""
    """Code of the last thing that went wrong; stays when the device is well again."""
    last_error_at: Ms | None = None


class ProgramView(Value, frozen=True):
    """A registered program: connected, or since when not."""

    id: str
    role: ProgramRole
    name: str
    connected: bool
    since: Ms | None = None
    counter: CounterId | None = None
    area: AreaId | None = None
    version: str = ""
    devices: tuple[DeviceReport, ...] = ()


class BackendView(Value, frozen=True):
    """How the connection to the management backend stands."""

    state: Literal["starting", "ok", "retrying", "operator"]
    since: Ms
    waiting: int = 0
    """Events it does not hold yet."""
    code: str = ""
    zh: str = ""
    en: str = ""


class ProgramsView(Value, frozen=True):
    programs: tuple[ProgramView, ...] = ()
    backend: BackendView | None = None
    """Absent where the hall has no management backend."""


class AlertsView(Value, frozen=True):
    """Alerts of today that a manager has seen, oldest first. What is wrong is in `programs`."""

    acknowledged: tuple[Acknowledged, ...] = ()
