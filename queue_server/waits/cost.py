"""What the estimator costs: every waiting ticket of a hall of a thousand, told again and again."""

import math
import os
import statistics
import tempfile
from pathlib import Path
from time import thread_time

import msgspec

from ..domain.values import Ms
from .estimator import Estimator
from .made_days import write_days
from .serve import settle
from .told import Ask

WAITING = 1000
ROUNDS = 300
DAYS = 4
CUSTOMERS = 800
RUSH = 2.0
"""Each day's queue grows to some hundred: a model tells nothing of a crowd far beyond those."""


class Cost(msgspec.Struct, frozen=True):
    """Milliseconds of processor for one telling of all tickets and services."""

    tickets: int
    services: int
    p50_ms: float
    p99_ms: float
    learned_s: float
    """Processor seconds to learn `days` days."""
    days: int


class Hall(msgspec.Struct, frozen=True):
    """A made-up hall with a crowd waiting: its log's last `seq`, and its clock then."""

    hall: str
    seq: int
    now: Ms
    waiting: int


def make(folder: Path, *, waiting: int = WAITING, days: int = DAYS) -> Hall:
    """Write the hall's database into `folder`: 30 counters, twelve services."""
    seq, now = write_days(
        folder,
        "made",
        days=days,
        customers=CUSTOMERS,
        services=12,
        counters=30,
        crowd=waiting - CUSTOMERS // 2,  # besides those whom the rush has left waiting
        rush=RUSH,
    )
    return Hall("made", seq, now, waiting)


def measure(*, waiting: int = WAITING, rounds: int = ROUNDS, days: int = DAYS) -> Cost:
    """Learn some days, then tell a hall of about `waiting` tickets."""
    with tempfile.TemporaryDirectory(prefix="hall-wait-cost-") as name:
        folder = Path(name)
        hall = make(folder, waiting=waiting, days=days)
        seq, now = hall.seq, hall.now
        before = os.times()
        estimator = Estimator(folder / "hall.db", hall.hall, folder / "waits.model")
        estimator.answer(Ask(seq, now))
        estimator.learner.wait()
        after = os.times()
        told = estimator.answer(Ask(seq, now))
        settle()
        times = []
        for number in range(rounds):
            began = thread_time()
            told = estimator.answer(Ask(seq, now + number * 1000))
            times.append((thread_time() - began) * 1000)
        estimator.close()
    times.sort()
    return Cost(
        tickets=len(told.tickets),
        services=len(told.services),
        p50_ms=statistics.median(times),
        p99_ms=times[math.ceil(len(times) * 0.99) - 1],
        learned_s=after.user + after.system - before.user - before.system,
        days=days,
    )
