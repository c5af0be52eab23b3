"""Who waits for a counter, in stretches of equal tickets, so that a pick looks at few of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from .hall import Hall, Key, QueueName, Ticket
from .ids import Ms, ServiceId
from .rules import Booked, Match

MINUTE = 60_000
"""Milliseconds."""
Order = tuple[int, int]
"""Classes gained: milliseconds for each, and up to which class. (0, 0): none are."""
BY_CLASS: Order = (0, 0)
BY_ARRIVAL: Order = (0, -1)


class Wanted(NamedTuple):
    """Which tickets a condition stands for."""

    match: Match = Match()
    waited: int = 0
    """Only those who have waited so many milliseconds."""
    is_bound: bool = False
    """Only those sent to the counter or its staff."""
    window: tuple[int, int] | None = None
    """Only appointments due: so many milliseconds early, so many late."""

    def holds(self, ticket: Ticket, now: Ms) -> bool:
        """Whether it stands for this ticket now."""
        match = self.match
        return (
            match.lowest <= ticket.priority <= match.highest
            and (not match.services or ticket.service in match.services)
            and (match.booked is None or match.booked == (ticket.booked_at is not None))
            and (not self.waited or now - ticket.since >= self.waited)
            and (not self.is_bound or ticket.waits_for[0] != "q")
            and (self.window is None or appointment(ticket, self.window, now) == "due")
        )


ALL = Wanted()


def appointment(
    ticket: Ticket, window: tuple[int, int], now: Ms
) -> Literal["", "early", "due", "late"]:
    """`early`, `due` or `late`; empty without an appointment."""
    if ticket.booked_at is None:
        return ""
    if now < ticket.booked_at - window[0]:
        return "early"
    return "late" if now > ticket.booked_at + window[1] else "due"


def window_of(condition: Booked) -> tuple[int, int]:
    """Its window in milliseconds."""
    return condition.early_minutes * MINUTE, condition.late_minutes * MINUTE


def class_of(ticket: Ticket, order: Order, now: Ms) -> int:
    """The class that counts in this order."""
    per_class, up_to = order
    if per_class:
        risen = min(up_to, ticket.priority + max(0, now - ticket.since) // per_class)
        return max(ticket.priority, risen)
    return 0 if up_to < 0 else ticket.priority


def place_of(ticket: Ticket, order: Order, now: Ms) -> Key:
    """Its place in this order."""
    return (
        0 if ticket.placed == "front" else 1,
        -class_of(ticket, order, now),
        ticket.rank,
        ticket.id,
    )


class Stretch(NamedTuple):
    """Tickets of one queue, place and class: `keys[start:end]`."""

    keys: list[Key]
    start: int
    end: int
    service: ServiceId | None
    """None where they differ in service, appointment or order of waiting: each is looked at."""


class Line:
    """All who wait in some queues."""

    def __init__(self, hall: Hall, names: Iterable[QueueName], now: Ms) -> None:
        self.hall, self.now = hall, now
        self.names = [name for name in names if hall.waiting.get(name)]
        self.stretches = [part for name in self.names for part in self._stretches(name)]

    def __len__(self) -> int:
        return sum(len(self.hall.waiting[name]) for name in self.names)

    def _stretches(self, name: QueueName) -> Iterator[Stretch]:
        keys, at = self.hall.waiting[name], 0
        plain = ServiceId(name[2:]) if name[0] == "q" and not self.hall.booked.get(name) else None
        while at < len(keys):
            place, negative = keys[at][:2]
            end = bisect_left(keys, (place, negative + 1), at)
            yield Stretch(keys, at, end, plain if place else None)
            at = end

    def first(
        self, wanted: Wanted, order: Order = BY_CLASS, but: Iterable[Wanted] = ()
    ) -> Ticket | None:
        """The first in `order` of those `wanted`, `but` not these; None where nobody is."""
        found = (t for part in self.stretches if (t := self._head(part, wanted, but)))
        return min(found, key=lambda t: place_of(t, order, self.now), default=None)

    def first_booked(self, wanted: Wanted, but: Iterable[Wanted] = ()) -> Ticket | None:
        """The appointment wanted that was booked for the earliest time."""
        tickets = (
            self.hall.tickets[key] for name in self.names for key in self.hall.booked.get(name, ())
        )
        found = [t for t in tickets if wanted.holds(t, self.now) and not self._any(but, t)]
        return min(found, key=_booked, default=None)

    def has_other(self, than: Wanted, but: Iterable[Wanted]) -> bool:
        """Whether anybody waits whom neither `than` nor `but` stands for."""
        others = (than, *but)
        return any(self._head(part, ALL, others) for part in self.stretches)

    def _head(self, part: Stretch, wanted: Wanted, but: Iterable[Wanted]) -> Ticket | None:
        """The first of a stretch. Of equal tickets the first has waited longest."""
        match, now, tickets = wanted.match, self.now, self.hall.tickets
        if not match.lowest <= -part.keys[part.start][1] <= match.highest:
            return None
        equal = part.service is not None
        for at in range(part.start, part.end):
            ticket = tickets[part.keys[at][3]]
            if not wanted.holds(ticket, now):
                if equal:
                    return None
                continue
            barred = next((one for one in but if one.holds(ticket, now)), None)
            if barred is None:
                return ticket
            if equal and not barred.waited:
                return None
        return None

    def _any(self, wanted: Iterable[Wanted], ticket: Ticket) -> bool:
        return any(one.holds(ticket, self.now) for one in wanted)

    def longest_wait(self) -> int:
        """Milliseconds; 0 where nobody waits."""
        found = (self._oldest(part) for part in self.stretches)
        return max((self.now - since for since in found), default=0)

    def _oldest(self, part: Stretch) -> Ms:
        tickets = self.hall.tickets
        if part.keys[part.start][0]:
            return tickets[part.keys[part.start][3]].since
        return min(tickets[key[3]].since for key in part.keys[part.start : part.end])

    def older(self, than: Ticket, waits: Iterable[int]) -> Iterator[tuple[list[Key], Ticket]]:
        """Those who had arrived before `than`, in runs of equal ones with an example of each.

        `waits` are the milliseconds of waiting that make a difference.
        """
        hall, tickets = self.hall, self.hall.tickets
        cuts = sorted({Ms(self.now - wait) for wait in waits if wait})
        for part in self.stretches:
            keys = part.keys
            if part.service is None:
                for key in keys[part.start : part.end]:
                    ticket = tickets[key[3]]
                    if ticket.arrival < than.arrival and ticket is not than:
                        yield [key], ticket
                continue
            until = (*keys[part.start][:2], than.arrival)
            end = bisect_left(keys, until, part.start, part.end)
            at = part.start
            for cut in [*cuts, None]:
                stop = (
                    end
                    if cut is None
                    else bisect_right(keys, cut, at, end, key=lambda key: tickets[key[3]].since)
                )
                if stop > at:
                    yield keys[at:stop], tickets[keys[at][3]]
                at = stop
        for behind in (tickets[key] for key in hall.behind):
            if (
                behind.arrival < than.arrival < behind.rank
                and behind.waits_for[0] == "q"
                and behind.waits_for in self.names
                and not hall.booked.get(behind.waits_for)
            ):
                yield [behind.key()], behind


def _booked(ticket: Ticket) -> tuple[int, int, int, str]:
    assert ticket.booked_at is not None
    return (0 if ticket.placed == "front" else 1, ticket.booked_at, ticket.rank, ticket.id)
