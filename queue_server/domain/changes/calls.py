"""What happens to a ticket from its call to the end of its transaction, at one counter."""

import msgspec

from .. import events as e
from ..commands import ToCounter, ToQueue, ToStaff
from ..hall import Hall, queue_name
from ..values import EndReason, Ms
from .moves import (
    Touched,
    becomes,
    begin_transaction,
    came_from,
    end_transaction,
    end_visit,
    leave_counter,
    of_event,
    wait_again,
)


def ticket_called(hall: Hall, event: e.TicketCalled, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    senders = came_from(hall, ticket)
    hall.dequeue(ticket)
    for tally in event.tallies:
        hall.tallies[tally.key] = tally.value
    ticket.state = "serving" if event.starts else "called"
    transaction, counter = begin_transaction(hall, ticket, event, at, starts=event.starts)
    ticket.counter, ticket.transaction = transaction.counter, transaction.id
    counter.called += 1
    return Touched((ticket,), (transaction,), (event.counter, *senders))


def ticket_recalled(hall: Hall, event: e.TicketRecalled, seq: int, at: Ms) -> Touched:
    _, transaction, _ = of_event(hall, event)
    transaction.recalls += 1
    return Touched((), (transaction,), (event.counter,))


def ticket_called_back(hall: Hall, event: e.TicketCalledBack, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = of_event(hall, event)
    counter.held.remove(ticket.id)
    ticket.state = "serving" if event.starts else "called"
    transaction.held = False
    if event.starts and transaction.started_at is None:
        transaction.started_at = at
    counter.current, counter.last, counter.since = ticket.id, transaction.id, at
    return Touched((ticket,), (transaction,), (event.counter,))


def service_started(hall: Hall, event: e.ServiceStarted, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = of_event(hall, event)
    ticket.state = "serving"
    if transaction.started_at is None:
        transaction.started_at = at
    counter.since = at
    return Touched((ticket,), (transaction,), (event.counter,))


def service_ended(hall: Hall, event: e.ServiceEnded, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = of_event(hall, event)
    end_transaction(transaction, "served", at)
    ticket.stops = ticket.stops[: ticket.stop + 1]  # a branch may have left the rest out
    end_visit(hall, ticket, "served", at)
    leave_counter(counter, at)
    counter.served += 1
    return Touched((ticket,), (transaction,), (event.counter,))


def ticket_not_shown(hall: Hall, event: e.TicketNotShown, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = of_event(hall, event)
    ticket.state = "no_show"
    end_transaction(transaction, "no_show", at)
    leave_counter(counter, at)
    counter.not_shown += 1
    counter.no_shows.append(ticket.id)
    return Touched((ticket,), (transaction,), (event.counter,))


def ticket_held(hall: Hall, event: e.TicketHeld, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = of_event(hall, event)
    ticket.state, transaction.held = "held", True
    leave_counter(counter, at)
    counter.held.append(ticket.id)
    return Touched((ticket,), (transaction,), (event.counter,))


def ticket_transferred(hall: Hall, event: e.TicketTransferred, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = of_event(hall, event)
    reason: EndReason
    match event.to:
        case ToQueue(service=service):
            reason = "transferred_queue"
            becomes(hall, ticket, service)
            if ticket.stops:
                here = msgspec.structs.replace(ticket.stops[ticket.stop], service=service)
                before, after = ticket.stops[: ticket.stop], ticket.stops[ticket.stop + 1 :]
                ticket.stops = (*before, here, *after)
        case ToCounter():
            reason = "transferred_counter"
        case ToStaff():
            reason = "transferred_staff"
    end_transaction(transaction, reason, at)
    leave_counter(counter, at)
    counter.transferred += 1
    wait_again(hall, ticket, queue_name(event.to), event.position, seq, at)
    return Touched((ticket,), (transaction,), (event.counter,))
