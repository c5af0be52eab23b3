"""A clerk at a hardware caller and a citizen at its rating box: true keys on a simulated line."""

import random
from collections.abc import Callable

from queue_server.domain import commands as c
from queue_server.domain.values import CounterId, StaffId
from queue_server.protocol.views import CounterView
from simulation.demo.clerks import Clerk
from simulation.processes import Program

HEARD_WITHIN = 3.0
"""Seconds until a key that changed nothing is let be."""
KEYS: dict[type[c.CommandBase], str] = {
    c.CallNext: "call",
    c.EndService: "call",
    c.Recall: "recall",
    c.NoShow: "abandon",
    c.Hold: "hold",
    c.CallBack: "call-back",
    c.Pause: "pause",
    c.Resume: "pause",
    c.SignIn: "call",
}
"""What a clerk presses for what they mean; a call ends the service before it."""


class KeyClerk(Clerk):
    """Serves one counter by a key box at `address` of `line`, a simulated callers' line.

    The connection only watches the counter; whatever is done, is done by keys.
    """

    def __init__(
        self,
        push: str,
        token: str,
        counter: CounterId,
        staff: StaffId,
        pace: float,
        chance: random.Random,
        line: Program,
        address: int,
    ) -> None:
        super().__init__(push, token, counter, staff, pace, chance)
        self._line = line
        self._address = address

    async def _do(self, command: c.Command) -> None:
        key = KEYS.get(type(command))
        if isinstance(command, c.Transfer):  # the box needs a number typed: they serve it instead
            key = "call"
        if key is None or not self._line.running:
            return
        before = self._now()
        self._line.say(f"key {self._address} {key}")
        await self._until(lambda now: now != before)

    async def _until(self, fits: Callable[[CounterView | None], bool]) -> None:
        for _ in range(int(HEARD_WITHIN / 0.5)):
            await self.news(0.5)
            if fits(self._now()):
                return


class BoxRater:
    """Presses the rating box at `address` after a service, as some citizens do."""

    def __init__(self, clerk: KeyClerk, line: Program, address: int, chance: random.Random) -> None:
        self._clerk = clerk
        self._line = line
        self._address = address
        self._chance = chance
        self._done = ""

    async def work(self) -> None:
        """Rate or walk away, until cancelled."""
        while True:
            await self._clerk.news(1)
            now = self._clerk.counter
            if now is None or now.rating != "asked" or self._done == f"{now.counts.served}":
                continue
            self._done = f"{now.counts.served}"
            if self._chance.random() < 0.7 and self._line.running:
                value = self._chance.choices((5, 4, 3, 2, 1), (60, 25, 10, 3, 2))[0]
                self._line.say(f"rate {self._address} {value}")
