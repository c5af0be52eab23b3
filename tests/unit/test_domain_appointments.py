"""Appointments: each rule by its example, and each refusal with what can be done instead."""

import msgspec
import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.bands import Band
from queue_server.domain.context import Rejection
from queue_server.domain.values import Day, Holder, ServiceId
from tests.unit import domain_hall as h
from tests.unit.booking_hall import (
    FRIDAY,
    MONDAY,
    NEXT_MONDAY,
    PLANS,
    TUESDAY,
    BookingLedger,
    book,
    booking_hall,
)


@pytest.fixture
def hall() -> BookingLedger:
    return booking_hall()


def refused(hall: BookingLedger, command: c.Command) -> Rejection:
    answer = hall.decide(command)
    assert isinstance(answer, Rejection), answer
    return answer


def test_a_booking_holds_its_place_and_knows_its_person_by_pseudonym_only(
    hall: BookingLedger,
) -> None:
    booking = hall.booked("s1")
    assert (booking.holder, booking.start, booking.end) == ("张*", "09:00", "10:00")
    assert len(booking.code) == 8
    assert booking.code.isdigit()
    assert booking.at == 1_772_499_600_000  # 2026-03-03 09:00 in China
    assert "张三" not in h.ENCODER.encode([data.decode() for _, _, data in hall.log]).decode()


@pytest.mark.parametrize(
    ("day", "start", "code"),
    [
        ("2026-02-27", "09:00", "appointment_past"),
        (MONDAY, "09:00", "appointment_today"),
        ("2026-03-05", "09:00", "appointment_closed_day"),
        ("2026-03-07", "09:00", "appointment_closed_day"),
        ("2026-03-11", "09:00", "appointment_too_far"),
        ("2026-3-4", "09:00", "bad_day"),
        (TUESDAY, "09:15", "appointment_no_such_band"),
    ],
)
def test_each_day_that_cannot_be_had_says_so(
    hall: BookingLedger, day: str, start: str, code: str
) -> None:
    assert hall.refuse(book("s1", day=day, start=start)) == code


def test_five_working_days_from_tomorrow_and_the_holiday_is_none_of_them(
    hall: BookingLedger,
) -> None:
    hall.booked("s1", day="2026-03-10")
    answer = refused(hall, book("s2", "p2", day="2026-03-11"))
    assert (answer.details["first"], answer.details["last"]) == (TUESDAY, "2026-03-10")
    assert answer.details["last_day"] == "3月10日（周二）"
    assert refused(hall, book("s3", "p3", day="2026-03-05")).details["next"] == FRIDAY


def test_a_full_band_says_what_is_free_instead(hall: BookingLedger) -> None:
    hall.booked("s1", "p1")
    hall.booked("s2", "p2", "levy")  # the group shares its places
    answer = refused(hall, book("s3", "p3"))
    assert answer.code == "appointment_full"
    assert answer.details["instead_en"] == "still free on Tue 3 March: 10:00"
    hall.booked("s3", "p3", start="10:00")
    answer = refused(hall, book("s4", "p4"))
    assert answer.details["instead_en"] == "still free on Wed 4 March: 09:00, 10:00"


def test_a_lowered_quota_takes_nobodys_place_and_gives_none(hall: BookingLedger) -> None:
    hall.booked("s1", "p1")
    hall.booked("s2", "p2")
    small = msgspec.structs.replace(
        PLANS[0], bands=(msgspec.structs.replace(PLANS[0].bands[0], tickets=1),)
    )
    hall.do(c.DefinePlan(plan=small))
    assert hall.refuse(book("s3", "p3")) == "appointment_full"
    hall.do(c.CancelAppointment(serial="s1"))
    assert hall.refuse(book("s3", "p3")) == "appointment_full"
    assert hall.state("s2") == "open"


@pytest.mark.parametrize(
    ("one_per", "codes"),
    [
        ("day", ["appointment_same_service", "appointment_same_category", "appointment_same_day"]),
        ("category", ["appointment_same_service", "appointment_same_category", ""]),
        ("service", ["appointment_same_service", "", ""]),
    ],
)
def test_one_a_person(one_per: str, codes: list[str]) -> None:
    hall = booking_hall(one_per=one_per)
    hall.booked("s1")
    wanted = [
        book("s2", start="10:00"),
        book("s2", service="land"),
        book("s2", service="ask", start="14:00"),
    ]
    found = [hall.decide(command) for command in wanted]
    assert [a.code if isinstance(a, Rejection) else "" for a in found] == codes
    hall.booked("s3", day=FRIDAY)


def test_what_the_hall_does_not_offer(hall: BookingLedger) -> None:
    hall.do(c.DefinePlan(plan=msgspec.structs.replace(PLANS[2], bands=())))
    assert hall.refuse(book("s1", service="ask", start="14:00")) == "appointment_no_bands"
    hall.do(c.DefineProfile(profile=h.profile("all", "tax", "levy")))
    assert hall.refuse(book("s1", service="land")) == "appointment_no_queue"
    assert hall.refuse(book("s1", service="none")) == "unknown_service"
    hall.do(c.DefineService(service=msgspec.structs.replace(h.SERVICES[0], active=False)))
    assert hall.refuse(book("s1")) == "service_inactive"
    nameless = msgspec.structs.replace(book("s1"), holder=Holder(name=" ", number="p1"))
    assert hall.refuse(nameless) == "bad_holder"
    assert hall.refuse(book("s 1")) == "appointment_bad_serial"


def test_the_same_again_changes_nothing_and_other_times_move(hall: BookingLedger) -> None:
    first = hall.booked("s1")
    assert hall.do(book("s1")) == []
    hall.booked("s2", "p2")
    assert hall.refuse(book("s1", "p3")) == "appointment_serial_taken"
    assert hall.refuse(book("S1", "p3")) == "appointment_serial_taken"
    [moved] = hall.do(book("s1", start="10:00"))
    assert isinstance(moved, e.AppointmentMoved)
    assert hall.hall.agenda.bookings["s1"].code == first.code
    hall.booked("s3", "p3")  # the place it left
    assert hall.refuse(c.MoveAppointment(serial="s1", day=TUESDAY, start="09:00")) == (
        "appointment_full"
    )
    assert hall.hall.agenda.bookings["s1"].start == "10:00"  # a refused move loses nothing


def test_moving_and_cancelling_end_two_hours_before_but_for_a_manager(
    hall: BookingLedger,
) -> None:
    hall.booked("s1")
    hall.at(TUESDAY, "07:00:01")
    assert hall.refuse(c.CancelAppointment(serial="s1")) == "appointment_fixed"
    assert hall.refuse(book("s1", day=FRIDAY)) == "appointment_fixed"
    hall.at(TUESDAY, "07:00:00")
    hall.do(book("s1", day=FRIDAY, start="10:00"))
    hall.at(FRIDAY, "09:30:00")
    hall.manager = True
    [cancelled] = hall.do(c.CancelAppointment(serial="s1", reason="a clerk is ill"))
    assert isinstance(cancelled, e.AppointmentCancelled)
    assert cancelled.by == "hall"
    assert hall.do(c.CancelAppointment(serial="s1")) == []
    assert hall.refuse(book("s1", day=FRIDAY, start="10:00")) == "appointment_cancelled"
    assert hall.refuse(c.CancelAppointment(serial="s9")) == "appointment_unknown"


@pytest.mark.parametrize("by", ["serial", "code", "card"])
def test_the_appointment_becomes_a_ticket_by_itself(hall: BookingLedger, by: str) -> None:
    booking = hall.booked("s1-x")
    hall.next_day(TUESDAY)
    hall.at(TUESDAY, "08:30:00")
    command = {
        "serial": c.CheckIn(code="S1-X"),
        "code": c.CheckIn(code=booking.code),
        "card": c.CheckIn(holder=h.person("p1")),
    }[by]
    issued, kept = hall.do(command)
    assert isinstance(issued, e.TicketIssued)
    assert isinstance(kept, e.AppointmentKept)
    assert (issued.booked_at, issued.service, issued.holder) == (booking.at, "tax", "张*")
    assert hall.state("s1-x") == "kept"
    again = refused(hall, command)
    assert (again.code, again.details["number"]) == ("appointment_kept", "A001")


def test_a_ticket_taken_in_ones_time_is_the_appointments(hall: BookingLedger) -> None:
    booking = hall.booked("s1")
    hall.next_day(TUESDAY)
    hall.at(TUESDAY, "09:10:00")
    issued, kept = hall.do(c.IssueTicket(service=ServiceId("tax"), holder=h.person("p1")))
    assert isinstance(issued, e.TicketIssued)
    assert issued.booked_at == booking.at
    assert isinstance(kept, e.AppointmentKept)
    assert not kept.late


def test_too_early(hall: BookingLedger) -> None:
    hall.booked("s1")
    hall.next_day(TUESDAY)
    hall.at(TUESDAY, "07:59:59")
    answer = refused(hall, c.CheckIn(code="s1"))
    assert (answer.code, answer.details["from"]) == ("appointment_too_early", "08:00")
    waits = booking_hall(too_early="wait")
    waits.booked("s1")
    waits.next_day(TUESDAY)
    waits.at(TUESDAY, "07:59:59")
    assert waits.do(c.CheckIn(code="s1"))[0].booked_at is not None  # type: ignore[union-attr]


def test_too_late_is_an_ordinary_ticket_or_missed_by_rule(hall: BookingLedger) -> None:
    hall.booked("s1")
    hall.next_day(TUESDAY)
    hall.at(TUESDAY, "10:15:01")
    issued, kept = hall.do(c.CheckIn(holder=h.person("p1")))
    assert isinstance(issued, e.TicketIssued)
    assert issued.booked_at is None
    assert isinstance(kept, e.AppointmentKept)
    assert kept.late
    strict = booking_hall(too_late="missed")
    strict.booked("s1")
    strict.next_day(TUESDAY)
    strict.at(TUESDAY, "10:15:01")
    assert strict.refuse(c.CheckIn(code="s1")) == "appointment_missed"
    strict.issue(holder=h.person("p1"))
    strict.next_day(FRIDAY)
    assert [a.missed for a in strict.hall.agenda.absences.values()] == [(TUESDAY,)]


def test_who_came_by_an_ordinary_ticket_did_not_miss_it(hall: BookingLedger) -> None:
    hall.booked("s1")
    hall.next_day(TUESDAY)
    hall.at(TUESDAY, "07:30:00")
    hall.issue(holder=h.person("p1"))
    events = hall.do(c.CloseDay(over_open=True))
    assert [type(event) for event in events][-2:] == [e.AppointmentKept, e.DayClosed]
    assert not hall.hall.agenda.absences


def test_who_is_not_expected(hall: BookingLedger) -> None:
    assert hall.refuse(c.CheckIn(holder=h.person("p1"))) == "appointment_none_today"
    assert hall.refuse(c.CheckIn(code="00000000")) == "appointment_unknown"
    assert hall.refuse(c.CheckIn()) == "appointment_unknown"
    hall.booked("s1")
    assert hall.refuse(c.CheckIn(holder=h.person("p1"))) == "appointment_other_day"
    assert hall.refuse(c.CheckIn(code="s1")) == "appointment_other_day"


def missed(hall: BookingLedger, count: int) -> None:
    for n, day in enumerate(["03", "04", "06", "09", "10"][:count]):
        hall.booked(f"m{day}", day=f"2026-03-{day}")
        hall.next_day(f"2026-03-{day}")
        hall.do(c.CloseDay())
        assert hall.state(f"m{day}") == "missed", n


def test_missed_ones_bar_until_a_date_the_citizen_is_told(hall: BookingLedger) -> None:
    missed(hall, 3)
    answer = refused(hall, book("s1", day=NEXT_MONDAY))
    assert answer.code == "appointment_barred"
    assert (answer.details["until"], answer.details["next"]) == ("2026-04-05", "2026-04-06")
    hall.booked("s2", "p2", day=NEXT_MONDAY)
    hall.next_day("2026-04-03")
    assert hall.refuse(book("s1", day="2026-04-07")) == "appointment_barred"
    hall.at("2026-04-06", "00:00:01")
    hall.booked("s1", day="2026-04-07")


def test_a_manager_lifts_a_bar(hall: BookingLedger) -> None:
    missed(hall, 3)
    assert hall.refuse(c.LiftBar(holder=h.person("p1"))) == "reason_required"
    assert hall.refuse(c.LiftBar(holder=h.person("p2"), reason="ill")) == "not_barred"
    hall.do(c.LiftBar(holder=h.person("p1"), reason="was in hospital"))
    hall.booked("s1", day=NEXT_MONDAY)
    assert not hall.hall.agenda.absences


def test_what_is_long_ago_counts_no_more() -> None:
    hall = booking_hall(missed_bar=2, missed_within_days=3)
    missed(hall, 1)
    hall.booked("s1", day=FRIDAY)
    hall.next_day(FRIDAY)
    hall.do(c.CloseDay())
    assert [a.missed for a in hall.hall.agenda.absences.values()] == [(FRIDAY,)]


def test_nobody_misses_a_day_on_which_the_hall_never_opened(hall: BookingLedger) -> None:
    hall.booked("s1", day=FRIDAY)
    hall.do(c.CloseDay())
    hall.at(NEXT_MONDAY, "08:00:00")
    events = hall.do(c.OpenDay(day=Day(NEXT_MONDAY)))
    assert isinstance(events[0], e.AppointmentCancelled)
    assert events[0].by == "hall"
    assert not hall.hall.agenda.bookings
    assert not hall.hall.agenda.absences


def test_a_day_begins_with_what_is_to_come(hall: BookingLedger) -> None:
    for n in range(3):
        hall.booked(f"s{n}", f"p{n}", "ask", FRIDAY, "14:00")
    hall.do(c.CancelAppointment(serial="s2"))
    hall.next_day(TUESDAY)
    opening = max(n for n, row in enumerate(hall.log) if b'"day_opened"' in row[2])
    again = h.replayed(hall.log[opening:])
    assert again.agenda == hall.hall.agenda
    assert again.plans == hall.hall.plans
    assert [b.state for b in again.agenda.bookings.values()] == ["open", "open", "cancelled"]


def test_plans_are_checked(hall: BookingLedger) -> None:
    for wrong in (
        {"id": "a b"},
        {"services": ()},
        {"services": (ServiceId("tax"), ServiceId("tax"))},
        {"services": (ServiceId("land"),)},
        {"services": (ServiceId("none"),)},
        {"category": "x" * 33},
        {"bands": (msgspec.structs.replace(PLANS[0].bands[0], tickets=0),)},
        {"bands": (PLANS[0].bands[0], PLANS[0].bands[0])},
    ):
        plan = msgspec.structs.replace(PLANS[0], **wrong)
        assert hall.refuse(c.DefinePlan(plan=plan)) == "bad_definition", wrong
    assert hall.do(c.DefinePlan(plan=PLANS[0])) == []


def test_a_day_that_nobody_opened_is_no_fault_of_who_comes(hall: BookingLedger) -> None:
    """Monday is still open on Tuesday morning."""
    hall.booked("s1")
    hall.booked("s2", "p2", day="2026-03-04")
    hall.at(TUESDAY, "08:30:00")
    for command in (c.CheckIn(code="s1"), c.CheckIn(holder=h.person("p1"))):
        answer = refused(hall, command)
        assert answer.code == "appointment_day_not_open"
        assert answer.details["when"] == "今天 09:00"
    assert hall.refuse(c.CheckIn(code="s2")) == "appointment_other_day"
    hall.next_day(TUESDAY)
    hall.at(TUESDAY, "08:30:00")
    hall.do(c.CheckIn(code="s1"))


def test_the_days_that_can_be_booked_turn_at_midnight(hall: BookingLedger) -> None:
    hall.at(MONDAY, "23:59:50")
    hall.booked("s1", day=TUESDAY)
    assert hall.refuse(book("s2", "p2", day="2026-03-11")) == "appointment_too_far"
    hall.at(TUESDAY, "00:00:00")
    assert hall.refuse(book("s2", "p2", day=TUESDAY)) == "appointment_today"
    hall.booked("s2", "p2", day="2026-03-11")


def test_bands_that_are_gone_or_moved_keep_what_was_booked(hall: BookingLedger) -> None:
    hall.booked("s1", "p1")
    hall.booked("s2", "p2", start="10:00")
    half_past = Band(start="09:30", end="10:30", tickets=1)
    hall.do(c.DefinePlan(plan=msgspec.structs.replace(PLANS[0], bands=(half_past,))))
    assert hall.refuse(book("s3", "p3")) == "appointment_no_such_band"
    assert hall.refuse(book("s3", "p3", start="09:30")) == "appointment_full"  # s2 is within it
    assert hall.do(book("s1", "p1")) == []  # the portal asks again: nothing changes
    hall.do(c.CancelAppointment(serial="s2"))
    hall.booked("s3", "p3", start="09:30")
    hall.next_day(TUESDAY)
    hall.at(TUESDAY, "10:15:00")  # a quarter after the band that is gone
    issued = hall.do(c.CheckIn(code="s1"))[0]
    assert isinstance(issued, e.TicketIssued)
    assert issued.booked_at == hall.hall.agenda.bookings["s1"].at
