"""Facts about waiting from the hall's events: who waits by them is who waits in the hall."""

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from queue_server.domain import events as e
from queue_server.domain.values import Day, Ms
from queue_server.waits.facts import Joined, Staffed
from queue_server.waits.from_events import Watcher
from queue_server.waits.observer import Observer
from tests.effort import examples
from tests.unit import domain_hall as h
from tests.unit.test_domain_machine import HallMachine


def midnight(day: Day) -> Ms:
    return Ms(int(dt.datetime.fromisoformat(day + "T00:00:00+08:00").timestamp() * 1000))


class FactsMachine(HallMachine):
    """The hall's machine, with an observer that is told only what the events say."""

    def __init__(self) -> None:
        super().__init__()
        self.watcher = Watcher(midnight)
        self.observer = Observer()
        self.watched = 0

    def do(self, command: Any) -> None:
        super().do(command)
        self.watch()

    def watch(self) -> None:
        for seq, at, data in self.ledger.log[self.watched :]:
            event = h.EVENTS.decode(data)
            if isinstance(event, e.DayOpened):
                self.observer = Observer()
            for fact in self.watcher.take(event, seq, at):
                self.observer.take(fact)
        self.watched = len(self.ledger.log)

    @invariant()
    def who_waits_waits_in_the_hall(self) -> None:
        hall = self.ledger.hall
        seen = {
            one.ticket for pool in self.observer.pools.values() for one in pool.waiting.values()
        }
        assert seen == {key[3] for keys in hall.waiting.values() for key in keys}

    @invariant()
    def counters_serve_as_in_the_hall(self) -> None:
        seen = {key for key, one in self.observer.counters.items() if one.serving is not None}
        at = self.ledger.hall.at.values()
        assert seen == {now.id for now in at if now.current is not None}

    @invariant()
    def facts_stand_in_the_order_of_calling(self) -> None:
        for name, keys in self.ledger.hall.waiting.items():
            if name[0] != "q":
                continue
            ranks = [self.rank(key[3]) for key in keys]
            assert ranks == sorted(ranks)

    @invariant()
    def counters_call_what_they_do_in_the_hall(self) -> None:
        hall = self.ledger.hall
        seen = {key: set(one.services) for key, one in self.observer.staffed.items()}
        for now in hall.at.values():
            if now.staff is None or now.paused:
                assert not seen.get(now.id)
            else:
                queues = {name[2:] for name in hall.queues_of(now.id) if name[0] == "q"}
                assert seen.get(now.id, set()) == queues

    @invariant()
    def appointments_to_come_are_those_of_today(self) -> None:
        hall = self.ledger.hall
        found = {b for b in hall.agenda.bookings.values() if b.day == hall.day}
        due = {b.serial for b in found if b.state == "open"}
        assert set(self.observer.due) == due

    def rank(self, ticket: str) -> float:
        (found,) = (
            pool.waiting[ticket] for pool in self.observer.pools.values() if ticket in pool.waiting
        )
        return found.rank_at


TestFacts = FactsMachine.TestCase
TestFacts.settings = settings(
    max_examples=examples(40),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_the_moments_are_those_of_the_business_day() -> None:
    ledger = h.opened()
    watcher = Watcher(midnight)
    found = [
        fact
        for seq, at, data in ledger.log
        for fact in watcher.take(h.EVENTS.decode(data), seq, at)
    ]
    assert all(isinstance(fact, Staffed) for fact in found)
    ledger.take(
        e.TicketIssued(
            ticket=h.TICKET_IDS[0], number="A001", prefix="A", serial=1, service=h.SERVICES[0].id
        )
    )
    seq, at, data = ledger.log[-1]
    (joined,) = watcher.take(h.EVENTS.decode(data), seq, at)
    assert isinstance(joined, Joined)
    assert joined.at == (at - midnight(Day("2026-03-02"))) / 1000
    assert 8 * 3600 <= joined.at < 9 * 3600


def test_services_that_share_counters_are_one_pool() -> None:
    ledger = h.opened()
    watcher = Watcher(midnight)
    for seq, at, data in ledger.log:
        watcher.take(h.EVENTS.decode(data), seq, at)
    pools = {watcher.pool_of(service.id) for service in h.SERVICES}
    assert len(pools) == 1  # `all` is the profile of a counter
