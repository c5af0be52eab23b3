"""The estimator of one hall: reads its log, and tells ranges of waiting time when asked."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from ..domain.events import DayClosed, DayOpened
from ..domain.values import Day, Ms, ServiceId, TicketId
from .baselines import Baselines
from .facts import AnyFact, Joined, Started
from .from_events import Watcher, local_midnight
from .history import History
from .learner import Learner, Lessons
from .plain import Plain
from .told import Ask, How, ServiceRange, Told

if TYPE_CHECKING:  # heavy: loaded only once something was learned
    from .day import LearnedToday

JUDGED: Final = 400
"""After a restart, how many of the day's last tickets tell again what kind of day it is."""
BEYOND: Final = 3.0
"""Queues longer than this many times the longest that was learned from are told nothing."""
Span = tuple[float, float]


class Estimator:
    """Fed by its own reading of the log up to what is asked; learns beside the answering."""

    def __init__(
        self,
        path: Path,
        hall: str,
        kept: Path,
        midnight: Callable[[Day], Ms] = local_midnight,
        beyond: float = BEYOND,
    ) -> None:
        self._beyond = beyond
        self.learner = Learner(path, hall, kept)
        self._history = History(path, hall)
        self._watcher = Watcher(midnight)
        self._seq = 0
        self._openings = self._history.days()
        self._is_over = False
        if self._openings:
            self._seq = self._openings[-1] - 1
            self._openings.pop()  # it is met again at once
        self._begin_day()

    def answer(self, ask: Ask) -> Told:
        """What can be said now. Raises where the log cannot be read."""
        began = perf_counter()
        for seq, at, event in self._history.after(self._seq, ask.seq):
            if isinstance(event, DayOpened):
                self._openings.append(seq)
                self._begin_day()
            self._is_over = isinstance(event, DayClosed) or (
                self._is_over and not isinstance(event, DayOpened)
            )
            self._take(self._watcher.take(event, seq, at))
            self._seq = seq
        self._learn()
        if self.learner.lessons is not self._lessons:
            self._adopt()
        services, tickets = self._ranges(Ms(ask.now))
        return Told(
            seq=ask.seq,
            at=ask.now,
            how=self._how(),
            services=tuple(services),
            tickets=tickets,
            day_mean_s=self._baselines.day_mean if self._baselines.has_any else None,
            last_ten_s=self._baselines.last_ten if self._baselines.has_any else None,
            took_ms=(perf_counter() - began) * 1000,
        )

    @property
    def lessons(self) -> Lessons:
        """What the answers rest on."""
        return self._lessons

    def close(self) -> None:
        self._history.close()

    def _how(self) -> How:
        return "plain" if self._learned is None else "learned"

    def _learn(self) -> None:
        """Of all days that are over, at once and again each night."""
        over = self._openings if self._is_over else self._openings[:-1]
        if over:
            end = self._seq + 1 if self._is_over else self._openings[-1]
            self.learner.begin(over, end)

    def _begin_day(self) -> None:
        self._facts: list[AnyFact] = []
        self._adopt()

    def _take(self, facts: Iterable[AnyFact]) -> None:
        for fact in facts:
            self._facts.append(fact)
            self._live(fact, judges=True)

    def _live(self, fact: AnyFact, *, judges: bool) -> None:
        if isinstance(fact, Started) and (joined := self._plain.waiting.get(fact.ticket)):
            self._baselines.ended(fact.at - joined.at)
        self._plain.take(fact)
        if self._learned is not None:
            self._learned.take(fact, judges=judges)

    def _adopt(self) -> None:
        """Live through today again with what has been learned meanwhile."""
        lessons = self._lessons = self.learner.lessons
        self._plain = Plain(lessons.earlier)
        self._learned: LearnedToday | None = None
        self._baselines = Baselines(0.0)
        if lessons.model is not None:
            from . import day

            self._learned = day.LearnedToday(lessons.model, lessons.kinds)
        joins = sum(isinstance(fact, Joined) for fact in self._facts)
        for fact in self._facts:
            joins -= isinstance(fact, Joined)
            self._live(fact, judges=joins < JUDGED)

    def _ranges(self, at: Ms) -> tuple[list[ServiceRange], dict[str, tuple[int, int]]]:
        hall = self._watcher.hall
        if hall.day is None:
            return [], {}
        now = self._watcher.seconds(at)
        staffed = {
            service
            for counter in hall.at.values()
            if counter.staff is not None and not counter.paused and counter.id in hall.counters
            for service in hall.services_of(counter.id)
        }
        pools: dict[str, list[ServiceId]] = defaultdict(list)
        for service in hall.services.values():
            if service.active and service.id in staffed:
                pools[self._watcher.pool_of(service.id)].append(service.id)
        services: list[ServiceRange] = []
        tickets: dict[str, tuple[int, int]] = {}
        shown, counts = self._waiting(pools)
        for pool, members in pools.items():
            ones = [one for service in members for one in self._joiners(service, pool, now)]
            if self._learned is None:
                services += self._plainly(ones, now)
                found = {one.ticket: self._plain.left(one, now) for one in shown[pool]}
                tickets |= {key: _whole(*span) for key, span in found.items() if span}
            elif self._is_known(counts[pool]):
                pool_now = self._learned.now(pool, now)
                estimates = self._learned.joining(pool_now, ones)
                for one, told in zip(ones, estimates, strict=True):
                    services.append(_service(one, (told.low_s, told.high_s), told.mean_s))
                names = [one.ticket for one in shown[pool]]
                left = self._learned.waiting(pool_now, names)
                tickets |= {
                    name: _whole(told.low_s, told.high_s)
                    for name, told in zip(names, left, strict=True)
                }
        return services, tickets

    def _waiting(
        self, pools: Mapping[str, Sequence[ServiceId]]
    ) -> tuple[dict[str, list[Joined]], Counter[str]]:
        """Who waits for the services of each pool, and how many wait in it.

        Of those sent to one counter or person, who are counted, nothing is known.
        """
        tickets = self._watcher.hall.tickets
        pool_of: dict[str, str] = {name: pool for pool, names in pools.items() for name in names}
        shown: dict[str, list[Joined]] = defaultdict(list)
        waiting = self._plain.waiting.values()
        for one in waiting:
            is_here = pool_of.get(one.service) == one.pool
            if is_here and tickets[TicketId(one.ticket)].waits_for[0] == "q":
                shown[one.pool].append(one)
        return shown, Counter(one.pool for one in waiting)

    def _is_known(self, waiting: int) -> bool:
        """Whether a crowd like this was ever learned from."""
        model = self._lessons.model
        return model is not None and waiting <= self._beyond * model.most_waiting

    def _joiners(self, service: ServiceId, pool: str, now: float) -> Iterator[Joined]:
        """One without and one with the head start of the elderly."""
        for priority in (0, self._watcher.hall.settings.elderly_priority or 1):
            yield Joined(
                at=now,
                ticket="",
                service=service,
                pool=pool,
                rank_at=self._watcher.rank_at(service, priority, now),
                is_ahead=priority > 0,
            )

    def _plainly(self, ones: Iterable[Joined], now: float) -> Iterator[ServiceRange]:
        for one in ones:
            span = self._plain.joining(one, now)
            if span is not None:
                yield _service(one, span, self._plain.mean_s(one))


def _service(one: Joined, span: Span, mean_s: float | None) -> ServiceRange:
    low, high = _whole(*span)
    return ServiceRange(one.service, one.is_ahead, low, high, mean_s)


def _whole(low_s: float, high_s: float) -> tuple[int, int]:
    """Whole seconds, the range no narrower."""
    return int(low_s), int(-(-high_s // 1))
