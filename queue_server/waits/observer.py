"""What a hall knows at one moment, kept from fact to fact."""

from collections import deque
from typing import Final

import msgspec

from .facts import AnyFact, Due, DueNoMore, Ended, Joined, Left, Staffed, Started

MEMORY_S: Final = 2400.0
"""How long a service counts for what a counter does, and how fast."""
AWAY_S: Final = 90.0
"""A counter idle for longer is taken to be away from its desk."""


class Service(msgspec.Struct):
    """One service at one counter; `ended_at` is None while it lasts."""

    service: str
    pool: str
    started_at: float
    ended_at: float | None = None


class CounterSeen(msgspec.Struct):
    """A counter's recent services, the last one at the end."""

    services: deque[Service]

    @property
    def serving(self) -> Service | None:
        """What it does now."""
        last = self.services[-1] if self.services else None
        return last if last is not None and last.ended_at is None else None


class Wait(msgspec.Struct, frozen=True):
    """A wait that came to its end at a counter."""

    service: str
    is_ahead: bool
    wait_s: float
    ended_at: float


class Pool:
    """The waiting tickets of services that share counters, and how the last ones fared."""

    def __init__(self) -> None:
        self.waiting: dict[str, Joined] = {}
        self.waits: deque[Wait] = deque(maxlen=200)
        self.starts: deque[float] = deque()
        self.ends: deque[float] = deque()
        self.joins: deque[float] = deque()
        self.leavings: deque[float] = deque()
        self.waits_sum = 0.0
        self.waits_count = 0


class Observer:
    """One business day: fed facts in order of time, read at any moment."""

    def __init__(self) -> None:
        self.pools: dict[str, Pool] = {}
        self.counters: dict[str, CounterSeen] = {}
        self.staffed: dict[str, Staffed] = {}
        """What the counters call, as far as they said so; those that call nothing among them."""
        self.due: dict[str, Due] = {}
        """Appointments that may still be kept today."""
        self.now = 0.0

    def pool(self, name: str) -> Pool:
        """The pool, made when first named."""
        return self.pools.setdefault(name, Pool())

    def take(self, fact: AnyFact) -> None:
        """Learn one fact. A fact about an unknown ticket or counter changes nothing."""
        self.now = max(self.now, fact.at)
        match fact:
            case Joined(ticket=ticket, pool=name, at=at):
                pool = self.pool(name)
                pool.waiting[ticket] = fact
                pool.joins.append(at)
            case Left(ticket=ticket, at=at):
                for pool in self.pools.values():
                    if pool.waiting.pop(ticket, None) is not None:
                        pool.leavings.append(at)
            case Started():
                self._started(fact)
            case Ended(counter=counter, at=at):
                seen = self.counters.get(counter)
                if seen is not None and (serving := seen.serving) is not None:
                    serving.ended_at = at
                    self.pool(serving.pool).ends.append(at)
            case Staffed(counter=counter):
                self.staffed[counter] = fact
            case Due(booking=booking):
                self.due[booking] = fact
            case DueNoMore(booking=booking):
                self.due.pop(booking, None)

    def _started(self, fact: Started) -> None:
        pool = self.pool(fact.pool)
        joined = pool.waiting.pop(fact.ticket, None)
        if joined is not None:
            wait = Wait(joined.service, joined.is_ahead, fact.at - joined.at, fact.at)
            pool.waits.append(wait)
            pool.waits_sum += wait.wait_s
            pool.waits_count += 1
        pool.starts.append(fact.at)
        if not fact.counter:
            return
        seen = self.counters.setdefault(fact.counter, CounterSeen(deque()))
        if (serving := seen.serving) is not None:
            serving.ended_at = fact.at  # a counter does one thing at a time
        seen.services.append(Service(fact.service, fact.pool, fact.at))

    def forget(self) -> None:
        """Let go of what is older than anybody asks for."""
        since = self.now - MEMORY_S
        for pool in self.pools.values():
            for times in (pool.starts, pool.ends, pool.joins, pool.leavings):
                while times and times[0] < since:
                    times.popleft()
        for seen in self.counters.values():
            services = seen.services
            while services and services[0].started_at < since and services[0].ended_at is not None:
                services.popleft()
