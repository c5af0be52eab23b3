"""Waiting times: what the observer knows, and estimates that never look ahead."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.waits.baselines import Baselines
from queue_server.waits.day import learn_day
from queue_server.waits.evaluate import figures, kinds_of, tell_day
from queue_server.waits.facts import AnyFact, Ended, Joined, Left, Started
from queue_server.waits.features import NAMES, rows
from queue_server.waits.model import Estimate, Learned, LearnedDay, Margin, Model, Today, TooLittle
from queue_server.waits.observer import Observer
from tests.effort import examples

NOBODY: frozenset[str] = frozenset()


def hall_day(seed: int, *, counters: int = 3, customers: int = 220) -> list[AnyFact]:
    """A small hall, simulated: arrivals at random, two services, first come first served."""
    chance = random.Random(seed)
    at = 9 * 3600.0
    free = [at] * counters
    facts: list[AnyFact] = []
    for number in range(customers):
        at += chance.expovariate(1 / 44)
        service = chance.choice("ab")
        ticket = str(number)
        facts.append(Joined(at=at, ticket=ticket, service=service, rank_at=at))
        counter = min(range(counters), key=lambda n: free[n])
        called = max(at, free[counter])
        if chance.random() < 0.05:
            facts.append(Left(at=called, ticket=ticket))
            continue
        free[counter] = called + chance.expovariate(1 / 110)
        facts.append(Started(at=called, ticket=ticket, counter=str(counter), service=service))
        facts.append(Ended(at=free[counter], counter=str(counter)))
    order: dict[type, int] = {Ended: 0, Joined: 1, Left: 2, Started: 2}
    return sorted(facts, key=lambda fact: (fact.at, order[type(fact)]))


@pytest.fixture(scope="module")
def learned() -> tuple[Model, dict[str, int]]:
    days = [hall_day(seed) for seed in range(8)]
    kinds = kinds_of(days)
    return Model([learn_day(day, kinds, NOBODY) for day in days]), kinds


def test_estimates_beat_the_plain_ones_and_ranges_hold(
    learned: tuple[Model, dict[str, int]],
) -> None:
    model, kinds = learned
    told = [one for seed in range(20, 26) for one in tell_day(model, hall_day(seed), kinds, NOBODY)]
    found = figures(told)
    assert found.below_best_baseline > 0.2
    assert 0.7 <= found.coverage_80 <= 0.9
    assert found.above_range <= 0.18
    assert found.coverage_80 + found.above_range + found.below_range == pytest.approx(1.0)


@given(cut=st.integers(50, 400))
@settings(max_examples=examples(10), deadline=None)
def test_no_estimate_depends_on_what_came_later(
    learned: tuple[Model, dict[str, int]], cut: int
) -> None:
    model, kinds = learned
    day = hall_day(21)
    whole = tell_day(model, day, kinds, NOBODY)
    part = tell_day(model, day[:cut], kinds, NOBODY)
    assert part == whole[: len(part)]
    assert part


def test_a_row_is_the_same_alone_or_among_others() -> None:
    observer = Observer()
    day = hall_day(5, counters=1)
    for fact in day[:150]:
        observer.take(fact)
    waiting = list(observer.pool("").waiting)
    assert len(waiting) > 5
    together = rows(observer, "", waiting, {"a": 0, "b": 1}, observer.now)
    for ticket, row in zip(waiting, together, strict=True):
        alone = rows(observer, "", [ticket], {"a": 0, "b": 1}, observer.now)[0]
        assert row.tolist() == alone.tolist()
        assert len(row) == len(NAMES)


def test_places_follow_the_order_of_calling() -> None:
    observer = Observer()
    for at, (ticket, head_start) in enumerate((("a", 0), ("b", 0), ("c", 90), ("d", 0))):
        rank = at - head_start
        ahead = bool(head_start)
        observer.take(Joined(at=at, ticket=ticket, service="s", rank_at=rank, is_ahead=ahead))
    table = rows(observer, "", ["a", "b", "c", "d"], {}, 10.0)
    column = NAMES.index("ahead")
    assert [row[column] for row in table] == [1, 2, 0, 3]
    assert [row[NAMES.index("ahead_high")] for row in table] == [1, 1, 0, 1]
    assert [row[NAMES.index("age_s")] for row in table] == [10, 9, 8, 7]


def test_facts_about_strangers_change_nothing() -> None:
    observer = Observer()
    observer.take(Left(at=1, ticket="nobody"))
    observer.take(Ended(at=2, counter="none"))
    assert not observer.counters
    assert all(not pool.waiting for pool in observer.pools.values())


def test_a_walk_in_keeps_a_counter_busy_and_ends_no_wait() -> None:
    observer = Observer()
    observer.take(Started(at=5, ticket="", counter="1", service="s"))
    assert observer.counters["1"].serving is not None
    assert observer.pool("").waits_count == 0


def test_what_is_old_is_forgotten_and_the_day_s_mean_is_kept() -> None:
    observer = Observer()
    for fact in hall_day(3):
        observer.take(fact)
        observer.forget()
    pool = observer.pool("")
    assert all(one >= observer.now - 2400 for one in (*pool.starts, *pool.joins, *pool.ends))
    assert pool.waits_count > 150
    assert sum(len(seen.services) for seen in observer.counters.values()) < 120


def test_a_new_hall_teaches_nothing() -> None:
    few = Learned(np.zeros((3, len(NAMES))), np.zeros(3))
    with pytest.raises(TooLittle):
        Model([LearnedDay(few, few)])


def test_one_day_is_enough_to_begin() -> None:
    day = hall_day(1, customers=260)
    model = Model([learn_day(day, {"a": 0, "b": 1}, NOBODY)])
    assert tell_day(model, hall_day(2), {"a": 0, "b": 1}, NOBODY)


def test_a_day_slower_than_all_before_moves_pace_and_range() -> None:
    today = Today(Margin(0.1, 0.1), Margin(0.1, 0.1))
    high = today.joining.high
    for _ in range(40):
        today.learn(Estimate(60, 30, 90, 60), 200)
    assert today.pace() > 1.2
    assert today.joining.high > high
    for _ in range(200):
        today.learn(Estimate(60, 30, 90, 60), 60)
    assert today.pace() == pytest.approx(1.0, abs=0.05)


def test_the_plain_estimates() -> None:
    plain = Baselines(60)
    assert (plain.day_mean, plain.last_ten) == (60, 60)
    for wait in range(1, 21):
        plain.ended(wait)
    assert plain.day_mean == 10.5
    assert plain.last_ten == 15.5
