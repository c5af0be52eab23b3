"""Who was passed over by a call, and why: counts by reason and the first few numbers."""

from typing import NamedTuple

from .groups import group_of, share_name
from .hall import Hall, Ticket
from .ids import Ms, Text
from .line import BY_CLASS, Line, Order, Wanted, appointment, class_of, window_of
from .rules import Booked, Condition, Passed, PassedReason, Share

NUMBERS = 3
"""Numbers named for each reason."""
GROUPS = 6
"""Reasons named in one call; the rest are told as one."""


class Decision(NamedTuple):
    """How a call was decided: what its reasons are told from."""

    ticket: Ticket
    wanted: Wanted
    order: Order = BY_CLASS
    by_booking: bool = False
    shares: tuple[tuple[Share, Wanted], ...] = ()
    """Of a ratio, all its groups."""
    share: int = 0
    capped: tuple[Wanted, ...] = ()
    """Who has used up their share of the calls."""
    asked: tuple[Condition, ...] = ()
    """The conditions up to the one that decided."""
    out_of_order: bool = False


def passed_by(line: Line, decision: Decision) -> tuple[int, tuple[Passed, ...]]:
    """How many of `line` had arrived before the ticket called, and why they wait on."""
    waits = {one.waited for one in (*decision.capped, decision.wanted)}
    windows = [window_of(one) for one in decision.asked if isinstance(one, Booked)]
    counts: dict[tuple[PassedReason, Text], int] = {}
    examples: dict[tuple[PassedReason, Text], list[Ticket]] = {}
    for keys, example in line.older(decision.ticket, waits, windows):
        told = _reason(line.hall, decision, example, line.now)
        counts[told] = counts.get(told, 0) + len(keys)
        few = (line.hall.tickets[key[3]] for key in keys[:NUMBERS])
        examples.setdefault(told, []).extend(few)
    found = []
    for (reason, group), count in counts.items():
        first = sorted(examples[reason, group], key=lambda t: t.rank)[:NUMBERS]
        waited = max(0, line.now - first[0].issued_at) // 1000
        numbers = tuple(t.number for t in first)
        told_as = Passed(reason=reason, count=count, numbers=numbers, waited_s=waited, group=group)
        found.append((first[0].rank, told_as))
    found.sort(key=lambda one: one[0])
    return sum(counts.values()), _few([one for _, one in found])


def _few(found: list[Passed]) -> tuple[Passed, ...]:
    if len(found) <= GROUPS:
        return tuple(found)
    rest = found[GROUPS - 1 :]
    numbers = tuple(number for one in rest for number in one.numbers)[:NUMBERS]
    other = Passed(
        reason="other",
        count=sum(one.count for one in rest),
        numbers=numbers,
        waited_s=rest[0].waited_s,
    )
    return (*found[: GROUPS - 1], other)


def _reason(hall: Hall, how: Decision, passed: Ticket, now: Ms) -> tuple[PassedReason, Text]:
    group = group_of(passed)
    if how.out_of_order:
        return "other", group
    if any(one.holds(passed, now) for one in how.capped):
        return "cap", group
    for number, (share, wanted) in enumerate(how.shares):
        if wanted.holds(passed, now):
            if number != how.share:
                return "turn", share_name(hall, share)
            break
    for one in how.asked:
        if isinstance(one, Booked) and Wanted(one.match).holds(passed, now):
            when = appointment(passed, window_of(one), now)
            if when == "early" or when == "late":
                return when, group
    if not how.wanted.holds(passed, now):
        return "order", group
    if how.by_booking:
        return "later", group
    in_front = how.ticket.placed == "front" and passed.placed != "front"
    lower = class_of(passed, how.order, now) < class_of(how.ticket, how.order, now)
    return "class" if lower and not in_front else "placed", group
