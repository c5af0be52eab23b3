"""Visits of several steps, by example."""

import msgspec
import pytest

from queue_server.documents import counter_view, screen_view, ticket_view
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.hall import Ticket
from queue_server.domain.steps import Branch, BranchStep, Step
from queue_server.domain.values import CounterId, ServiceId, StaffId
from queue_server.reads import ticket_progress
from queue_server.visits import may_join, telling_places
from tests.unit import domain_hall as h
from tests.unit.domain_routes import ASK, LAND, LEVY, ROUTES, STOP, TAX

K1, K2, K3 = map(CounterId, ("k1", "k2", "k3"))
OPEN, PAY = ROUTES


def routed(position: str = "sorted", **changes: object) -> h.Ledger:
    ledger = h.opened(h.settings(route_position=position, **changes))
    for route in ROUTES:
        ledger.do(c.DefineRoute(route=route))
    return ledger


def end(ledger: h.Ledger, counter: CounterId = K1, branch: str | None = None) -> list[e.Event]:
    if branch is not None:
        ledger.do(c.ChooseBranch(counter=counter, branch=branch))
    return ledger.do(c.EndService(counter=counter))


def told(ledger: h.Ledger, ticket: Ticket) -> list[tuple[str, str, tuple[int, ...]]]:
    steps = ticket_view(ledger.hall, ticket).steps
    return [(step.service, step.state, step.counters) for step in steps]


def test_a_visit_goes_through_its_route_with_one_number() -> None:
    ledger = routed()
    ticket = ledger.issue("levy")
    assert (ticket.route, ticket.number) == ("pay", "A001")
    assert told(ledger, ticket) == [("levy", "now", (1, 2)), ("ask", "next", (1, 2))]
    ledger.call()
    [ended, rating] = end(ledger)
    assert ended == e.StepEnded(
        ticket=ticket.id, counter=K1, to=ASK, position="end", stops=PAY.steps
    )
    assert rating == e.RatingRequested(transaction=f"{ticket.id}-1", counter=K1)  # type: ignore[arg-type]
    assert (ticket.number, ticket.service, ticket.state) == ("A001", ASK, "waiting")
    assert told(ledger, ticket) == [("levy", "done", (1,)), ("ask", "now", (1, 2))]
    screen = screen_view(ledger.hall, K1)
    assert (screen.moved, screen.moved_to, screen.moved_counters) == ("A001", ASK, (1, 2))
    ledger.do(c.Rate(transaction=f"{ticket.id}-1", level=5))  # type: ignore[arg-type]
    assert ledger.call("k2") is ticket
    assert screen_view(ledger.hall, K1).moved == ""
    assert ticket.transaction == f"{ticket.id}-2"
    [ended, _] = end(ledger, K2)
    assert isinstance(ended, e.ServiceEnded)
    assert ticket.end_reason == "served"
    assert told(ledger, ticket) == [("levy", "done", (1,)), ("ask", "done", (2,))]
    progress = ticket_progress(ledger.hall, "A001")
    assert progress.steps == ticket_view(ledger.hall, ticket).steps  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("position", "order"),
    [
        ("front", ["A001", "C001", "C002"]),
        ("sorted", ["C001", "A001", "C002"]),
        ("end", ["C001", "C002", "A001"]),
    ],
)
def test_where_the_next_queue_takes_it_is_configured(position: str, order: list[str]) -> None:
    ledger = routed()
    ledger.do(c.DefineRoute(route=msgspec.structs.replace(PAY, position=position)))
    ledger.issue("ask")
    ledger.issue("levy")
    ledger.issue("ask")
    ledger.do(c.CallThis(counter=K2, ticket=h.TICKET_IDS[1], reason="first"))
    end(ledger, K2)
    called = []
    for _ in order:
        called.append(ledger.call().number)
        end(ledger)
    assert called == order


def test_a_branch_is_chosen_at_the_counter() -> None:
    ledger = routed()
    ticket = ledger.issue("tax")
    ledger.call()
    assert [b.id for b in ticket_view(ledger.hall, ticket).branches] == ["extra", "stop"]
    ledger.do(c.ChooseBranch(counter=K1, branch="stop"))
    assert [step[0] for step in told(ledger, ticket)] == ["tax"]
    ledger.do(c.ChooseBranch(counter=K1, branch="extra"))
    assert [step[0] for step in told(ledger, ticket)] == ["tax", "land", "levy", "ask"]
    assert ledger.refuse(c.ChooseBranch(counter=K1, branch="none")) == "unknown_branch"
    end(ledger)
    assert ticket.service == LAND
    ledger.call()
    end(ledger)
    ledger.call()
    assert ledger.refuse(c.EndService(counter=K1)) == "branch_required"
    [ended, _] = end(ledger, branch="stop")
    assert isinstance(ended, e.ServiceEnded)
    assert [step[0] for step in told(ledger, ticket)] == ["tax", "land", "levy"]


def test_a_route_is_given_and_taken_at_the_counter() -> None:
    ledger = routed()
    ticket = ledger.issue("land", h.person("p1"))
    ledger.call()
    assert ledger.refuse(c.SetRoute(counter=K1, route="none")) == "unknown_route"
    ledger.do(c.SetRoute(counter=K1, route="pay"))
    assert [s.service for s in ticket.stops] == [LAND, LEVY, ASK]
    end(ledger)
    ledger.call()
    ledger.do(c.SetRoute(counter=K1, route=None))
    [ended, _] = end(ledger)
    assert isinstance(ended, e.ServiceEnded)
    assert [s.service for s in ticket.stops] == [LAND, LEVY]


def test_a_ticket_may_be_issued_for_a_route_by_name() -> None:
    ledger = routed()
    ledger.do(c.DefineRoute(route=msgspec.structs.replace(PAY, on_issue=False)))
    assert ledger.issue("levy").route is None
    take = c.IssueTicket(service=LEVY, route="pay")
    [issued] = ledger.do(take)
    assert isinstance(issued, e.TicketIssued)
    assert issued.stops == PAY.steps
    assert ledger.refuse(msgspec.structs.replace(take, route="open")) == "route_elsewhere"
    assert ledger.refuse(msgspec.structs.replace(take, route="none")) == "unknown_route"


def test_transfers_move_the_step_at_hand_only() -> None:
    ledger = routed()
    ticket = ledger.issue("tax")
    ledger.call()
    later = c.Transfer(counter=K1, to=c.ToQueue(service=ASK))
    assert ledger.refuse(later) == "step_to_come"
    ledger.do(c.Transfer(counter=K1, to=c.ToQueue(service=LAND)))
    assert [s.service for s in ticket.stops] == [LAND, LEVY, ASK]
    ledger.call()
    ledger.do(c.Transfer(counter=K1, to=c.ToCounter(counter=K2)))
    assert told(ledger, ticket)[0] == ("land", "now", (2,))
    ledger.call("k2")
    end(ledger, K2)
    assert ticket.service == LEVY


def test_a_no_show_comes_back_to_the_step_it_missed() -> None:
    ledger = routed()
    ticket = ledger.issue("levy")
    ledger.call()
    end(ledger)
    ledger.miss()
    ledger.do(c.ReturnTicket(ticket=ticket.id))
    assert (ticket.service, ticket.stop) == (ASK, 1)
    ledger.miss()
    assert ledger.refuse(c.ReturnTicket(ticket=ticket.id)) == "returns_used_up"
    ledger.do(c.CloseDay())
    assert ticket.end_reason == "no_show"


def test_given_up_or_closed_between_steps_the_whole_visit_ends() -> None:
    ledger = routed()
    first, second = ledger.issue("levy"), ledger.issue("levy")
    ledger.call()
    end(ledger)
    ledger.do(c.CancelTicket(ticket=first.id))
    assert first.end_reason == "cancelled_by_citizen"
    ledger.call()
    end(ledger)
    ledger.do(c.CloseDay(over_open=True))
    assert second.end_reason == "closed_at_day_end"


def joined() -> tuple[h.Ledger, Ticket]:
    ledger = routed()
    ticket = ledger.issue("tax")
    ledger.call()
    assert may_join(ledger.hall, K2) == [ticket]
    ledger.do(c.JoinVisit(counter=K2, ticket=ticket.id))
    return ledger, ticket


def test_two_counters_work_on_one_visit_and_it_goes_on_when_both_are_done() -> None:
    ledger, ticket = joined()
    assert (ticket.counter, ticket.joint, ticket.steps) == (K1, (K2,), 2)
    assert ledger.hall.counter_now(K2).last == f"{ticket.id}-2"
    view = counter_view(ledger.hall, K2).ticket
    assert view is not None
    assert (view.transaction, view.joint) == (f"{ticket.id}-2", (1,))
    assert told(ledger, ticket)[0] == ("tax", "now", (1, 2))
    for command in (
        c.Hold(counter=K1),
        c.NoShow(counter=K2),
        c.Transfer(counter=K1, to=c.ToQueue(service=LAND)),
    ):
        assert ledger.refuse(command) == "joint_work"
    assert ledger.do(c.Recall(counter=K2)) == [e.TicketRecalled(ticket=ticket.id, counter=K2)]
    assert ledger.hall.transactions[ledger.hall.counter_now(K2).last or ""].recalls == 1  # type: ignore[index]
    [ended, rating] = end(ledger)
    assert ended == e.JointEnded(ticket=ticket.id, counter=K1, reason="served")
    assert rating == e.RatingRequested(transaction=f"{ticket.id}-1", counter=K1)  # type: ignore[arg-type]
    assert (ticket.state, ticket.counter, ticket.joint) == ("serving", K2, ())
    [ended, rating] = end(ledger, K2)
    assert isinstance(ended, e.StepEnded)
    assert rating == e.RatingRequested(transaction=f"{ticket.id}-2", counter=K2)  # type: ignore[arg-type]
    assert told(ledger, ticket)[0] == ("tax", "done", (1, 2))
    for counter in (K1, K2):
        assert screen_view(ledger.hall, counter).moved == ticket.number
    ledger.call()
    assert {screen_view(ledger.hall, counter).moved for counter in (K1, K2)} == {""}


def test_each_counter_says_where_a_citizen_of_several_goes_whoever_ends_last() -> None:
    ledger, ticket = joined()
    end(ledger, K2)
    assert screen_view(ledger.hall, K2).moved == ""
    end(ledger, K1)
    for counter in (K1, K2):
        screen = screen_view(ledger.hall, counter)
        assert (screen.moved, screen.moved_to) == (ticket.number, LEVY)


def test_the_last_of_several_counters_chooses_what_follows() -> None:
    ledger = routed()
    steps = (msgspec.structs.replace(OPEN.steps[0], must_choose=True), *OPEN.steps[1:])
    ledger.do(c.DefineRoute(route=msgspec.structs.replace(OPEN, steps=steps)))
    ticket = ledger.issue("tax")
    ledger.call()
    ledger.do(c.JoinVisit(counter=K2, ticket=ticket.id))
    assert not ticket_view(ledger.hall, ticket, K1).must_choose
    end(ledger, K1)
    assert ticket_view(ledger.hall, ticket, K2).must_choose
    assert ledger.refuse(c.EndService(counter=K2)) == "branch_required"
    end(ledger, K2, branch="extra")
    assert ticket.service == LAND


def test_who_may_join_and_leave() -> None:
    ledger = routed()
    ticket, plain = ledger.issue("levy"), ledger.issue("land", h.person("p1"))
    join = c.JoinVisit(counter=K2, ticket=ticket.id)
    assert ledger.refuse(join) == "not_in_service"
    ledger.call()
    assert ledger.refuse(join) == "no_joint"
    assert ledger.refuse(c.LeaveVisit(counter=K1)) == "not_joint"
    end(ledger)
    ledger.call()
    assert ledger.hall.tickets[plain.id].stops == ()
    ledger, ticket = joined()
    ledger.do(c.SignIn(counter=K3, staff=StaffId("chu")))
    assert ledger.refuse(c.JoinVisit(counter=K3, ticket=ticket.id)) == "not_fit"
    ledger.do(c.LeaveVisit(counter=K1))
    assert ledger.hall.transactions[f"{ticket.id}-1"].reason == "transferred_counter"  # type: ignore[index]
    assert (ticket.counter, ticket.joint) == (K2, ())


def test_counters_of_other_services_join_where_the_route_says_so() -> None:
    ledger = routed()
    both = Step(service=TAX, joint=2, joint_with=(ASK,))
    ledger.do(c.DefineRoute(route=msgspec.structs.replace(OPEN, steps=(both,))))
    ledger.do(c.SignIn(counter=K3, staff=StaffId("chu")))
    ticket = ledger.issue("tax")
    ledger.call()
    ledger.do(c.JoinVisit(counter=K3, ticket=ticket.id))
    assert ledger.refuse(c.JoinVisit(counter=K2, ticket=ticket.id)) == "no_joint"
    end(ledger)
    [ended, _] = end(ledger, K3)
    assert isinstance(ended, e.ServiceEnded)


def test_forced_sign_out_of_one_counter_leaves_the_visit_to_the_other() -> None:
    ledger, ticket = joined()
    ledger.manager = True
    ledger.do(c.SignOut(counter=K1, force=True))
    assert (ticket.state, ticket.counter) == ("serving", K2)
    ledger.do(c.CloseDay(over_open=True))
    assert ticket.end_reason == "closed_at_day_end"
    assert ledger.hall.transactions[f"{ticket.id}-1"].reason == "forced_sign_out"  # type: ignore[index]


def test_the_day_closes_over_joint_work() -> None:
    ledger, ticket = joined()
    ledger.do(c.CloseDay(over_open=True))
    reasons = [t.reason for t in ledger.hall.transactions.values()]
    assert reasons == ["closed_at_day_end"] * 2
    assert h.replayed(ledger.log) == ledger.hall
    assert ticket.joint == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "no such id"},
        {"steps": ()},
        {"steps": (Step(service=ServiceId("none")),)},
        {"steps": (Step(service=TAX, joint=0),)},
        {"steps": (Step(service=TAX, joint_with=(ServiceId("none"),)),)},
        {"steps": (Step(service=TAX, must_choose=True),)},
        {"steps": (Step(service=TAX, branches=(STOP, STOP)),)},
        {
            "steps": (
                Step(
                    service=TAX,
                    branches=(
                        Branch(
                            id="x", name=h.text("x"), steps=(BranchStep(service=ServiceId("?")),)
                        ),
                    ),
                ),
            )
        },
        {"steps": (Step(service=LEVY),)},
    ],
)
def test_bad_routes_are_refused(changes: dict[str, object]) -> None:
    ledger = routed()
    route = msgspec.structs.replace(OPEN, **changes)
    assert ledger.refuse(c.DefineRoute(route=route)) == "bad_definition"


def test_a_ticket_keeps_the_steps_it_was_given() -> None:
    ledger = routed()
    ticket = ledger.issue("levy")
    ledger.do(c.DefineRoute(route=msgspec.structs.replace(PAY, steps=(Step(service=LEVY),))))
    ledger.call()
    end(ledger)
    assert ticket.service == ASK
    assert ledger.do(c.DefineRoute(route=OPEN)) == []


def test_counters_that_name_others_are_told_again_when_these_come_or_go() -> None:
    ledger = routed()
    ledger.issue("ask")
    ledger.call("k2")
    assert telling_places(ledger.hall) == []
    ledger.issue("levy")
    ledger.call("k1")
    assert telling_places(ledger.hall) == [K1]
    end(ledger, K1)
    assert telling_places(ledger.hall) == [K1]
    ledger.do(c.EndService(counter=K2))
    ledger.call("k2")
    assert telling_places(ledger.hall) == [K2]
