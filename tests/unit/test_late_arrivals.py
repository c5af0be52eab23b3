"""Who comes too late for an appointment: which hours and limits hold for the ordinary ticket."""

import msgspec
import pytest

from queue_server.documents import hall_view
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.bands import Band
from queue_server.domain.codes import sentence
from queue_server.domain.context import Rejection
from queue_server.domain.values import ServiceId
from tests.unit import domain_hall as h
from tests.unit.booking_hall import PLANS, TUESDAY, BookingLedger, book, booking_hall

TAX = ServiceId("tax")
HOURS = (Band(start="08:00", end="10:30", tickets=1), Band(start="13:30", end="17:00", tickets=1))


def late_hall(late_limits: str, **service: object) -> BookingLedger:
    """Tuesday; p1 has booked nine o'clock."""
    hall = booking_hall(late_limits=late_limits)
    limited = msgspec.structs.replace(hall.hall.services[TAX], bands=HOURS, **service)
    hall.do(c.DefineService(service=limited))
    hall.booked("s1")
    hall.next_day(TUESDAY)
    return hall


def arrive(hall: BookingLedger, time: str, *, by: str = "code") -> str:
    """The code of the refusal, or empty."""
    hall.at(TUESDAY, time)
    ways: dict[str, c.Command] = {
        "code": c.CheckIn(code="s1"),
        "card": c.CheckIn(holder=h.person("p1")),
        "ticket": c.IssueTicket(service=TAX, holder=h.person("p1")),
    }
    answer = hall.decide(ways[by])
    if isinstance(answer, Rejection):
        for language in ("zh", "en"):
            assert "{" not in sentence(answer.code, answer.details, language)
        return answer.code
    issued = hall.do(ways[by])[0]
    assert isinstance(issued, e.TicketIssued)
    assert issued.booked_at is None or time <= "10:15:00"
    return ""


@pytest.mark.parametrize("by", ["code", "card", "ticket"])
@pytest.mark.parametrize(
    ("late_limits", "full", "closed"),
    [
        ("none", "", ""),
        ("hours", "", "appointment_late_closed"),
        ("all", "appointment_late_full", "appointment_late_closed"),
    ],
)
def test_what_holds_for_who_is_late(late_limits: str, full: str, closed: str, by: str) -> None:
    hall = late_hall(late_limits)
    hall.at(TUESDAY, "09:00:00")
    hall.issue()  # the band's one place
    assert arrive(hall, "10:20:00", by=by) == full
    assert arrive(late_hall(late_limits), "12:00:00", by=by) == closed


@pytest.mark.parametrize("late_limits", ["none", "hours", "all"])
def test_in_time_no_limit_holds(late_limits: str) -> None:
    hall = late_hall(late_limits)
    hall.at(TUESDAY, "08:30:00")
    hall.issue()
    assert arrive(hall, "10:15:00") == ""
    assert hall.hall.taken == {"tax": 1, "*": 1, "tax@2026-03-03T08:00": 1}


def test_the_late_ticket_counts_where_others_do() -> None:
    hall = late_hall("hours")
    assert arrive(hall, "14:00:00") == ""
    assert hall.hall.taken["tax@2026-03-03T13:30"] == 1
    assert hall.refuse(c.IssueTicket(service=TAX)) == "band_full"


def test_the_day_is_full_for_the_late_too_where_all_holds() -> None:
    hall = late_hall("all", daily_tickets=1)
    hall.at(TUESDAY, "08:30:00")
    hall.issue()
    answer = hall.decide(c.CheckIn(code="s1"))
    assert not isinstance(answer, Rejection)
    assert arrive(hall, "14:00:00") == "appointment_late_full"
    assert hall.state("s1") == "open"  # it is missed, or its person's other ticket, at the close


def test_who_was_sent_on_from_the_service_booked_did_not_stay_away() -> None:
    """The ticket taken too early is for another service by the day's end."""
    hall = booking_hall()
    hall.booked("s1")
    hall.next_day(TUESDAY)
    hall.at(TUESDAY, "07:10:00")
    ticket = hall.issue(holder=h.person("p1"))
    hall.do(c.SignIn(counter=h.COUNTERS[0].id, staff=h.STAFF[0].id))
    hall.call()
    to = c.ToQueue(service=ServiceId("levy"))
    hall.do(c.Transfer(counter=h.COUNTERS[0].id, to=to))
    assert hall.hall.tickets[ticket.id].service == "levy"
    hall.do(c.CloseDay(over_open=True))
    assert hall.state("s1") == "kept"
    assert not hall.hall.agenda.absences


def test_other_times_named_are_the_nearest() -> None:
    hall = booking_hall()
    for n, start in enumerate(("09:00", "09:00", "10:00")):
        hall.booked(f"f{n}", f"q{n}", day="2026-03-09", start=start)
    answer = hall.decide(book("s1", day="2026-03-09"))
    assert isinstance(answer, Rejection)
    assert (answer.details["instead_day"], answer.details["instead_starts"]) == (
        "2026-03-10",
        "09:00 10:00",
    )
    assert sentence(answer.code, answer.details, "zh") == (
        "3月9日（周一）09:00 的名额已满；3月10日（周二）09:00、10:00 尚有名额"
    )
    saturday = hall.decide(book("s1", day="2026-03-07"))
    assert isinstance(saturday, Rejection)
    assert sentence(saturday.code, saturday.details, "en") == (
        "There are no appointments on Sat 7 March, which is no working day; "
        "still free on Fri 6 March: 09:00, 10:00"
    )


def test_what_is_booked_is_checked_in_though_nothing_more_is_offered() -> None:
    hall = booking_hall()
    hall.booked("s1")
    assert hall_view(hall.hall).appointments
    for plan in PLANS:
        hall.do(c.DefinePlan(plan=msgspec.structs.replace(plan, bands=())))
    hall.next_day(TUESDAY)
    assert hall_view(hall.hall).appointments  # kiosks offer to check in
    assert arrive(hall, "08:30:00") == ""
    assert not hall_view(hall.hall).appointments
