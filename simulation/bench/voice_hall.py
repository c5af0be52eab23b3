"""`voice`, in the hall: from a caller's command to the first sample, by real server and station."""

import asyncio
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

from queue_server.domain.commands import CallNext, EndService, IssueTicket, SignIn
from simulation.bench import ear
from simulation.bench.device_figures import Spread, spread
from simulation.bench.figures import BenchError
from simulation.bench.ground import AREA, COUNTERS, SERVICES, STAFF, Ground
from simulation.bench.progress import Progress
from simulation.bench.wire import HallLine
from simulation.hall_file import to_toml
from simulation.processes import Place, Program, Programs

_PLACES = [
    Place("kiosk", "bench"),
    Place("caller", "bench", COUNTERS[0]),
    Place("station", "bench", None, AREA),
]
_PATIENCE = 60.0
_OPENED = 2.0
"""Seconds in which the station has tried its loudspeaker; earlier calls would only wait for it."""
_QUIET = 0.25
"""Seconds between two calls: the next player has been started."""


def voice_in_hall(programs: Programs, folder: Path, progress: Progress, rounds: int) -> Spread:
    """From the moment the command is sent: its commit, the push to the station and the joining of
    the clips all lie within."""
    progress.say(f"窗口呼叫到第一个采样 {rounds} 次 / a counter's call to the first sample")
    ground = Ground(programs, folder, places=_PLACES)
    kiosk, caller, token = ground.tokens
    stamps = folder / "stamps"
    stamps.touch()
    player = folder / "player"
    words = (sys.executable, "-I", "-S", ear.__file__, str(stamps))
    player.write_text(f"#!/bin/sh\nexec {shlex.join(words)}\n")
    player.chmod(0o755)
    config = folder / "station.toml"
    voice = {"area": AREA, "port": f"exec:{player}"}
    config.write_text(to_toml({"server": ground.server.push, "token": token, "voice": [voice]}))
    station = programs.start("station", "devices.station", "--config", config)
    station.wait_line("ready")
    time.sleep(_OPENED)
    times = asyncio.run(_call(ground.server.push, kiosk, caller, stamps, station, rounds))
    station.stop()
    ground.server.program.stop()
    return spread(times)


async def _call(
    address: str, kiosk: str, caller: str, stamps: Path, station: Program, rounds: int
) -> list[int]:
    desk = await HallLine.open(address, caller)
    await desk.ask(SignIn(counter=COUNTERS[0], staff=STAFF[0]))
    citizen = await HallLine.open(address, kiosk)
    times = []
    for number in range(rounds + 1):
        await citizen.do(IssueTicket(service=SERVICES[number % len(SERVICES)]))
        began = time.monotonic_ns()
        await desk.do(CallNext(counter=COUNTERS[0]))
        times.append(await _heard(stamps, station, number) - began)
        await desk.do(EndService(counter=COUNTERS[0]))
        await asyncio.sleep(_QUIET)
    desk.close()
    citizen.close()
    return times[1:]  # the first round warms server and station up


def _stamps(file: Path) -> list[str]:
    text = file.read_text()
    return text[: text.rfind("\n") + 1].splitlines()


async def _heard(stamps: Path, station: Program, number: int) -> int:
    deadline = time.monotonic() + _PATIENCE
    while len(lines := _stamps(stamps)) <= number:
        if time.monotonic() > deadline or not station.running:
            raise BenchError(f"the station said nothing\n{station.last_words()}")
        await asyncio.sleep(0.01)
    return int(lines[number])


def pipe_floor(rounds: int = 50) -> Spread:
    """A few bytes to a process that waits for them, and back: what waking another process costs."""
    times = []
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as cat:
        assert cat.stdin is not None
        assert cat.stdout is not None
        for _ in range(rounds):
            began = time.monotonic_ns()
            os.write(cat.stdin.fileno(), bytes(2400))
            got = 0
            while got < 2400:
                got += len(os.read(cat.stdout.fileno(), 2400))
            times.append(time.monotonic_ns() - began)
            time.sleep(0.01)
        cat.stdin.close()
    return spread(times)
