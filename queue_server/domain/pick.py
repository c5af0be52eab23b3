"""Which ticket a counter calls next, and why: higher class first, then first come first served."""

import msgspec

from .hall import Hall, Key, Ticket
from .values import CounterId, Why


class Pick(msgspec.Struct, frozen=True):
    """The ticket to call and the reason that goes on record."""

    ticket: Ticket
    why: Why


def pick_next(hall: Hall, counter: CounterId) -> Pick | None:
    """The first of all tickets this counter may call, or None where nobody waits."""
    queues = [keys for name in hall.queues_of(counter) if (keys := hall.waiting.get(name))]
    if not queues:
        return None
    key = min(keys[0] for keys in queues)
    ticket = hall.tickets[key[3]]
    why = Why(
        rule="priority_then_arrival",
        priority=ticket.priority,
        considered=sum(len(keys) for keys in queues),
        older_passed=_older_passed(hall, ticket, queues),
        placed=ticket.placed,
    )
    return Pick(ticket, why)


def _older_passed(hall: Hall, ticket: Ticket, queues: list[list[Key]]) -> int:
    """How many that arrived before `ticket` wait on: nonzero only past a class or a placing."""
    if ticket.placed is None and ticket.priority == 0:
        return 0
    tickets = hall.tickets
    return sum(tickets[key[3]].arrival < ticket.arrival for keys in queues for key in keys)
