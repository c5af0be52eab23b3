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
from .observer import AWAY_S, Observer, Pool, Service, Wait

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]

NONE: Final = -1.0
"""Stands for what is not known, such as the last wait before anybody waited."""
_LATE_S: Final = 900.0
"""An appointment this late is hardly kept any more."""
_LONGEST_S: Final = 1200.0
"""Longer services count as this long in means: one forgotten key press spoils no estimate."""

OF_POOL: Final = (
    "waiting", "waiting_high", "oldest_high_s", "oldest_low_s", "counters_on", "counters_busy",
    "started_120", "started_300", "ended_300", "service_s", "between_s", "cycle_s",
    "elapsed_mean_s", "elapsed_longest_s", "day_mean_s", "last_ten_s", "last_three_s",
    "since_wait_s", "left_300", "left_600", "joined_300", "time_of_day_s", "open", "due_900",
    "due_1800", "booked_waiting",
)  # fmt: skip
OF_SERVICE: Final = (
    "same_waiting", "same_oldest_s", "able", "devoted", "share", "able_busy", "able_idle_s",
    "able_free", "able_longest_s", "able_second_s", "same_service_s", "same_last_s",
    "same_three_s", "same_since_s", "service_kind",
    "open_able",
)  # fmt: skip
OF_CLASS: Final = ("class_last_s", "class_since_s", "class_three_s", "class_five_minutes_s", "high")
OF_TICKET: Final = (
    "ahead", "ahead_same", "ahead_high", "ahead_competing", "behind", "ahead_oldest_s",
    "ahead_mean_s", "ahead_per_counter", "work_ahead_s", "competing_per_share",
    "same_per_share", "ahead_per_start", "age_s", "ahead_per_open", "until_booked_s",
)  # fmt: skip
NAMES: Final = OF_POOL + OF_SERVICE + OF_CLASS + OF_TICKET
"""The columns of a row, in order."""


_COLUMN: Final = {name: number for number, name in enumerate(NAMES)}
_SHARE: Final = OF_SERVICE.index("share")
_STARTED_300: Final = OF_POOL.index("started_300")


class _Busy(msgspec.Struct, frozen=True):
    """What a counter does now, and the services it has done lately."""

    serving: Service
    does: frozenset[str]


class _Work(msgspec.Struct):
    """What the counters do for one pool."""

    on: int
    busy: list[_Busy]
    kinds: dict[int, Counter[str]]
    shares: list[dict[str, float]]
    """Of each counter's recent services, the part each was."""
    idle: dict[int, float]
    cycle_s: float
    service_s: float
    between_s: float
    durations: dict[str, list[float]]
    open: list[frozenset[str]] | None
    """What each open counter calls; None where the counters never said so."""


class _Same(msgspec.Struct):
    """A service's own tickets: how many wait, since when the first, and its last waits."""

    count: int = 0
    first: float = float("inf")
    waits: list[Wait] = []


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
        self.now = now
        self._work = _work(observer, name, now)
        self._order = sorted(self._pool.waiting.values(), key=_place)
        self._index = {one.ticket: index for index, one in enumerate(self._order)}
        self._of_pool = [
            *_of_pool(self._pool, self._work, self._order, now),
            NONE if self._work.open is None else len(self._work.open),
            *_to_come(observer, name, now),
            sum(one.booked_at is not None for one in self._order),
        ]
        self._same = _by_service(self._pool)
        self._of_service: dict[str, list[float]] = {}
        self._of_class = {
            high: _of_class(self._pool, is_high=high, now=now) for high in (False, True)
        }
        # Of the first k in the order of calling, at index k:
        self._high = _counted([one.is_ahead for one in self._order])
        arrivals = np.array([one.at for one in self._order])
        self._ages = np.concatenate([[0.0], np.cumsum(now - arrivals)])
        self._first = np.minimum.accumulate(np.concatenate([[np.inf], arrivals]))
        self._columns = {one: number for number, one in enumerate(self._same)}
        self._before = np.zeros((len(self._order) + 1, len(self._columns) + 1), dtype=np.intp)
        """A column a service with tickets or waits, the last one of nobody."""
        services = [self._columns[one.service] for one in self._order]
        self._before[range(1, len(self._order) + 1), services] = 1
        self._before = self._before.cumsum(axis=0)
        self._competing: dict[str, Indices] = {}

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
        groups: dict[tuple[str, bool], int] = {}
        which = np.array([groups.setdefault((o.service, o.is_ahead), len(groups)) for o in ones])
        low, high = len(OF_POOL), len(NAMES) - len(OF_TICKET)
        table[:, :low] = self._of_pool
        shared = [self._service(name) + self._of_class[is_ahead] for name, is_ahead in groups]
        table[:, low:high] = np.array(shared)[which]
        if joins:
            _joins(table, np.array([one.is_ahead for one in ones]))
        share = table[:, low + _SHARE]
        same = self._before[ahead, np.array([self._column(name) for name, _ in groups])[which]]
        competing = np.array([self._ahead_competing(name) for name, _ in groups])[which, ahead]
        on, count = max(1, self._work.on), len(self._order)
        starts = max(1.0, self._of_pool[_STARTED_300])
        opened = on if self._work.open is None else max(1, len(self._work.open))
        some = ahead > 0
        of_ticket = (
            ahead,
            same,
            self._high[ahead],
            competing,
            count + joins - ahead - 1,
            np.where(some, self.now - self._first[ahead], NONE),
            np.where(some, self._ages[ahead] / np.maximum(ahead, 1), NONE),
            ahead / on,
            ahead * self._work.cycle_s / on,
            competing / np.maximum(1.0, share),
            same / np.maximum(0.5, share),
            (ahead + 1) / starts,
            self.now - np.array([one.at for one in ones]),
            ahead / opened,
            np.array([_until_booked(one, self.now) for one in ones]),
        )
        for number, column in enumerate(of_ticket, start=high):
            table[:, number] = column
        return table

    def _service(self, service: str) -> list[float]:
        found = self._of_service.get(service)
        if found is None:
            same = self._same.get(service) or _Same()
            found = _of_service(same, self._work, service, self._kinds, self.now)
            self._of_service[service] = found
        return found

    def _column(self, service: str) -> int:
        return self._columns.get(service, -1)

    def _ahead_competing(self, service: str) -> Indices:
        """How many who compete with a ticket of the service are among the first k, at index k."""
        found = self._competing.get(service)
        if found is None:
            columns = {self._column(name) for name in _competing(self._work, service)}
            found = self._competing[service] = self._before[:, list(columns)].sum(axis=1)
        return found


def _joins(table: Numbers, are_ahead: NDArray[np.bool_]) -> None:
    """Count who joins among those waiting."""
    for name in ("waiting", "joined_300", "same_waiting"):
        table[:, _COLUMN[name]] += 1
    table[:, _COLUMN["waiting_high"]] += are_ahead
    for name, which in (("oldest_high_s", are_ahead), ("oldest_low_s", ~are_ahead)):
        column = table[:, _COLUMN[name]]
        column[which] = np.maximum(column[which], 0.0)
    column = table[:, _COLUMN["same_oldest_s"]]
    np.maximum(column, 0.0, out=column)


def _until_booked(one: Joined, now: float) -> float:
    return NONE if one.booked_at is None else max(0.0, one.booked_at - now)


def _to_come(observer: Observer, pool: str, now: float) -> tuple[int, int]:
    """Appointments of the pool due within a quarter and within half an hour."""
    left = [one.due_at - now for one in observer.due.values() if one.pool == pool]
    left = [one for one in left if one > -_LATE_S]
    return sum(one <= 900 for one in left), sum(one <= 1800 for one in left)


def _place(one: Joined) -> tuple[float, float]:
    return one.rank_at, one.at


def _counted(which: Sequence[bool]) -> Indices:
    return np.concatenate([[0], np.cumsum(which)]).astype(np.intp)


def _work(observer: Observer, pool: str, now: float) -> _Work:
    on = 0
    busy: list[_Busy] = []
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
            busy.append(_Busy(serving, frozenset(s.service for s in seen.services)))
            on += 1
        elif serving is None:
            idle[number] = now - (seen.services[-1].ended_at or now)
            on += idle[number] < AWAY_S
    all_durations = [lasted for some in durations.values() for lasted in some]
    service_s = fmean(all_durations) if all_durations else 180.0
    between_s = median(gaps) if gaps else 10.0
    cycle_s = service_s + min(between_s, 60.0)
    shares = [_shares(done) for done in kinds.values()]
    return _Work(
        on,
        busy,
        kinds,
        shares,
        idle,
        cycle_s,
        service_s,
        between_s,
        durations,
        _open(observer, pool),
    )


def _open(observer: Observer, pool: str) -> list[frozenset[str]] | None:
    if not observer.staffed:
        return None
    return [frozenset(one.services) for one in observer.staffed.values() if pool in one.pools]


def _shares(done: Counter[str]) -> dict[str, float]:
    total = done.total()
    return {service: count / total for service, count in done.items()}


def _gaps(services: deque[Service]) -> list[float]:
    found = []
    ended: float | None = None
    for service in services:
        if ended is not None:
            found.append(min(service.started_at - ended, 300.0))
        ended = service.ended_at
    return found


def _of_pool(pool: Pool, work: _Work, order: Sequence[Joined], now: float) -> list[float]:
    elapsed = [now - one.serving.started_at for one in work.busy]
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


def _by_service(pool: Pool) -> dict[str, _Same]:
    found: dict[str, _Same] = {}
    for wait in pool.waits:
        found.setdefault(wait.service, _Same()).waits.append(wait)
    for one in pool.waiting.values():
        same = found.get(one.service)
        if same is None:
            same = found[one.service] = _Same()
        if not same.count:
            same.first = one.at  # they stand in the order of joining
        same.count += 1
    return found


def _of_service(
    same: _Same, work: _Work, service: str, kinds: Mapping[str, int], now: float
) -> list[float]:
    able = {n for n, done in work.kinds.items() if service in done}
    shares = [of_counter.get(service, 0.0) for of_counter in work.shares]
    busy = sorted(
        (now - one.serving.started_at for one in work.busy if service in one.does), reverse=True
    )
    idle = [work.idle[n] for n in able if n in work.idle]
    waits = same.waits[-3:]
    durations = work.durations.get(service)
    return [
        same.count,
        now - same.first if same.count else NONE,
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
        NONE if work.open is None else sum(service in services for services in work.open),
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
