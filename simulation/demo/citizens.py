"""Citizens who come to the kiosk: real touches on its screen, real cards on its reader."""

import asyncio
import contextlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulation.processes import Program

_ENDS = {"slip", "refused", "progress", "stuck"}
"""What the hands say when they have done with a line."""
LOOKS_AGAIN = 0.15
"""How often a citizen scans the slip at once, to see how many are ahead."""


class Lines:
    """The JSON lines a program prints, as they come."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._at = 0

    def new(self) -> list[dict[str, Any]]:
        """Whole lines printed since the last call that hold a JSON object."""
        with self._path.open("rb") as file:
            file.seek(self._at)
            data = file.read()
        whole = data[: data.rfind(b"\n") + 1]
        self._at += len(whole)
        found = []
        for line in whole.splitlines():
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                found.append(value)
        return found


class Citizens:
    """Comes, takes a ticket, goes; one after the other at one kiosk.

    `every` is the mean time between two of them in seconds.
    """

    def __init__(
        self,
        kiosk: Program,
        reader: Program,
        scanner: Program,
        every: float,
        chance: random.Random,
        tell: Callable[[dict[str, Any]], None],
        is_broken: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`tell` hears every line that the kiosk's hands print; who sees that the reader is broken
        lays no card on it."""
        self._is_broken = is_broken
        self._kiosk = kiosk
        self._reader = reader
        self._scanner = scanner
        self._every = every
        self._chance = chance
        self._lines = Lines(kiosk.out)
        self._tell = tell
        self._last = asyncio.Event()

    async def come(self) -> None:
        """Until `close`, or until the kiosk is closed."""
        wants = (
            ("tax", 5, 0.5),
            ("invoice", 2, 0.3),
            ("card", 3, 1.0),
            ("medical", 3, 0.6),
            ("house", 2, 0.4),
            ("company", 2, 0.0),
            ("ask", 3, 0.0),
        )
        while self._kiosk.running and self._reader.running and not self._last.is_set():
            service, _, with_card = self._chance.choices(wants, [w[1] for w in wants])[0]
            card = self._chance.random() < with_card and not self._is_broken("reader")
            if not card and with_card == 1.0:
                service = "ask"
            await self._take(service, card=card)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._chance.expovariate(1 / self._every)):
                    await self._last.wait()

    def close(self) -> None:
        """Whoever is at the kiosk is the last one: `come` ends when the slip is taken."""
        self._last.set()

    async def _take(self, service: str, *, card: bool) -> None:
        with contextlib.suppress(BrokenPipeError):  # the kiosk was closed under our hands
            await self._at_kiosk(service, card=card)

    async def _at_kiosk(self, service: str, *, card: bool) -> None:
        if card:
            self._reader.say("lay new")
        number = await self._hands(f"take {service} {'card' if card else 'none'}")
        if card:
            self._reader.say("lift")
        if number and self._chance.random() < LOOKS_AGAIN and not self._is_broken("scanner"):
            await asyncio.sleep(1)  # the ticket's page is left first
            self._scanner.say(f"scan {number}")
            await self._hands("progress")

    async def _hands(self, line: str) -> str:
        """Have the kiosk's hands do `line`; the number of the ticket they took, if any."""
        number = ""
        self._kiosk.say(line)
        try:
            async with asyncio.timeout(30):
                while True:
                    news = self._lines.new()
                    for told in news:
                        self._tell(told)
                        if told.get("event") == "ticket":
                            number = str(told["number"])
                    if any(told.get("event") in _ENDS for told in news):
                        break
                    await asyncio.sleep(0.1)
        except TimeoutError:
            self._tell({"event": "error", "code": "no_answer"})
        return number
