"""What is counted at once for a whole pool, held against plain counting, ticket by ticket."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.waits.facts import Ended, Joined, Left, Started
from queue_server.waits.features import NAMES, NONE, PoolNow
from queue_server.waits.observer import Observer

SERVICES = ("s0", "s1", "s2", "s3")
POOLS = {"s0": "p", "s1": "p", "s2": "p", "s3": "q"}
KINDS = {"s0": 0, "s1": 1}


def lived(seed: int, facts: int) -> tuple[Observer, float]:
    """Some facts of a day at random, and the time after them."""
    chance, observer, at = random.Random(seed), Observer(), 0.0
    waiting: list[Joined] = []
    for number in range(facts):
        at += chance.expovariate(1 / 8)
        kind = chance.random()
        if kind < 0.55:
            waiting.append(joiner(chance, str(number), at))
            observer.take(waiting[-1])
        elif kind < 0.75 and waiting:
            one = waiting.pop(chance.randrange(min(3, len(waiting))))
            counter = f"c{chance.randrange(5)}"
            observer.take(Started(at=at, ticket=one.ticket, counter=counter, service=one.service,
                                  pool=one.pool))  # fmt: skip
        elif kind < 0.8 and waiting:
            observer.take(Left(at=at, ticket=waiting.pop().ticket))
        else:
            observer.take(Ended(at=at, counter=f"c{chance.randrange(5)}"))
    observer.forget()
    return observer, at + 5


def joiner(chance: random.Random, ticket: str, at: float) -> Joined:
    service, ahead = chance.choice(SERVICES), chance.random() < 0.2
    return Joined(at=at, ticket=ticket, service=service, pool=POOLS[service],
                  rank_at=at - 90 * ahead, is_ahead=ahead)  # fmt: skip


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 200))
def test_who_stands_ahead_is_counted_right(seed: int, facts: int) -> None:
    observer, now = lived(seed, facts)
    for pool in ("p", "q"):
        ones = list(observer.pool(pool).waiting.values())
        order = sorted(ones, key=lambda one: (one.rank_at, one.at))
        table = PoolNow(observer, pool, KINDS, now).waiting([one.ticket for one in ones])
        for one, row in zip(ones, table, strict=True):
            told = dict(zip(NAMES, row.tolist(), strict=True))
            before = order[: order.index(one)]
            same = [other for other in ones if other.service == one.service]
            assert told["ahead"] == len(before)
            assert told["behind"] == len(ones) - len(before) - 1
            assert told["ahead_same"] == sum(o.service == one.service for o in before)
            assert told["ahead_high"] == sum(o.is_ahead for o in before)
            assert told["ahead_same"] <= told["ahead_competing"] <= told["ahead"]
            oldest = max((now - other.at for other in before), default=NONE)
            assert told["ahead_oldest_s"] == oldest
            assert told["same_waiting"] == len(same)
            assert told["same_oldest_s"] == max(now - other.at for other in same)
            assert told["age_s"] == now - one.at


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 200))
def test_who_is_about_to_join_is_told_as_who_has_just_joined(seed: int, facts: int) -> None:
    observer, now = lived(seed, facts)
    one = joiner(random.Random(seed), "new", now)
    before = PoolNow(observer, one.pool, KINDS, now).joining([one])
    observer.take(one)
    after = PoolNow(observer, one.pool, KINDS, now).waiting(["new"])
    np.testing.assert_allclose(before, after, err_msg=str(NAMES))
