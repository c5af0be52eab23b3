"""Any commands in any order: what must hold of every hall, whatever is asked of it."""

import copy
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.context import Rejection
from queue_server.domain.values import CounterId, Ms, ServiceId, StaffId
from tests.effort import examples
from tests.unit import domain_hall as h
from tests.unit.domain_checks import Line, check_hall, never_placed
from tests.unit.domain_routes import ROUTES, Visits
from tests.unit.struct_values import struct_strategy

COUNTERS = st.sampled_from([CounterId("k1"), CounterId("k2"), CounterId("k3")])
SERVICES = st.sampled_from([one.id for one in h.SERVICES])
STAFF = st.sampled_from([one.id for one in h.STAFF])
POSITIONS = st.sampled_from(["front", "sorted", "end"])
TARGETS = st.one_of(
    SERVICES.map(c.ToQueue),
    COUNTERS.map(c.ToCounter),
    STAFF.map(c.ToStaff),
    SERVICES.map(c.ToQueue),
)
HOLDERS = st.sampled_from(
    [None, None, h.person("p1"), h.person("p2", "1950-01-31"), h.person("p3", "2001-12-31")]
)
CHANGED = st.sampled_from(
    [
        c.DefineService(service=msgspec.structs.replace(h.SERVICES[0], prefix="D")),
        c.DefineService(service=h.SERVICES[0]),
        c.DefineService(service=msgspec.structs.replace(h.SERVICES[1], active=False)),
        c.DefineProfile(profile=h.profile("few", "ask")),
        c.DefineProfile(profile=h.PROFILES[1]),
        c.DefineCounter(counter=h.counter("k1", 1, "few")),
        c.DefineCounter(counter=h.counter("k1", 8, "all")),
        c.DefineStaff(staff=h.staff("ann", "call_this")),
        c.DefineStaff(staff=h.staff("bo")),
        c.DefineRoute(route=ROUTES[0]),
        c.DefineRoute(route=msgspec.structs.replace(ROUTES[0], position="front")),
        c.DefineRoute(route=msgspec.structs.replace(ROUTES[1], on_issue=False)),
    ]
)

HUGE = st.builds(str.__mul__, st.just("咨"), st.just(2_000))
_IDS: dict[str, list[str]] = {
    "counter": ["k1", "k2", "k3", "k9"],
    "service": ["tax", "levy", "land", "ask", "none"],
    "services": ["tax", "ask", "none"],
    "staff": ["ann", "bo", "chu", "nobody"],
    "profile": ["all", "few", "none"],
    "area": ["hall", "none"],
    "ticket": list(h.TICKET_IDS),
    "route": ["open", "pay", "none"],
    "branch": ["extra", "stop", "none"],
    "transaction": [f"{key}-{step}" for key in h.TICKET_IDS for step in (1, 2)],
    "prefix": ["A", "B", "Z", "ab", "Q"],
    "id": ["k1", "tax", "ann", "few", "hall", "new-1"],
    "reasons": ["510", "110", "314", "５1０"],
    "day": ["2026-03-02", "2026-03-09", "2026-W10-1", "20260302", "2026-02-30", "9999-12-31"],
    "birth": ["1950-01-01", "2000-02-29", "1950-1-1", "9999-12-31", "0001-01-01"],
}
_ODD = st.one_of(
    st.sampled_from(["", " ", "\x00", "{number}", "{detail}{staff}", "../..", "'; --", "\u202e"]),
    HUGE,
    st.text(max_size=8),
)
NUMBERS = st.one_of(
    st.integers(-1, 10), st.sampled_from([-(2**63), 2**63, 10**30, h.START, h.START + 60_000])
)


def _words(name: str) -> st.SearchStrategy[str]:
    known = _IDS.get(name, ["word"])
    return st.one_of(st.sampled_from(known), st.sampled_from(known), _ODD)


ANY_COMMAND = struct_strategy(c.Command, _words, NUMBERS)


@st.composite
def anything(draw: Any) -> Any:
    """Any command; a strategy of its own, since the whole one is long to print."""
    return draw(ANY_COMMAND)


ANYTHING = anything()
MAY_BE_NOTHING = (
    c.DefineHall,
    c.DefineArea,
    c.DefineService,
    c.DefineCounter,
    c.DefineStaff,
    c.DefineProfile,
    c.DefineRoute,
    c.DefineCalendarDay,
    c.DefinePlan,
    c.SetRoute,
    c.ChooseBranch,
    c.AcknowledgeAlert,
    c.SignIn,
)


class HallMachine(RuleBasedStateMachine):
    """A hall, its log, and the order of calling kept by hand beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = h.Ledger()
        self.line = Line()
        self.visits = Visits()
        self.commands = 0
        self.served: set[str] = set()
        self.numbers: dict[str, str] = {}
        self.given_numbers: set[tuple[str | None, str]] = set()

    @initialize(
        distinct=st.booleans(),
        returns=st.integers(0, 2),
        position=POSITIONS,
        rate_on_end=st.booleans(),
        route_position=POSITIONS,
        routes=st.sampled_from([0, 2, 2]),
    )
    def morning(
        self,
        distinct: bool,
        returns: int,
        position: Any,
        rate_on_end: bool,
        route_position: Any,
        routes: int,
    ) -> None:
        chosen = h.settings(
            start_distinct=distinct,
            returns=returns,
            return_position=position,
            rate_on_end=rate_on_end,
            route_position=route_position,
        )
        self.ledger = h.opened(chosen)
        for _, _, data in self.ledger.log:
            self.line.take(h.EVENTS.decode(data))
        for route in ROUTES[:routes]:
            self.do(c.DefineRoute(route=route))
        for service, priority in (("tax", 0), ("levy", 0), ("tax", 2), ("ask", 0), ("tax", 0)):
            self.issue(ServiceId(service), None, priority)

    # --- what people do ---

    @rule(service=SERVICES, holder=HOLDERS, priority=st.sampled_from([0, 0, 0, 1, 3]))
    def issue(self, service: ServiceId, holder: Any, priority: int) -> None:
        reason = "pregnant" if priority else ""
        self.do(
            c.IssueTicket(service=service, holder=holder, priority=priority, priority_reason=reason)
        )

    @rule(service=SERVICES, count=st.integers(2, 4))
    def issue_some(self, service: ServiceId, count: int) -> None:
        for _ in range(count):
            self.do(c.IssueTicket(service=service, holder=None))

    def make_ready(self, counter: CounterId) -> None:
        """Bring a counter to where it can call, so that runs reach busy halls."""
        hall = self.ledger.hall
        if hall.day is None:
            last = int((hall.last_day or "2026-03-01")[-2:])
            self.do(c.OpenDay(day=f"2026-03-{last + 1:02d}"))  # type: ignore[arg-type]
        now = hall.counter_now(counter)
        if now.staff is None:
            free = [key for key in hall.staff if key not in hall.seats]
            for staff in free[:1]:
                self.do(c.SignIn(counter=counter, staff=staff))
        if now.paused:
            self.do(c.Resume(counter=counter))
        if now.current is not None:
            self.do(c.StartService(counter=counter))
            self.do(c.EndService(counter=counter))

    @rule(counter=COUNTERS)
    def call_as_it_is(self, counter: CounterId) -> None:
        self.do(c.CallNext(counter=counter))

    @rule(counter=COUNTERS)
    def call_next(self, counter: CounterId) -> None:
        self.make_ready(counter)
        self.do(c.CallNext(counter=counter))

    @rule(counter=COUNTERS)
    def serve_next(self, counter: CounterId) -> None:
        self.call_next(counter)
        self.do(c.StartService(counter=counter))
        self.do(c.EndService(counter=counter))

    @rule(counter=COUNTERS, data=st.data(), reason=st.sampled_from(["his bus leaves", " "]))
    def call_this(self, counter: CounterId, data: Any, reason: str) -> None:
        self.make_ready(counter)
        self.do(c.CallThis(counter=counter, ticket=self.some_ticket(data), reason=reason))

    @rule(counter=COUNTERS, data=st.data())
    def go_on(self, counter: CounterId, data: Any) -> None:
        kind = data.draw(
            st.sampled_from([c.Recall, c.StartService, c.EndService, c.NoShow, c.Hold])
        )
        self.do(kind(counter=counter))

    @rule(counter=COUNTERS)
    def call_and_miss(self, counter: CounterId) -> None:
        self.call_next(counter)
        self.do(c.NoShow(counter=counter))

    @rule(counter=COUNTERS, others=st.integers(0, 2))
    def miss_and_return(self, counter: CounterId, others: int) -> None:
        self.call_and_miss(counter)
        missed = self.ledger.hall.counter_now(counter).no_shows
        for _ in range(others):
            self.do(c.IssueTicket(service=ServiceId("tax"), holder=h.person("p1")))
        if missed:
            self.do(c.ReturnTicket(ticket=missed[-1]))

    @rule(data=st.data())
    def come_back(self, data: Any) -> None:
        missed = [t.id for t in self.ledger.hall.tickets.values() if t.state == "no_show"]
        key = data.draw(st.sampled_from(missed)) if missed else self.some_ticket(data)
        self.do(c.ReturnTicket(ticket=key))

    @rule(counter=COUNTERS)
    def set_aside(self, counter: CounterId) -> None:
        self.call_next(counter)
        self.do(c.Hold(counter=counter))

    @rule(counter=COUNTERS, between=st.booleans())
    def set_aside_and_call_back(self, counter: CounterId, between: bool) -> None:
        self.set_aside(counter)
        held = self.ledger.hall.counter_now(counter).held
        if between:
            self.serve_next(counter)
        if held:
            self.do(c.CallBack(counter=counter, ticket=held[0]))

    @rule(counter=COUNTERS, data=st.data())
    def call_back(self, counter: CounterId, data: Any) -> None:
        self.make_ready(counter)
        held = [key for now in self.ledger.hall.at.values() for key in now.held]
        key = data.draw(st.sampled_from(held)) if held else self.some_ticket(data)
        self.do(c.CallBack(counter=counter, ticket=key))

    @rule(counter=COUNTERS, to=TARGETS, position=POSITIONS)
    def call_and_transfer(self, counter: CounterId, to: Any, position: Any) -> None:
        self.call_next(counter)
        self.do(c.Transfer(counter=counter, to=to, position=position))

    @rule(counter=COUNTERS, route=st.sampled_from(["open", "pay", None]))
    def set_route(self, counter: CounterId, route: str | None) -> None:
        self.do(c.SetRoute(counter=counter, route=route))

    @rule(counter=COUNTERS, branch=st.sampled_from(["extra", "stop", None]), end=st.booleans())
    def choose_branch(self, counter: CounterId, branch: str | None, end: bool) -> None:
        self.do(c.ChooseBranch(counter=counter, branch=branch))
        if end:
            self.do(c.EndService(counter=counter))

    @rule(counter=COUNTERS, data=st.data())
    def join(self, counter: CounterId, data: Any) -> None:
        tickets = self.ledger.hall.tickets.values()
        routed = [t for t in tickets if t.state == "serving" and t.stops and t.counter != counter]
        self.make_ready(counter)
        if routed:
            self.do(c.JoinVisit(counter=counter, ticket=data.draw(st.sampled_from(routed)).id))

    @rule(counter=COUNTERS)
    def leave(self, counter: CounterId) -> None:
        self.do(c.LeaveVisit(counter=counter))

    @rule(counter=COUNTERS, service=SERVICES)
    def walk_in(self, counter: CounterId, service: ServiceId) -> None:
        self.make_ready(counter)
        self.do(c.WalkIn(counter=counter, service=service))

    @rule(counter=COUNTERS, pause=st.booleans())
    def pause_or_resume(self, counter: CounterId, pause: bool) -> None:
        self.do(c.Pause(counter=counter, reason="tea") if pause else c.Resume(counter=counter))

    @rule(counter=COUNTERS, staff=STAFF)
    def sign_in(self, counter: CounterId, staff: StaffId) -> None:
        self.do(c.SignIn(counter=counter, staff=staff))

    @rule(counter=COUNTERS, force=st.booleans(), manager=st.booleans())
    def sign_out(self, counter: CounterId, force: bool, manager: bool) -> None:
        self.ledger.manager = manager
        self.do(c.SignOut(counter=counter, force=force))
        self.ledger.manager = False

    @rule(counter=COUNTERS, data=st.data(), by_staff=st.booleans())
    def give_up(self, counter: CounterId, data: Any, by_staff: bool) -> None:
        key = self.some_ticket(data)
        remove = c.RemoveTicket(ticket=key, counter=counter, reason="left")
        self.do(remove if by_staff else c.CancelTicket(ticket=key))

    @rule(counter=COUNTERS, data=st.data(), level=st.integers(1, 5))
    def rating(self, counter: CounterId, data: Any, level: int) -> None:
        self.do(c.RequestRating(counter=counter))
        last = self.ledger.hall.counter_now(counter).last
        if last is not None:
            answer = data.draw(st.sampled_from([c.DeclineRating(transaction=last), None]))
            self.do(answer or c.Rate(transaction=last, level=level, reasons=(f"{level}10",)))

    @rule(command=CHANGED)
    def redefine(self, command: Any) -> None:
        self.do(command)

    @rule(over_open=st.booleans(), day=st.integers(2, 6))
    def close_and_open(self, over_open: bool, day: int) -> None:
        self.do(c.CloseDay(over_open=over_open))
        self.do(c.OpenDay(day=f"2026-03-0{day}"))  # type: ignore[arg-type]
        for counter, staff in (("k1", "ann"), ("k2", "bo")):
            self.do(c.SignIn(counter=CounterId(counter), staff=StaffId(staff)))

    @rule(commands=st.lists(ANYTHING, min_size=1, max_size=3), manager=st.booleans())
    def anything(self, commands: list[Any], manager: bool) -> None:
        self.ledger.manager = manager
        for command in commands:
            self.do(command)
        self.ledger.manager = False

    def some_ticket(self, data: Any) -> Any:
        return data.draw(st.sampled_from(list(self.ledger.hall.tickets) or h.TICKET_IDS))

    # --- what must come of it ---

    def do(self, command: Any) -> None:
        ledger, hall = self.ledger, self.ledger.hall
        self.commands += 1
        before = copy.deepcopy(hall) if self.commands % 5 == 0 else None
        answer = ledger.decide(command)
        if before is not None:
            assert hall == before, "a decision changed the hall"
        self.check_call(command, answer)
        if isinstance(answer, Rejection):
            return
        if not answer:
            assert isinstance(command, MAY_BE_NOTHING)
            self.check_nothing_to_do(command)
        for event in answer:
            self.take(event)
        ledger.now += 1000

    def take(self, event: e.Event) -> None:
        """Apply one event; what it changed is what it says it touched."""
        hall = self.ledger.hall
        if isinstance(event, e.TicketCalled | e.TicketCalledBack):
            now = hall.counter_now(event.counter)
            assert now.staff is not None
            assert not now.paused
            assert now.current is None
            called = isinstance(event, e.TicketCalled)
            assert called == (event.ticket not in now.held)
        if isinstance(event, e.TicketIssued):
            assert (hall.day, event.number) not in self.given_numbers
            self.given_numbers.add((hall.day, event.number))
            self.numbers[event.ticket] = event.number
        if isinstance(event, e.TicketReturned):
            assert hall.tickets[event.ticket].returns < hall.settings.returns
        if isinstance(event, e.ServiceEnded):
            assert event.ticket not in self.served
            self.served.add(event.ticket)
        self.visits.take(hall, event)
        rows, day = h.rows(hall), hall.opened_at
        touched = self.ledger.take(event)
        self.line.take(event)
        if hall.opened_at == day:
            now_rows = h.rows(hall)
            changed = {key for key, row in now_rows.items() if rows.get(key) != row}
            assert changed <= h.touched_rows(touched), event
            assert set(rows) <= set(now_rows)
        assert all(hall.tickets[t.id] is t for t in touched.tickets)

    def check_call(self, command: Any, answer: Any) -> None:
        """The next ticket is the one a plain sort would give, and the reason on record is true."""
        hall = self.ledger.hall
        if not isinstance(command, c.CallNext | c.CallThis | c.WalkIn):
            return
        exists = command.counter in hall.counters
        profile = hall.profiles.get(hall.counters[command.counter].profile) if exists else None
        if isinstance(answer, Rejection):
            if answer.code == "nobody_waiting":
                assert not self.line.eligible(hall, command.counter)
            return
        if isinstance(command, c.CallNext) and profile is not None and profile.conditions:
            return  # test_domain_rules has its own machine
        line = self.line.eligible(hall, command.counter)
        called = answer[-1]
        why = called.why
        if isinstance(command, c.WalkIn):
            assert (why.rule, why.considered, why.older_passed) == ("walk_in", len(line), len(line))
            return
        ticket = hall.tickets[called.ticket]
        if isinstance(command, c.CallNext):
            assert why.rule == "priority_then_arrival"
            assert called.ticket == line[0]["ticket"]
            self.check_fairness(called.ticket, [str(w["ticket"]) for w in line])
        else:
            assert why.rule == "this_one"
            mine = next(w["for"] for w in self.line.waiting if w["ticket"] == ticket.id)
            known = {w["ticket"] for w in line}
            line += [w for w in self.line.waiting if w["for"] == mine and w["ticket"] not in known]
        assert why.considered == len(line)
        assert why.older_passed == self.line.older(ticket.id, line)
        assert (why.priority, why.placed) == (ticket.priority, ticket.placed)

    def check_fairness(self, called: str, line: list[str]) -> None:
        tickets = self.ledger.hall.tickets
        first = tickets[called]  # type: ignore[index]
        for other in (tickets[key] for key in line if key != called):  # type: ignore[index]
            if first.placed != "front":
                assert other.priority <= first.priority
            if never_placed(first) and never_placed(other) and other.priority == first.priority:
                assert first.arrival < other.arrival

    def check_nothing_to_do(self, command: Any) -> None:
        hall = self.ledger.hall
        if isinstance(command, c.SignIn):
            assert hall.seats[command.staff] == command.counter
            return
        if isinstance(command, c.AcknowledgeAlert):
            assert command.alert.strip() in hall.acknowledged
            return
        if isinstance(command, c.SetRoute | c.ChooseBranch):
            current = hall.counter_now(command.counter).current
            assert current is not None
            ticket = hall.tickets[current]
            if isinstance(command, c.SetRoute):
                assert ticket.route == command.route
            else:
                assert (ticket.branch.id if ticket.branch else None) == command.branch
            return
        defined = getattr(command, command.__struct_fields__[0])
        if isinstance(command, c.DefineCalendarDay) and defined.kind == "default":
            assert defined.day not in hall.calendar
            return
        catalogue = hall.catalogue()
        kinds = (catalogue.areas, catalogue.services, catalogue.counters)
        assert defined == catalogue.settings or any(
            defined in kind
            for kind in (
                *kinds,
                catalogue.staff,
                catalogue.profiles,
                catalogue.routes,
                catalogue.calendar,
                catalogue.plans,
            )
        )

    @invariant()
    def all_in_place(self) -> None:
        hall = self.ledger.hall
        check_hall(hall)
        assert all(self.numbers[key] == t.number for key, t in hall.tickets.items())
        self.visits.check(hall)
        assert {w["ticket"] for w in self.line.waiting} == {
            t.id for t in hall.tickets.values() if t.state == "waiting"
        }

    def teardown(self) -> None:
        """The log alone rebuilds the hall, whole or from the morning on."""
        ledger = self.ledger
        mornings = [n for n, (_, _, data) in enumerate(ledger.log) if b'"day_opened"' in data]
        for start in {0, *mornings[-1:]}:
            again = h.replayed(ledger.log[start:])
            assert again == ledger.hall
            assert list(again.open_tickets) == list(ledger.hall.open_tickets)
            assert again.catalogue() == ledger.hall.catalogue()
        for seq, at, data in ledger.log:
            assert seq > 0
            assert at >= Ms(h.START)
            assert h.ENCODER.encode(h.EVENTS.decode(data)) == data
            assert b"key of" in data or b"1950-01-31" not in data


HallMachine.TestCase.settings = settings(
    max_examples=examples(200),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestHallMachine = HallMachine.TestCase
