"""The hall as it stands now: what the rules read and only `apply` changes.

Mutable on purpose: copying thousands of tickets at each call would buy nothing. Replaying the
day's events through `apply` rebuilds it exactly.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .agenda import Agenda
from .commands import Target, ToCounter, ToQueue, ToStaff
from .rules import LastResort, Overflow
from .values import (
    Acknowledged,
    Area,
    AreaId,
    BookingPlan,
    Branch,
    CalendarDay,
    Catalogue,
    Counter,
    CounterId,
    Day,
    EndReason,
    FaceCheck,
    Ms,
    PersonKey,
    Position,
    Profile,
    ProfileId,
    Route,
    Service,
    ServiceId,
    Settings,
    Staff,
    StaffId,
    Step,
    Text,
    TicketId,
    TicketState,
    TransactionId,
    Why,
)

Key = tuple[int, int, int, TicketId]
"""Order of calling: placed in front, higher class, rank (arrival or placing), ticket."""

_LAST = 1 << 62
"""A rank behind every other."""

QueueName = str
"""`q:SERVICE`, `c:COUNTER` or `s:STAFF`: whom a waiting ticket waits for."""

Rating = Literal["none", "asked", "rated", "declined"]


@dataclass(slots=True)
class Ticket:
    """A ticket of today. `rank` is the `seq` that decides its place among equals."""

    id: TicketId
    number: str
    prefix: str
    serial: int
    service: ServiceId
    issued_at: Ms
    rank: int
    arrival: int
    """`seq` of its issue; never changes."""
    since: Ms
    """When its waiting began: its issue, or being placed at the end."""
    priority: int = 0
    priority_reason: str = ""
    person: PersonKey | None = None
    holder: str = ""
    helper: bool = False
    face: FaceCheck = ""
    card_expired: bool = False
    walk_in: bool = False
    booked_at: Ms | None = None
    """The time of its appointment."""
    counted: tuple[str, ...] = ()
    """The limits it counts against, by their keys in `Hall.taken`."""
    state: TicketState = "waiting"
    waits_for: QueueName = ""
    placed: Position | None = None
    counter: CounterId | None = None
    transaction: TransactionId | None = None
    steps: int = 0
    returns: int = 0
    route: str | None = None
    stops: tuple[Step, ...] = ()
    """The steps of its route, those done among them; none without a route."""
    stop: int = 0
    """Which of them it is at, from 0."""
    branch: Branch | None = None
    """What its counter chose to follow this step."""
    joint: tuple[CounterId, ...] = ()
    """Counters that work on it beside `counter`."""
    ended_at: Ms | None = None
    end_reason: EndReason | None = None

    def key(self) -> Key:
        """Its place in the order of calling."""
        return (0 if self.placed == "front" else 1, -self.priority, self.rank, self.id)


@dataclass(slots=True)
class Transaction:
    """One service at one counter: called, then ended, transferred or given up."""

    id: TransactionId
    ticket: TicketId
    number: str
    step: int
    service: ServiceId
    counter: CounterId
    staff: StaffId
    called_at: Ms
    why: Why | None
    """Why the ticket was called; None once the transaction is over: the log keeps it."""
    started_at: Ms | None = None
    ended_at: Ms | None = None
    reason: EndReason | None = None
    held: bool = False
    recalls: int = 0
    stop: int = 0
    """Which step of its route it is of, from 0."""
    joint: bool = False
    """Whether its counter joined a visit that another served."""
    rating: Rating = "none"
    rating_at: Ms | None = None
    level: int | None = None
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class CounterNow:
    """A counter's state today."""

    id: CounterId
    since: Ms
    staff: StaffId | None = None
    signed_in_at: Ms | None = None
    current: TicketId | None = None
    last: TransactionId | None = None
    """The transaction at the counter, or the last one there."""
    held: list[TicketId] = field(default_factory=list)
    no_shows: list[TicketId] = field(default_factory=list)
    paused: bool = False
    pause_reason: str = ""
    pause_until: Ms | None = None
    called: int = 0
    served: int = 0
    not_shown: int = 0
    transferred: int = 0


@dataclass(slots=True)
class Hall:
    """Everything the rules know. Made empty, then changed by `apply` alone: see `changes`."""

    settings: Settings = field(default_factory=lambda: Settings(name=Text(zh="", en="")))
    areas: dict[AreaId, Area] = field(default_factory=dict)
    services: dict[ServiceId, Service] = field(default_factory=dict)
    counters: dict[CounterId, Counter] = field(default_factory=dict)
    staff: dict[StaffId, Staff] = field(default_factory=dict)
    profiles: dict[ProfileId, Profile] = field(default_factory=dict)
    day: Day | None = None
    calendar: dict[Day, CalendarDay] = field(default_factory=dict)
    """What the hall itself says of dates."""
    plans: dict[str, BookingPlan] = field(default_factory=dict)
    routes: dict[str, Route] = field(default_factory=dict)
    agenda: Agenda = field(default_factory=Agenda)
    last_day: Day | None = None
    opened_at: Ms | None = None
    tickets: dict[TicketId, Ticket] = field(default_factory=dict)
    by_number: dict[str, TicketId] = field(default_factory=dict)
    open_tickets: dict[TicketId, None] = field(default_factory=dict)
    """Tickets not ended, in order of issue."""
    holding: dict[tuple[PersonKey, ServiceId], list[TicketId]] = field(default_factory=dict)
    """The open tickets of a person for a service, no-shows among them."""
    transactions: dict[TransactionId, Transaction] = field(default_factory=dict)
    at: dict[CounterId, CounterNow] = field(default_factory=dict)
    """How each counter stands; without those nobody used yet: see `counter_now`."""
    seats: dict[StaffId, CounterId] = field(default_factory=dict)
    """Where staff are signed in."""
    waiting: dict[QueueName, list[Key]] = field(default_factory=dict)
    """All who wait, in the order of calling of a profile without conditions."""
    behind: dict[TicketId, None] = field(default_factory=dict)
    """Waiting tickets placed at the end: younger ones of their class may go before them."""
    plain: dict[QueueName, list[Key]] = field(default_factory=dict)
    """Of `waiting`, the tickets without an appointment …"""
    booked: dict[QueueName, list[Key]] = field(default_factory=dict)
    """… and those with one, in the same order; …"""
    due: dict[QueueName, list[tuple[Ms, int, TicketId]]] = field(default_factory=dict)
    """… and these once more by booked time: time, rank, ticket."""
    serials: dict[str, int] = field(default_factory=dict)
    """Last number given today, by prefix."""
    tallies: dict[str, int] = field(default_factory=dict)
    """How ratios, caps and help stand: `PROFILE#CONDITION`, `…@COUNTER`, or `*NAME=2:1`."""
    acknowledged: dict[str, Acknowledged] = field(default_factory=dict)
    """Alerts of today that somebody has seen, oldest first."""
    taken: dict[str, int] = field(default_factory=dict)
    """Tickets that count against limits today: `SERVICE`, `SERVICE@SPAN`, `*`, `*@SPAN`."""
    last_taken: dict[tuple[PersonKey, ServiceId], TicketId] = field(default_factory=dict)
    """A person's latest ticket for a service today."""
    helped: dict[PersonKey, int] = field(default_factory=dict)
    """Tickets a helper took for others today."""

    def catalogue(self) -> Catalogue:
        """All definitions, whole."""
        return Catalogue(
            settings=self.settings,
            areas=tuple(self.areas.values()),
            services=tuple(self.services.values()),
            counters=tuple(self.counters.values()),
            staff=tuple(self.staff.values()),
            profiles=tuple(self.profiles.values()),
            calendar=tuple(self.calendar.values()),
            plans=tuple(self.plans.values()),
            routes=tuple(self.routes.values()),
        )

    def counter_now(self, counter: CounterId) -> CounterNow:
        """The counter's state; a counter nobody used yet is closed."""
        return self.at.get(counter) or CounterNow(counter, since=self.opened_at or Ms(0))

    def services_of(self, counter: CounterId) -> tuple[ServiceId, ...]:
        """The services in the counter's work profile that it is fit for."""
        here = self.counters[counter]
        profile = self.profiles.get(here.profile)
        services = profile.services if profile else ()
        return tuple(s for s in services if not here.only or s in here.only)

    def helped_by(self, counter: CounterId) -> tuple[ServiceId, ...]:
        """The services of other counters that its work profile helps, or calls as a last resort."""
        profile = self.profiles.get(self.counters[counter].profile)
        conditions = profile.conditions if profile else ()
        helping = (one for one in conditions if isinstance(one, Overflow | LastResort))
        return tuple(dict.fromkeys(service for one in helping for service in one.services))

    def fit_for(self, counter: CounterId, services: tuple[ServiceId, ...]) -> tuple[ServiceId, ...]:
        """Of `services` those that both the counter and who sits there may do."""
        staff = self.counter_now(counter).staff
        skills = self.staff[staff].skills if staff in self.staff else ()
        only = self.counters[counter].only
        if not only and not skills:
            return services
        return tuple(s for s in services if (not only or s in only) and (not skills or s in skills))

    def queues_of(self, counter: CounterId) -> Iterator[QueueName]:
        """Whom a ticket may wait for to be called here: the counter, its staff, its services."""
        yield f"c:{counter}"
        staff = self.counter_now(counter).staff
        if staff is not None:
            yield f"s:{staff}"
        for service in self.fit_for(counter, self.services_of(counter)):
            yield f"q:{service}"

    def ahead(self, queue: QueueName, key: Key) -> int:
        """Tickets of this queue called before `key`."""
        return bisect_left(self.waiting.get(queue, []), key)

    def ahead_of_next(self, service: ServiceId, priority: int) -> int:
        """Tickets called before one of this class that would join now."""
        return self.ahead(f"q:{service}", (1, -priority, _LAST, TicketId("")))

    # --- for `changes` only ---

    def enqueue(self, ticket: Ticket, queue: QueueName) -> None:
        ticket.waits_for = queue
        insort(self.waiting.setdefault(queue, []), ticket.key())
        if ticket.placed == "end":
            self.behind[ticket.id] = None
        kind = self.plain if ticket.booked_at is None else self.booked
        insort(kind.setdefault(queue, []), ticket.key())
        if ticket.booked_at is not None:
            insort(self.due.setdefault(queue, []), (ticket.booked_at, ticket.rank, ticket.id))

    def dequeue(self, ticket: Ticket) -> None:
        queue, key = ticket.waits_for, ticket.key()
        kind = self.plain if ticket.booked_at is None else self.booked
        for keys in (self.waiting[queue], kind[queue]):
            del keys[bisect_left(keys, key)]
        if ticket.booked_at is not None:
            times = self.due[queue]
            del times[bisect_left(times, (ticket.booked_at, ticket.rank, ticket.id))]
        ticket.waits_for = ""
        self.behind.pop(ticket.id, None)


def queue_name(to: Target) -> QueueName:
    """The queue a transfer's target stands for."""
    match to:
        case ToQueue(service=service):
            return f"q:{service}"
        case ToCounter(counter=counter):
            return f"c:{counter}"
        case ToStaff(staff=staff):
            return f"s:{staff}"
