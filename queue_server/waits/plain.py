"""A range where too few days are known to learn from: recent waits of the same kind, each divided
by its place in the queue, times the place of who asks.

Honest rather than narrow: quantiles that allow for the number of waits they rest on (as conformal
prediction does), and no range at all where there are few, or where the hall contradicts it. Waits
for the hall to open (nobody called the service yet) and for the time of an appointment say nothing
of others.
"""

import math
from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final

from .facts import AnyFact, Joined, Left, Staffed, Started
from .told import COVERAGE_PERCENT

FEWEST: Final = 20
"""Fewer waits than this say nothing."""
MOST: Final = 60
AT_THE_HEAD: Final = 3
"""Who finds nobody ahead waits as if there were so many less one: waits do not grow from nothing.
Found by trial on the nine public days: the narrowest ranges of the same coverage."""
ANY_MOMENT: Final = 0.5
"""The same for the least that is left to who stands at the head already."""
Kind = tuple[str, bool]
"""Service, and whether with a head start."""


class Plain:
    """One day's waits as they end, beside those of the days before."""

    def __init__(self, earlier: Mapping[Kind, Sequence[float]] = {}) -> None:
        self._paces: dict[Kind, deque[float]] = defaultdict(lambda: deque(maxlen=MOST))
        """Waits by place, s."""
        for kind, paces in earlier.items():
            self._paces[kind].extend(paces[-MOST:])
        self._ranks: dict[str, list[float]] = defaultdict(list)
        """Of those who wait in each pool, in the order of calling."""
        self._places: dict[str, int] = {}
        """Of those waiting, where they stood when they joined."""
        self.waiting: dict[str, Joined] = {}
        self._called: dict[str, Staffed] = {}
        """What each counter calls, as far as the counters say so."""
        self._early: set[str] = set()
        """Of those waiting, who came while no counter called their service."""

    def take(self, fact: AnyFact) -> None:
        """Learn one fact."""
        match fact:
            case Joined():
                self._gone(fact.ticket)
                self.waiting[fact.ticket] = fact
                self._places[fact.ticket] = self._ahead(fact) + AT_THE_HEAD
                insort(self._ranks[fact.pool], fact.rank_at)
                if self._called and not self._is_called(fact.service):
                    self._early.add(fact.ticket)
            case Left(ticket=ticket):
                self._gone(ticket)
                self._early.discard(ticket)
            case Staffed(counter=counter):
                self._called[counter] = fact
            case Started(ticket=ticket, at=at):
                place = self._places.get(ticket, AT_THE_HEAD)
                joined = self._gone(ticket)
                if ticket in self._early:
                    self._early.discard(ticket)
                elif joined is not None and joined.booked_at is None:
                    self._paces[joined.service, joined.is_ahead].append((at - joined.at) / place)
            case _:
                return

    def paces(self) -> dict[Kind, list[float]]:
        """The last waits of each kind by their places, for the day after."""
        return {kind: list(paces) for kind, paces in self._paces.items()}

    def mean_s(self, one: Joined) -> float:
        """What recent waits say of one who joins on average, where `joining` tells a range."""
        return fmean(self._paces[_kind(one)]) * (self._ahead(one) + AT_THE_HEAD)

    def joining(self, one: Joined, now: float) -> tuple[float, float] | None:
        """For one who joins now, s; None where nothing honest can be said."""
        found = _range(self._paces.get(_kind(one), ()))
        alike = (other for other in self.waiting.values() if _kind(other) == _kind(one))
        if found is None or any(self._is_overdue(other, found[1], now) for other in alike):
            return None
        place = self._ahead(one) + AT_THE_HEAD
        return found[0] * place, found[1] * place

    def left(self, one: Joined, now: float) -> tuple[float, float] | None:
        """What is left for one who waits, s: by those ahead now, however long it took so far."""
        found = _range(self._paces.get(_kind(one), ()))
        is_special = one.booked_at is not None or one.ticket in self._early
        if found is None or is_special or self._is_overdue(one, found[1], now):
            return None
        ahead = self._ahead(one)
        return found[0] * (ahead + ANY_MOMENT), found[1] * (ahead + AT_THE_HEAD)

    def _ahead(self, one: Joined) -> int:
        """How many of the pool are called before, as far as the order of calling says."""
        return bisect_left(self._ranks[one.pool], one.rank_at)

    def _gone(self, ticket: str) -> Joined | None:
        one = self.waiting.pop(ticket, None)
        if one is not None:
            del self._places[ticket]
            ranks = self._ranks[one.pool]
            del ranks[bisect_left(ranks, one.rank_at)]
        return one

    def _is_overdue(self, one: Joined, pace_s: float, now: float) -> bool:
        """Whether one waits longer already than the range said that was told to them."""
        return now - one.at > pace_s * self._places[one.ticket]

    def _is_called(self, service: str) -> bool:
        return any(service in counter.services for counter in self._called.values())


def _kind(one: Joined) -> Kind:
    return one.service, one.is_ahead


def _range(paces: Sequence[float]) -> tuple[float, float] | None:
    if len(paces) < FEWEST:
        return None
    ordered, count = sorted(paces), len(paces) + 1
    outside = (1 - COVERAGE_PERCENT / 100) / 2
    low = max(0, math.floor(outside * count) - 1)
    high = min(len(ordered) - 1, math.ceil((1 - outside) * count) - 1)
    return ordered[low], ordered[high]
