"""Whom a counter would call next, one after the other, if it called them all now.

The pick itself runs forward on a copy: what ratios, caps, aging and help make of the order is seen
as the counter would meet it. Who comes meanwhile, and who other counters call, is not.
"""

import copy
from bisect import bisect_left

from .hall import Hall, Ticket
from .ids import CounterId, Ms
from .pick import pick_next


def next_calls(hall: Hall, counter: CounterId, now: Ms, count: int) -> list[Ticket]:
    """At most `count` tickets in their order. Changes nothing of `hall`."""
    later = _copy(hall)
    found: list[Ticket] = []
    while len(found) < count:
        pick = pick_next(later, counter, now)
        if pick is None:
            break
        found.append(pick.ticket)
        _take_out(later, pick.ticket)
        later.tallies.update((tally.key, tally.value) for tally in pick.tallies)
    return found


def _copy(hall: Hall) -> Hall:
    """What a pick reads and a call changes, copied; the rest is shared."""
    later = copy.copy(hall)
    for name in ("waiting", "plain", "booked", "due"):
        queues = getattr(hall, name)
        setattr(later, name, {queue: list(keys) for queue, keys in queues.items()})
    later.behind = dict(hall.behind)
    later.tallies = dict(hall.tallies)
    return later


def _take_out(later: Hall, ticket: Ticket) -> None:
    queue, key = ticket.waits_for, ticket.key()
    kind = later.plain if ticket.booked_at is None else later.booked
    for keys in (later.waiting[queue], kind[queue]):
        del keys[bisect_left(keys, key)]
    if ticket.booked_at is not None:
        times = later.due[queue]
        del times[bisect_left(times, (ticket.booked_at, ticket.rank, ticket.id))]
    later.behind.pop(ticket.id, None)
