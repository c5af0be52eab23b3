"""Looking things up: what is asked for and not pushed. Runs in the writer's thread."""

import heapq

from .almanac import ALMANAC
from .bookings import read_booking
from .domain.forecast import next_calls
from .domain.hall import Hall, Ticket
from .domain.values import CounterId, Ms, TicketId
from .gateway.ports import Who
from .protocol.bookings import (
    ReadAbsences,
    ReadAppointment,
    ReadAppointments,
    ReadQuotas,
    ReadStanding,
)
from .protocol.codec import rejected
from .protocol.messages import (
    Answer,
    Identity,
    Progress,
    Read,
    ReadIdentity,
    ReadJoint,
    ReadTicket,
    ReadWaiting,
    Rejected,
    Waiting,
    WaitingTicket,
)
from .protocol.reasons import ReadWhy
from .ranges import Ranges
from .reasons import read_why
from .store.batch import IdentityRead
from .store.errors import StoreError
from .store.log import Log
from .store.personal import Sealer
from .visits import may_join, steps_view

MOST_WAITING = 200
FORETOLD = 10
"""Tickets whose place in the order of calling is looked up: each costs a pick."""


def read(
    hall: Hall,
    log: Log,
    sealer: Sealer,
    who: Who,
    what: Read,
    now: Ms,
    ranges: Ranges | None = None,
) -> Answer | Rejected:
    """Answer a read, or say why not."""
    match what:
        case ReadTicket(ticket=wanted):
            return ticket_progress(hall, wanted, ranges)
        case ReadWaiting(counter=counter, limit=limit):
            if who.role == "caller" and counter != who.counter:
                return rejected("not_allowed")
            if who.role not in ("caller", "manager", "integration"):
                return rejected("not_allowed")
            return _waiting(hall, counter, limit, now, ranges)
        case ReadJoint(counter=counter):
            if who.role == "caller" and counter != who.counter:
                return rejected("not_allowed")
            if who.role not in ("caller", "manager", "integration"):
                return rejected("not_allowed")
            return _joinable(hall, counter)
        case ReadIdentity(ticket=ticket):
            return _identity(hall, log, sealer, who, ticket, now)
        case ReadWhy():
            if who.role not in ("manager", "integration"):
                return rejected("not_allowed")
            return read_why(hall, log, what)
        case (
            ReadAppointment() | ReadAppointments() | ReadQuotas() | ReadStanding() | ReadAbsences()
        ):
            return read_booking(hall, log, sealer, who, what, now, ALMANAC)


def ticket_progress(hall: Hall, wanted: str, ranges: Ranges | None = None) -> Progress | Rejected:
    """A ticket of today by id or number, as its holder may follow it."""
    found = hall.tickets.get(TicketId(wanted))
    if found is None:
        number = hall.by_number.get(wanted.strip().upper())
        found = hall.tickets[number] if number else None
    if found is None:
        return rejected("unknown_ticket")
    counter = hall.counters.get(found.counter) if found.counter else None
    wait = wait_left(found, ranges)
    return Progress(
        ticket=found.id,
        number=found.number,
        service=found.service,
        state=found.state,
        ahead=hall.ahead(found.waits_for, found.key()) if found.state == "waiting" else 0,
        counter=found.counter,
        counter_number=counter.number if counter else None,
        issued_at=found.issued_at,
        end_reason=found.end_reason,
        wait_low_s=wait[0] if wait else None,
        wait_high_s=wait[1] if wait else None,
        steps=steps_view(hall, found),
    )


def wait_left(ticket: Ticket, ranges: Ranges | None) -> tuple[int, int] | None:
    """How long a ticket has yet to wait, from and to, s; None where it does not, or nobody knows.

    Nothing is known of those sent to one counter or person.
    """
    if ranges is None or ticket.state != "waiting" or ticket.waits_for[0] != "q":
        return None
    return ranges.ticket(
        ticket.id,
        ticket.service,
        ticket.issued_at,
        is_ahead=ticket.priority > 0,
        is_booked=ticket.booked_at is not None,
    )


def _waiting(
    hall: Hall, counter: CounterId, limit: int, now: Ms, ranges: Ranges | None
) -> Waiting | Rejected:
    """First whom the counter would call next, by its rules; then by class and arrival."""
    if counter not in hall.counters:
        return rejected("unknown_counter", {"counter": counter[:40]})
    most = max(0, min(limit, MOST_WAITING))
    queues = [hall.waiting.get(name, []) for name in hall.queues_of(counter)]
    first = next_calls(hall, counter, now, min(FORETOLD, most))
    known = {ticket.id for ticket in first}
    others = heapq.nsmallest(most, (key for keys in queues for key in keys))
    rest = [hall.tickets[key[3]] for key in others if key[3] not in known]
    listed = [_waiting_ticket(t, ranges, place) for place, t in enumerate(first, start=1)]
    listed += [_waiting_ticket(t, ranges) for t in rest[: most - len(first)]]
    return Waiting(tickets=tuple(listed), total=sum(len(keys) for keys in queues))


def _joinable(hall: Hall, counter: CounterId) -> Waiting | Rejected:
    if counter not in hall.counters:
        return rejected("unknown_counter", {"counter": counter[:40]})
    found = may_join(hall, counter)[:MOST_WAITING]
    return Waiting(tickets=tuple(_waiting_ticket(t, None) for t in found), total=len(found))


def _waiting_ticket(ticket: Ticket, ranges: Ranges | None, place: int = 0) -> WaitingTicket:
    wait = wait_left(ticket, ranges)
    return WaitingTicket(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        issued_at=ticket.issued_at,
        priority=ticket.priority,
        priority_reason=ticket.priority_reason,
        wait_low_s=wait[0] if wait else None,
        wait_high_s=wait[1] if wait else None,
        place=place,
    )


def _identity(
    hall: Hall, log: Log, sealer: Sealer, who: Who, ticket_id: TicketId, now: Ms
) -> Identity | Rejected:
    """Only the counter that calls or serves the ticket may know who comes; it leaves a trace."""
    ticket = hall.tickets.get(ticket_id)
    if ticket is None:
        return rejected("unknown_ticket")
    at = (ticket.counter, *ticket.joint)
    here = who.counter in at and ticket.state in ("called", "serving")
    if who.role != "caller" or not here:
        return rejected("not_allowed")
    row = log.personal(ticket.id, "holder")
    if row is None:
        return rejected("unknown_ticket")
    try:
        holder = sealer.open_holder(row)
    except StoreError as error:
        return rejected("store_unavailable", {"detail": error.code})
    staff = hall.counter_now(who.counter).staff if who.counter else None
    log.note_identity_read(
        IdentityRead(
            now,
            hall.last_day or "",
            who.program,
            who.counter,
            staff,
            ticket.id,
        )
    )
    return Identity(ticket=ticket.id, name=holder.name, number=masked_number(holder.number))


def masked_number(number: str) -> str:
    """All but the last four characters of a document number hidden."""
    return "*" * max(0, len(number) - 4) + number[-4:]
