"""What several events have in common: a ticket waits again, a counter is left, a visit ends.

A day's tickets and transactions stay in memory, so they hold one copy (`intern`) of each name that
many of them have.
"""

import itertools
from sys import intern
from typing import Any, NamedTuple

from ..booking import Booking
from ..events import JointBegun, TicketCalled
from ..hall import CounterNow, Hall, Ticket, Transaction
from ..values import CounterId, EndReason, Ms, ServiceId, StaffId, TransactionId


class Touched(NamedTuple):
    """What one event changed."""

    tickets: tuple[Ticket, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    counters: tuple[CounterId, ...] = ()
    bookings: tuple[Booking, ...] = ()


def counter_of(hall: Hall, counter: CounterId) -> CounterNow:
    """The counter's state, made where nobody used it yet."""
    now = hall.at.get(counter)
    if now is None:
        now = hall.at[counter] = CounterNow(counter, since=hall.opened_at or Ms(0))
    return now


def of_event(hall: Hall, event: Any) -> tuple[Ticket, Transaction, CounterNow]:
    """An event's ticket, its transaction at the event's counter, and that counter."""
    ticket, counter = hall.tickets[event.ticket], counter_of(hall, event.counter)
    own = counter.last if counter.current == ticket.id else ticket.transaction
    assert own is not None
    return ticket, hall.transactions[own], counter


def came_from(hall: Hall, ticket: Ticket) -> tuple[CounterId, ...]:
    """The counters that served the step before the one a ticket waits for, and say so."""
    if not ticket.stop:
        return ()
    keys = (TransactionId(f"{ticket.id}-{step}") for step in range(ticket.steps, 0, -1))
    made = map(hall.transactions.__getitem__, keys)
    before = itertools.takewhile(lambda one: one.stop >= ticket.stop - 1, made)
    return tuple({one.counter: None for one in before})


def counters_of(ticket: Ticket) -> tuple[CounterId, ...]:
    """The counters a ticket is at."""
    return (*(() if ticket.counter is None else (ticket.counter,)), *ticket.joint)


def begin_transaction(
    hall: Hall,
    ticket: Ticket,
    event: TicketCalled | JointBegun,
    at: Ms,
    *,
    starts: bool,
    joint: bool = False,
) -> tuple[Transaction, CounterNow]:
    """The ticket's next transaction, at the event's counter, which has nobody else now."""
    ticket.steps += 1
    transaction = Transaction(
        id=event.transaction,
        ticket=ticket.id,
        number=ticket.number,
        step=ticket.steps,
        stop=ticket.stop,
        joint=joint,
        service=ServiceId(intern(event.service)),
        counter=CounterId(intern(event.counter)),
        staff=StaffId(intern(event.staff)),
        called_at=at,
        why=event.why,
        started_at=at if starts else None,
    )
    hall.transactions[transaction.id] = transaction
    counter = counter_of(hall, event.counter)
    counter.current, counter.last, counter.since = ticket.id, transaction.id, at
    return transaction, counter


def leave_counter(counter: CounterNow, at: Ms) -> None:
    """Nobody is at the counter now."""
    counter.current, counter.since = None, at


def end_transaction(transaction: Transaction, reason: EndReason, at: Ms) -> None:
    """The service at its counter is over."""
    transaction.ended_at, transaction.reason, transaction.held = at, reason, False
    if reason != "no_show":  # a missed ticket is still on its counter's list
        transaction.why = None


def wait_again(hall: Hall, ticket: Ticket, queue: str, position: str, seq: int, at: Ms) -> None:
    """The ticket waits in `queue`, in front, at the end, or where its arrival puts it."""
    ticket.state, ticket.counter, ticket.transaction = "waiting", None, None
    ticket.branch = None
    ticket.since = at if position == "end" else ticket.issued_at
    match position:
        case "front":
            ticket.placed, ticket.rank = "front", seq
        case "end":
            ticket.placed, ticket.rank = "end", seq
        case _:
            ticket.placed, ticket.rank = "sorted", ticket.arrival
    hall.enqueue(ticket, queue)


def becomes(hall: Hall, ticket: Ticket, service: ServiceId) -> None:
    """The ticket is for another service now."""
    _let_go(hall, ticket)
    ticket.service = service
    if ticket.person is not None:
        hall.holding.setdefault((ticket.person, service), []).append(ticket.id)


def end_visit(hall: Hall, ticket: Ticket, reason: EndReason, at: Ms) -> None:
    """The ticket is over, and its holder may take another."""
    ticket.state, ticket.ended_at, ticket.end_reason = "ended", at, reason
    hall.open_tickets.pop(ticket.id, None)
    _let_go(hall, ticket)


def _let_go(hall: Hall, ticket: Ticket) -> None:
    if ticket.person is not None:
        key = (ticket.person, ticket.service)
        held = hall.holding[key]
        held.remove(ticket.id)
        if not held:
            del hall.holding[key]
