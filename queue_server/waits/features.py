"""What the hall knows of one waiting ticket, as numbers for the model. See `NAMES` for each.

Everything is computed for a whole pool at once: what tickets share is computed once.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from .facts import Joined
from .observer import AWAY_S, CounterSeen, Observer, Pool, Service, Wait

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]

NONE: Final = -1.0
"""Stands for what is not known, such as the last wait before anybody waited."""
_LONGEST_S: Final = 1200.0
"""Longer services count as this long in means: one forgotten key press spoils no estimate."""

OF_POOL: Final = (
    "waiting", "waiting_high", "oldest_high_s", "oldest_low_s", "counters_on", "counters_busy",
    "started_120", "started_300", "ended_300", "service_s", "between_s", "cycle_s",
    "elapsed_mean_s", "elapsed_longest_s", "day_mean_s", "last_ten_s", "last_three_s",
    "since_wait_s", "left_300", "left_600", "joined_300", "time_of_day_s",
)  # fmt: skip
OF_SERVICE: Final = (
    "same_waiting", "same_oldest_s", "able", "devoted", "share", "able_busy", "able_idle_s",
    "able_free", "able_longest_s", "able_second_s", "same_service_s", "same_last_s",
    "same_three_s", "same_since_s", "service_kind",
)  # fmt: skip
OF_CLASS: Final = ("class_last_s", "class_since_s", "class_three_s", "class_five_minutes_s", "high")
OF_TICKET: Final = (
    "ahead", "ahead_same", "ahead_high", "ahead_competing", "behind", "ahead_oldest_s",
    "ahead_mean_s", "ahead_per_counter", "work_ahead_s", "competing_per_share",
    "same_per_share", "ahead_per_start", "age_s",
)  # fmt: skip
NAMES: Final = OF_POOL + OF_SERVICE + OF_CLASS + OF_TICKET
"""The columns of a row, in order."""


class _Work(msgspec.Struct):
    """What the counters do for one pool."""

    on: int
    busy: list[tuple[CounterSeen, Service]]
    kinds: dict[int, Counter[str]]
    idle: dict[int, float]
    cycle_s: float
    service_s: float
    between_s: float
    durations: dict[str, list[float]]


def rows(
    observer: Observer, pool_name: str, tickets: Sequence[str], kinds: Mapping[str, int], now: float
) -> Numbers:
    """One row of `NAMES` for each of `tickets`, which all wait in the pool. `kinds` numbers the
    services the model learned; others are none of them."""
    return PoolNow(observer, pool_name, kinds, now).waiting(tickets)


class PoolNow:
    """A pool at one moment; what its tickets share is computed once."""

    def __init__(self, observer: Observer, name: str, kinds: Mapping[str, int], now: float) -> None:
        self._pool = observer.pool(name)
        self._kinds = kinds
        self._now = now
        self._work = _work(observer, name, now)
        self._order = sorted(self._pool.waiting.values(), key=_place)
        self._index = {one.ticket: index for index, one in enumerate(self._order)}
        self._of_pool = _of_pool(self._pool, self._work, self._order, now)
        self._of_service: dict[str, list[float]] = {}
        self._of_class = {
            high: _of_class(self._pool, is_high=high, now=now) for high in (False, True)
        }
        # Of the first k in the order of calling, at index k:
        self._high = _counted([one.is_ahead for one in self._order])
        self._ages = np.concatenate([[0.0], np.cumsum([now - one.at for one in self._order])])
        self._first = np.minimum.accumulate([np.inf, *(one.at for one in self._order)])
        services = [one.service for one in self._order]
        self._before = {
            name: _counted([service == name for service in services]) for name in set(services)
        }

    def waiting(self, tickets: Sequence[str]) -> Numbers:
        """A row for each of these, who wait."""
        places = [self._index[ticket] for ticket in tickets]
        ones = [self._order[place] for place in places]
        return self._table(ones, np.array(places, dtype=np.intp), joins=0)

    def joining(self, ones: Sequence[Joined]) -> Numbers:
        """A row for each of these as if it, alone, joined now."""
        places = [bisect_right(self._order, _place(one), key=_place) for one in ones]
        return self._table(ones, np.array(places, dtype=np.intp), joins=1)

    def _table(self, ones: Sequence[Joined], ahead: Indices, joins: int) -> Numbers:
        """`joins` is 1 where the hall does not know them yet."""
        table = np.empty((len(ones), len(NAMES)))
        if not ones:
            return table
        low, high = len(OF_POOL), len(OF_POOL) + len(OF_SERVICE)
        table[:, :low] = self._of_pool
        groups: dict[tuple[str, bool], list[int]] = defaultdict(list)
        for number, one in enumerate(ones):
            groups[one.service, one.is_ahead].append(number)
        same = np.empty(len(ones))
        competing = np.empty(len(ones))
        share = np.empty(len(ones))
        for (service, is_ahead), members in groups.items():
            of_service = self._service(service)
            table[members, low:high] = of_service
            table[members, high : high + len(OF_CLASS)] = self._of_class[is_ahead]
            share[members] = of_service[OF_SERVICE.index("share")]
            places = ahead[members]
            same[members] = self._count(service, places)
            competing[members] = sum(
                self._count(name, places) for name in _competing(self._work, service)
            )
            if joins:
                _joins(table, members, is_ahead=is_ahead)
        on, count = max(1, self._work.on), len(self._order)
        starts = max(1.0, self._of_pool[OF_POOL.index("started_300")])
        some = ahead > 0
        of_ticket = (
            ahead,
            same,
            self._high[ahead],
            competing,
            count + joins - ahead - 1,
            np.where(some, self._now - self._first[ahead], NONE),
            np.where(some, self._ages[ahead] / np.maximum(ahead, 1), NONE),
            ahead / on,
            ahead * self._work.cycle_s / on,
            competing / np.maximum(1.0, share),
            same / np.maximum(0.5, share),
            (ahead + 1) / starts,
            self._now - np.array([one.at for one in ones]),
        )
        for number, column in enumerate(of_ticket, start=-len(OF_TICKET)):
            table[:, number] = column
        return table

    def _service(self, service: str) -> list[float]:
        if service not in self._of_service:
            found = _of_service(self._pool, self._work, service, self._kinds, self._now)
            self._of_service[service] = found
        return self._of_service[service]

    def _count(self, service: str, places: Indices) -> Indices:
        """How many of the service stand before each place."""
        counted = self._before.get(service)
        return np.zeros(len(places), dtype=np.intp) if counted is None else counted[places]


def _joins(table: Numbers, members: Sequence[int], *, is_ahead: bool) -> None:
    """Count who joins among those waiting."""
    counts = ["waiting", "joined_300", "same_waiting"] + ["waiting_high"] * is_ahead
    for name in counts:
        table[members, NAMES.index(name)] += 1
    for name in ("oldest_high_s" if is_ahead else "oldest_low_s", "same_oldest_s"):
        column = NAMES.index(name)
        table[members, column] = np.maximum(table[members, column], 0.0)


def _place(one: Joined) -> tuple[float, float]:
    return one.rank_at, one.at


def _counted(which: Sequence[bool]) -> Indices:
    return np.concatenate([[0], np.cumsum(which)]).astype(np.intp)


def _work(observer: Observer, pool: str, now: float) -> _Work:
    on = 0
    busy: list[tuple[CounterSeen, Service]] = []
    kinds: dict[int, Counter[str]] = {}
    idle: dict[int, float] = {}
    gaps: list[float] = []
    durations: dict[str, list[float]] = defaultdict(list)
    for number, seen in enumerate(observer.counters.values()):
        of_pool = [s for s in seen.services if s.pool == pool]
        if not of_pool:
            continue
        kinds[number] = Counter(s.service for s in of_pool)
        for service in of_pool:
            if service.ended_at is not None:
                lasted = min(service.ended_at - service.started_at, _LONGEST_S)
                durations[service.service].append(lasted)
        gaps += _gaps(seen.services)
        serving = seen.serving
        if serving is not None and serving.pool == pool:
            busy.append((seen, serving))
            on += 1
        elif serving is None:
            idle[number] = now - (seen.services[-1].ended_at or now)
            on += idle[number] < AWAY_S
    all_durations = [lasted for some in durations.values() for lasted in some]
    service_s = fmean(all_durations) if all_durations else 180.0
    between_s = median(gaps) if gaps else 10.0
    cycle_s = service_s + min(between_s, 60.0)
    return _Work(on, busy, kinds, idle, cycle_s, service_s, between_s, durations)


def _gaps(services: deque[Service]) -> list[float]:
    found = []
    ended: float | None = None
    for service in services:
        if ended is not None:
            found.append(min(service.started_at - ended, 300.0))
        ended = service.ended_at
    return found


def _of_pool(pool: Pool, work: _Work, order: Sequence[Joined], now: float) -> list[float]:
    elapsed = [now - serving.started_at for _, serving in work.busy]
    high = [now - w.at for w in order if w.is_ahead]
    low = [now - w.at for w in order if not w.is_ahead]
    waits = pool.waits
    return [
        len(order),
        len(high),
        max(high, default=NONE),
        max(low, default=NONE),
        work.on,
        len(work.busy),
        _since(pool.starts, now - 120),
        _since(pool.starts, now - 300),
        _since(pool.ends, now - 300),
        work.service_s,
        work.between_s,
        work.cycle_s,
        fmean(elapsed) if elapsed else NONE,
        max(elapsed, default=NONE),
        pool.waits_sum / pool.waits_count if pool.waits_count else NONE,
        _mean_of_last(waits, 10),
        _mean_of_last(waits, 3),
        now - waits[-1].ended_at if waits else NONE,
        _since(pool.leavings, now - 300),
        _since(pool.leavings, now - 600),
        _since(pool.joins, now - 300),
        now,
    ]


def _of_service(
    pool: Pool, work: _Work, service: str, kinds: Mapping[str, int], now: float
) -> list[float]:
    same = [now - w.at for w in pool.waiting.values() if w.service == service]
    able = {n for n, done in work.kinds.items() if service in done}
    shares = [done[service] / done.total() for done in work.kinds.values()]
    busy = sorted(
        (now - serving.started_at for _, serving in _able_busy(work, service)), reverse=True
    )
    idle = [work.idle[n] for n in able if n in work.idle]
    waits = [w for w in pool.waits if w.service == service][-3:]
    durations = work.durations.get(service)
    return [
        len(same),
        max(same, default=NONE),
        len(able),
        sum(share >= 0.3 for share in shares),
        sum(shares),
        len(busy),
        min(idle, default=9999.0),
        sum(one < AWAY_S for one in idle),
        busy[0] if busy else NONE,
        busy[1] if len(busy) > 1 else NONE,
        fmean(durations) if durations else NONE,
        waits[-1].wait_s if waits else NONE,
        fmean(w.wait_s for w in waits) if waits else NONE,
        now - waits[-1].ended_at if waits else 9999.0,
        kinds.get(service, NONE),
    ]


def _able_busy(work: _Work, service: str) -> list[tuple[CounterSeen, Service]]:
    return [
        (seen, serving)
        for seen, serving in work.busy
        if any(s.service == service for s in seen.services)
    ]


def _competing(work: _Work, service: str) -> frozenset[str]:
    """Services that some counter able to do `service` does as well, and itself."""
    found = {service}
    for done in work.kinds.values():
        if service in done:
            found |= done.keys()
    return frozenset(found)


def _of_class(pool: Pool, *, is_high: bool, now: float) -> list[float]:
    waits = [w for w in pool.waits if w.is_ahead == is_high]
    recent = [w.wait_s for w in waits if w.ended_at > now - 300]
    return [
        waits[-1].wait_s if waits else NONE,
        now - waits[-1].ended_at if waits else 9999.0,
        _mean_of_last(waits, 3),
        fmean(recent) if recent else NONE,
        float(is_high),
    ]


def _mean_of_last(waits: Sequence[Wait], count: int) -> float:
    last = [waits[i].wait_s for i in range(max(0, len(waits) - count), len(waits))]
    return fmean(last) if last else NONE


def _since(times: Sequence[float], since: float) -> int:
    """How many of the ascending `times` are after `since`."""
    return len(times) - bisect_left(times, since)
