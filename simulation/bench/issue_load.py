"""The load of `issue`, in a process of its own: clients that each wait for their answer."""

import asyncio
import sys
import time
from pathlib import Path

import msgspec

from queue_server.domain.commands import IssueTicket
from simulation.bench.bare import Appender
from simulation.bench.floor import Floors
from simulation.bench.ground import SERVICES
from simulation.bench.wire import HallLine

CHUNK = 50
"""Requests of one client between two samples of the floors, and samples taken then."""


class Order(msgspec.Struct, frozen=True):
    """What to do."""

    address: str
    token: str
    clients: int
    seconds: float
    warm_up: float
    bare: str = ""
    """Where given, one client's requests are interleaved with samples of the floors."""
    folder: str = ""


class Measured(msgspec.Struct):
    """What came of it; times in ns."""

    latencies: list[int]
    began: float
    ended: float
    syncs: list[int] = []
    echoes: list[int] = []


async def _kiosk(line: HallLine, number: int, until: float, latencies: list[int]) -> None:
    service, now = SERVICES[number % len(SERVICES)], time.monotonic_ns
    while time.monotonic() < until:
        began = now()
        await line.do(IssueTicket(service=service))
        latencies.append(now() - began)


async def _many(order: Order, lines: list[HallLine]) -> Measured:
    measured = Measured([], 0.0, 0.0)
    for seconds in (order.warm_up, order.seconds):
        measured = Measured([], time.monotonic(), 0.0)
        # Told to the bench, which reads the server's CPU time then.
        print(f"began {measured.began}", flush=True)
        until = measured.began + seconds
        await asyncio.gather(
            *(_kiosk(line, n, until, measured.latencies) for n, line in enumerate(lines))
        )
        measured.ended = time.monotonic()
    return measured


async def _one(order: Order, line: HallLine) -> Measured:
    floors = Floors(Appender(Path(order.folder) / "floor.log"))
    await floors.open(order.bare)
    measured = Measured([], 0.0, 0.0, floors.syncs, floors.echoes)
    busy, now = 0, time.monotonic_ns
    deadline = time.monotonic() + order.warm_up + order.seconds
    warm = time.monotonic() + order.warm_up
    while time.monotonic() < deadline:
        if time.monotonic() < warm:
            measured.latencies.clear()
            floors.syncs.clear()
            floors.echoes.clear()
            busy = 0
        await floors.sample(CHUNK)
        chunk_began = now()
        for _ in range(CHUNK):
            began = now()
            await line.do(IssueTicket(service=SERVICES[0]))
            measured.latencies.append(now() - began)
        busy += now() - chunk_began
    measured.ended = busy / 1e9
    return measured


async def run(order: Order) -> Measured:
    """Carry the order out."""
    lines = [await HallLine.open(order.address, order.token) for _ in range(order.clients)]
    return await (_one(order, lines[0]) if order.bare else _many(order, lines))


def main(argument: str) -> None:
    """The order is the argument, as JSON; the answer is the last line, as JSON."""
    measured = asyncio.run(run(msgspec.json.decode(argument, type=Order)))
    print("measured " + msgspec.json.encode(measured).decode(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
