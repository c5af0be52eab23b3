"""Which ticket a counter calls next, and why: higher class first, then first come first served."""

import msgspec

from .hall import Hall, Key, QueueName, Ticket
from .values import CounterId, Why


class Pick(msgspec.Struct, frozen=True):
    """The ticket to call and the reason that goes on record."""

    ticket: Ticket
    why: Why


def pick_next(hall: Hall, counter: CounterId) -> Pick | None:
    """The first of all tickets this counter may call, or None where nobody waits."""
    names = tuple(hall.queues_of(counter))
    queues = _queues(hall, names)
    if not queues:
        return None
    key = min(keys[0] for keys in queues)
    ticket = hall.tickets[key[3]]
    why = Why(
        rule="priority_then_arrival",
        priority=ticket.priority,
        considered=sum(len(keys) for keys in queues),
        older_passed=_older_passed(hall, ticket, names, queues),
        placed=ticket.placed,
    )
    return Pick(ticket, why)


def why_this(hall: Hall, counter: CounterId, ticket: Ticket, reason: str) -> Why:
    """What is on record for a waiting ticket called out of order: whom it was called before.

    Its own queue counts among those considered, even where the counter does not call it.
    """
    queues = _queues(hall, tuple(dict.fromkeys([*hall.queues_of(counter), ticket.waits_for])))
    return Why(
        rule="this_one",
        priority=ticket.priority,
        considered=sum(len(keys) for keys in queues),
        older_passed=_count_older(hall, ticket, queues),
        placed=ticket.placed,
        reason=reason,
    )


def why_walk_in(hall: Hall, counter: CounterId) -> Why:
    """What is on record for a walk-in: everybody waiting for this counter had come before."""
    waiting = sum(len(keys) for keys in _queues(hall, tuple(hall.queues_of(counter))))
    return Why(rule="walk_in", considered=waiting, older_passed=waiting)


def _queues(hall: Hall, names: tuple[QueueName, ...]) -> list[list[Key]]:
    return [keys for name in names if (keys := hall.waiting.get(name))]


def _older_passed(
    hall: Hall, ticket: Ticket, names: tuple[QueueName, ...], queues: list[list[Key]]
) -> int:
    """How many that arrived before the first `ticket` wait on."""
    if ticket.placed is None and ticket.priority == 0:
        # Nobody older is left but those placed behind; long queues need no counting.
        behind = (hall.tickets[key] for key in hall.behind)
        return sum(old.arrival < ticket.arrival and old.waits_for in names for old in behind)
    return _count_older(hall, ticket, queues)


def _count_older(hall: Hall, ticket: Ticket, queues: list[list[Key]]) -> int:
    tickets = hall.tickets
    return sum(tickets[key[3]].arrival < ticket.arrival for keys in queues for key in keys)
