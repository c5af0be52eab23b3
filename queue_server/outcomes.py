"""What a command led to, told to whoever asked: drawn from the events it made."""

from collections.abc import Sequence

from .domain import events as e
from .domain.hall import Hall
from .domain.values import TicketId
from .protocol.messages import Outcome
from .visits import steps_view


def outcome(hall: Hall, events: Sequence[e.Event]) -> Outcome:
    """The outcome of `events`, already applied to `hall`."""
    for event in reversed(events):
        match event:
            case e.TicketIssued():
                return _issued(hall, event)
            case e.TicketCalled() | e.TicketCalledBack():
                return _called(hall, event)
            case _:
                continue
    for event in events:
        found = getattr(event, "ticket", None)
        if found is not None:
            ticket = hall.tickets[TicketId(found)]
            return Outcome(ticket=ticket.id, number=ticket.number, service=ticket.service)
    return Outcome()


def _issued(hall: Hall, event: e.TicketIssued) -> Outcome:
    return Outcome(
        ticket=event.ticket,
        number=event.number,
        service=event.service,
        ahead=event.ahead,
        priority=event.priority,
        booked_at=event.booked_at,
        priority_reason=event.priority_reason,
        issued_at=hall.tickets[event.ticket].issued_at,
        steps=steps_view(hall, hall.tickets[event.ticket]),
    )


def _called(hall: Hall, event: e.TicketCalled | e.TicketCalledBack) -> Outcome:
    ticket = hall.tickets[event.ticket]
    return Outcome(
        ticket=ticket.id,
        number=ticket.number,
        service=ticket.service,
        counter=event.counter,
        transaction=ticket.transaction,
        issued_at=ticket.issued_at,
        why=event.why if isinstance(event, e.TicketCalled) else None,
    )
