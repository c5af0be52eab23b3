"""Every call of a ticket with its reason in words, from the log: its tables, or its events."""

from collections.abc import Mapping

from .domain.hall import Hall, Ticket
from .domain.values import Day, TicketId, TransactionId, Why
from .domain.why_words import joint_sentence, why_sentence
from .protocol.codec import rejected
from .protocol.messages import Rejected
from .protocol.reasons import CallReason, ReadWhy, Reasons
from .store.batch import KeptCall
from .store.log import Log


def read_why(hall: Hall, log: Log, what: ReadWhy) -> Reasons | Rejected:
    """The answer to a read of reasons."""
    day = what.day or hall.day or hall.last_day
    found = reasons_kept(hall, log, what.ticket, day) if day else None
    return found or rejected("unknown_ticket")


def ticket_named(hall: Hall, wanted: str) -> Ticket | None:
    """A ticket of the hall's day by its id or number."""
    found = hall.tickets.get(TicketId(wanted))
    if found is None:
        number = hall.by_number.get(wanted.strip().upper())
        found = hall.tickets[number] if number else None
    return found


def reasons_of(hall: Hall, wanted: str, whys: Mapping[TransactionId, Why]) -> Reasons | None:
    """Its calls in their order, by what the log's events said; None where the hall's day has no
    such ticket."""
    ticket = ticket_named(hall, wanted)
    if ticket is None:
        return None
    made = (
        hall.transactions[TransactionId(f"{ticket.id}-{step}")]
        for step in range(1, ticket.steps + 1)
    )
    calls = (
        _call(
            hall,
            KeptCall(
                at=one.called_at,
                counter=one.counter,
                service=one.service,
                why=whys[one.id],
                stop=one.stop,
                joint=one.joint,
                ended_at=one.ended_at,
                reason=one.reason,
            ),
        )
        for one in made
    )
    day = Day(hall.day or hall.last_day or "")
    return Reasons(ticket=ticket.id, number=ticket.number, day=day, calls=tuple(calls))


def reasons_kept(hall: Hall, log: Log, wanted: str, day: Day) -> Reasons | None:
    """The same of any day, by the read tables; counters are numbered as they are now."""
    ticket = log.ticket_of(day, wanted)
    if ticket is None:
        return None
    calls = (_call(hall, kept) for kept in log.calls_of(ticket.id))
    return Reasons(ticket=TicketId(ticket.id), number=ticket.number, day=day, calls=tuple(calls))


def _call(hall: Hall, kept: KeptCall) -> CallReason:
    known = hall.counters.get(kept.counter)
    told = joint_sentence(kept.why) if kept.joint else why_sentence(kept.why)
    return CallReason(
        at=kept.at,
        counter=kept.counter,
        counter_number=known.number if known else None,
        service=kept.service,
        zh=told.zh,
        en=told.en,
        why=kept.why,
        step=kept.stop + 1,
        joint=kept.joint,
        ended_at=kept.ended_at,
        ended=kept.reason,
    )
