"""What the machine itself takes for one durable write and one round trip."""

import asyncio
import time
from pathlib import Path

from simulation.bench.bare import Appender
from simulation.bench.figures import Floor, milliseconds
from simulation.bench.wire import Wire, open_wire
from simulation.processes import Programs

ECHO = b"echo" + b"." * 116
"""As long as a command to issue a ticket."""


class Floors:
    """Samples of both floors, taken a few at a time between what is measured."""

    def __init__(self, appender: Appender) -> None:
        self._appender = appender
        self._wire: Wire | None = None
        self._back: asyncio.Future[None] | None = None
        self.syncs: list[int] = []
        self.echoes: list[int] = []

    async def open(self, address: str) -> None:
        """Connect to the bare server."""
        self._wire = await open_wire(address, self._returned)

    def _returned(self, _: bytes) -> None:
        assert self._back is not None
        self._back.set_result(None)

    async def sample(self, times: int) -> None:
        """So many of each."""
        assert self._wire is not None
        loop, now = asyncio.get_running_loop(), time.monotonic_ns
        for _ in range(times):
            began = now()
            self._appender.commit()
            self.syncs.append(now() - began)
        for _ in range(times):
            self._back = loop.create_future()
            began = now()
            self._wire.send(ECHO)
            await self._back
            self.echoes.append(now() - began)


def floor_figures(syncs: list[int], echoes: list[int]) -> Floor:
    """The figures of samples in nanoseconds."""
    return Floor(
        fdatasync_p50_ms=milliseconds(syncs, 50),
        fdatasync_p99_ms=milliseconds(syncs, 99),
        echo_p50_ms=milliseconds(echoes, 50),
        echo_p99_ms=milliseconds(echoes, 99),
    )


def start_bare(programs: Programs, folder: Path) -> str:
    """Start the bare server; its address."""
    program = programs.start("bare", "simulation.bench.bare", folder)
    return program.wait_line("bare ").removeprefix("bare ")


def run_floor(programs: Programs, folder: Path, *, quick: bool) -> Floor:
    """The floors alone; a run of `issue` measures them between its own requests instead."""
    address = start_bare(programs, folder)
    floors = Floors(Appender(folder / "floor.log"))

    async def measure() -> None:
        await floors.open(address)
        await floors.sample(200 if quick else 1000)

    asyncio.run(measure())
    return floor_figures(floors.syncs, floors.echoes)
