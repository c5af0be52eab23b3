"""Who has been sent on is on the board, from where and to where, until called there."""

import msgspec

from queue_server.calls import Calls
from queue_server.domain import commands as c
from queue_server.domain.hall import Ticket
from queue_server.domain.values import Area, AreaId, CounterId, Ms
from tests.unit import domain_hall as h
from tests.unit.domain_routes import ASK
from tests.unit.test_domain_routes import end, routed

HALL = AreaId("hall")


class Folded:
    """The calls of a ledger, folded as its log grows."""

    def __init__(self, ledger: h.Ledger) -> None:
        self.ledger, self.calls = ledger, Calls()
        self.done = 0
        self.touched: set[AreaId] = set()

    def moved(self, area: AreaId = HALL) -> list[tuple[str, str, tuple[int, ...]]]:
        return [
            (m.number, m.service, m.counters) for m in self.calls.view(self.ledger.hall, area).moved
        ]

    def take(self) -> None:
        self.touched = set()
        for seq, at, data in self.ledger.log[self.done :]:
            self.done = seq
            self.calls.take(self.ledger.hall, h.EVENTS.decode(data), seq, Ms(at))
            self.touched |= self.calls.touched


def sent_on() -> tuple[Folded, Ticket]:
    folded = Folded(routed())
    ticket = folded.ledger.issue("levy")
    folded.ledger.call()
    folded.take()
    assert folded.moved() == []
    end(folded.ledger)
    folded.take()
    return folded, ticket


def test_who_goes_on_is_shown_where_until_called_there() -> None:
    folded, ticket = sent_on()
    assert folded.moved() == [(ticket.number, ASK, (1, 2))]
    assert folded.touched == {HALL}
    folded.ledger.call("k2")
    folded.take()
    assert folded.moved() == []
    assert folded.touched == {HALL}


def test_counters_that_sign_out_are_no_place_to_go() -> None:
    folded, ticket = sent_on()
    folded.ledger.do(c.SignOut(counter=CounterId("k1")))
    folded.take()
    assert folded.touched == {HALL}
    assert folded.moved() == [(ticket.number, ASK, (2,))]


def test_who_gives_up_on_the_way_is_shown_no_more() -> None:
    folded, ticket = sent_on()
    folded.ledger.do(c.CancelTicket(ticket=ticket.id))
    folded.take()
    assert folded.moved() == []
    assert folded.touched == {HALL}


def test_a_day_begins_with_nobody_on_the_way() -> None:
    folded, _ = sent_on()
    folded.ledger.do(c.CloseDay(over_open=True))
    folded.take()
    assert folded.moved() == []


def test_both_areas_show_who_goes_from_one_to_the_other() -> None:
    folded = Folded(routed())
    ledger, upstairs = folded.ledger, AreaId("upstairs")
    ledger.do(c.DefineArea(area=Area(id=upstairs, name=h.text("upstairs"))))
    there = msgspec.structs.replace(ledger.hall.services[ASK], area=upstairs)
    ledger.do(c.DefineService(service=there))
    ticket = ledger.issue("levy")
    ledger.call()
    end(ledger)
    folded.take()
    assert folded.touched == {HALL, upstairs}
    assert folded.moved() == folded.moved(upstairs) == [(ticket.number, ASK, (1, 2))]
    [told] = folded.calls.view(ledger.hall, HALL).moved
    assert told.area == upstairs
