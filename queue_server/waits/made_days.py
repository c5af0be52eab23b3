"""Days of a made-up hall, written into a log as its own: to measure the estimator, and to test it.

Arrivals at random, every counter for every service, first come first served.
"""

import datetime as dt
import heapq
import random
from pathlib import Path

import msgspec

from ..domain import events as e
from ..domain.values import (
    Area,
    AreaId,
    Catalogue,
    Counter,
    CounterId,
    Day,
    Ms,
    Profile,
    ProfileId,
    Service,
    ServiceId,
    Settings,
    Staff,
    StaffId,
    Text,
    TicketId,
    TransactionId,
    Why,
)
from ..store.batch import Batch, LogRow
from ..store.log import Log
from .from_events import local_midnight

NAME = Text(zh="名", en="Name")
FIRST = dt.date(2026, 1, 5)
OPENS_S = 9 * 3600.0


def catalogue(services: int, counters: int) -> Catalogue:
    """Each counter does every service."""
    area, profile = AreaId("a"), ProfileId("p")
    names = [ServiceId(f"s{n}") for n in range(services)]
    return Catalogue(
        settings=Settings(name=NAME),
        areas=(Area(id=area, name=NAME),),
        services=tuple(
            Service(id=name, prefix=chr(65 + n), name=NAME, department=NAME, area=area)
            for n, name in enumerate(names)
        ),
        counters=tuple(
            Counter(id=CounterId(f"c{n}"), number=n + 1, name=NAME, area=area, profile=profile)
            for n in range(counters)
        ),
        staff=tuple(Staff(id=StaffId(f"m{n}"), name=f"M{n}") for n in range(counters)),
        profiles=(Profile(id=profile, name=NAME, services=tuple(names)),),
    )


class _Days:
    """Events as they would stand in the log."""

    def __init__(self, services: int, counters: int, rush: float) -> None:
        self.rows: list[LogRow] = []
        self.clock = Ms(0)
        self._catalogue = catalogue(services, counters)
        self._services = services
        self._counters = counters
        self._rush = rush
        self._chance = random.Random(7)  # noqa: S311 - no secret
        self._day = ""
        self._midnight = Ms(0)

    def put(self, at_s: float, event: e.Event) -> None:
        """`at_s`: seconds of the business day."""
        self.clock = Ms(max(self.clock, self._midnight + int(at_s * 1000)))
        kind, data = str(event.__struct_config__.tag), msgspec.json.encode(event).decode()
        self.rows.append(LogRow(len(self.rows) + 1, self._day, 1, self.clock, "made", kind, data))

    def live(self, number: int, customers: int, crowd: int) -> None:
        """One day; where a `crowd` comes at its end, they are left waiting and it goes on."""
        self._day = (FIRST + dt.timedelta(days=number)).isoformat()
        self._midnight = local_midnight(Day(self._day))
        self.put(OPENS_S, e.DayOpened(day=Day(self._day), catalogue=self._catalogue))
        for n in range(self._counters):
            seat = e.SignedIn(counter=CounterId(f"c{n}"), staff=StaffId(f"m{n}"))
            self.put(OPENS_S, seat)
        busy_s = 100.0
        pace = self._chance.uniform(0.85, 1.02) * busy_s / self._counters / self._rush
        free = [(OPENS_S, n) for n in range(self._counters)]
        at, moments = OPENS_S, []
        for _ in range(customers):
            at += self._chance.expovariate(1 / pace)
            moments.append(at)
        line: list[tuple[float, str, ServiceId]] = []
        ended: list[tuple[float, int, str]] = []
        for n, came in enumerate(moments):
            self._serve(line, free, ended, came)
            self._issue(n, came, line)
        if not crowd:
            self._serve(line, free, ended, float("inf"))
            self._end(ended, float("inf"))
            self.put(0, e.DayClosed(day=Day(self._day)))
            return
        for n in range(crowd):
            self._issue(customers + n, at + n * 0.9, line)

    def _issue(self, n: int, at: float, line: list[tuple[float, str, ServiceId]]) -> None:
        service = self._chance.randrange(self._services)
        ticket, name = TicketId(f"{self._day}-{n}"), ServiceId(f"s{service}")
        self.put(
            at,
            e.TicketIssued(
                ticket=ticket,
                number=f"{chr(65 + service)}{n:04}",
                prefix=chr(65 + service),
                serial=n + 1,
                service=name,
            ),
        )
        line.append((at, ticket, name))

    def _serve(
        self,
        line: list[tuple[float, str, ServiceId]],
        free: list[tuple[float, int]],
        ended: list[tuple[float, int, str]],
        until: float,
    ) -> None:
        """Whatever happens at the counters before `until`."""
        while line:
            ready, counter = free[0]
            called = max(ready, line[0][0])
            if called > until:
                break
            self._end(ended, called)
            heapq.heappop(free)
            _, ticket, service = line.pop(0)
            self.put(
                called,
                e.TicketCalled(
                    ticket=TicketId(ticket),
                    counter=CounterId(f"c{counter}"),
                    staff=StaffId(f"m{counter}"),
                    service=service,
                    transaction=TransactionId(f"{ticket}-1"),
                    why=Why(rule="priority_then_arrival"),
                    starts=True,
                ),
            )
            over = called + self._chance.expovariate(1 / 100)
            heapq.heappush(ended, (over, counter, ticket))
            heapq.heappush(free, (over, counter))
        self._end(ended, until)

    def _end(self, ended: list[tuple[float, int, str]], until: float) -> None:
        while ended and ended[0][0] <= until:
            at, counter, ticket = heapq.heappop(ended)
            self.put(at, e.ServiceEnded(ticket=TicketId(ticket), counter=CounterId(f"c{counter}")))


def write_days(
    folder: Path,
    hall: str,
    *,
    days: int,
    customers: int = 300,
    services: int = 4,
    counters: int = 4,
    crowd: int = 0,
    rush: float = 1.0,
) -> tuple[int, Ms]:
    """Write `days` whole days and one that is going on; the last `seq`, and its time.

    `rush`: so many times as many come in a minute as can be served.
    """
    made = _Days(services, counters, rush)
    for number in range(days):
        made.live(number, customers, 0)
    made.live(days, customers, crowd or 1)
    log = Log(folder, hall, outbox=False)
    try:
        for first in range(0, len(made.rows), 500):
            batch = Batch()
            batch.events = made.rows[first : first + 500]
            log.commit(batch)
    finally:
        log.close()
    return len(made.rows), made.clock
