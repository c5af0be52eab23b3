"""What an order of calling came to: waits by class, ratio, who was left standing, idle time."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from ..domain.values import ServiceId, Text
from .play import Call, Outcome
from .record import RecordedDay

MINUTE = 60_000


class ClassFigures(msgspec.Struct, frozen=True):
    """One class of tickets. Waits are seconds from the ticket to its first call."""

    priority: int
    tickets: int
    called: int
    left: int
    """Gave up waiting."""
    mean_s: float | None
    p50_s: float | None
    p90_s: float | None
    max_s: float | None
    over_bound: int
    """Waited longer than the bound, called or not."""
    passed_over: int
    """Of these, who was still waiting beyond the bound when somebody who came later was called by a
    counter that could have called them."""
    passed_by_own: int
    """The same, where the one called was of the same class."""


class ShareFigures(msgspec.Struct, frozen=True):
    """One group of a ratio: of the calls that were counted, how many it got."""

    name: Text
    weight: int
    calls: int


class Figures(msgspec.Struct, frozen=True):
    """All of one set of rules."""

    rules: Text
    classes: tuple[ClassFigures, ...]
    contested: tuple[int, int]
    """Calls of ordinary tickets and of higher classes, while both waited for the counter."""
    shares: tuple[ShareFigures, ...]
    """Where the rules hold a ratio."""
    present_s: float
    idle_s: float
    uncalled: int
    """Still waiting when the last counter closed."""
    waits: tuple[tuple[int, ...], ...] = ()
    """Whole seconds, sorted, of each class: for the plot."""

    @property
    def ratio(self) -> float | None:
        """Ordinary calls for each of a higher class, while both waited."""
        ordinary, higher = self.contested
        return ordinary / higher if higher else None


class _One(NamedTuple):
    """One day's contribution."""

    waits: dict[int, list[float]]
    counts: dict[str, Counter[int]]
    contested: tuple[int, int]
    shares: Counter[tuple[int, str, str, int]]


def figures(
    rules: Text, days: Sequence[tuple[RecordedDay, Outcome]], bound_minutes: int
) -> Figures:
    """The figures of one or several days together."""
    parts = [_one(day, outcome, bound_minutes * MINUTE) for day, outcome in days]
    classes = sorted({key for part in parts for key in part.counts["tickets"]})
    waits = {
        key: sorted(wait for part in parts for wait in part.waits.get(key, ())) for key in classes
    }

    def total(name: str, key: int) -> int:
        return sum(part.counts[name][key] for part in parts)

    shares = sum((part.shares for part in parts), Counter[tuple[int, str, str, int]]())
    present = sum(outcome.present for _, outcome in days)
    return Figures(
        rules=rules,
        classes=tuple(
            ClassFigures(
                priority=key,
                tickets=total("tickets", key),
                called=len(waits[key]),
                left=total("left", key),
                mean_s=round(sum(waits[key]) / len(waits[key]), 1) if waits[key] else None,
                p50_s=_rank(waits[key], 50),
                p90_s=_rank(waits[key], 90),
                max_s=waits[key][-1] if waits[key] else None,
                over_bound=total("over", key),
                passed_over=total("passed", key),
                passed_by_own=total("passed_by_own", key),
            )
            for key in classes
        ),
        contested=(
            sum(part.contested[0] for part in parts),
            sum(part.contested[1] for part in parts),
        ),
        shares=tuple(
            ShareFigures(name=Text(zh=zh, en=en), weight=weight, calls=count)
            for (_, zh, en, weight), count in sorted(shares.items())
        ),
        present_s=present / 1000,
        idle_s=(present - sum(outcome.busy for _, outcome in days)) / 1000,
        uncalled=sum(
            len(day.visits) - len(outcome.calls) - len(outcome.left) for day, outcome in days
        ),
        waits=tuple(tuple(int(wait) for wait in waits[key]) for key in classes),
    )


def _rank(values: Sequence[float], percent: int) -> float | None:
    """Nearest-rank percentile of sorted values; None of nothing."""
    return values[max(0, -(-len(values) * percent // 100) - 1)] if values else None


def _one(day: RecordedDay, outcome: Outcome, bound: int) -> _One:
    waits: dict[int, list[float]] = defaultdict(list)
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    ended = dict(outcome.left)
    for call in outcome.calls:
        visit = day.visits[call.visit]
        ended[call.visit] = call.at
        waits[visit.priority].append((call.at - visit.at) / 1000)
    times = [call.at for call in outcome.calls]
    closed = max([presence.end for presence in day.presences], default=0)
    for number, visit in enumerate(day.visits):
        counts["tickets"][visit.priority] += 1
        counts["left"][visit.priority] += number in outcome.left
        until = ended.get(number, closed)
        if until - visit.at <= bound:
            continue
        counts["over"][visit.priority] += 1
        later = outcome.calls[bisect_right(times, visit.at + bound) : bisect_left(times, until)]
        passers = [
            day.visits[call.visit].priority
            for call in later
            if day.visits[call.visit].at > visit.at and visit.service in call.services
        ]
        counts["passed"][visit.priority] += bool(passers)
        counts["passed_by_own"][visit.priority] += visit.priority in passers
    return _One(waits, counts, _contested(day, outcome, ended), _shares(outcome.calls))


def _contested(day: RecordedDay, outcome: Outcome, ended: Mapping[int, int]) -> tuple[int, int]:
    """Calls of ordinary and of higher classes while the counter could have called either."""
    moments: list[tuple[int, int, int, Call | None]] = []
    for number, visit in enumerate(day.visits):
        moments.append((visit.at, 0, number, None))
        if number in outcome.left:
            moments.append((ended[number], 1, number, None))
    moments += [(call.at, 2, call.visit, call) for call in outcome.calls]
    moments.sort(key=lambda moment: moment[:2])  # stable: calls stay in their order
    waiting: tuple[Counter[ServiceId], Counter[ServiceId]] = (Counter(), Counter())
    found = [0, 0]
    for _, kind, number, call in moments:
        visit = day.visits[number]
        group = int(visit.priority > 0)
        if call is not None and any(waiting[1 - group][service] > 0 for service in call.services):
            found[group] += 1
        waiting[group][visit.service] += 1 if kind == 0 else -1
    return found[0], found[1]


def _shares(calls: Sequence[Call]) -> Counter[tuple[int, str, str, int]]:
    """Counted calls of ratios, by group and its place in the ratio."""
    found: Counter[tuple[int, str, str, int]] = Counter()
    for call in calls:
        why = call.why
        if why is not None and why.turn is not None and why.group and why.share is not None:
            found[why.share, why.group.zh, why.group.en, why.weights[why.share]] += 1
    return found
