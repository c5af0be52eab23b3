"""What moves a visit along its route, and what several counters at one visit do."""

from .. import events as e
from ..hall import Hall
from ..values import Ms
from .moves import (
    Touched,
    becomes,
    begin_transaction,
    counter_of,
    counters_of,
    end_transaction,
    leave_counter,
    of_event,
    wait_again,
)


def route_defined(hall: Hall, event: e.RouteDefined, seq: int, at: Ms) -> Touched:
    hall.routes[event.route.id] = event.route
    return Touched()


def route_set(hall: Hall, event: e.RouteSet, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    ticket.route, ticket.stops, ticket.branch = event.route, event.stops, None
    return Touched((ticket,), (), counters_of(ticket))


def branch_chosen(hall: Hall, event: e.BranchChosen, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    ticket.branch = event.branch
    return Touched((ticket,), (), counters_of(ticket))


def step_ended(hall: Hall, event: e.StepEnded, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = of_event(hall, event)
    end_transaction(transaction, "served", at)
    leave_counter(counter, at)
    counter.served += 1
    becomes(hall, ticket, event.to)
    ticket.stops, ticket.stop = event.stops, ticket.stop + 1
    wait_again(hall, ticket, f"q:{event.to}", event.position, seq, at)
    return Touched((ticket,), (transaction,), (event.counter,))


def joint_begun(hall: Hall, event: e.JointBegun, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    ticket.joint = (*ticket.joint, event.counter)
    transaction, _ = begin_transaction(hall, ticket, event, at, starts=True, joint=True)
    return Touched((ticket,), (transaction,), counters_of(ticket))


def joint_ended(hall: Hall, event: e.JointEnded, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = of_event(hall, event)
    end_transaction(transaction, event.reason, at)
    leave_counter(counter, at)
    if event.reason == "served":
        counter.served += 1
    if event.counter == ticket.counter:
        ticket.counter, ticket.joint = ticket.joint[0], ticket.joint[1:]
        ticket.transaction = counter_of(hall, ticket.counter).last
    else:
        ticket.joint = tuple(other for other in ticket.joint if other != event.counter)
    return Touched((ticket,), (transaction,), (event.counter, *counters_of(ticket)))
