"""Who waits for a counter, in stretches of equal tickets, so that a pick looks at few of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from .hall import Hall, Key, QueueName, Ticket
from .ids import MINUTE, Ms, ServiceId, TicketId
from .rules import Booked, Match

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


class Stretch(NamedTuple):
    """Tickets of one queue, place and class, with appointments or without: `keys[start:end]`."""

    keys: list[Key]
    start: int
    end: int
    priority: int
    service: ServiceId | None
    """None where they differ in service or order of waiting: each is looked at."""
    is_booked: bool

    def may_hold(self, wanted: Wanted) -> bool:
        """Whether what its tickets have in common is wanted."""
        match = wanted.match
        return (
            match.lowest <= self.priority <= match.highest
            and (not match.services or self.service in match.services)
            and (match.booked is None or match.booked == self.is_booked)
            and (wanted.window is None or self.is_booked)
            and not wanted.is_bound
        )


def stretches(hall: Hall, queue: QueueName) -> list[Stretch]:
    """All of a queue. Bound queues hold tickets of any service."""
    service = ServiceId(queue[2:]) if queue[0] == "q" else None
    found = []
    for is_booked, keys in ((False, hall.plain.get(queue)), (True, hall.booked.get(queue))):
        at, many = 0, len(keys or ())
        while keys and at < many:
            place, negative = keys[at][:2]
            end = bisect_left(keys, (place, negative + 1), at)
            equal = service if place else None
            found.append(Stretch(keys, at, end, -negative, equal, is_booked))
            at = end
    return found


class Line:
    """All who wait in some queues."""

    def __init__(self, hall: Hall, names: Iterable[QueueName], now: Ms) -> None:
        self.hall, self.now = hall, now
        self.names = [name for name in names if hall.waiting.get(name)]
        self.stretches = [part for name in self.names for part in stretches(hall, name)]

    def __len__(self) -> int:
        return sum(len(self.hall.waiting[name]) for name in self.names)

    def first(
        self, wanted: Wanted, order: Order = BY_CLASS, but: Sequence[Wanted] = ()
    ) -> Ticket | None:
        """The first in `order` of those `wanted`, `but` not these; None where nobody is."""
        tickets = self.hall.tickets
        best: Key | None = None
        by_class = order is BY_CLASS
        for part in self.stretches:
            if by_class and best is not None and part.keys[part.start] > best:
                continue  # nobody in it comes before
            at = self._first_of(part, wanted, but)
            if at is None:
                continue
            key = part.keys[at]
            if not by_class:
                key = (key[0], -class_of(tickets[key[3]], order, self.now), key[2], key[3])
            if best is None or key < best:
                best = key
        return None if best is None else tickets[best[3]]

    def first_booked(self, wanted: Wanted, but: Sequence[Wanted] = ()) -> Ticket | None:
        """The appointment wanted that was booked for the earliest time."""
        assert wanted.window is not None
        early, late = wanted.window
        tickets = self.hall.tickets
        found: list[Ticket] = []
        for name in self.names:
            due = self.hall.due.get(name, [])
            begin = bisect_left(due, (self.now - late,))
            end = bisect_left(due, (self.now + early + 1,), begin)
            found += (t for t in self._in_front(name) if self._wants(wanted, but, t))
            for at in range(begin, end):
                ticket = tickets[due[at][2]]
                if self._wants(wanted, but, ticket):
                    found.append(ticket)
                    break
        return min(found, key=_booked, default=None)

    def _in_front(self, name: QueueName) -> Iterator[Ticket]:
        for key in self.hall.booked.get(name, ()):
            if key[0]:
                return
            yield self.hall.tickets[key[3]]

    def has_other(self, than: Wanted, but: Sequence[Wanted]) -> bool:
        """Whether anybody waits whom neither `than` nor `but` stands for."""
        others = (than, *but)
        return any(self._first_of(part, ALL, others) is not None for part in self.stretches)

    def _first_of(self, part: Stretch, wanted: Wanted, but: Sequence[Wanted]) -> int | None:
        """Where the first of a stretch is. Of equal tickets the first has waited longest."""
        keys, tickets = part.keys, self.hall.tickets
        if part.service is None:
            return self._look(part, wanted, but)
        if not part.may_hold(wanted):
            return None
        if wanted.waited and self.now - tickets[keys[part.start][3]].since < wanted.waited:
            return None
        at = part.start
        for one in but:
            if not part.may_hold(one):
                continue
            if one.window is not None or (one.waited and wanted.waited):
                return self._look(part, wanted, but)
            if not one.waited:
                return None
            at = max(at, self._past(part, one.waited))
        return at if at < part.end else None

    def _past(self, part: Stretch, waited: int) -> int:
        """The first of a stretch who has not waited so long."""
        tickets, since = self.hall.tickets, self.now - waited
        if tickets[part.keys[part.start][3]].since > since:
            return part.start
        return bisect_right(
            part.keys, since, part.start, part.end, key=lambda key: tickets[key[3]].since
        )

    def _look(self, part: Stretch, wanted: Wanted, but: Sequence[Wanted]) -> int | None:
        for at in range(part.start, part.end):
            if self._wants(wanted, but, self.hall.tickets[part.keys[at][3]]):
                return at
        return None

    def _wants(self, wanted: Wanted, but: Sequence[Wanted], ticket: Ticket) -> bool:
        return wanted.holds(ticket, self.now) and not any(
            one.holds(ticket, self.now) for one in but
        )

    def longest_wait(self) -> int:
        """Milliseconds; 0 where nobody waits."""
        found = (self._oldest(part) for part in self.stretches)
        return max((self.now - since for since in found), default=0)

    def _oldest(self, part: Stretch) -> Ms:
        tickets = self.hall.tickets
        if part.keys[part.start][0]:
            return tickets[part.keys[part.start][3]].since
        return min(tickets[key[3]].since for key in part.keys[part.start : part.end])

    def older(
        self, than: Ticket, waits: Iterable[int], windows: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[list[Key], Ticket]]:
        """Those who had arrived before `than`, in runs of equal ones with an example of each.

        `waits` are the milliseconds of waiting that make a difference, `windows` the appointments'.
        """
        tickets = self.hall.tickets
        cuts = sorted({wait for wait in waits if wait}, reverse=True)
        for part in self.stretches:
            keys = part.keys
            if part.service is None:
                for key in keys[part.start : part.end]:
                    if tickets[key[3]].arrival < than.arrival:
                        yield [key], tickets[key[3]]
                continue
            place, negative, rank, _ = keys[part.start]
            if rank >= than.arrival:
                continue
            end = bisect_left(keys, (place, negative, than.arrival), part.start, part.end)
            at = part.start
            for cut in cuts:
                stop = min(end, self._past(part, cut))
                if stop > at:
                    yield from self._runs(part, at, stop, windows)
                    at = stop
            if end > at:
                yield from self._runs(part, at, end, windows)
        yield from self._placed_behind(than)

    def _runs(
        self, part: Stretch, start: int, end: int, windows: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[list[Key], Ticket]]:
        keys, tickets = part.keys[start:end], self.hall.tickets
        if not part.is_booked or not windows:
            yield keys, tickets[keys[0][3]]
            return
        # Due between these, for each window: 0 late, 1 due, 2 early.
        bounds = [(self.now - late, self.now + early) for early, late in windows]
        if len(bounds) == 1:
            yield from _by_window(keys, tickets, *bounds[0])
            return
        alike: dict[int, list[Key]] = {}
        for key in keys:
            at = tickets[key[3]].booked_at
            assert at is not None
            when = 0
            for begin, until in bounds:
                when = when * 3 + (at >= begin) + (at > until)
            run = alike.get(when)
            if run is None:
                alike[when] = [key]
            else:
                run.append(key)
        for run in alike.values():
            yield run, tickets[run[0][3]]

    def _placed_behind(self, than: Ticket) -> Iterator[tuple[list[Key], Ticket]]:
        """Those who had arrived before and now rank behind: their place does not tell."""
        names = set(self.names)
        for behind in (self.hall.tickets[key] for key in self.hall.behind):
            if (
                behind.arrival < than.arrival < behind.rank
                and behind.waits_for[0] == "q"
                and behind.waits_for in names
            ):
                yield [behind.key()], behind


def _by_window(
    keys: list[Key], tickets: dict[TicketId, Ticket], begin: int, until: int
) -> Iterator[tuple[list[Key], Ticket]]:
    late: list[Key] = []
    due: list[Key] = []
    early: list[Key] = []
    for key in keys:
        at = tickets[key[3]].booked_at
        assert at is not None
        (late if at < begin else early if at > until else due).append(key)
    for run in (late, due, early):
        if run:
            yield run, tickets[run[0][3]]


def _booked(ticket: Ticket) -> tuple[int, int, int, str]:
    assert ticket.booked_at is not None
    return (0 if ticket.placed == "front" else 1, ticket.booked_at, ticket.rank, ticket.id)
