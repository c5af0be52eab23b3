"""The business day and the hall's definitions."""

import msgspec
import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.context import Rejection
from queue_server.domain.values import CounterId, Day, ProfileId, ServiceId, StaffId, Text
from tests.unit import domain_hall as h

K1 = CounterId("k1")


def test_before_opening_nothing_is_done_but_defining() -> None:
    hall = h.defined()
    assert hall.refuse(c.IssueTicket(service=ServiceId("tax"))) == "day_closed"
    assert hall.refuse(c.SignIn(counter=K1, staff=StaffId("ann"))) == "day_closed"
    assert hall.refuse(c.CloseDay()) == "day_closed"


@pytest.mark.parametrize("day", ["", "2026-02-30", "20260302", "2026-W10-1", "2026-3-2", "x" * 999])
def test_a_day_is_a_date(day: str) -> None:
    assert h.defined().refuse(c.OpenDay(day=Day(day))) == "bad_day"


def test_days_go_forward_one_at_a_time() -> None:
    hall = h.opened(day="2026-03-02")
    assert hall.refuse(c.OpenDay(day=Day("2026-03-03"))) == "day_already_open"
    hall.do(c.CloseDay())
    assert hall.refuse(c.OpenDay(day=Day("2026-03-02"))) == "day_in_past"
    hall.do(c.OpenDay(day=Day("2026-03-03")))


def test_a_mistyped_year_does_not_shut_the_hall_for_ever() -> None:
    hall = h.defined()
    assert hall.refuse(c.OpenDay(day=Day("9999-12-31"))) == "day_too_far"
    hall.do(c.OpenDay(day=Day("2026-03-02")))


def test_closing_over_open_tickets_is_confirmed_first() -> None:
    hall = h.opened()
    waiting, called = hall.issue("tax"), hall.issue("ask", priority=1)
    hall.call()
    refused = hall.decide(c.CloseDay())
    assert refused == Rejection("open_tickets", {"count": "2"})
    hall.do(c.CloseDay(over_open=True))
    assert waiting.end_reason == called.end_reason == "closed_at_day_end"
    assert hall.transaction(called).reason == "closed_at_day_end"
    assert (hall.hall.seats, hall.hall.day) == ({}, None)


def test_who_never_came_back_ends_as_a_no_show_and_keeps_no_day_open() -> None:
    hall = h.opened()
    hall.issue("tax")
    missed = hall.miss()
    hall.do(c.CloseDay())
    assert missed.end_reason == "no_show"


def test_a_new_day_begins_empty_with_the_same_hall() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.do(c.CloseDay(over_open=True))
    catalogue = hall.hall.catalogue()
    [opened] = hall.do(c.OpenDay(day=Day("2026-03-03")))
    assert opened == e.DayOpened(day=Day("2026-03-03"), catalogue=catalogue)
    assert not hall.hall.tickets
    assert not hall.hall.at
    assert hall.refuse(c.CallNext(counter=K1)) == "not_signed_in"


def test_the_day_is_rebuilt_from_its_opening_alone() -> None:
    hall = h.opened()
    hall.issue("tax", h.person("1", "1950-01-01"))
    hall.serve()
    start = next(n for n, row in enumerate(hall.log) if b'"day_opened"' in row[2])
    assert h.replayed(hall.log[start:]) == h.replayed(hall.log) == hall.hall


def test_a_definition_said_twice_changes_nothing() -> None:
    hall = h.defined()
    assert hall.do(c.DefineService(service=h.SERVICES[0])) == []
    assert hall.do(c.DefineHall(settings=h.settings())) == []


@pytest.mark.parametrize(
    "command",
    [
        c.DefineHall(settings=h.settings(name=Text(zh="", en="Hall"))),
        c.DefineHall(settings=h.settings(walk_in_prefix="A")),
        c.DefineHall(settings=h.settings(walk_in_prefix="a")),
        c.DefineHall(settings=h.settings(returns=10)),
        c.DefineHall(settings=h.settings(elderly_age=-1)),
        c.DefineHall(settings=h.settings(elderly_priority=10)),
        c.DefineService(service=h.service("new", "Z")),
        c.DefineService(service=h.service("new", "A1")),
        c.DefineService(service=h.service("新", "A")),
        c.DefineService(
            service=msgspec.structs.replace(h.SERVICES[0], name=Text(zh="税\x1b", en="t"))
        ),
        c.DefineService(service=msgspec.structs.replace(h.SERVICES[0], area="none")),
        c.DefineCounter(counter=h.counter("k4", 1, "all")),
        c.DefineCounter(counter=h.counter("k4", 0, "all")),
        c.DefineCounter(counter=h.counter("k4", 4, "x" * 9999)),
        c.DefineProfile(profile=h.profile("p")),
        c.DefineProfile(profile=h.profile("p", "tax", "tax")),
        c.DefineProfile(profile=h.profile("p", "none")),
        c.DefineStaff(staff=msgspec.structs.replace(h.STAFF[0], name="  ")),
    ],
)
def test_a_definition_that_cannot_be_is_refused(command: c.Command) -> None:
    code = "bad_profile" if isinstance(command, c.DefineProfile) else "bad_definition"
    assert h.defined().refuse(command) == code


def test_a_counter_follows_its_changed_profile_while_open() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.do(c.DefineCounter(counter=h.counter("k1", 1, "few")))
    assert hall.refuse(c.CallNext(counter=K1)) == "nobody_waiting"
    hall.do(c.DefineProfile(profile=h.profile(ProfileId("few"), "tax")))
    hall.call()
