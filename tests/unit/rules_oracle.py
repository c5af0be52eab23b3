"""The conditions of a work profile asked the plain way: all who wait, sorted for each call.

Written from the descriptions in `domain/rules.py`, with lists where the rules keep indexes, and
whole histories where they keep a few bits.
"""

from dataclasses import dataclass, field
from math import gcd
from typing import Any

from queue_server.domain import rules as r
from queue_server.domain.hall import Hall, Ticket
from queue_server.domain.rounds import round_of

MINUTE = 60_000


@dataclass
class Decided:
    """What should be called."""

    ticket: Ticket
    condition: int | None
    kind: str
    share: int | None = None
    contested: bool = False
    shares_waiting: int = 0


@dataclass
class Oracle:
    """Its own memory of what was counted."""

    taken: dict[str, list[bool]] = field(default_factory=dict)
    place: dict[str, int] = field(default_factory=dict)
    helps: dict[str, bool] = field(default_factory=dict)

    def forget(self, profile: Any) -> None:
        """A profile was defined anew: its counts begin again."""
        named = {of_hall(c) for c in profile.conditions if isinstance(c, r.Ratio)}
        for kept in (self.taken, self.place, self.helps):
            for key in [k for k in kept if k.startswith(f"{profile.id}#") or k in named]:
                del kept[key]

    def decide(self, hall: Hall, counter: Any, now: int) -> Decided | None:
        """Who comes next; remembers it as called."""
        here = hall.counters[counter]
        profile = hall.profiles[here.profile]
        seat = next((s for s, at in hall.seats.items() if at == counter), None)
        skills = hall.staff[seat].skills if seat else ()

        def fit(services: Any) -> set[str]:
            return {
                s
                for s in services
                if (not here.only or s in here.only) and (not skills or s in skills)
            }

        waiting = [t for t in hall.tickets.values() if t.state == "waiting"]
        queues = {f"q:{s}" for s in fit(profile.services)} | {f"c:{counter}", f"s:{seat}"}
        own = [t for t in waiting if t.waits_for in queues]
        conditions, helped = profile.conditions, dict(self.helps)
        for index, one in enumerate(conditions):
            if isinstance(one, r.Overflow):
                self._look(f"{profile.id}#{index}", one, waiting, now)
        for index, one in enumerate(conditions):
            key = f"{profile.id}#{index}"
            there = [
                t
                for t in waiting
                if isinstance(one, r.Overflow)
                and t.waits_for in {f"q:{s}" for s in fit(one.services)}
            ]
            found, own = self._ask(hall, key, one, own, there, now, counter)
            if found:
                found.condition = index
                return found
        if own:
            return Decided(by_class(own), None, "rest" if conditions else "")
        for index, one in enumerate(conditions):
            if isinstance(one, r.LastResort):
                names = {f"q:{s}" for s in fit(one.services)}
                there = [t for t in waiting if t.waits_for in names]
                if there:
                    return Decided(by_class(there), index, "last_resort")
        self.helps = helped  # what led to no call is not remembered
        return None

    def _ask(
        self,
        hall: Hall,
        key: str,
        one: Any,
        own: list[Ticket],
        there: list[Ticket],
        now: int,
        counter: str,
    ) -> tuple[Decided | None, list[Ticket]]:
        """The decision of one condition, and who is left for those below."""
        match one:
            case r.Bound():
                mine = [t for t in own if not t.waits_for.startswith("q:")]
                return (Decided(by_class(mine), 0, "bound") if mine else None), own
            case r.First():
                mine = [
                    t
                    for t in own
                    if fits(one.match, t) and now - t.since >= one.after_minutes * MINUTE
                ]
                order = by_class if one.order == "class" else by_arrival
                waited = one.after_minutes > 0
                return self._capped(key, one.cap, "first", mine, own, order, waited)
            case r.Booked():
                mine = [t for t in own if fits(one.match, t) and due(one, t, now)]
                return self._capped(key, one.cap, "booked", mine, own, by_booking)
            case r.Ratio():
                return self._ratio(key, one, own, counter), own
            case r.Aging():
                mine = [t for t in own if fits(one.match, t)]
                if not mine:
                    return None, own
                best = min(mine, key=lambda t: (not is_front(t), -aged(one, t, now), t.rank))
                return Decided(best, 0, "aging"), own
            case r.Overflow():
                if not there or not self.helps.get(key):
                    return None, own
                if own and not self._count(key, one.cap):
                    return None, own
                return Decided(by_class(there), 0, "overflow", contested=bool(own)), own
            case _:
                return None, own

    def _capped(
        self,
        key: str,
        cap: Any,
        kind: str,
        mine: list[Ticket],
        own: list[Ticket],
        order: Any,
        long_wait: bool = False,
    ) -> tuple[Decided | None, list[Ticket]]:
        if not mine:
            return None, own
        others = [t for t in own if t not in mine]
        if cap and others and not self._count(key, cap):
            return None, own if long_wait else others
        return Decided(order(mine), 0, kind, contested=bool(others)), own

    def _count(self, key: str, cap: r.Cap) -> bool:
        history = self.taken.setdefault(key, [])
        may = sum(history[-(cap.of - 1) :]) < cap.calls
        history.append(may)
        return may

    def _ratio(self, key: str, one: r.Ratio, own: list[Ticket], counter: str) -> Decided | None:
        if one.counted == "hall":
            key = of_hall(one)
        elif one.counted == "counter":
            key = f"{key}@{counter}"
        left, groups = list(own), []
        for share in one.shares:
            groups.append([t for t in left if fits(share.match, t)])
            left = [t for t in left if t not in groups[-1]]
        present = [number for number, group in enumerate(groups) if group]
        if not present:
            return None
        if len(present) == 1:
            return Decided(by_class(groups[present[0]]), 0, "ratio", present[0], False, 1)
        turns = round_of(tuple(share.weight for share in one.shares))
        place = self.place.get(key, 0) % len(turns)
        while turns[place] not in present:
            place = (place + 1) % len(turns)
        self.place[key] = (place + 1) % len(turns)
        group = turns[place]
        return Decided(by_class(groups[group]), 0, "ratio", group, True, len(present))

    def _look(self, key: str, one: r.Overflow, waiting: list[Ticket], now: int) -> None:
        there = [t for t in waiting if t.waits_for in {f"q:{s}" for s in one.services}]
        wait = max((now - t.since for t in there), default=0)
        if not self.helps.get(key):
            by_wait = one.start_minutes and wait >= one.start_minutes * MINUTE
            self.helps[key] = bool(by_wait or (one.start_length and len(there) >= one.start_length))
            return
        still = there and one.start_minutes and wait >= one.stop_minutes * MINUTE
        self.helps[key] = bool(still or (one.start_length and len(there) >= one.stop_length))


def of_hall(ratio: r.Ratio) -> str:
    """Under which a ratio counted for the hall is remembered."""
    return f"{ratio.name} {[share.weight for share in ratio.shares]}"


def is_front(ticket: Ticket) -> bool:
    return ticket.placed == "front"


def by_class(tickets: list[Ticket]) -> Ticket:
    return min(tickets, key=lambda t: (not is_front(t), -t.priority, t.rank))


def by_arrival(tickets: list[Ticket]) -> Ticket:
    return min(tickets, key=lambda t: (not is_front(t), t.rank))


def by_booking(tickets: list[Ticket]) -> Ticket:
    return min(tickets, key=lambda t: (not is_front(t), t.booked_at or 0, t.rank))


def fits(match: r.Match, ticket: Ticket) -> bool:
    """Whether a match means this ticket."""
    if match.services and ticket.service not in match.services:
        return False
    if match.booked is not None and match.booked != (ticket.booked_at is not None):
        return False
    return match.lowest <= ticket.priority <= match.highest


def due(one: r.Booked, ticket: Ticket, now: int) -> bool:
    at = ticket.booked_at
    return at is not None and (
        at - one.early_minutes * MINUTE <= now <= at + one.late_minutes * MINUTE
    )


def aged(one: r.Aging, ticket: Ticket, now: int) -> int:
    """The class a ticket counts as."""
    gained = (now - ticket.since) // (one.minutes_per_class * MINUTE)
    return max(ticket.priority, min(one.up_to, ticket.priority + gained))


def worst(weights: tuple[int, ...], turns: tuple[int, ...]) -> float:
    """The farthest that any stretch of the endless round is from its ratio."""
    total, twice = sum(weights), turns * 2
    assert len(turns) * gcd(*weights) % total == 0
    return max(
        abs(twice[at : at + length].count(group) - length * weight / total)
        for group, weight in enumerate(weights)
        for at in range(len(turns))
        for length in range(1, len(turns) + 1)
    )
