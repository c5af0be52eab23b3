"""What a press asked of the hall while nobody knows whether it was done: asked again, not anew."""

from collections.abc import Awaitable, Callable
from typing import Final

import msgspec

from devices.call_line.events import Press
from devices.station.keys import NOBODY, Steps
from queue_server.domain import commands as c
from queue_server.protocol.ids import new_uuid
from queue_server.protocol.messages import Result

SAME_PRESS: Final = 10.0
"""Seconds after a press was last heard within which it is said again by its device, or pressed
again by a clerk who saw nothing happen; later it is meant anew."""

Command = Callable[[c.Command, str], Awaitable[Result]]
"""Sends a command under an id and waits for its answer."""


class Outcome(msgspec.Struct, frozen=True):
    """`refused`: the code of the step that was refused, or empty; `seq`: the last event made."""

    refused: str = ""
    seq: int = 0


class Asked(msgspec.Struct):
    """One press's commands with their ids. `ask` goes on where it was broken off, under the same
    ids: the server answers a command that it has done with its first answer."""

    steps: tuple[tuple[c.Command, str], ...]
    heard_at: float
    done: int = 0
    seq: int = 0
    meant_anew_from: int | None = None
    """The hall's seq at the first press so late that it is not this one said again."""

    async def ask(self, command: Command) -> Outcome:
        """Do what is left; one step refused ends them."""
        while self.done < len(self.steps):
            result = await command(*self.steps[self.done])
            if result.rejected is not None:
                code = result.rejected.code
                return Outcome("" if self.done and code == NOBODY else code, self.seq)
            self.done += 1
            self.seq = result.seq
        return Outcome(seq=self.seq)


class Unanswered:
    """The presses of a line whose outcome is unknown."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._asked: dict[Press, Asked] = {}

    def heard(self, press: Press, seq: int) -> Asked | None:
        """What this press asked before, if the answer never came; `seq` is the hall's now."""
        asked, now = self._asked.get(press), self._clock()
        if asked is not None:
            if now > asked.heard_at + SAME_PRESS and asked.meant_anew_from is None:
                asked.meant_anew_from = seq
            asked.heard_at = now
        return asked

    def begin(self, press: Press, steps: Steps) -> Asked:
        """A new press, about to be asked."""
        asked = Asked(tuple((step, str(new_uuid())) for step in steps), self._clock())
        self._asked[press] = asked
        return asked

    def answered(self, press: Press) -> None:
        """Its outcome is known."""
        del self._asked[press]
