"""`python -m queue_server.rules_bench`: what one pick costs in a full hall.

A hall in memory where so many tickets always wait: each call is applied and another ticket taken
in its place. Timed is `pick_next` alone, with its reasons; conditions, classes, appointments,
transfers, caps and help are all at work, in halls of two kinds: with appointments and without.
"""

import argparse
import gc
import json
import random
import sys
import time
from collections import Counter as Tally
from collections.abc import Sequence

from .domain import events as e
from .domain import rules as r
from .domain.apply import apply
from .domain.commands import ToCounter
from .domain.hall import Hall
from .domain.ids import (
    AreaId,
    CounterId,
    Day,
    Ms,
    ProfileId,
    ServiceId,
    StaffId,
    Text,
    TicketId,
    TransactionId,
)
from .domain.pick import pick_next
from .domain.profile_check import profile_problems
from .domain.values import Area, Catalogue, Counter, Position, Profile, Service, Settings, Staff

START = Ms(1_772_409_600_000)
OWN = tuple(ServiceId(f"s{number}") for number in range(8))
HELPED = tuple(ServiceId(f"h{number}") for number in range(4))
COUNTERS = 16
POSITIONS: tuple[Position, ...] = ("front", "sorted", "end")
NAME = Text(zh="某", en="some")
SHARES = (("普通号", 0, 0, 3), ("一级号", 1, 1, 2), ("优先号", 2, 9, 1))


def conditions() -> tuple[r.Condition, ...]:
    """Ten conditions, every kind among them."""
    return (
        r.Bound(),
        r.First(match=r.Match(lowest=3), cap=r.Cap(calls=1, of=3)),
        r.Booked(cap=r.Cap(calls=1, of=4)),
        r.First(order="arrival", after_minutes=90, cap=r.Cap(calls=1, of=5)),
        r.Overflow(services=HELPED[:2], start_minutes=20, stop_minutes=10, cap=_one_of(6)),
        r.Overflow(services=HELPED[2:], start_length=40, stop_length=20, cap=_one_of(7)),
        r.First(match=r.Match(services=OWN[:1], lowest=1), cap=r.Cap(calls=2, of=5)),
        r.Aging(match=r.Match(services=OWN[1:3]), minutes_per_class=10, up_to=2),
        r.Ratio(
            shares=tuple(
                r.Share(match=r.Match(lowest=low, highest=high), weight=weight, name=_text(zh))
                for zh, low, high, weight in SHARES
            )
        ),
        r.LastResort(services=HELPED),
    )


def _one_of(of: int) -> r.Cap:
    return r.Cap(calls=1, of=of)


def _text(zh: str) -> Text:
    return Text(zh=zh, en=zh)


class Bench:
    """The hall, and dice of its own."""

    def __init__(self, *, booked: bool, seed: int) -> None:
        self.hall, self.booked, self.dice = Hall(), booked, random.Random(seed)  # noqa: S311
        self.seq, self.now = 0, START
        area, profile = AreaId("hall"), ProfileId("p")
        self.counters = [CounterId(f"k{number}") for number in range(COUNTERS)]
        chosen = Profile(id=profile, name=NAME, services=OWN, conditions=conditions())
        catalogue = Catalogue(
            settings=Settings(name=NAME),
            areas=(Area(id=area, name=NAME),),
            services=tuple(
                Service(id=key, prefix="A", name=NAME, department=NAME, area=area)
                for key in (*OWN, *HELPED)
            ),
            counters=tuple(
                Counter(id=key, number=number, name=NAME, area=area, profile=profile)
                for number, key in enumerate(self.counters, 1)
            ),
            staff=tuple(Staff(id=StaffId(key), name="n") for key in self.counters),
            profiles=(chosen,),
        )
        self.take(e.DayOpened(day=Day("2026-03-02"), catalogue=catalogue))
        assert not profile_problems(chosen, self.hall)
        for counter in self.counters:
            self.take(e.SignedIn(counter=counter, staff=StaffId(counter)))

    def take(self, event: e.Event) -> None:
        """Apply one event now."""
        self.seq += 1
        apply(self.hall, event, self.seq, self.now)

    def issue(self) -> None:
        """One more ticket: of three in four for the profile's own services."""
        dice = self.dice
        service = dice.choice(OWN if dice.random() < 0.75 else HELPED)
        number = self.seq + 1
        minutes = dice.randint(-40, 40)
        is_booked = self.booked and dice.random() < 0.3
        self.take(
            e.TicketIssued(
                ticket=TicketId(f"{number:032x}"),
                number=f"A{number}",
                prefix="A",
                serial=number,
                service=service,
                priority=dice.choices([0, 1, 2, 3], [70, 15, 10, 5])[0],
                booked_at=Ms(self.now + minutes * 60_000) if is_booked else None,
            )
        )

    def call(self) -> tuple[float, float, str]:
        """One call: its pick's milliseconds by the clock and of the processor, and what decided."""
        counter = self.dice.choice(self.counters)
        begun, at_work = time.perf_counter(), time.thread_time()
        pick = pick_next(self.hall, counter, self.now)
        worked = (time.thread_time() - at_work) * 1000
        took = (time.perf_counter() - begun) * 1000
        assert pick is not None
        ticket = pick.ticket
        transaction = TransactionId(f"{ticket.id}-{ticket.steps + 1}")
        self.take(
            e.TicketCalled(
                ticket=ticket.id,
                counter=counter,
                staff=StaffId(counter),
                service=ticket.service,
                transaction=transaction,
                why=pick.why,
                starts=True,
                tallies=pick.tallies,
            )
        )
        self.leave(ticket.id, counter)
        return took, worked, pick.why.kind

    def leave(self, ticket: TicketId, counter: CounterId) -> None:
        """One in twenty is sent on, the others are served; a new one comes for each of these."""
        dice = self.dice
        if dice.random() < 0.05:
            to = ToCounter(counter=dice.choice(self.counters))
            position: Position = dice.choice(POSITIONS)
            self.take(e.TicketTransferred(ticket=ticket, counter=counter, to=to, position=position))
            return
        self.take(e.ServiceEnded(ticket=ticket, counter=counter))
        self.issue()


def measure(waiting: int, picks: int, *, booked: bool) -> dict[str, object]:
    """Percentiles in ms by nearest rank, and how often each kind of condition decided."""
    bench = Bench(booked=booked, seed=1)
    for _ in range(waiting):
        bench.now = Ms(bench.now + 6_000)
        bench.issue()
    gc.collect()  # as the server does once its hall is built
    gc.freeze()
    gc.set_threshold(5_000, 10, 1_000)
    took: list[float] = []
    worked: list[float] = []
    kinds = Tally[str]()
    for number in range(picks + 200):
        bench.now = Ms(bench.now + 6_000)
        one, work, kind = bench.call()
        if number >= 200:
            took.append(one)
            worked.append(work)
            kinds[kind] += 1
    return {
        "p50_ms": _at(took, 50),
        "p99_ms": _at(took, 99),
        "cpu_p50_ms": _at(worked, 50),
        "cpu_p99_ms": _at(worked, 99),
        "decided": dict(sorted(kinds.items())),
    }


def _at(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return round(ordered[max(0, -(-percent * len(ordered) // 100) - 1)], 3)


def main(argv: Sequence[str]) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m queue_server.rules_bench", description=__doc__)
    parser.add_argument("--waiting", type=int, default=1000)
    parser.add_argument("--picks", type=int, default=3000)
    given = parser.parse_args(argv)
    found = {
        "waiting": given.waiting,
        "picks": given.picks,
        "conditions": len(conditions()),
        "plain": measure(given.waiting, given.picks, booked=False),
        "appointments": measure(given.waiting, given.picks, booked=True),
    }
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
