"""Which ticket a counter calls next, and why: its work profile's conditions, from first to last."""

from collections.abc import Iterator
from typing import NamedTuple, assert_never

import msgspec

from .groups import group_of, share_name
from .hall import Hall, QueueName, Ticket
from .ids import MINUTE, CounterId, Ms, ServiceId, Text
from .line import ALL, BY_ARRIVAL, BY_CLASS, Line, Wanted, window_of
from .passed import Decision, passed_by
from .rounds import hall_round, has_room, noted, round_of
from .rules import (
    Aging,
    Booked,
    Bound,
    Cap,
    Condition,
    ConditionKind,
    First,
    LastResort,
    Overflow,
    Ratio,
    Tally,
)
from .values import Profile, Why


class Pick(msgspec.Struct, frozen=True):
    """The ticket to call, the reason that goes on record, and how the counting then stands."""

    ticket: Ticket
    why: Why
    tallies: tuple[Tally, ...] = ()


def pick_next(hall: Hall, counter: CounterId, now: Ms) -> Pick | None:
    """The ticket this counter calls next, or None where it can call nobody."""
    return _Picking(hall, counter, now).pick()


class _Turn(NamedTuple):
    """What a ratio decided."""

    group: Text
    weights: tuple[int, ...]
    share: int
    turn: int | None


class _Picking:
    """One pick: what has been seen on the way down the conditions."""

    def __init__(self, hall: Hall, counter: CounterId, now: Ms) -> None:
        self.hall, self.counter, self.now = hall, counter, now
        self.profile: Profile | None = hall.profiles.get(hall.counters[counter].profile)
        self.own = Line(hall, hall.queues_of(counter), now)
        self.capped: list[Wanted] = []
        self.tallies: dict[str, int] = {}

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return self.profile.conditions if self.profile else ()

    def pick(self) -> Pick | None:
        helped = dict(self._look_at_marks())
        for index, condition in enumerate(self.conditions):
            found = self._ask(index, condition, helped)
            if found is not None:
                return found
        ticket = self.own.first(ALL, but=self.capped)
        if ticket is not None:
            index = len(self.conditions)
            kind: ConditionKind = "rest" if self.conditions else ""
            return self._picked(self._decision(ticket, ALL, index), None, kind)
        for index, condition in enumerate(self.conditions):
            if isinstance(condition, LastResort):
                line = self._line_of(condition.services)
                ticket = line.first(ALL)
                if ticket is not None:
                    decision = self._decision(ticket, ALL, index)
                    return self._picked(decision, index, "last_resort", line)
        return None

    def _ask(self, index: int, condition: Condition, helped: dict[int, Line]) -> Pick | None:
        """The pick of one condition, or None where the next is asked."""
        match condition:
            case Bound():
                wanted = Wanted(is_bound=True)
                ticket = self.own.first(wanted, but=self.capped)
                if ticket is None:
                    return None
                return self._picked(self._decision(ticket, wanted, index), index, "bound")
            case First():
                wanted = Wanted(condition.match, condition.after_minutes * MINUTE)
                order = BY_ARRIVAL if condition.order == "arrival" else BY_CLASS
                ticket = self.own.first(wanted, order, self.capped)
                if ticket is None or not self._within(condition.cap, index, wanted):
                    return None
                decision = self._decision(ticket, wanted, index)._replace(order=order)
                return self._picked(decision, index, "first")
            case Booked():
                wanted = Wanted(condition.match, window=window_of(condition))
                ticket = self.own.first_booked(wanted, self.capped)
                if ticket is None or not self._within(condition.cap, index, wanted):
                    return None
                decision = self._decision(ticket, wanted, index)._replace(by_booking=True)
                return self._picked(decision, index, "booked")
            case Ratio():
                return self._ask_ratio(index, condition)
            case Aging():
                wanted = Wanted(condition.match)
                order = (condition.minutes_per_class * MINUTE, condition.up_to)
                ticket = self.own.first(wanted, order, self.capped)
                if ticket is None:
                    return None
                decision = self._decision(ticket, wanted, index)._replace(order=order)
                return self._picked(decision, index, "aging")
            case Overflow():
                line = helped.get(index)
                ticket = line.first(ALL) if line else None
                if ticket is None or not self._may_help(condition, index):
                    return None
                return self._picked(self._decision(ticket, ALL, index), index, "overflow", line)
            case LastResort():
                return None
            case _:
                assert_never(condition)

    def _ask_ratio(self, index: int, ratio: Ratio) -> Pick | None:
        groups = tuple((share, Wanted(share.match)) for share in ratio.shares)
        heads: list[Ticket | None] = []
        before = list(self.capped)
        for _, wanted in groups:  # who fits several groups belongs to the first of them
            heads.append(self.own.first(wanted, but=before))
            before.append(wanted)
        present = [number for number, head in enumerate(heads) if head is not None]
        if not present:
            return None
        weights = tuple(share.weight for share in ratio.shares)
        chosen, turn = present[0], None
        if len(present) > 1:
            turns, key = round_of(weights), self._key(index, ratio)
            turn = self.hall.tallies.get(key, 0) % len(turns)
            while turns[turn] not in present:
                turn = (turn + 1) % len(turns)
            chosen = turns[turn]
            self.tallies[key] = (turn + 1) % len(turns)
        ticket = heads[chosen]
        assert ticket is not None
        share, wanted = groups[chosen]
        decision = self._decision(ticket, wanted, index)._replace(shares=groups, share=chosen)
        place = None if turn is None else turn + 1
        told = _Turn(share_name(self.hall, share), weights, chosen, place)
        return self._picked(decision, index, "ratio", turn=told)

    # --- counting ---

    def _key(self, index: int, condition: Condition) -> str:
        if isinstance(condition, Ratio) and condition.counted == "hall":
            return hall_round(condition)
        key = f"{self._profile_id}#{index}"
        if isinstance(condition, Ratio) and condition.counted == "counter":
            return f"{key}@{self.counter}"
        return key

    def _within(self, cap: Cap | None, index: int, wanted: Wanted) -> bool:
        """Whether those wanted may be called now; where not, nothing below calls them either.

        But those wanted for their long wait, who must not be passed by younger ones of their class.
        """
        if cap is None or not self.own.has_other(wanted, self.capped):
            return True
        may = self._count(cap, f"{self._profile_id}#{index}")
        if not may and not wanted.waited:
            self.capped.append(wanted)
        return may

    def _may_help(self, overflow: Overflow, index: int) -> bool:
        if self.own.first(ALL, but=self.capped) is None:
            return True
        return self._count(overflow.cap, f"{self._profile_id}#{index}")

    @property
    def _profile_id(self) -> str:
        assert self.profile is not None
        return self.profile.id

    def _count(self, cap: Cap, key: str) -> bool:
        last = self.hall.tallies.get(key, 0)
        may = has_room(cap, last)
        self.tallies[key] = noted(cap, last, may)
        return may

    # --- other counters' queues ---

    def _line_of(self, services: tuple[ServiceId, ...]) -> Line:
        names: Iterator[QueueName] = (
            f"q:{service}" for service in self.hall.fit_for(self.counter, services)
        )
        return Line(self.hall, names, self.now)

    def _look_at_marks(self) -> Iterator[tuple[int, Line]]:
        """The queues to be helped now, by condition; notes where help begins or ends."""
        for index, condition in enumerate(self.conditions):
            if not isinstance(condition, Overflow):
                continue
            everybody = Line(self.hall, (f"q:{s}" for s in condition.services), self.now)
            key = f"{self._profile_id}#{index}!"
            was = bool(self.hall.tallies.get(key, 0))
            helps = _helps(condition, everybody.longest_wait(), len(everybody), was)
            if helps != was:
                self.tallies[key] = int(helps)
            if helps:
                yield index, self._line_of(condition.services)

    # --- what goes on record ---

    def _decision(self, ticket: Ticket, wanted: Wanted, index: int) -> Decision:
        asked = self.conditions[: index + 1]
        return Decision(ticket, wanted, capped=tuple(self.capped), asked=asked)

    def _picked(
        self,
        decision: Decision,
        index: int | None,
        kind: ConditionKind,
        helped: Line | None = None,
        turn: _Turn | None = None,
    ) -> Pick:
        ticket = decision.ticket
        older, passed = passed_by(self.own, decision)
        considered = len(self.own)
        if helped is not None:
            more, others = passed_by(helped, decision)
            older, passed, considered = older + more, passed + others, considered + len(helped)
        why = Why(
            rule="priority_then_arrival",
            priority=ticket.priority,
            considered=considered,
            older_passed=older,
            placed=ticket.placed,
            profile=self.profile.id if self.profile else None,
            condition=index,
            kind=kind,
            group=turn.group if turn else group_of(ticket),
            weights=turn.weights if turn else (),
            share=turn.share if turn else None,
            turn=turn.turn if turn else None,
            waited_s=waited_s(ticket, self.now),
            passed=passed,
        )
        tallies = tuple(Tally(key=key, value=value) for key, value in self.tallies.items())
        return Pick(ticket, why, tallies)


def _helps(overflow: Overflow, wait: int, length: int, was: bool) -> bool:
    """Whether help is due: from the upper marks on, until all marks used are undercut."""
    by_wait, by_length = overflow.start_minutes > 0, overflow.start_length > 0
    if was:
        return (by_wait and wait >= overflow.stop_minutes * MINUTE and length > 0) or (
            by_length and length >= overflow.stop_length
        )
    return (by_wait and wait >= overflow.start_minutes * MINUTE) or (
        by_length and length >= overflow.start_length
    )


def waited_s(ticket: Ticket, now: Ms) -> int:
    """Seconds since the ticket was issued."""
    return max(0, now - ticket.issued_at) // 1000


def why_this(hall: Hall, counter: CounterId, ticket: Ticket, reason: str, now: Ms) -> Why:
    """What is on record for a waiting ticket called out of order: whom it was called before.

    Its own queue counts among those considered, even where the counter does not call it.
    """
    line = Line(hall, dict.fromkeys([*hall.queues_of(counter), ticket.waits_for]), now)
    older, passed = passed_by(line, Decision(ticket, ALL, out_of_order=True))
    return Why(
        rule="this_one",
        priority=ticket.priority,
        considered=len(line),
        older_passed=older,
        placed=ticket.placed,
        reason=reason,
        group=group_of(ticket),
        waited_s=waited_s(ticket, now),
        passed=passed,
    )


def why_walk_in(hall: Hall, counter: CounterId, now: Ms) -> Why:
    """What is on record for a walk-in: everybody waiting for this counter had come before."""
    waiting = len(Line(hall, hall.queues_of(counter), now))
    return Why(rule="walk_in", considered=waiting, older_passed=waiting)
