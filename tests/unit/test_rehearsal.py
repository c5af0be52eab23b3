"""A recorded day played again: faithful to the record, and different only in whom it calls."""

from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain import rules as r
from queue_server.domain.hall import Ticket
from queue_server.domain.shipped_profiles import TWO_TO_ONE
from queue_server.domain.steps import Route, Step
from queue_server.domain.values import (
    Catalogue,
    CounterId,
    Ms,
    Profile,
    ProfileId,
    ServiceId,
    StaffId,
    TicketId,
)
from queue_server.rehearsal.figures import figures
from queue_server.rehearsal.from_log import recorded_day
from queue_server.rehearsal.play import Outcome, play, recorded
from queue_server.rehearsal.plot import svg
from queue_server.rehearsal.record import Change, Leg, Presence, RecordedDay, RecordError, Visit
from queue_server.rehearsal.rules_file import RulesError, rules_of
from queue_server.rehearsal.table import changes_told, table
from tests.effort import examples
from tests.unit import domain_hall as h

MINUTE = 60_000
TAX = ServiceId("tax")


def catalogue(services: str = "tax") -> Catalogue:
    """One counter, k1, that calls `services` in the order of no conditions."""
    profile = Profile(
        id=ProfileId("all"), name=h.text("all"), services=tuple(map(ServiceId, services.split()))
    )
    return Catalogue(
        settings=h.settings(),
        areas=(),
        services=h.SERVICES,
        counters=(h.counter("k1", 1, "all"),),
        staff=h.STAFF,
        profiles=(profile,),
    )


@dataclass
class Days:
    """A day written by hand, in minutes: one counter open from 0 to `until`."""

    until: int = 600
    visits: list[Visit] = field(default_factory=list)

    def come(self, at: float, takes: float = 10, priority: int = 0, **more: object) -> int:
        number = len(self.visits)
        legs = () if more.get("left_after") else (Leg(took=int(takes * MINUTE)),)
        visit = Visit(
            ticket=TicketId(f"{number:032x}"),
            number=f"A{number}",
            service=TAX,
            at=Ms(int(at * MINUTE)),
            priority=priority,
            legs=legs,
        )
        self.visits.append(msgspec.structs.replace(visit, **more))
        return number

    def made(self, presences: tuple[tuple[float, float], ...] = ()) -> RecordedDay:
        spans = presences or ((0, self.until),)
        return RecordedDay(
            name="2026-03-02",
            catalogue=catalogue(),
            visits=tuple(sorted(self.visits, key=lambda visit: visit.at)),
            presences=tuple(
                Presence(
                    counter=CounterId("k1"),
                    staff=StaffId("ann"),
                    begin=Ms(int(begin * MINUTE)),
                    end=Ms(int(end * MINUTE)),
                )
                for begin, end in spans
            ),
        )


def played(day: RecordedDay, rules: str = "current") -> Outcome:
    return play(rules_of(rules).put_into(day))


def order(outcome: Outcome) -> list[tuple[int, float]]:
    """Who was called, and at which minute."""
    return [(call.visit, call.at / MINUTE) for call in outcome.calls]


def test_each_rule_calls_the_same_people_in_its_own_order() -> None:
    days = Days()
    for at in range(3):
        days.come(at)  # 0 to 2: ordinary
    for at in range(3, 6):
        days.come(at, priority=2)  # 3 to 5: elderly
    for at in range(40, 43):
        days.come(at, priority=2)  # 6 to 8: elderly, late
    day = days.made()
    called = {
        rules: [v for v, _ in order(played(day, rules))]
        for rules in ("strict", "two-to-one", "aging")
    }
    assert called["strict"] == [0, 3, 4, 5, 6, 7, 8, 1, 2]
    assert called["two-to-one"] == [0, 1, 3, 2, 4, 5, 6, 7, 8]
    assert called["aging"] == [0, 3, 4, 1, 2, 5, 6, 7, 8]
    assert played(day).calls == played(day).calls
    assert [v for v, _ in order(played(day))] == called["strict"]


def test_a_citizen_gives_up_when_they_did_unless_called_before() -> None:
    days = Days()
    days.come(0, takes=30)
    stays = days.come(1, left_after=50 * MINUTE)
    goes = days.come(2, left_after=20 * MINUTE)
    outcome = played(days.made())
    assert order(outcome) == [(0, 0), (stays, 30)]
    assert outcome.left == {goes: 22 * MINUTE}
    assert outcome.busy == 60 * MINUTE  # who was never served in the record takes the usual time
    assert outcome.present == 600 * MINUTE


def test_staff_end_their_work_before_they_go_and_come_back() -> None:
    days = Days()
    for at in (0, 1, 2):
        days.come(at)
    outcome = played(days.made(((0, 15), (30, 60))))
    assert order(outcome) == [(0, 0), (1, 10), (2, 30)]
    assert outcome.present == (20 + 30) * MINUTE  # the second one was served until 20


def test_who_waits_when_the_last_counter_closes_is_counted() -> None:
    days = Days()
    days.come(0, takes=10)
    days.come(1)
    day = days.made(((0, 5),))
    found = figures(h.text("x"), [(day, played(day))], 20)
    assert found.uncalled == 1
    assert found.idle_s == 0


def test_waiting_too_long_while_later_ones_are_called() -> None:
    days = Days()
    days.come(0, takes=30)
    days.come(1)  # ordinary, and never its turn while the elderly come
    for at in range(20, 60, 10):
        days.come(at, takes=10, priority=2)
    found = figures(h.text("x"), [(day := days.made(), played(day, "strict"))], 20)
    ordinary, elderly = found.classes
    assert (ordinary.over_bound, ordinary.passed_over, ordinary.passed_by_own) == (1, 1, 0)
    assert ordinary.max_s == 69 * 60
    assert elderly.over_bound == 0
    assert found.contested == (0, 4)
    aged = figures(h.text("x"), [(day, played(day, "aging"))], 20).classes[0]
    assert aged.max_s == 29 * 60
    assert aged.passed_over == 0
    told = table([found, found], 20)
    assert "1:09:00" in told
    assert "1 (1↓)" in told
    assert "&lt;" in svg([found], "<day>", 20)


def test_rules_changed_while_the_hall_was_open_hold_from_their_moment() -> None:
    days = Days()
    for at in range(4):
        days.come(at)  # 0 to 3: ordinary
    for at in range(4, 10):
        days.come(at, priority=2)  # 4 to 9: elderly
    day = days.made()
    [profile] = day.catalogue.profiles
    anew = msgspec.structs.replace(profile, conditions=TWO_TO_ONE)
    change = Change(at=Ms(25 * MINUTE), event=e.ProfileDefined(profile=anew))
    changed = msgspec.structs.replace(day, changes=(change,))
    assert [v for v, _ in order(played(changed))] == [0, 4, 5, 1, 6, 2, 3, 7, 8, 9]
    for rules in ("strict", "two-to-one", "aging"):  # on trial they hold all day
        assert order(played(changed, rules)) == order(played(day, rules))
    [told] = changes_told([changed])
    assert told.startswith("2026-03-02 08:25 策略")
    assert changes_told([day]) == []


def test_a_logged_day_holds_its_changes() -> None:
    ledger = h.opened()
    before = ledger.hall.profiles[ProfileId("all")]
    ledger.issue()
    anew = msgspec.structs.replace(before, conditions=TWO_TO_ONE)
    ledger.do(c.DefineProfile(profile=anew))
    busy = msgspec.structs.replace(h.COUNTERS[0], only=(TAX,))
    ledger.do(c.DefineCounter(counter=busy))
    ledger.call("k1")
    day = logged(ledger)
    assert before in day.catalogue.profiles
    assert [type(change.event) for change in day.changes] == [e.ProfileDefined, e.CounterDefined]
    [call] = recorded(day).calls
    assert call.services == {TAX}  # as the counter's duties stood by then
    tried = rules_of("aging").put_into(day, "few")
    assert tried.changes == day.changes
    assert msgspec.json.decode(msgspec.json.encode(day), type=RecordedDay) == day


def test_rules_that_fit_no_profile_of_the_day_are_told() -> None:
    day = Days().made()
    with pytest.raises(RulesError, match="nowhere"):
        rules_of("aging").put_into(day, "nowhere")
    odd = rules_of("aging")._replace(
        conditions=(r.First(match=r.Match(services=(ServiceId("land"),))),), source="odd.toml"
    )
    with pytest.raises(RulesError, match="land"):
        odd.put_into(day)


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 9), st.integers(0, 2)), max_size=30),
    st.sampled_from(["strict", "two-to-one", "aging"]),
)
@settings(deadline=None, max_examples=examples(60))
def test_no_rule_loses_anybody_or_any_time(came: list[tuple[int, int, int]], rules: str) -> None:
    days = Days()
    for at, takes, priority in sorted(came):
        days.come(at, takes, priority)
    day = days.made()
    outcome = played(day, rules)
    assert sorted(call.visit for call in outcome.calls) == list(range(len(came)))
    assert outcome.busy == sum(takes for _, takes, _ in came) * MINUTE
    plain = played(day)
    assert all(call.at <= 600 * MINUTE for call in outcome.calls)
    # One counter is never idle while anybody waits, whatever the rules.
    ends = (
        max((c.at + day.visits[c.visit].legs[0].took for c in one.calls), default=0)
        for one in (outcome, plain)
    )
    assert len(set(ends)) == 1


# --- from the hall's own log ---


def logged(ledger: h.Ledger) -> RecordedDay:
    return recorded_day(
        "2026-03-02", [(seq, at, h.EVENTS.decode(event)) for seq, at, event in ledger.log]
    )


def test_a_logged_day_is_read_with_all_that_happened() -> None:
    ledger = h.opened()
    first, second, third = ledger.issue(), ledger.issue(priority=2), ledger.issue()
    ledger.call("k1")  # the second
    ledger.now += 5 * MINUTE
    ledger.do(c.EndService(counter=CounterId("k1")))
    ledger.call("k2")  # the first, who is not there
    ledger.now += MINUTE
    ledger.do(c.NoShow(counter=CounterId("k2")))
    ledger.now += 3 * MINUTE
    ledger.do(c.ReturnTicket(ticket=first.id))
    ledger.do(c.CancelTicket(ticket=third.id))
    ledger.do(c.WalkIn(counter=CounterId("k1"), service=TAX))
    ledger.now += MINUTE
    ledger.do(c.EndService(counter=CounterId("k1")))
    ledger.call("k1")
    ledger.now += MINUTE
    ledger.do(c.Hold(counter=CounterId("k1")))
    ledger.now += 30 * MINUTE
    ledger.do(c.CallBack(counter=CounterId("k1"), ticket=first.id))
    ledger.now += MINUTE
    ledger.do(c.Transfer(counter=CounterId("k1"), to=c.ToQueue(service=ServiceId("levy"))))
    ledger.do(c.Pause(counter=CounterId("k2"), reason="lunch"))
    ledger.now += MINUTE
    ledger.do(c.SignOut(counter=CounterId("k1")))
    day = logged(ledger)
    visits = {visit.ticket: visit for visit in day.visits}
    gone, again = visits[first.id].legs
    assert (gone.ends, gone.took, gone.back_after) == ("no_show", MINUTE + 1000, 3 * MINUTE + 1000)
    assert (again.ends, again.to) == ("transferred", c.ToQueue(service=ServiceId("levy")))
    assert again.took == 2 * MINUTE + 2000  # not while it was set aside
    assert [leg.took for leg in visits[second.id].legs] == [5 * MINUTE + 1000]
    assert visits[third.id].legs == ()
    assert visits[third.id].left_after is not None
    assert [(one.counter, one.took) for one in day.walk_ins] == [("k1", MINUTE + 1000)]
    assert {one.counter for one in day.presences} == {"k1", "k2"}
    assert msgspec.json.decode(msgspec.json.encode(day), type=RecordedDay) == day
    assert len(recorded(day).calls) == 2
    assert len(played(day).calls) == 3  # a counter was free before the third gave up


def joint_day() -> tuple[h.Ledger, Ticket]:
    """k1 serves a visit from 0 to 10 minutes, k2 joins from 2 to 16, and it goes on at k1."""
    ledger = h.opened()
    route = Route(
        id="both",
        name=h.text("both"),
        steps=(Step(service=TAX, joint=2), Step(service=ServiceId("levy"))),
    )
    ledger.do(c.DefineRoute(route=route))
    ticket, start = ledger.issue(), ledger.now
    ledger.call("k1")
    for minute, command in (
        (2, c.JoinVisit(counter=CounterId("k2"), ticket=ticket.id)),
        (10, c.EndService(counter=CounterId("k1"))),
        (16, c.EndService(counter=CounterId("k2"))),
        (20, c.CallNext(counter=CounterId("k1"))),
        (25, c.EndService(counter=CounterId("k1"))),
        (30, c.SignOut(counter=CounterId("k1"))),
        (30, c.SignOut(counter=CounterId("k2"))),
    ):
        ledger.now = start + minute * MINUTE
        ledger.do(command)
    assert ticket.end_reason == "served"
    return ledger, ticket


def test_counters_that_join_a_visit_are_busy_in_the_record_and_when_played() -> None:
    ledger, ticket = joint_day()
    day = logged(ledger)
    [visit] = day.visits
    first, second = visit.legs
    [together] = first.together
    assert (first.counter, round(first.took / MINUTE)) == ("k1", 10)
    assert (together.counter, round(together.after / MINUTE)) == ("k2", 2)
    assert round(together.took / MINUTE) == 14
    assert (first.ends, first.to) == ("transferred", c.ToQueue(service=ServiceId("levy")))
    assert (second.counter, second.together) == ("k1", ())
    was, again = recorded(day), played(day)
    assert was.busy == again.busy
    assert round(was.busy / MINUTE) == 10 + 14 + 5
    assert msgspec.json.decode(msgspec.json.encode(day), type=RecordedDay) == day
    assert ticket.steps == 3


def test_who_helps_to_serve_calls_nobody_meanwhile() -> None:
    ledger, _ = joint_day()
    day = logged(ledger)
    [visit] = day.visits
    later = msgspec.structs.replace(
        visit, ticket=TicketId("late"), at=Ms(visit.at + 11 * MINUTE), legs=(Leg(took=MINUTE),)
    )
    outcome = played(msgspec.structs.replace(day, visits=(visit, later)))
    assert [(call.visit, call.counter) for call in outcome.calls] == [(0, "k1"), (1, "k1")]
    idle = msgspec.structs.replace(
        visit, legs=tuple(msgspec.structs.replace(leg, together=()) for leg in visit.legs)
    )
    outcome = played(msgspec.structs.replace(day, visits=(idle, later)))
    assert outcome.busy == recorded(msgspec.structs.replace(day, visits=(idle, later))).busy


def test_a_forced_sign_out_of_one_counter_ends_its_part_only() -> None:
    ledger = h.opened()
    route = Route(id="both", name=h.text("both"), steps=(Step(service=TAX, joint=2),))
    ledger.do(c.DefineRoute(route=route))
    ticket = ledger.issue()
    ledger.call("k1")
    ledger.do(c.JoinVisit(counter=CounterId("k2"), ticket=ticket.id))
    ledger.manager = True
    ledger.now += 3 * MINUTE
    ledger.do(c.SignOut(counter=CounterId("k1"), force=True))
    ledger.now += 4 * MINUTE
    ledger.do(c.Hold(counter=CounterId("k2")))
    ledger.now += 30 * MINUTE
    ledger.do(c.CallBack(counter=CounterId("k2"), ticket=ticket.id))
    ledger.now += 2 * MINUTE
    ledger.do(c.CloseDay(over_open=True))
    [visit] = logged(ledger).visits
    [leg] = visit.legs
    assert round(leg.took / MINUTE) == 3
    assert [round(one.took / MINUTE) for one in leg.together] == [7, 2]


def test_no_such_day() -> None:
    with pytest.raises(RecordError, match="2026-03-09"):
        recorded_day("2026-03-09", [])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), min_size=1, max_size=25))
@settings(deadline=None, max_examples=examples(40))
def test_a_day_called_at_once_is_played_as_it_was(steps: list[tuple[int, int]]) -> None:
    """One counter that calls as soon as it is free and somebody waits: the record exactly."""
    ledger = h.opened()
    ledger.do(c.SignOut(counter=CounterId("k2")))
    busy_until, now = None, ledger.now
    for gap, priority in steps:
        now += (gap + 1) * MINUTE
        while busy_until is not None and busy_until < now:
            ledger.now = busy_until
            ledger.do(c.EndService(counter=CounterId("k1")))
            ledger.now = busy_until
            busy_until = call_at_once(ledger)
        ledger.now = now
        ledger.issue(priority=priority)
        ledger.now = now
        if busy_until is None:
            busy_until = call_at_once(ledger)
    while busy_until is not None:
        ledger.now = busy_until
        ledger.do(c.EndService(counter=CounterId("k1")))
        ledger.now = busy_until
        busy_until = call_at_once(ledger)
    ledger.now += MINUTE
    ledger.do(c.SignOut(counter=CounterId("k1")))
    day = logged(ledger)
    was, again = recorded(day), played(day)
    assert [call[:2] for call in again.calls] == [call[:2] for call in was.calls]
    assert again.busy == was.busy


def call_at_once(ledger: h.Ledger) -> int | None:
    """When the next one will be done; None where nobody waits."""
    at = ledger.now
    answer = ledger.decide(c.CallNext(counter=CounterId("k1")))
    if not isinstance(answer, list):
        return None
    for event in answer:
        ledger.take(event)
    [called] = [event for event in answer if isinstance(event, e.TicketCalled)]
    return (
        at + (2 + len(called.ticket) % 3 + ledger.hall.tickets[called.ticket].serial % 4) * MINUTE
    )
