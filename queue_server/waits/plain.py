"""A range where too few days are known to learn from: what recent waits of the same kind were.

Honest rather than narrow: quantiles that allow for the number of waits they rest on (as conformal
prediction does), and no range at all where there are few, or where the hall contradicts it. Waits
for the hall to open (nobody called the service yet) and for the time of an appointment say nothing
of others.
"""

import math
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final

from .facts import AnyFact, Joined, Left, Staffed, Started
from .told import COVERAGE_PERCENT

FEWEST: Final = 20
"""Fewer waits than this say nothing."""
FEWEST_LEFT: Final = 12
"""The same for waits that were longer than somebody has waited already."""
MOST: Final = 60
Kind = tuple[str, bool]
"""Service, and whether with a head start."""


class Plain:
    """One day's waits as they end, beside those of the days before."""

    def __init__(self, earlier: Mapping[Kind, Sequence[float]] = {}) -> None:
        self._waits: dict[Kind, deque[float]] = defaultdict(lambda: deque(maxlen=MOST))
        for kind, waits in earlier.items():
            self._waits[kind].extend(waits[-MOST:])
        self.waiting: dict[str, Joined] = {}
        self._called: dict[str, Staffed] = {}
        """What each counter calls, as far as the counters say so."""
        self._early: set[str] = set()
        """Of those waiting, who came while no counter called their service."""

    def take(self, fact: AnyFact) -> None:
        """Learn one fact."""
        match fact:
            case Joined():
                self.waiting[fact.ticket] = fact
                if self._called and not self._is_called(fact.service):
                    self._early.add(fact.ticket)
            case Left(ticket=ticket):
                self.waiting.pop(ticket, None)
                self._early.discard(ticket)
            case Staffed(counter=counter):
                self._called[counter] = fact
            case Started(ticket=ticket, at=at):
                joined = self.waiting.pop(ticket, None)
                if ticket in self._early:
                    self._early.discard(ticket)
                elif joined is not None and joined.booked_at is None:
                    self._waits[joined.service, joined.is_ahead].append(at - joined.at)
            case _:
                return

    def waits(self) -> dict[Kind, list[float]]:
        """The last waits of each kind, for the day after."""
        return {kind: list(waits) for kind, waits in self._waits.items()}

    def _is_called(self, service: str) -> bool:
        return any(service in counter.services for counter in self._called.values())

    def mean_s(self, service: str, *, is_ahead: bool) -> float:
        """What recent waits of the kind were on average, where `joining` tells a range."""
        return fmean(self._waits[service, is_ahead])

    def joining(self, service: str, now: float, *, is_ahead: bool) -> tuple[float, float] | None:
        """For who joins now, s; None where nothing honest can be said."""
        found = _range(self._waits.get((service, is_ahead), ()), FEWEST)
        ages = (
            now - one.at
            for one in self.waiting.values()
            if one.service == service and one.is_ahead == is_ahead
        )
        if found is None or max(ages, default=0.0) > found[1]:
            return None  # somebody waits longer now than the waits before
        return found

    def left(self, one: Joined, now: float) -> tuple[float, float] | None:
        """What is left for one who waits, s: of the waits that were longer than theirs so far."""
        if one.booked_at is not None or one.ticket in self._early:
            return None
        age = now - one.at
        waits = self._waits.get((one.service, one.is_ahead), ())
        return _range([wait - age for wait in waits if wait > age], FEWEST_LEFT)


def _range(waits: Sequence[float], fewest: int) -> tuple[float, float] | None:
    if len(waits) < fewest:
        return None
    ordered, count = sorted(waits), len(waits) + 1
    outside = (1 - COVERAGE_PERCENT / 100) / 2
    low = max(0, math.floor(outside * count) - 1)
    high = min(len(ordered) - 1, math.ceil((1 - outside) * count) - 1)
    return ordered[low], ordered[high]
