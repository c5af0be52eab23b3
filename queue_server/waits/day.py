"""One business day as it is lived through: what it teaches, and what is told on it.

Of those who wait already, one is looked at whenever somebody joins: their ranges are learned and
judged by those moments.
"""

import random
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np

from .baselines import Baselines
from .facts import AnyFact, Joined, Left, Started
from .features import NAMES, Numbers, PoolNow
from .model import Estimate, Learned, LearnedDay, Model, Overdue, Range
from .observer import Observer

NOBODY: frozenset[str] = frozenset()


class Told(msgspec.Struct, frozen=True):
    """One estimate, what the baselines said at that moment, and what then happened."""

    estimate: Estimate
    day_mean_s: float
    last_ten_s: float
    wait_s: float


class _Row(msgspec.Struct, frozen=True):
    at: float
    row: Numbers


class _Passer:
    """Picks one of those waiting, by chance, the same for the same day."""

    def __init__(self) -> None:
        self._chance = random.Random(1)  # noqa: S311 - no secret

    def pick(self, waiting: Mapping[str, Joined], but: str, aside: frozenset[str]) -> str | None:
        """None where nobody else waits."""
        for _ in range(3):
            ticket = self._chance.choice(list(waiting))
            if ticket != but and waiting[ticket].service not in aside:
                return ticket
        return None


def learn_day(
    facts: Iterable[AnyFact], kinds: Mapping[str, int], aside: frozenset[str] = NOBODY
) -> LearnedDay:
    """A day's rows with the waits that came of them."""
    observer = Observer()
    passer = _Passer()
    joined: dict[str, list[_Row]] = {}
    passed: dict[str, list[_Row]] = {}
    joining: list[tuple[Numbers, float]] = []
    waiting: list[tuple[Numbers, float]] = []
    for fact in facts:
        observer.take(fact)
        if isinstance(fact, Joined) and fact.service not in aside:
            observer.forget()
            now = PoolNow(observer, fact.pool, kinds, fact.at)
            other = passer.pick(observer.pool(fact.pool).waiting, fact.ticket, aside)
            table = now.waiting([fact.ticket, other] if other else [fact.ticket])
            joined[fact.ticket] = [_Row(fact.at, table[0])]
            if other:
                passed.setdefault(other, []).append(_Row(fact.at, table[1]))
        elif isinstance(fact, Started):
            joining += [(one.row, fact.at - one.at) for one in joined.pop(fact.ticket, ())]
            waiting += [(one.row, fact.at - one.at) for one in passed.pop(fact.ticket, ())]
        elif isinstance(fact, Left):
            joined.pop(fact.ticket, None)
            passed.pop(fact.ticket, None)
    return LearnedDay(_learned(joining), _learned(waiting))


def _learned(found: Sequence[tuple[Numbers, float]]) -> Learned:
    rows = np.array([row for row, _ in found], dtype=np.float64)
    return Learned(rows.reshape(-1, len(NAMES)), np.array([wait for _, wait in found]))


class _Made(msgspec.Struct, frozen=True):
    """An estimate whose wait has not ended."""

    at: float
    estimate: Estimate
    day_mean_s: float
    last_ten_s: float


class LearnedToday:
    """A day told by a model: at each joining an estimate, judged at its call."""

    def __init__(
        self, model: Model, kinds: Mapping[str, int], aside: frozenset[str] = NOBODY
    ) -> None:
        self.observer = Observer()
        self.baselines = Baselines(model.mean_wait_s)
        self.told: list[Told] = []
        self.told_waiting: list[tuple[Range, float]] = []
        """Ranges told to those who waited already, and what was left."""
        self._model = model
        self._kinds = kinds
        self._aside = aside
        self._today = model.today()
        self._passer = _Passer()
        self._made: dict[str, _Made] = {}
        self._passed: dict[str, list[tuple[float, Range]]] = {}

    def take(self, fact: AnyFact, *, judges: bool = True) -> None:
        """Learn one fact. Without `judges` nothing is told of it: quick, for what is long past."""
        self.observer.take(fact)
        if isinstance(fact, Joined) and judges and fact.service not in self._aside:
            self._joined(fact)
        elif isinstance(fact, Started):
            self._started(fact)
        elif isinstance(fact, Left):
            self._made.pop(fact.ticket, None)
            self._passed.pop(fact.ticket, None)

    def now(self, pool: str, now: float) -> PoolNow:
        """A pool as it stands."""
        self.observer.forget()
        return PoolNow(self.observer, pool, self._kinds, now)

    def joining(self, pool: PoolNow, ones: Sequence[Joined]) -> list[Estimate]:
        """For each of these, if it alone joined now."""
        return self._model.estimate(pool.joining(ones), self._today, self._overdue(pool.now))

    def waiting(self, pool: PoolNow, tickets: Sequence[str]) -> list[Range]:
        """What is left to wait for these."""
        return self._model.ranges(pool.waiting(tickets), self._today)

    def _joined(self, fact: Joined) -> None:
        now = self.now(fact.pool, fact.at)
        estimate = self._model.estimate(
            now.waiting([fact.ticket]), self._today, self._overdue(fact.at)
        )[0]
        day_mean, last_ten = self.baselines.day_mean, self.baselines.last_ten
        self._made[fact.ticket] = _Made(fact.at, estimate, day_mean, last_ten)
        waiting = self.observer.pool(fact.pool).waiting
        other = self._passer.pick(waiting, fact.ticket, self._aside)
        if other is not None:
            told = self.waiting(now, [other])[0]
            self._passed.setdefault(other, []).append((fact.at, told))

    def _overdue(self, now: float) -> Overdue:
        waited_s = learned_s = 0.0
        for made in self._made.values():
            if now - made.at > made.estimate.learned_s:
                waited_s += now - made.at
                learned_s += made.estimate.learned_s
        return Overdue(waited_s, learned_s)

    def _started(self, fact: Started) -> None:
        made = self._made.pop(fact.ticket, None)
        if made is not None:
            wait_s = fact.at - made.at
            self._today.learn(made.estimate, wait_s)
            self.baselines.ended(wait_s)
            self.told.append(Told(made.estimate, made.day_mean_s, made.last_ten_s, wait_s))
        for at, told in self._passed.pop(fact.ticket, ()):
            self._today.waiting.learn(told, fact.at - at)
            self.told_waiting.append((told, fact.at - at))
