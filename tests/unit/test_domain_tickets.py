"""Taking tickets: numbers, priority by right, one ticket a person, cards."""

import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.context import Rejection
from queue_server.domain.values import Day, Holder, ServiceId
from tests.unit import domain_hall as h


def test_services_with_one_prefix_share_one_run_of_numbers() -> None:
    hall = h.opened()
    taken = [hall.issue("tax"), hall.issue("levy"), hall.issue("ask"), hall.issue("tax")]
    assert [t.number for t in taken] == ["A001", "A002", "C001", "A003"]


def test_numbers_grow_past_three_digits_and_begin_anew_each_day() -> None:
    hall = h.opened()
    for _ in range(999):
        hall.issue("ask")
    assert hall.issue("ask").number == "C1000"
    hall.do(c.CloseDay(over_open=True))
    hall.do(c.OpenDay(day=Day("2026-03-03")))
    assert hall.issue("ask").number == "C001"


def test_the_citizen_is_told_how_many_are_called_before() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.issue("tax", priority=3)
    [ordinary] = hall.do(c.IssueTicket(service=ServiceId("tax")))
    [urgent] = hall.do(
        c.IssueTicket(service=ServiceId("tax"), priority=1, priority_reason="pregnant")
    )
    assert isinstance(ordinary, e.TicketIssued)
    assert isinstance(urgent, e.TicketIssued)
    assert (ordinary.ahead, urgent.ahead) == (2, 1)


@pytest.mark.parametrize(
    ("birth", "day", "elderly"),
    [
        ("1966-03-02", "2026-03-02", True),  # on the birthday itself
        ("1966-03-03", "2026-03-02", False),
        ("1966-03-01", "2026-03-02", True),
        ("1964-02-29", "2024-02-28", False),
        ("1964-02-29", "2024-02-29", True),
        ("1940-02-29", "2026-03-01", True),
        ("2066-01-01", "2026-03-02", False),
    ],
)
def test_sixty_years_by_card_give_priority(birth: str, day: str, elderly: bool) -> None:
    ticket = h.opened(day=day).issue("tax", h.person("1", birth))
    assert ticket.priority == (2 if elderly else 0)
    assert ticket.priority_reason == ("elderly" if elderly else "")


def test_born_on_29_february_turns_sixty_on_1_march_of_a_short_year() -> None:
    rule = h.settings(elderly_age=61)
    born = h.person("1", "1964-02-29")
    assert h.opened(rule, day="2025-02-28").issue("tax", born).priority == 0
    assert h.opened(rule, day="2025-03-01").issue("tax", born).priority == 2


def test_a_higher_right_is_kept_by_the_elderly() -> None:
    ticket = h.opened().issue("tax", h.person("1", "1950-01-01"), priority=5)
    assert (ticket.priority, ticket.priority_reason) == (5, "disabled")


def test_a_hall_may_turn_the_rule_off_and_a_typed_number_proves_no_age() -> None:
    assert (
        h.opened(h.settings(elderly_age=0)).issue("tax", h.person("1", "1950-01-01")).priority == 0
    )
    assert h.opened().issue("tax", Holder(name="", number="110101195001011234")).priority == 0


def test_one_open_ticket_for_a_person_and_service() -> None:
    hall = h.opened()
    first = hall.issue("tax", h.person("1"))
    again = c.IssueTicket(service=ServiceId("tax"), holder=h.person("1"))
    assert hall.refuse(again) == "already_holding"
    hall.issue("levy", h.person("1"))
    hall.issue("tax", h.person("2"))
    hall.issue("tax")
    hall.do(c.CancelTicket(ticket=first.id))
    hall.do(again)


def test_who_missed_a_call_may_take_a_new_ticket_but_not_wait_with_both() -> None:
    hall = h.opened()
    hall.issue("tax", h.person("1"))
    first = hall.miss()
    second = hall.issue("tax", h.person("1"))
    assert hall.refuse(c.ReturnTicket(ticket=first.id)) == "already_holding"
    hall.do(c.CancelTicket(ticket=second.id))
    hall.do(c.ReturnTicket(ticket=first.id))
    again = c.IssueTicket(service=ServiceId("tax"), holder=h.person("1"))
    assert hall.refuse(again) == "already_holding"


def test_a_transferred_ticket_is_held_for_its_new_service() -> None:
    hall = h.opened()
    hall.issue("tax", h.person("1"))
    own = hall.issue("ask")
    hall.call()
    hall.do(c.Transfer(counter=h.COUNTERS[0].id, to=c.ToQueue(ServiceId("land"))))
    hall.issue("tax", h.person("1"))
    land = c.IssueTicket(service=ServiceId("land"), holder=h.person("1"))
    assert hall.refuse(land) == "already_holding"
    assert own.person is None


def test_a_service_may_need_a_card_take_none_or_not_be_offered() -> None:
    hall = h.opened()
    assert hall.refuse(c.IssueTicket(service=ServiceId("land"))) == "identity_required"
    anonymous = hall.issue("ask", h.person("1", "1950-01-01"))
    assert (anonymous.person, anonymous.holder, anonymous.priority) == (None, "", 0)
    closed = h.SERVICES[0]
    hall.do(
        c.DefineService(
            service=type(closed)(
                id=closed.id,
                prefix="A",
                name=closed.name,
                department=closed.department,
                area=closed.area,
                active=False,
            )
        )
    )
    answer = hall.decide(c.IssueTicket(service=ServiceId("tax")))
    assert answer == Rejection(
        "service_inactive", {"service": closed.name.zh, "service_en": closed.name.en}
    )
    assert hall.refuse(c.IssueTicket(service=ServiceId("none"))) == "unknown_service"


@pytest.mark.parametrize(
    ("priority", "reason"),
    [(1, ""), (10, "disabled"), (-1, "disabled"), (1, "Me first!"), (2, " ")],
)
def test_priority_needs_a_class_and_a_reason_code(priority: int, reason: str) -> None:
    asked = c.IssueTicket(service=ServiceId("tax"), priority=priority, priority_reason=reason)
    assert h.opened().refuse(asked) == "bad_priority"


@pytest.mark.parametrize("name", ["欧阳修", "\ue123某", "𱍐子", "Анна", " 张三 ", "阿卜杜·热合曼"])
def test_every_name_on_a_card_is_welcome_and_shown_masked(name: str) -> None:
    ticket = h.opened().issue("tax", h.person("1", name=name))
    assert ticket.holder == name.strip()[0] + "*"


@pytest.mark.parametrize(
    "holder",
    [
        h.person("1", name="张\x1bi"),
        h.person("1", name="张\u202e"),
        h.person("1", name="张" * 61),
        h.person(""),
        h.person("1" * 41),
        h.person("１"),
        h.person("1", "yesterday"),
    ],
)
def test_a_card_that_lies_is_refused(holder: Holder) -> None:
    asked = c.IssueTicket(service=ServiceId("tax"), holder=holder)
    assert h.opened().refuse(asked) == "bad_holder"


def test_no_event_holds_a_document_number_or_a_full_name() -> None:
    hall = h.opened()
    hall.issue("land", Holder(name="欧阳娜娜", number="110101195001011234", birth="1950-01-01"))
    said = b"".join(data for _, _, data in hall.log)
    for secret in ("娜娜", "1950-01-01"):
        assert secret.encode() not in said
    assert "110101195001011234" not in repr(hall.hall).replace("key of 110101195001011234", "")
    assert "欧阳" not in repr(Holder(name="欧阳娜娜", number="1"))
