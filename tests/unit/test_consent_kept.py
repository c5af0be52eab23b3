"""Consent and an expired card, from the kiosk's command to the log and the clerk."""

import msgspec

from queue_server.documents import ticket_view
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.values import Consent, Ms, ServiceId
from tests.unit import domain_hall as h
from tests.unit.booking_hall import TUESDAY, booking_hall

AGREED = Consent(notice="1", at=Ms(1_772_499_000_000))


def test_the_log_keeps_which_words_and_when_and_the_clerk_sees_the_card_is_over() -> None:
    hall = h.opened()
    hall.do(c.SignIn(counter=h.COUNTERS[0].id, staff=h.STAFF[0].id))
    [issued] = hall.do(
        c.IssueTicket(
            service=ServiceId("tax"), holder=h.person("n1"), card_expired=True, consent=AGREED
        )
    )
    assert isinstance(issued, e.TicketIssued)
    assert (issued.consent, issued.card_expired) == (AGREED, True)
    assert "张三" not in msgspec.json.encode(issued).decode()
    assert ticket_view(hall.hall, hall.call(), h.COUNTERS[0].id).card_expired


def test_a_check_in_keeps_them_too() -> None:
    hall = booking_hall()
    hall.booked("s1")
    hall.next_day(TUESDAY)
    hall.at(TUESDAY, "08:30:00")
    do = c.CheckIn(holder=h.person("p1"), card_expired=True, consent=AGREED)
    issued = hall.do(do)[0]
    assert isinstance(issued, e.TicketIssued)
    assert (issued.consent, issued.card_expired) == (AGREED, True)


def test_words_do_not_go_where_their_version_belongs() -> None:
    long = Consent(notice="本大厅只读取" * 7, at=Ms(0))
    hall = h.opened()
    do = c.IssueTicket(service=ServiceId("tax"), holder=h.person("n1"), consent=long)
    assert hall.refuse(do) == "too_long"
