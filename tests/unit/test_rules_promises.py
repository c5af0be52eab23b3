"""What the hall promises of its calls, one property each, told from what was seen alone.

Everything is driven by commands and read off the calls that came of them: who waited, who was
called, when and where. `test_domain_rules` holds whole profiles against a plain reading of them;
here each promise stands by itself, so that it fails where its rule is broken.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain import rules as r
from queue_server.domain.apply import apply
from queue_server.domain.context import Rejection
from queue_server.domain.hall import Hall, Ticket
from queue_server.domain.ids import CounterId, Day, Ms, ServiceId, StaffId
from queue_server.domain.pick import pick_next
from queue_server.domain.values import Why
from tests.effort import examples
from tests.unit import domain_hall as h
from tests.unit.rules_profiles import CAPS, profiles

MINUTE = 60_000
TAX, LEVY, ASK = ServiceId("tax"), ServiceId("levy"), ServiceId("ask")
OWN = (TAX, LEVY)
K1, K2, K3 = (CounterId(key) for key in ("k1", "k2", "k3"))
ORDINARY, HIGHER = r.Match(highest=0), r.Match(lowest=1)


class Seen(NamedTuple):
    """One call as somebody in the hall would note it down."""

    at: int
    counter: CounterId
    called: Ticket
    others: tuple[Ticket, ...]
    """Who else waited for this counter, but for queues that it only helps."""
    helped: tuple[Ticket, ...]
    """Who waited for `ask`, which it may help."""
    why: Why


@dataclass
class Busy:
    """A hall where things happen, and the calls seen there."""

    ledger: h.Ledger = field(default_factory=h.opened)
    seen: list[Seen] = field(default_factory=list)

    @classmethod
    def under(cls, *conditions: r.Condition) -> "Busy":
        """Ann, Bo and Chu at three counters whose profiles hold these conditions."""
        busy = cls()
        busy.ledger.do(c.SignIn(counter=K3, staff=StaffId("chu")))
        for key in ("all", "few"):
            busy.define(msgspec.structs.replace(h.profile(key, *OWN), conditions=conditions))
        return busy

    def define(self, profile: Any) -> None:
        self.ledger.do(c.DefineProfile(profile=profile))

    def happen(self, steps: Sequence[tuple[Any, ...]]) -> list[Seen]:
        """Let all of it happen; the calls seen."""
        for step in steps:
            match step:
                case ("come", service, priority):
                    self.come(service, priority)
                case ("book", service, minutes):
                    self.come(service, 0, minutes)
                case ("call", counter):
                    self.call(counter)
                case ("wait", seconds):
                    self.ledger.now += seconds * 1000
        return self.seen

    def come(self, service: ServiceId, priority: int, minutes: int | None = None) -> None:
        reason = "pregnant" if priority else ""
        command = c.IssueTicket(
            service=service, holder=None, priority=priority, priority_reason=reason
        )
        answer = self.ledger.decide(command)
        assert not isinstance(answer, Rejection)
        [event] = answer
        booked_at = None if minutes is None else Ms(self.ledger.now + minutes * MINUTE)
        self.ledger.take(msgspec.structs.replace(event, booked_at=booked_at))

    def call(self, counter: CounterId) -> Seen | None:
        """Call and serve at once; None where nobody may be called."""
        hall = self.ledger.hall
        waiting = [t for t in hall.tickets.values() if t.state == "waiting"]
        queues = set(hall.queues_of(counter))
        answer = self.ledger.decide(c.CallNext(counter=counter))
        if isinstance(answer, Rejection):
            assert answer.code == "nobody_waiting"
            assert not [t for t in waiting if t.waits_for in queues], "somebody was left standing"
            return None
        [event] = answer
        assert isinstance(event, e.TicketCalled)
        called = hall.tickets[event.ticket]
        seen = Seen(
            self.ledger.now,
            counter,
            called,
            tuple(t for t in waiting if t.waits_for in queues and t is not called),
            tuple(t for t in waiting if t.waits_for == f"q:{ASK}"),
            event.why,
        )
        self.seen.append(seen)
        self.ledger.take(event)
        self.ledger.do(c.EndService(counter=counter))
        return seen


def steps(
    *more: st.SearchStrategy[tuple[Any, ...]],
    services: Sequence[ServiceId] = OWN,
    counters: Sequence[CounterId] = (K1, K1, K2, K3),
    seconds: Sequence[int] = (1, 60, 240),
) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Things that happen, more coming than being called, so that somebody nearly always waits."""
    classes = st.sampled_from([0, 0, 0, 1, 2])
    come = st.tuples(st.just("come"), st.sampled_from(services), classes)
    call = st.tuples(st.just("call"), st.sampled_from(counters))
    wait = st.tuples(st.just("wait"), st.sampled_from(seconds))
    return st.lists(st.one_of(come, come, come, call, call, wait, *more), min_size=15, max_size=90)


BOOKINGS = st.tuples(st.just("book"), st.sampled_from(OWN), st.integers(-30, 30))
MANY = settings(deadline=None, max_examples=examples(150))


def higher(ticket: Ticket) -> bool:
    return ticket.priority > 0


def windows(many: Sequence[bool], length: int) -> Iterator[int]:
    """How often it is so in every stretch of this length."""
    for at in range(len(many) - length + 1):
        yield sum(many[at : at + length])


# --- first come, first served within a class ---


@given(profiles("all"), steps())
@MANY
def test_within_a_class_first_come_is_first_served_under_any_profile(
    profile: Any, happening: list[Any]
) -> None:
    busy = Busy.under()
    busy.define(profile)
    for seen in busy.happen(happening):
        called = seen.called
        equal = [
            other
            for other in seen.others
            if (other.service, other.priority) == (called.service, called.priority)
        ]
        assert all(other.arrival > called.arrival for other in equal)


# --- a ratio is within one of its target over any window ---


def off(groups: Sequence[int], weights: Sequence[int]) -> float:
    """The farthest that any stretch of calls is from the ratio, in calls."""
    total = sum(weights)
    return max(
        (
            abs(groups[at:end].count(group) - (end - at) * weight / total)
            for at in range(len(groups))
            for end in range(at + 1, len(groups) + 1)
            for group, weight in enumerate(weights)
        ),
        default=0,
    )


@given(
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    st.sampled_from(["profile", "counter", "hall"]),
    steps(),
)
@MANY
def test_a_ratio_is_within_one_of_its_target_over_any_window(
    weights: tuple[int, int], counted: Any, happening: list[Any]
) -> None:
    shares = (
        r.Share(match=ORDINARY, weight=weights[0]),
        r.Share(match=HIGHER, weight=weights[1]),
    )
    name = "one" if counted == "hall" else ""
    busy = Busy.under(r.Ratio(shares=shares, counted=counted, name=name))
    where = {"profile": {K1: "all", K2: "all", K3: "few"}, "counter": {}, "hall": {}}[counted]
    counts: defaultdict[str, list[int]] = defaultdict(list)
    for seen in busy.happen(happening):
        if len({higher(t) for t in (seen.called, *seen.others)}) == 2:
            scope = "" if counted == "hall" else where.get(seen.counter, seen.counter)
            counts[scope].append(int(higher(seen.called)))
    assert all(off(groups, weights) < 1 for groups in counts.values())


@given(steps())
@MANY
def test_ratios_of_one_name_and_different_weights_do_not_spoil_each_other(
    happening: list[Any],
) -> None:
    weights = {"all": (2, 1), "few": (1, 3)}
    busy = Busy.under()
    for key, (ordinary, more) in weights.items():
        shares = (r.Share(match=ORDINARY, weight=ordinary), r.Share(match=HIGHER, weight=more))
        ratio = r.Ratio(shares=shares, counted="hall", name="one")
        busy.define(msgspec.structs.replace(h.profile(key, *OWN), conditions=(ratio,)))
    groups: dict[str, list[int]] = {"all": [], "few": []}
    for seen in busy.happen(happening):
        if len({higher(t) for t in (seen.called, *seen.others)}) == 2:
            groups["few" if seen.counter == K3 else "all"].append(int(higher(seen.called)))
    assert all(off(calls, weights[key]) < 1 for key, calls in groups.items())


@given(
    st.sampled_from([(1, 1, 1), (2, 1, 1), (3, 2, 1), (3, 2, 2), (4, 2, 1), (5, 1, 1)]), st.data()
)
@MANY
def test_a_ratio_of_three_is_within_one_while_all_wait(
    weights: tuple[int, int, int], data: Any
) -> None:
    matches = (r.Match(highest=0), r.Match(lowest=1, highest=1), r.Match(lowest=2))
    shares = tuple(
        r.Share(match=match, weight=weight) for match, weight in zip(matches, weights, strict=True)
    )
    busy = Busy.under(r.Ratio(shares=shares))
    for priority in data.draw(st.lists(st.integers(0, 2), min_size=20, max_size=60)):
        busy.come(TAX, priority)
    stretch: list[int] = []
    while (seen := busy.call(K1)) is not None:
        if len({t.priority for t in (seen.called, *seen.others)}) < 3:
            break
        stretch.append(seen.called.priority)
    assert off(stretch, weights) <= 1


# --- nobody waits past the bound while others are called ---


@given(st.integers(1, 8), st.sampled_from([1, 2]), steps(seconds=(60, 240, 600)))
@MANY
def test_nobody_past_the_aging_bound_is_passed_by_who_came_later(
    minutes: int, up_to: int, happening: list[Any]
) -> None:
    busy = Busy.under(r.Bound(), r.Aging(minutes_per_class=minutes, up_to=up_to))
    for seen in busy.happen(happening):
        for other in seen.others:
            bound = minutes * MINUTE * max(0, up_to - other.priority)
            past = seen.at - other.issued_at >= bound
            if past and seen.called.priority <= max(up_to, other.priority):
                assert seen.called.arrival < other.arrival


@given(st.integers(1, 12), steps(seconds=(60, 240, 600)))
@MANY
def test_over_the_threshold_the_longest_wait_is_first(minutes: int, happening: list[Any]) -> None:
    busy = Busy.under(r.First(order="arrival", after_minutes=minutes))
    for seen in busy.happen(happening):
        long = [t for t in seen.others if seen.at - t.issued_at >= minutes * MINUTE]
        assert all(t.arrival > seen.called.arrival for t in long)
        if seen.at - seen.called.issued_at < minutes * MINUTE:  # as if there were no condition
            assert seen.why.kind == "rest"
            assert all(t.priority <= seen.called.priority for t in seen.others)


@given(CAPS, st.integers(1, 12), steps(seconds=(60, 240, 600)))
@MANY
def test_a_cap_on_long_waits_lets_no_younger_one_of_a_class_go_first(
    cap: r.Cap, minutes: int, happening: list[Any]
) -> None:
    busy = Busy.under(r.First(order="arrival", after_minutes=minutes, cap=cap))
    for seen in busy.happen(happening):
        equal = [t for t in seen.others if t.priority == seen.called.priority]
        assert all(t.arrival > seen.called.arrival for t in equal)


# --- a cap starves nobody ---


@given(CAPS, steps(counters=(K1, K2)))
@MANY
def test_a_green_channel_has_no_more_than_its_share(cap: r.Cap, happening: list[Any]) -> None:
    busy = Busy.under(r.First(match=HIGHER, cap=cap))
    seen = busy.happen(happening)
    both = [one for one in seen if len({higher(t) for t in (one.called, *one.others)}) == 2]
    green = [higher(one.called) for one in both]
    assert all(taken <= cap.calls for taken in windows(green, cap.of))
    assert not green or green[0], "within its share it comes first"
    assert all(taken >= cap.calls for taken in windows(green, cap.of)), "and has all of it"


@given(CAPS, st.integers(1, 20), st.integers(1, 20), steps(BOOKINGS, BOOKINGS, counters=(K1, K2)))
@MANY
def test_appointments_have_their_window_their_order_and_no_more_than_their_share(
    cap: r.Cap, early: int, late: int, happening: list[Any]
) -> None:
    def due(ticket: Ticket, at: int) -> bool:
        booked = ticket.booked_at
        return booked is not None and (booked - early * MINUTE <= at <= booked + late * MINUTE)

    busy = Busy.under(r.Booked(early_minutes=early, late_minutes=late, cap=cap))
    shares: list[bool] = []
    for seen in busy.happen(happening):
        is_due = due(seen.called, seen.at)
        assert (seen.why.kind == "booked") == is_due
        waiting = [t for t in seen.others if due(t, seen.at)]
        if is_due:
            assert all((t.booked_at or 0) >= (seen.called.booked_at or 0) for t in waiting)
        if len({is_due, *(due(t, seen.at) for t in seen.others)}) == 2:
            shares.append(is_due)
    assert all(taken == cap.calls for taken in windows(shares, cap.of))


# --- help ---


@given(CAPS, st.integers(2, 6), steps(services=(TAX, LEVY, ASK), counters=(K1,)))
@MANY
def test_help_neither_waits_for_its_own_queue_to_empty_nor_leaves_it_standing(
    cap: r.Cap, start: int, happening: list[Any]
) -> None:
    overflow = r.Overflow(services=(ASK,), start_length=start, stop_length=start - 1, cap=cap)
    busy = Busy.under(overflow)
    helps, shares = False, list[bool]()
    for seen in busy.happen(happening):
        length = len(seen.helped)
        helps = length >= (start - 1 if helps else start)
        helped = seen.called.service == ASK
        own = [t for t in seen.others if t.service != ASK] or not helped
        assert helps or not helped, "nobody is helped below the mark"
        if helps and own:
            shares.append(helped)
        elif helps:
            assert helped, "who has nobody of their own helps at once"
    assert not shares or shares[0], "help begins with the first call, its own queue full or not"
    assert all(taken == cap.calls for taken in windows(shares, cap.of))


@given(steps(services=(TAX, ASK), counters=(K1,)))
@MANY
def test_the_last_resort_is_called_only_while_nobody_of_ones_own_waits(
    happening: list[Any],
) -> None:
    for seen in Busy.under(r.LastResort(services=(ASK,))).happen(happening):
        assert seen.called.service != ASK or not seen.others


# --- who may be given a ticket at all ---


@given(profiles("all"), steps(services=(TAX, LEVY, ASK)), st.data())
@MANY
def test_a_closed_counter_is_never_given_a_ticket(
    profile: Any, happening: list[Any], data: Any
) -> None:
    busy = Busy.under()
    busy.define(profile)
    ledger = busy.ledger
    busy.happen([step for step in happening if step[0] != "call"])
    change = data.draw(st.sampled_from(["signed out", "paused", "busy", "day closed"]))
    match change:
        case "signed out":
            ledger.do(c.SignOut(counter=K1))
        case "paused":
            ledger.do(c.Pause(counter=K1, reason="tea"))
        case "busy":
            ledger.do(c.WalkIn(counter=K1, service=TAX))
        case _:
            ledger.manager = True
            ledger.do(c.CloseDay(over_open=True))
    expected = {
        "signed out": "not_signed_in",
        "paused": "counter_paused",
        "busy": "counter_busy",
        "day closed": "day_closed",
    }
    assert ledger.refuse(c.CallNext(counter=K1)) == expected[change]
    for ticket in list(ledger.hall.open_tickets):
        this = c.CallThis(counter=K1, ticket=ticket, reason="asked for")
        assert ledger.refuse(this) == expected[change]


@given(
    profiles("all"),
    steps(services=(TAX, LEVY, ASK), counters=(K1,)),
    st.lists(st.sampled_from([TAX, LEVY, ASK]), max_size=2, unique=True),
    st.lists(st.sampled_from([TAX, LEVY, ASK]), max_size=2, unique=True),
)
@MANY
def test_nobody_is_called_where_counter_or_clerk_cannot_serve_them(
    profile: Any, happening: list[Any], only: list[ServiceId], skills: list[ServiceId]
) -> None:
    busy = Busy.under()
    busy.define(profile)
    place = msgspec.structs.replace(h.COUNTERS[0], only=tuple(only))
    clerk = msgspec.structs.replace(h.STAFF[0], skills=tuple(skills))
    busy.ledger.do(c.DefineCounter(counter=place))
    busy.ledger.do(c.DefineStaff(staff=clerk))
    for seen in busy.happen(happening):
        assert not only or seen.called.service in only
        assert not skills or seen.called.service in skills


@pytest.mark.parametrize(("clerk", "counter"), [("ann", K1), ("bo", K2)])
@pytest.mark.parametrize("reason", ["", "  ", "腿脚不便"])
def test_a_call_out_of_order_needs_a_right_and_a_reason(
    clerk: str, counter: CounterId, reason: str
) -> None:
    ledger = h.opened()
    ledger.issue()
    second = ledger.issue()
    may = "call_this" in ledger.hall.staff[StaffId(clerk)].rights
    command = c.CallThis(counter=counter, ticket=second.id, reason=reason)
    if not may or not reason.strip():
        assert ledger.refuse(command) == ("reason_required" if may else "no_right")
        assert second.state == "waiting"
        return
    [event] = ledger.do(command)
    assert isinstance(event, e.TicketCalled)
    assert (event.why.rule, event.why.reason) == ("this_one", reason)


# --- where counts begin anew ---


@pytest.mark.parametrize("counted", ["profile", "counter", "hall"])
def test_counts_begin_anew_where_documented_and_nowhere_else(counted: Any) -> None:
    shares = (r.Share(match=ORDINARY, weight=2), r.Share(match=HIGHER, weight=1))
    ratio = r.Ratio(shares=shares, counted=counted, name="one" if counted == "hall" else "")
    busy = Busy.under(ratio)
    ledger = busy.ledger
    for priority in (0, 1) * 6:
        busy.come(TAX, priority)

    def counts() -> dict[str, int]:
        return dict(ledger.hall.tallies)

    busy.call(K1)
    begun = counts()
    assert list(begun.values()) == [1]
    same = ledger.hall.profiles[h.PROFILES[0].id]
    assert ledger.do(c.DefineProfile(profile=same)) == [], "defined again as it is"
    ledger.do(c.Pause(counter=K1, reason="tea"))
    ledger.do(c.Resume(counter=K1))
    ledger.do(c.SignOut(counter=K1))
    ledger.do(c.SignIn(counter=K1, staff=StaffId("ann")))
    place = msgspec.structs.replace(h.COUNTERS[0], number=9)
    ledger.do(c.DefineCounter(counter=place))
    assert counts() == begun
    assert h.replayed(ledger.log).tallies == begun, "starting again forgets nothing"
    busy.define(msgspec.structs.replace(ledger.hall.profiles[h.PROFILES[1].id], name=h.text("x")))
    assert counts() == ({} if counted == "hall" else begun), "another profile with the same ratio"
    busy.call(K1)
    assert counts()
    busy.define(msgspec.structs.replace(same, name=h.text("y")))
    assert counts() == {}
    busy.call(K1)
    assert counts()
    ledger.do(c.CloseDay(over_open=True))
    ledger.do(c.OpenDay(day=Day("2026-03-03")))
    assert counts() == {}


# --- the same log gives the same picks ---


@given(profiles("all"), steps(BOOKINGS, services=(TAX, LEVY, ASK)))
@MANY
def test_the_same_log_gives_the_same_picks(profile: Any, happening: list[Any]) -> None:
    busy = Busy.under()
    busy.define(profile)
    busy.happen(happening)
    hall = Hall()
    for seq, at, data in busy.ledger.log:
        event = h.EVENTS.decode(data)
        if isinstance(event, e.TicketCalled):
            again = pick_next(hall, event.counter, at)
            assert again is not None
            told = (again.ticket.id, again.why, again.tallies)
            assert told == (event.ticket, event.why, event.tallies)
        apply(hall, event, seq, at)
    assert hall == busy.ledger.hall
