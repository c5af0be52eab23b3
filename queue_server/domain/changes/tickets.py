"""What a ticket's issue, return and close do."""

from functools import lru_cache
from sys import intern

from .. import events as e
from ..hall import Hall, Ticket, Transaction
from ..values import CounterId, Ms, ServiceId
from .moves import (
    Touched,
    came_from,
    counter_of,
    end_transaction,
    end_visit,
    leave_counter,
    wait_again,
)


def ticket_issued(hall: Hall, event: e.TicketIssued, seq: int, at: Ms) -> Touched:
    ticket = Ticket(
        id=event.ticket,
        number=event.number,
        prefix=intern(event.prefix),
        serial=event.serial,
        service=ServiceId(intern(event.service)),
        issued_at=at,
        rank=seq,
        arrival=seq,
        priority=event.priority,
        priority_reason=intern(event.priority_reason),
        person=event.person,
        holder=intern(event.holder),
        helper=event.helper,
        face=event.face,
        card_expired=event.card_expired,
        walk_in=event.walk_in,
        booked_at=event.booked_at,
        route=event.route,
        stops=event.stops,
        counted=_counted(event),
        since=at,
    )
    hall.tickets[ticket.id] = ticket
    hall.by_number[ticket.number] = ticket.id
    hall.open_tickets[ticket.id] = None
    hall.serials[event.prefix] = event.serial
    if ticket.person is not None:
        hall.holding.setdefault((ticket.person, ticket.service), []).append(ticket.id)
        hall.last_taken[ticket.person, ticket.service] = ticket.id
    for key in ticket.counted:
        hall.taken[key] = hall.taken.get(key, 0) + 1
    if event.helped_by is not None:
        hall.helped[event.helped_by] = hall.helped.get(event.helped_by, 0) + 1
    hall.enqueue(ticket, f"q:{event.service}")
    return Touched(tickets=(ticket,))


def _counted(event: e.TicketIssued) -> tuple[str, ...]:
    """What a ticket counts against; walk-ins and appointments have their own quotas."""
    if event.walk_in or event.booked_at is not None:
        return ()
    return _limit_keys(event.service, event.band, event.hall_band)


@lru_cache(maxsize=1024)
def _limit_keys(service: ServiceId, band: str, hall_band: str) -> tuple[str, ...]:
    """Kept, as most tickets of a day share a few."""
    keys = [service, "*"]
    if band:
        keys.append(f"{service}@{band}")
    if hall_band:
        keys.append(f"*@{hall_band}")
    return tuple(keys)


def ticket_returned(hall: Hall, event: e.TicketReturned, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    was = ticket.counter
    assert was is not None
    counter_of(hall, was).no_shows.remove(ticket.id)
    ticket.returns += 1
    wait_again(hall, ticket, f"q:{ticket.service}", event.position, seq, at)
    return Touched((ticket,), (), (was,))


_GIVES_BACK = ("cancelled_by_citizen", "removed_by_staff")
"""Ends that let somebody else have the place, where the ticket was never called."""


def ticket_closed(hall: Hall, event: e.TicketClosed, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    transactions: tuple[Transaction, ...] = ()
    counters: tuple[CounterId, ...] = ()
    if not ticket.steps and event.reason in _GIVES_BACK:
        for key in ticket.counted:
            hall.taken[key] -= 1
        ticket.counted = ()
    if ticket.state == "waiting":
        hall.dequeue(ticket)
        counters = came_from(hall, ticket)
    elif ticket.counter is not None:
        counter = counter_of(hall, ticket.counter)
        counters = (counter.id,)
        if ticket.state == "no_show":
            counter.no_shows.remove(ticket.id)
        elif ticket.transaction is not None:
            transaction = hall.transactions[ticket.transaction]
            transactions = (transaction,)
            end_transaction(transaction, event.reason, at)
            if ticket.state == "held":
                counter.held.remove(ticket.id)
            else:
                leave_counter(counter, at)
            for other in map(hall.at.__getitem__, ticket.joint):
                assert other.last is not None
                transactions += (hall.transactions[other.last],)
                counters += (other.id,)
                end_transaction(transactions[-1], event.reason, at)
                leave_counter(other, at)
            ticket.joint = ()
    end_visit(hall, ticket, event.reason, at)
    return Touched((ticket,), transactions, counters)
