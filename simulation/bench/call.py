"""`call`: from a caller's command to the last board, beside a bare broadcast and a bare commit."""

import asyncio
import random
import time
from pathlib import Path

from queue_server.domain.commands import CallNext, EndService, IssueTicket, SignIn
from simulation.bench.crowd import Screens
from simulation.bench.figures import Call, Calls, milliseconds
from simulation.bench.floor import start_bare
from simulation.bench.ground import COUNTERS, SERVICES, STAFF, Ground
from simulation.bench.progress import Progress
from simulation.bench.receivers import Crowd
from simulation.bench.wire import HallLine, open_wire
from simulation.processes import Place, Programs

SCREENS = (200, 1000)
PLACES = [
    Place("board", "bench"),
    Place("kiosk", "bench"),
    Place("caller", "bench", COUNTERS[0]),
]


def run_call(programs: Programs, folder: Path, progress: Progress, *, quick: bool) -> Calls:
    """The figures for each number of boards."""
    ground = Ground(programs, folder / "call", places=PLACES)
    bare = start_bare(programs, folder)
    found = {}
    for screens in SCREENS:
        progress.say(f"{screens} 块屏 / screens")
        rounds = 60 if quick else 400
        found[str(screens)] = asyncio.run(_measure(ground, bare, screens, rounds))
    ground.server.program.stop()
    return Calls(screens=found)


async def _measure(ground: Ground, bare: str, screens: int, rounds: int) -> Call:
    board, kiosk, caller = ground.tokens
    crowds = [Crowd(ground.server.push, board, screens), Crowd(bare, "", screens)]
    desk = await HallLine.open(ground.server.push, caller)
    await desk.ask(SignIn(counter=COUNTERS[0], staff=STAFF[0]))
    citizens = await HallLine.open(ground.server.push, kiosk)
    for number in range(rounds + 1):
        await citizens.do(IssueTicket(service=SERVICES[number % len(SERVICES)]))
    floor = await open_wire(bare, lambda _: None)
    times, floors, text = [], [], ""
    pauses = random.Random(screens)
    async with Screens(crowds) as boards:
        for number in range(rounds + 1):
            await asyncio.sleep(pauses.uniform(0.01, 0.06))
            began = time.monotonic_ns()
            result = await desk.do(CallNext(counter=COUNTERS[0]))
            assert result.done is not None
            seen = await boards.seen(str(result.done.ticket))
            times.append(seen.last_ns - began)
            await desk.do(EndService(counter=COUNTERS[0]))
            # The frame just measured is what the bare server sends to as many.
            text = seen.frame
            floor.send(b"frame" + text.encode())
            await asyncio.sleep(pauses.uniform(0.01, 0.06))
            began = time.monotonic_ns()
            floor.send(f"go {number}".encode())
            seen = await boards.seen(str(number))
            floors.append(seen.last_ns - began)
    # The first round warms both servers up.
    del times[0], floors[0]
    for line in (desk, citizens, floor):
        line.close()
    return Call(
        p50_ms=milliseconds(times, 50),
        p99_ms=milliseconds(times, 99),
        floor_p50_ms=milliseconds(floors, 50),
        floor_p99_ms=milliseconds(floors, 99),
        rounds=rounds,
        frame_bytes=len(text.encode()),
    )
