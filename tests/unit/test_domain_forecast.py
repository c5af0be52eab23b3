"""Whom a counter would call next: what it then calls, and nothing changed by asking."""

import copy
from typing import Any

import msgspec
from hypothesis import given, settings

from queue_server.documents import counter_view
from queue_server.domain import commands as c
from queue_server.domain import rules as r
from queue_server.domain.forecast import next_calls
from queue_server.domain.ids import CounterId, Ms
from queue_server.domain.shipped_profiles import TWO_TO_ONE
from queue_server.gateway.ports import Who
from queue_server.protocol.messages import ReadWaiting, Waiting
from queue_server.reads import read
from tests.effort import examples
from tests.unit import domain_hall as h
from tests.unit.rules_profiles import profiles
from tests.unit.test_rules_promises import ASK, BOOKINGS, K1, K2, LEVY, TAX, Busy, steps


@given(profiles("all"), steps(BOOKINGS, services=(TAX, LEVY, ASK)))
@settings(deadline=None, max_examples=examples(100))
def test_what_is_foretold_is_what_is_called(profile: Any, happening: list[Any]) -> None:
    busy = Busy.under()
    busy.define(profile)
    busy.happen([*happening, ("call", K1)])
    hall, now = busy.ledger.hall, busy.ledger.now
    before = copy.deepcopy(hall)
    foretold = [ticket.id for ticket in next_calls(hall, K1, Ms(now), 8)]
    assert hall == before
    called: list[str] = []
    while len(called) < 8:
        busy.ledger.now = now  # all of them now
        seen = busy.call(K1)
        if seen is None:
            break
        called.append(seen.called.id)
    assert foretold == called


def test_the_list_of_who_waits_begins_with_whom_the_rules_call() -> None:
    busy = Busy.under(*TWO_TO_ONE)
    for priority in (0, 1, 1, 1, 0):
        busy.come(TAX, priority)
    listed = waiting(busy, limit=4)
    assert [t.number for t in listed.tickets] == ["A001", "A002", "A005", "A003"]
    assert [t.place for t in listed.tickets] == [1, 2, 3, 4]
    for _ in range(20):
        busy.come(TAX, 0)
    listed = waiting(busy, limit=100)
    assert [t.place for t in listed.tickets] == [*range(1, 11), *(0 for _ in range(15))]
    assert len({t.id for t in listed.tickets}) == listed.total == 25


def test_a_counter_tells_the_queues_it_may_help_apart_from_its_own() -> None:
    help_ = r.Overflow(services=(ASK,), start_length=2)
    busy = Busy.under(help_, r.LastResort(services=(ASK,)))
    told = counter_view(busy.ledger.hall, K1)
    assert (told.services, told.helps) == ((TAX, LEVY), (ASK,))
    clerk = msgspec.structs.replace(h.STAFF[0], skills=(LEVY,))
    busy.ledger.do(c.DefineStaff(staff=clerk))
    told = counter_view(busy.ledger.hall, K1)
    assert (told.services, told.helps) == ((LEVY,), ()), "as far as the clerk's skills go"
    busy.come(ASK, 0)
    busy.come(ASK, 0)
    listed = waiting(busy, K2)
    assert (listed.total, [t.place for t in listed.tickets]) == (0, [1, 2])


def waiting(busy: Busy, counter: CounterId = K1, limit: int = 20) -> Waiting:
    who = Who(program="p", role="caller", name="c", counter=counter)
    what = ReadWaiting(counter=counter, limit=limit)
    found = read(busy.ledger.hall, None, None, who, what, Ms(busy.ledger.now))  # type: ignore[arg-type]
    assert isinstance(found, Waiting)
    return found
