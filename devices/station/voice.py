"""Which calls an area's voice is given, and when it is told that one needs no voice any more."""

import time
from collections.abc import Callable, Iterable
from typing import Protocol

from devices.station.world import World
from queue_server.domain.values import AreaId, CounterId, TicketId
from queue_server.protocol.views import CallView

FRESH = 20.0
"""Seconds after which a call that was missed (server away, program started late) stays unsaid."""


class Announcer(Protocol):
    """The voice; every method from any thread, none blocks."""

    def called(self, call_id: str, ticket: str, counter: str, *, is_recall: bool = False) -> None:
        """A ticket is called, or called again."""

    def answered(self, call_id: str) -> None:
        """The call needs no voice any more."""


class Crier:
    """Hands the calls of one area to its voice, in the hall's order, each once."""

    def __init__(
        self,
        area: AreaId,
        announcer: Announcer,
        *,
        fresh: float = FRESH,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._area = area
        self._announcer = announcer
        self._fresh = fresh
        self._wall = wall
        self._seq = 0
        self._open: dict[str, tuple[TicketId, CounterId]] = {}

    def hear(self, world: World, calls: Iterable[CallView]) -> None:
        """The world after an event, and the calls that came with it.

        A recall of a ticket whose first call was said is told as such by the voice's own rules;
        what is old, or over by now, is never handed over.
        """
        for call in calls:
            if call.area != self._area or call.seq <= self._seq:
                continue
            self._seq = call.seq
            age = max(0.0, (self._wall() * 1000 + world.clock_offset - call.at) / 1000)
            key = f"{call.ticket}@{call.counter}"
            if age > self._fresh or not _is_wanted(world, call.ticket, call.counter):
                continue
            self._open[key] = (call.ticket, call.counter)
            self._announcer.called(
                key, call.number, str(call.counter_number), is_recall=call.recall > 0
            )
        for key, (ticket, counter) in list(self._open.items()):
            if not _is_wanted(world, ticket, counter):
                del self._open[key]
                self._announcer.answered(key)

    def restarted(self, seq: int) -> None:
        """The hall's numbers began anew (another database): what comes is new."""
        self._seq = min(self._seq, seq)


def _is_wanted(world: World, ticket: TicketId, counter: CounterId) -> bool:
    """Whether the citizen is still to be called: the ticket is at the counter, and where serving
    begins apart, has not begun."""
    found = world.counter(counter)
    if found is None or found.ticket is None or found.ticket.id != ticket:
        return False
    distinct = world.hall is not None and world.hall.start_distinct
    return not (distinct and found.ticket.state == "serving")
