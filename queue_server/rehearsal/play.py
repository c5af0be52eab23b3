"""The day itself under given rules: from one moment to the next, by the hall's own decisions."""

import heapq
import itertools
import statistics
from bisect import bisect_right
from collections import Counter, defaultdict
from typing import NamedTuple, assert_never

import msgspec

from ..domain import commands as c
from ..domain import events as e
from ..domain.apply import apply
from ..domain.context import By, Events, Given, Rejection
from ..domain.decide import decide
from ..domain.hall import Hall
from ..domain.values import (
    Catalogue,
    CounterId,
    Day,
    Ms,
    PersonKey,
    ServiceId,
    Settings,
    TicketId,
    TransactionId,
    Why,
)
from .record import Change, Leg, Presence, RecordedDay, Visit, WalkIn

LOOK_AGAIN = 30_000
"""Milliseconds after which a free counter that could call nobody tries again: marks of waiting time
may have been reached."""


class Joining(NamedTuple):
    """A counter that is to work on a ticket, too, in one of its calls."""

    ticket: TicketId
    call: int
    """Which of its calls, from 1."""
    counter: CounterId
    took: int


class Call(NamedTuple):
    """The first call of a ticket."""

    at: Ms
    visit: int
    counter: CounterId | None
    services: frozenset[ServiceId]
    """What the counter calls or helps."""
    why: Why | None = None


class Outcome(NamedTuple):
    """How a day went, by the places of its visits."""

    calls: tuple[Call, ...]
    """In order of time."""
    left: dict[int, Ms]
    """Who gave up waiting, and when."""
    present: int
    """Milliseconds that counters were staffed, of all counters together."""
    busy: int
    """Milliseconds of those that they were taken up."""


Duties = dict[CounterId, frozenset[ServiceId]]
"""What each counter may call, other queues that it helps among them."""


def counter_services(catalogue: Catalogue) -> Duties:
    """The duties under these definitions."""
    profiles = {profile.id: profile for profile in catalogue.profiles}
    found = {}
    for counter in catalogue.counters:
        profile = profiles.get(counter.profile)
        services = set(profile.services) if profile else set()
        for condition in profile.conditions if profile else ():
            services |= set(getattr(condition, "services", ()))
        found[counter.id] = frozenset(s for s in services if not counter.only or s in counter.only)
    return found


def play(day: RecordedDay) -> Outcome:
    """The day with the definitions it holds in force, its work profiles above all."""
    return _Playing(day).run()


_What = Visit | Presence | WalkIn | Change | Joining | CounterId | TicketId | None
_Moment = tuple[Ms, int, int, _What, str]
"""When, which first within one moment, in order of planning; what; and the kind of moment."""
_ORDER = {
    "change": 0, "end": 1, "leave": 2, "away": 3, "here": 4, "arrive": 5, "back": 5, "walk_in": 6,
    "join": 6, "look": 7,
}  # fmt: skip


class _Playing:
    def __init__(self, day: RecordedDay) -> None:
        catalogue = day.catalogue
        self.day, self.hall, self.now, self.seq = day, Hall(), Ms(0), 0
        self.order = itertools.count()
        self.moments: list[_Moment] = []
        self.place = {visit.ticket: number for number, visit in enumerate(day.visits)}
        self.usual = _usual_times(day)
        self.services = counter_services(catalogue)
        self.calls: list[Call] = []
        self.left: dict[int, Ms] = {}
        self.free: dict[CounterId, Ms] = {}
        """Counters that could call now, and since when."""
        self.leaving: set[CounterId] = set()
        self.wanting: list[Presence] = []
        """Staff who can't sit down yet, since somebody is being served there or by them."""
        self.walk_ins: defaultdict[CounterId, list[WalkIn]] = defaultdict(list)
        self.joining: defaultdict[CounterId, list[Joining]] = defaultdict(list)
        """Who each counter is to help serve, as soon as it is free."""
        self.called: Counter[TicketId] = Counter()
        """How often each ticket was called so far."""
        self.came: dict[CounterId, Ms] = {}
        self.present = self.busy = 0
        self.looking = False
        opened = msgspec.structs.replace(catalogue, settings=_at_once(catalogue.settings))
        self._take(e.DayOpened(day=Day(day.name), catalogue=opened))
        for presence in day.presences:
            self._plan(presence.begin, presence, "here")
            self._plan(presence.end, presence, "away")
        for visit in day.visits:
            self._plan(visit.at, visit, "arrive")
        for walk_in in day.walk_ins:
            self._plan(walk_in.at, walk_in, "walk_in")
        for change in day.changes:
            self._plan(change.at, change, "change")

    def _plan(self, at: int, what: _What, kind: str) -> None:
        heapq.heappush(self.moments, (Ms(at), _ORDER[kind], next(self.order), what, kind))

    def run(self) -> Outcome:
        while self.moments:
            self.now = self.moments[0][0]
            while self.moments and self.moments[0][0] == self.now:
                _, _, _, what, kind = heapq.heappop(self.moments)
                self._happen(what, kind)
            self._seat()
            self._call()
        for counter in list(self.came):
            self._gone(counter)
        return Outcome(tuple(self.calls), self.left, self.present, self.busy)

    def _happen(self, what: _What, kind: str) -> None:
        match what:
            case Change(event=e.HallDefined(settings=settings)):
                self._take(e.HallDefined(settings=_at_once(settings)))
            case Change(event=event):
                self._take(event)
                self.services = counter_services(self.hall.catalogue())
            case Visit():
                self._arrive(what)
            case Presence() if kind == "here":
                self.wanting.append(what)
            case Presence():
                self._leave(what)
            case WalkIn():
                self.walk_ins[what.counter].append(what)
            case Joining():
                self.joining[what.counter].append(what)
            case None:
                self.looking = False
            case str() if kind == "end":
                self._end(CounterId(what))
            case str() if kind == "back":
                self._do(c.ReturnTicket(ticket=TicketId(what)))
            case str():
                self._give_up(TicketId(what))
            case _:
                assert_never(what)

    # --- citizens ---

    def _arrive(self, visit: Visit) -> None:
        self._take(
            e.TicketIssued(
                ticket=visit.ticket,
                number=visit.number,
                prefix="",
                serial=0,
                service=visit.service,
                priority=visit.priority,
                booked_at=visit.booked_at,
            )
        )
        if visit.left_after is not None:
            self._plan(visit.at + visit.left_after, visit.ticket, "leave")

    def _give_up(self, ticket: TicketId) -> None:
        waiting = self.hall.tickets[ticket]
        if waiting.state != "waiting":
            return
        if self._do(c.CancelTicket(ticket=ticket)) and not waiting.steps:
            self.left[self.place[ticket]] = self.now

    # --- counters ---

    def _leave(self, presence: Presence) -> None:
        if presence in self.wanting:
            self.wanting.remove(presence)
        elif self.hall.counter_now(presence.counter).staff == presence.staff:
            self.leaving.add(presence.counter)
            if presence.counter in self.free:
                self._gone(presence.counter)

    def _seat(self) -> None:
        """Staff sit down, each as soon as their place and they themselves are free."""
        for presence in list(self.wanting):
            if self._do(c.SignIn(counter=presence.counter, staff=presence.staff)):
                self.wanting.remove(presence)
                self.free[presence.counter] = self.came[presence.counter] = self.now
            elif self.hall.counter_now(presence.counter).staff == presence.staff:
                self.wanting.remove(presence)  # back before the last citizen had gone
                self.leaving.discard(presence.counter)

    def _gone(self, counter: CounterId) -> None:
        self.free.pop(counter, None)
        self.leaving.discard(counter)
        self.present += self.now - self.came.pop(counter)
        self._do(c.SignOut(counter=counter))

    def _call(self) -> None:
        """Counters free longest call first; each calls until it has somebody, or nobody waits."""
        waiting = any(self.hall.waiting.values())
        for counter in sorted(self.free, key=lambda key: (self.free[key], key)):
            if self.joining[counter]:
                self._join(self.joining[counter].pop(0))
            elif self.walk_ins[counter]:
                took = self.walk_ins[counter].pop(0).took
                self._occupy(counter, took)
            elif waiting:
                events = self._do(c.CallNext(counter=counter))
                if events:
                    self._called(events[0], counter)
        still = self.free and any(self.hall.waiting.values())
        if still and self.moments and not self.looking:
            self.looking = True
            self._plan(self.now + LOOK_AGAIN, None, "look")

    def _called(self, event: e.Event, counter: CounterId) -> None:
        assert isinstance(event, e.TicketCalled)
        ticket = event.ticket
        self.called[ticket] += 1
        if self.called[ticket] == 1:
            place = self.place[ticket]
            services = self.services.get(counter, frozenset())
            self.calls.append(Call(self.now, place, counter, services, event.why))
        leg = self._leg(ticket)
        self._occupy(counter, leg.took)
        for one in leg.together:
            joining = Joining(ticket, self.called[ticket], one.counter, one.took)
            self._plan(self.now + one.after, joining, "join")

    def _join(self, joining: Joining) -> None:
        """Help to serve; the work is done all the same where the citizen has gone on meanwhile."""
        ticket, counter = self.hall.tickets[joining.ticket], joining.counter
        staff = self.hall.counter_now(counter).staff
        is_there = ticket.state == "serving" and self.called[ticket.id] == joining.call
        if is_there and staff is not None:
            self._take(
                e.JointBegun(
                    ticket=ticket.id,
                    counter=counter,
                    staff=staff,
                    service=ticket.service,
                    transaction=TransactionId(f"{ticket.id}-{ticket.steps + 1}"),
                    why=Why(rule="this_one"),
                )
            )
        self._occupy(counter, joining.took)

    def _occupy(self, counter: CounterId, took: int) -> None:
        del self.free[counter]
        self.busy += took
        self._plan(self.now + took, counter, "end")

    def _leg(self, ticket: TicketId) -> Leg:
        """What follows this call; of those who were not called so often, the usual."""
        legs = self.day.visits[self.place[ticket]].legs
        at = self.called[ticket] - 1
        if at < len(legs):
            return legs[at]
        return Leg(took=self.usual[self.hall.tickets[ticket].service])

    def _end(self, counter: CounterId) -> None:
        current = self.hall.counter_now(counter).current
        if current is not None and self.hall.tickets[current].joint:
            self._take(e.JointEnded(ticket=current, counter=counter, reason="served"))
        elif current is not None:  # not a walk-in, who has no ticket here
            self._finish(counter, current, self._leg(current))
        self.free[counter] = self.now
        if counter in self.leaving:
            self._gone(counter)

    def _finish(self, counter: CounterId, ticket: TicketId, leg: Leg) -> None:
        if leg.ends == "no_show":
            if self._do(c.NoShow(counter=counter)) and leg.back_after is not None:
                self._plan(self.now + leg.back_after, ticket, "back")
        elif leg.ends == "transferred" and leg.to is not None:
            sent = c.Transfer(counter=counter, to=leg.to, position=leg.position)
            if not self._do(sent):  # it was called where it should have been sent
                self._do(c.EndService(counter=counter))
        else:
            self._do(c.EndService(counter=counter))

    # --- the rules ---

    def _do(self, command: c.Command) -> Events | None:
        """What came of it; None where the rules say no."""
        given = Given(
            now=self.now, by=By("rehearsal", manager=True), new_id=_no_id, person_key=_no_person
        )
        decided = decide(self.hall, command, given)
        if isinstance(decided, Rejection):
            return None
        for event in decided:
            self._take(event)
        return decided

    def _take(self, event: e.Event) -> None:
        self.seq += 1
        apply(self.hall, event, self.seq, self.now)


def _at_once(settings: Settings) -> Settings:
    """Without what a record does not tell of: begin apart from call, ratings."""
    return msgspec.structs.replace(settings, rate_on_end=False, start_distinct=False)


def _no_id() -> str:
    raise AssertionError("no command of a rehearsal needs an id")


def _no_person(_: object) -> PersonKey:
    raise AssertionError("no command of a rehearsal names a person")


def _usual_times(day: RecordedDay) -> defaultdict[ServiceId, int]:
    """The median time of each service that day; of one that was never given, of all."""
    took: defaultdict[ServiceId, list[int]] = defaultdict(list)
    for visit in day.visits:
        took[visit.service] += [leg.took for leg in visit.legs if leg.ends == "served"]
    every = sorted(itertools.chain.from_iterable(took.values())) or [0]
    overall = int(statistics.median(every))
    found: defaultdict[ServiceId, int] = defaultdict(lambda: overall)
    found.update({key: int(statistics.median(times)) for key, times in took.items() if times})
    return found


def _duties(day: RecordedDay) -> list[tuple[Ms, Duties]]:
    """The duties in force, and since when."""
    hall = Hall()
    apply(hall, e.DayOpened(day=Day(day.name), catalogue=day.catalogue), 1, Ms(0))
    found = [(Ms(0), counter_services(day.catalogue))]
    for seq, change in enumerate(day.changes, start=2):
        apply(hall, change.event, seq, change.at)
        found.append((change.at, counter_services(hall.catalogue())))
    return found


def recorded(day: RecordedDay) -> Outcome:
    """How the day went in truth."""
    duties = _duties(day)
    begins = [at for at, _ in duties]
    every = frozenset(service.id for service in day.catalogue.services)
    calls, left, busy = [], {}, sum(walk_in.took for walk_in in day.walk_ins)
    for number, visit in enumerate(day.visits):
        busy += sum(leg.took for leg in visit.legs)
        busy += sum(one.took for leg in visit.legs for one in leg.together)
        if visit.legs and visit.legs[0].at is not None:
            first = visit.legs[0]
            at = visit.legs[0].at
            services = duties[bisect_right(begins, at) - 1][1]
            able = services.get(first.counter, every) if first.counter else every
            calls.append(Call(at, number, first.counter, able))
        elif visit.left_after is not None:
            left[number] = Ms(visit.at + visit.left_after)
    present = sum(presence.end - presence.begin for presence in day.presences)
    calls.sort(key=lambda call: (call.at, call.visit))
    return Outcome(tuple(calls), left, present, min(busy, present))
