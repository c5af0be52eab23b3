"""`rss`: the server's memory with a day behind it and a thousand programs connected."""

import asyncio

from queue_server.domain.commands import CallNext, EndService, IssueTicket
from simulation.bench.crowd import Screens
from simulation.bench.day import Day
from simulation.bench.figures import Memory
from simulation.bench.ground import COUNTERS, SERVICES, Ground
from simulation.bench.receivers import Crowd
from simulation.bench.wire import HallLine

CLIENTS = 1000
CALLS = 50
"""Calls made meanwhile, so that buffers have been used."""


def run_rss(day: Day) -> Memory:
    """Half of the programs are boards, the rest counter screens and kiosks."""
    ground = day.ground
    ground.start()
    alone = ground.server.program.memory()[0]
    connected = asyncio.run(_connected(ground))
    ground.server.program.kill()
    return Memory(rss_mb=round(connected, 1), alone_mb=round(alone, 1), clients=CLIENTS)


async def _connected(ground: Ground) -> float:
    address = ground.server.push
    kiosk, board, *rest = ground.tokens
    screens, callers = rest[: len(COUNTERS)], rest[len(COUNTERS) :]
    each = (CLIENTS // 2 - 100) // len(screens)
    crowds = [Crowd(address, board, CLIENTS // 2)]
    crowds += [Crowd(address, token, each) for token in screens]
    crowds.append(Crowd(address, kiosk, CLIENTS - sum(crowd.count for crowd in crowds)))
    async with Screens(crowds) as programs:
        citizens = await HallLine.open(address, kiosk)
        desk = await HallLine.open(address, callers[0])
        for number in range(CALLS):
            await citizens.do(IssueTicket(service=SERVICES[number % len(SERVICES)]))
            result = await desk.do(CallNext(counter=COUNTERS[0]))
            assert result.done is not None
            await programs.seen(str(result.done.ticket))
            await desk.do(EndService(counter=COUNTERS[0]))
        citizens.close()
        desk.close()
        return ground.server.program.memory()[0]
