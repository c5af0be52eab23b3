"""Waiting times: nothing of the future is in an estimate, and what the hall knows is."""

import random
from collections.abc import Iterable, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.waits.day import learn_day
from queue_server.waits.evaluate import Figures, figures, kinds_of, tell_day
from queue_server.waits.facts import (
    AnyFact,
    Due,
    DueNoMore,
    Ended,
    Joined,
    Left,
    Staffed,
    Started,
)
from queue_server.waits.model import Margin, Model, Overdue, Today

OPENS = 9 * 3600.0
NOON = 12 * 3600.0
CLOSES = 15 * 3600.0
Known = tuple[Model, dict[str, int]]


class _Citizen(msgspec.Struct):
    at: float
    ticket: str
    booked_at: float | None = None


def hall_day(seed: int, *, appointments: bool = False, newest_first: bool = False) -> list[AnyFact]:
    """A small hall whose counters open and close at random moments; appointments go first."""
    chance = random.Random(seed)
    facts: list[AnyFact] = []
    citizens = list(_citizens(chance, facts, appointments=appointments))
    closed = {f"{n}": _breaks(chance, n, facts) for n in range(6)}
    free = dict.fromkeys(closed, OPENS)
    line: list[_Citizen] = []
    now = OPENS
    while citizens or line:
        now += 1
        while citizens and citizens[0].at <= now:
            one = citizens.pop(0)
            line.append(one)
            if one.booked_at is not None:
                facts.append(DueNoMore(at=one.at, booking=one.ticket))
            facts.append(
                Joined(at=one.at, ticket=one.ticket, service="s", rank_at=one.at,
                       booked_at=one.booked_at)
            )  # fmt: skip
        for counter, ready in free.items():
            if not line or ready > now or any(a <= now < b for a, b in closed[counter]):
                continue
            order = -1 if newest_first else 1
            line.sort(key=lambda one: (one.booked_at is None, order * one.at))
            one = line.pop(0)
            if chance.random() < 0.05:
                facts.append(Left(at=now, ticket=one.ticket))
                continue
            facts.append(Started(at=now, ticket=one.ticket, counter=counter, service="s"))
            free[counter] = now + chance.uniform(60, 180)
            facts.append(Ended(at=free[counter], counter=counter))
    return sorted(facts, key=lambda fact: fact.at)


def _citizens(
    chance: random.Random, facts: list[AnyFact], *, appointments: bool
) -> Iterable[_Citizen]:
    found: list[_Citizen] = []
    at = OPENS
    while (at := at + chance.expovariate(1 / 38)) < CLOSES:
        found.append(_Citizen(at, f"w{len(found)}"))
    if appointments:
        for quarter in chance.sample(range(2, 23), 6):
            due = OPENS + quarter * 900
            for _ in range(12):
                ticket = f"b{len(found)}"
                facts.append(Due(at=OPENS, booking=ticket, service="s", due_at=due))
                found.append(_Citizen(due + chance.uniform(-300, 0), ticket, due))
    return sorted(found, key=lambda one: one.at)


def _breaks(
    chance: random.Random, number: int, facts: list[AnyFact]
) -> Sequence[tuple[float, float]]:
    """When a counter is closed; the counters say so. The first one is always open."""
    open_now = Staffed(at=OPENS, counter=f"{number}", services=("s",), pools=("",))
    facts.append(open_now)
    breaks = []
    at = OPENS
    while number and (at := at + chance.uniform(600, 4000)) < CLOSES:
        lasts = chance.uniform(600, 3000)
        breaks.append((at, at + lasts))
        facts.append(Staffed(at=at, counter=f"{number}"))
        at += lasts
        facts.append(msgspec.structs.replace(open_now, at=at))
    return breaks


def judged(learn: Sequence[list[AnyFact]], test: Sequence[list[AnyFact]]) -> Figures:
    kinds = kinds_of(learn)
    model = Model([learn_day(day, kinds) for day in learn])
    return figures([one for day in test for one in tell_day(model, day, kinds, frozenset())])


def without(day: Iterable[AnyFact], *kinds: type) -> list[AnyFact]:
    return [fact for fact in day if not isinstance(fact, kinds)]


@pytest.fixture(scope="module")
def learned() -> Known:
    days = [hall_day(seed) for seed in range(3)]
    kinds = kinds_of(days)
    return Model([learn_day(day, kinds) for day in days]), kinds


@given(cut=st.integers(100, 1200), later=st.floats(1.0, 900.0))
@settings(max_examples=10, deadline=None)
def test_another_future_changes_no_estimate_made_before_it(
    learned: Known, cut: int, later: float
) -> None:
    """From `cut` on all happens later: whoever had joined was told the same, and waited longer."""
    model, kinds = learned
    day = hall_day(22)
    moved = [msgspec.structs.replace(fact, at=fact.at + later) for fact in day[cut:]]
    joined = {one.ticket for one in day[:cut] if isinstance(one, Joined)}
    waited = {one.ticket for one in day if isinstance(one, Joined)}
    called = [one.ticket for one in day if isinstance(one, Started) and one.ticket in waited]
    told = tell_day(model, day, kinds, frozenset())
    other = tell_day(model, [*day[:cut], *moved], kinds, frozenset())
    assert len(told) == len(other) == len(called)
    for ticket, one, two in zip(called, told, other, strict=True):
        if ticket in joined:
            assert (one.estimate, one.day_mean_s) == (two.estimate, two.day_mean_s)
            assert one.last_ten_s == two.last_ten_s
            assert two.wait_s in (one.wait_s, pytest.approx(one.wait_s + later))


def test_which_counters_are_open_is_known() -> None:
    days, later = [hall_day(n) for n in range(4)], [hall_day(n) for n in (20, 21)]
    knows = judged(days, later)
    blind = judged([without(d, Staffed) for d in days], [without(d, Staffed) for d in later])
    assert knows.rmse_s < 0.98 * blind.rmse_s
    assert 0.72 <= knows.coverage_80 <= 0.88


def test_appointments_to_come_are_known() -> None:
    days = [hall_day(n, appointments=True) for n in range(4)]
    later = [hall_day(n, appointments=True) for n in (20, 21)]
    knows = judged(days, later)
    kinds = (Due, DueNoMore)
    blind = judged([without(d, *kinds) for d in days], [without(d, *kinds) for d in later])
    assert knows.rmse_s < 0.95 * blind.rmse_s


def test_under_rules_nobody_learned_the_ranges_adapt_and_the_error_shows(
    learned: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hall that calls whoever came last: no rank tells so."""
    model, kinds = learned
    day = hall_day(23, newest_first=True)
    found = figures(tell_day(model, day, kinds, frozenset()))
    monkeypatch.setattr("queue_server.waits.model._LEARNING", 0.0)
    rigid = figures(tell_day(model, day, kinds, frozenset()))
    usual = figures(tell_day(model, hall_day(23), kinds, frozenset()))
    assert found.rmse_s > 1.5 * usual.rmse_s
    assert abs(found.coverage_80 - 0.8) < 0.5 * abs(rigid.coverage_80 - 0.8)
    assert found.mean_width_s > rigid.mean_width_s
    assert 0.7 <= found.coverage_80 <= 0.9


def test_who_waits_longer_than_expected_counts_before_being_called() -> None:
    today = Today(Margin(0.1, 0.1), Margin(0.1, 0.1))
    assert today.pace() == 1.0
    assert 1.0 < today.pace(Overdue(3000.0, 1000.0)) < 3.0
    assert today.pace(Overdue(3e6, 1e6)) == pytest.approx(3.0, rel=0.01)  # a crowd is no factor
