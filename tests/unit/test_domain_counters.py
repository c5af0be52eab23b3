"""At a counter: sitting down, calling, serving, no-shows, holding, sending on, pausing."""

import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.values import CounterId, Ms, ServiceId, StaffId
from tests.unit import domain_hall as h

K1, K2, K3 = CounterId("k1"), CounterId("k2"), CounterId("k3")
ANN, BO, CHU = StaffId("ann"), StaffId("bo"), StaffId("chu")
DISTINCT = h.settings(start_distinct=True)


# --- sitting down ---


def test_one_counter_one_clerk() -> None:
    hall = h.opened()
    assert hall.do(c.SignIn(counter=K1, staff=ANN)) == []  # pressed twice
    assert hall.refuse(c.SignIn(counter=K1, staff=CHU)) == "counter_taken"
    assert hall.refuse(c.SignIn(counter=K3, staff=ANN)) == "staff_elsewhere"
    assert hall.refuse(c.SignIn(counter=K3, staff=StaffId("x"))) == "unknown_staff"
    assert hall.refuse(c.SignIn(counter=CounterId("x"), staff=CHU)) == "unknown_counter"


def test_an_empty_counter_calls_nobody() -> None:
    hall = h.opened()
    hall.issue("tax")
    assert hall.refuse(c.CallNext(counter=K3)) == "not_signed_in"


def test_a_clerk_cannot_leave_a_citizen_standing() -> None:
    hall = h.opened()
    ticket = hall.issue("tax")
    hall.call()
    assert hall.refuse(c.SignOut(counter=K1)) == "counter_busy"
    assert hall.refuse(c.SignOut(counter=K1, force=True)) == "no_right"
    hall.manager = True
    closed, out = hall.do(c.SignOut(counter=K1, force=True))
    assert closed == e.TicketClosed(ticket=ticket.id, reason="forced_sign_out")
    assert out == e.SignedOut(counter=K1, staff=ANN, forced=True)
    assert (ticket.state, ticket.end_reason) == ("ended", "forced_sign_out")


def test_leaving_an_idle_counter_ends_its_pause() -> None:
    hall = h.opened()
    hall.do(c.Pause(counter=K1, reason="lunch"))
    hall.do(c.SignOut(counter=K1))
    hall.do(c.SignIn(counter=K1, staff=CHU))
    hall.issue("tax")
    hall.call()


# --- calling ---


def test_first_come_first_served_within_a_class_and_higher_classes_first() -> None:
    hall = h.opened()
    taken = [hall.issue("tax"), hall.issue("ask"), hall.issue("tax", priority=1)]
    assert [hall.serve().ticket for _ in taken] == [taken[2].id, taken[0].id, taken[1].id]


def test_a_counter_calls_only_what_its_work_profile_holds() -> None:
    hall = h.opened()
    hall.do(c.SignIn(counter=K3, staff=CHU))
    hall.issue("tax")
    assert hall.refuse(c.CallNext(counter=K3)) == "nobody_waiting"
    asked = hall.issue("ask")
    assert hall.call("k3").id == asked.id


def test_the_reason_of_each_call_is_on_record() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.issue("tax")
    hall.issue("ask", priority=2)
    why = hall.why(hall.serve())
    assert (why.rule, why.priority, why.considered, why.older_passed) == (
        "priority_then_arrival",
        2,
        3,
        2,
    )


def test_whoever_returned_to_the_end_counts_as_passed() -> None:
    hall = h.opened()
    hall.issue("tax")
    missed = hall.miss()
    hall.issue("tax")
    hall.do(c.ReturnTicket(ticket=missed.id))
    assert hall.why(hall.serve()).older_passed == 1


def test_one_at_a_time() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.issue("tax")
    hall.call()
    for command in (
        c.CallNext(counter=K1),
        c.WalkIn(counter=K1, service=ServiceId("tax")),
    ):
        assert hall.refuse(command) == "counter_busy"


def test_calling_out_of_order_needs_the_right_and_a_reason() -> None:
    hall = h.opened()
    hall.issue("tax")
    wanted = hall.issue("tax")
    this = c.CallThis(counter=K1, ticket=wanted.id, reason="wheelchair")
    assert hall.refuse(this) == "no_right"  # Ann has none
    assert hall.refuse(c.CallThis(counter=K2, ticket=wanted.id, reason=" ")) == "reason_required"
    too_long = c.CallThis(counter=K2, ticket=wanted.id, reason="x" * 201)
    assert hall.refuse(too_long) == "too_long"
    [called] = hall.do(c.CallThis(counter=K2, ticket=wanted.id, reason="wheelchair"))
    assert isinstance(called, e.TicketCalled)
    assert (called.why.rule, called.why.reason) == ("this_one", "wheelchair")
    assert (called.why.considered, called.why.older_passed) == (2, 1)
    hall.do(c.EndService(counter=K2))
    again = c.CallThis(counter=K2, ticket=wanted.id, reason="wheelchair")
    assert hall.refuse(again) == "not_waiting"


def test_a_recall_is_counted() -> None:
    hall = h.opened(DISTINCT)
    hall.issue("tax")
    ticket = hall.call()
    hall.do(c.Recall(counter=K1))
    hall.do(c.Recall(counter=K1))
    assert hall.transaction(ticket).recalls == 2
    hall.do(c.StartService(counter=K1))
    assert hall.refuse(c.Recall(counter=K1)) == "already_started"


# --- serving ---


def test_where_the_hall_wants_it_service_begins_by_its_own_press() -> None:
    hall = h.opened(DISTINCT)
    hall.issue("tax")
    ticket = hall.call()
    assert ticket.state == "called"
    assert hall.refuse(c.EndService(counter=K1)) == "not_started"
    hall.do(c.StartService(counter=K1))
    assert hall.refuse(c.StartService(counter=K1)) == "already_started"
    assert hall.refuse(c.NoShow(counter=K1)) == "already_started"
    hall.do(c.EndService(counter=K1))
    assert ticket.end_reason == "served"


def test_elsewhere_service_begins_with_the_call() -> None:
    hall = h.opened()
    hall.issue("tax")
    ticket = hall.call()
    assert hall.transaction(ticket).started_at == hall.transaction(ticket).called_at
    assert hall.refuse(c.StartService(counter=K1)) == "not_distinct"


def test_nothing_to_do_without_a_ticket() -> None:
    hall = h.opened()
    for kind in (c.Recall, c.StartService, c.EndService, c.NoShow, c.Hold):
        assert hall.refuse(kind(counter=K1)) == "no_current_ticket"


# --- no-shows and returns ---


@pytest.mark.parametrize("returns", [0, 1, 2])
def test_a_no_show_returns_as_often_as_the_hall_allows(returns: int) -> None:
    hall = h.opened(h.settings(returns=returns))
    hall.issue("tax")
    for _ in range(returns):
        missed = hall.miss()
        hall.do(c.ReturnTicket(ticket=missed.id))
    missed = hall.miss()
    assert hall.refuse(c.ReturnTicket(ticket=missed.id)) == "returns_used_up"


@pytest.mark.parametrize(("position", "turn"), [("front", 0), ("sorted", 0), ("end", 2)])
def test_a_return_stands_where_the_hall_says(position: str, turn: int) -> None:
    hall = h.opened(h.settings(return_position=position))
    for _ in range(3):
        hall.issue("tax")
    missed = hall.miss()
    hall.do(c.ReturnTicket(ticket=missed.id))
    order = [hall.serve().number for _ in range(3)]
    assert order.index(missed.number) == turn


def test_only_a_no_show_returns() -> None:
    hall = h.opened()
    ticket = hall.issue("tax")
    assert hall.refuse(c.ReturnTicket(ticket=ticket.id)) == "not_no_show"
    hall.serve()
    assert hall.refuse(c.ReturnTicket(ticket=ticket.id)) == "already_ended"


# --- holding ---


def test_a_held_ticket_is_called_back_only_where_it_is_held() -> None:
    hall = h.opened()
    hall.issue("tax")
    held = hall.call()
    hall.do(c.Hold(counter=K1))
    hall.issue("tax")
    assert hall.serve().ticket != held.id  # the counter is free meanwhile
    assert hall.refuse(c.CallBack(counter=K2, ticket=held.id)) == "not_held_here"
    hall.do(c.CallBack(counter=K1, ticket=held.id))
    hall.do(c.EndService(counter=K1))
    assert held.steps == 1  # one service, however often set aside
    assert hall.transaction(held).reason == "served"


def test_a_held_ticket_keeps_the_time_its_service_began() -> None:
    hall = h.opened(DISTINCT)
    hall.issue("tax")
    held = hall.call()
    hall.do(c.StartService(counter=K1))
    began = hall.transaction(held).started_at
    hall.do(c.Hold(counter=K1))
    hall.do(c.CallBack(counter=K1, ticket=held.id))
    assert held.state == "called"
    hall.do(c.StartService(counter=K1))
    assert hall.transaction(held).started_at == began


def test_a_rule_changed_while_a_ticket_is_held_holds_at_its_call_back() -> None:
    hall = h.opened(DISTINCT)
    hall.issue("tax")
    held = hall.call()
    hall.do(c.Hold(counter=K1))
    hall.do(c.DefineHall(settings=h.settings()))
    hall.do(c.CallBack(counter=K1, ticket=held.id))
    assert held.state == "serving"
    assert hall.transaction(held).started_at == hall.now - 1000
    hall.do(c.EndService(counter=K1))


# --- transfers ---


@pytest.mark.parametrize("position", ["front", "sorted", "end"])
def test_a_transfer_keeps_the_number_and_its_place(position: str) -> None:
    hall = h.opened()
    moved = hall.issue("tax")
    hall.call()
    waiting = [hall.issue("land", h.person(str(n))) for n in range(2)]
    to = c.ToQueue(ServiceId("land"))
    hall.do(c.Transfer(counter=K1, to=to, position=position))  # type: ignore[arg-type]
    assert (moved.number, moved.service) == ("A001", "land")
    order = [hall.serve("k2").number for _ in range(3)]
    assert order.index("A001") == (2 if position == "end" else 0)
    assert [t.number for t in waiting] == ["B001", "B002"]


def test_sent_to_a_counter_only_that_counter_calls_it() -> None:
    hall = h.opened()
    moved = hall.issue("tax")
    hall.call()
    assert hall.refuse(c.Transfer(counter=K1, to=c.ToCounter(K1))) == "transfer_to_itself"
    hall.do(c.Transfer(counter=K1, to=c.ToCounter(K2)))
    assert hall.refuse(c.CallNext(counter=K1)) == "nobody_waiting"
    assert hall.call("k2").id == moved.id


def test_sent_to_a_clerk_it_follows_the_clerk() -> None:
    hall = h.opened()
    moved = hall.issue("tax")
    hall.call()
    assert hall.refuse(c.Transfer(counter=K1, to=c.ToStaff(ANN))) == "transfer_to_itself"
    hall.do(c.Transfer(counter=K1, to=c.ToStaff(CHU)))
    hall.do(c.SignOut(counter=K2))
    hall.do(c.SignIn(counter=K2, staff=CHU))
    assert hall.call("k2").id == moved.id
    assert hall.transaction(moved).staff == CHU


def test_a_transfer_into_nothing_is_refused() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.call()
    nowhere: dict[str, c.Target] = {
        "unknown_service": c.ToQueue(ServiceId("x")),
        "unknown_counter": c.ToCounter(CounterId("x")),
        "unknown_staff": c.ToStaff(StaffId("x")),
    }
    for code, to in nowhere.items():
        assert hall.refuse(c.Transfer(counter=K1, to=to)) == code


# --- walk-ins ---


def test_a_walk_in_is_numbered_apart_and_says_whom_it_passed() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.issue("ask")
    issued, called = hall.do(c.WalkIn(counter=K1, service=ServiceId("tax")))
    assert isinstance(issued, e.TicketIssued)
    assert isinstance(called, e.TicketCalled)
    assert (issued.number, issued.walk_in, called.starts) == ("Z001", True, True)
    assert (called.why.rule, called.why.considered, called.why.older_passed) == ("walk_in", 2, 2)
    assert hall.refuse(c.NoShow(counter=K1)) == "already_started"
    hall.do(c.EndService(counter=K1))
    assert hall.issue("tax").number == "A002"


# --- pausing ---


def test_a_paused_counter_calls_nobody_but_finishes_what_it_began() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.issue("tax")
    hall.call()
    hall.do(c.Pause(counter=K1, reason="fetch a file"))
    hall.do(c.EndService(counter=K1))
    assert hall.refuse(c.CallNext(counter=K1)) == "counter_paused"
    assert hall.refuse(c.Pause(counter=K1, reason="again")) == "already_paused"
    hall.do(c.Resume(counter=K1))
    hall.call()
    assert hall.refuse(c.Resume(counter=K1)) == "not_paused"


def test_a_pause_needs_a_reason_and_an_end_that_can_be() -> None:
    hall = h.opened()
    assert hall.refuse(c.Pause(counter=K1, reason=" ")) == "reason_required"
    assert hall.refuse(c.Pause(counter=K1, reason="x" * 201)) == "too_long"
    for until in (hall.now, 0, hall.now + 25 * 3_600_000, 10**30):
        assert hall.refuse(c.Pause(counter=K1, reason="tea", until=Ms(until))) == "bad_time"
    hall.do(c.Pause(counter=K1, reason="tea", until=Ms(hall.now + 600_000)))


# --- giving up and removing ---


def test_a_citizen_gives_up_what_is_not_at_a_counter() -> None:
    hall = h.opened()
    ticket = hall.issue("tax")
    hall.call()
    assert hall.refuse(c.CancelTicket(ticket=ticket.id)) == "ticket_in_service"
    hall.do(c.Hold(counter=K1))
    hall.do(c.CancelTicket(ticket=ticket.id))
    assert ticket.end_reason == hall.transaction(ticket).reason == "cancelled_by_citizen"
    assert hall.refuse(c.CancelTicket(ticket=ticket.id)) == "already_ended"


def test_removing_needs_the_right_a_reason_and_a_waiting_ticket() -> None:
    hall = h.opened()
    ticket = hall.issue("tax")
    assert hall.refuse(c.RemoveTicket(ticket=ticket.id, counter=K1, reason="left")) == "no_right"
    blank = c.RemoveTicket(ticket=ticket.id, counter=K2, reason="")
    assert hall.refuse(blank) == "reason_required"
    hall.do(c.RemoveTicket(ticket=ticket.id, counter=K2, reason="left"))
    assert ticket.end_reason == "removed_by_staff"
    again = c.RemoveTicket(ticket=ticket.id, counter=K2, reason="left")
    assert hall.refuse(again) == "not_waiting"
