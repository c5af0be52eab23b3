"""A hall with a day behind it, made by the real server; `restart` and `rss` share it."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from simulation.bench.day_load import Order
from simulation.bench.ground import COUNTERS, Ground
from simulation.bench.progress import Progress
from simulation.processes import Place, Programs

EVENTS = 50_000
QUICK_EVENTS = 5_000
LONGEST = 600.0
"""Seconds the making may take, on a busy machine."""


class Day(NamedTuple):
    """The hall, its server killed, and how many events it holds."""

    ground: Ground
    events: int


class Days:
    """Makes the day when a part first wants it, and keeps it for the next."""

    def __init__(self, folder: Path, progress: Progress, *, quick: bool) -> None:
        self._folder = folder / "day"
        self._progress = progress
        self._events = QUICK_EVENTS if quick else EVENTS
        self._day: Day | None = None

    def ready(self, programs: Programs) -> Day:
        """The day, its servers to be started among `programs`."""
        if self._day is None:
            self._day = self._make(programs)
        self._day.ground.programs = programs
        return self._day

    def _make(self, programs: Programs) -> Day:
        """Tokens: kiosk, board, then a screen and a caller of each counter."""
        places = [Place("kiosk", "kiosk"), Place("board", "board")]
        places += [Place("screen", f"screen {counter}", counter) for counter in COUNTERS]
        places += [Place("caller", f"caller {counter}", counter) for counter in COUNTERS]
        ground = Ground(programs, self._folder, places=places)
        self._progress.say(f"用真实命令写满一天 / a day by real commands: {self._events}")
        order = Order(
            address=ground.server.push,
            kiosk=ground.tokens[0],
            callers=ground.tokens[2 + len(COUNTERS) :],
            events=self._events,
        )
        text = msgspec.json.encode(order).decode()
        load = programs.start("day-load", "simulation.bench.day_load", text)
        made = int(load.wait_line("events ", within=LONGEST).split()[1])
        ground.server.program.kill()
        return Day(ground, made)
