"""`crash`: kill -9 at random instants under kiosks that retry; then nothing may be missing."""

import random
import time
from pathlib import Path

import msgspec

from simulation.bench.crash_check import check
from simulation.bench.crash_kiosks import Order
from simulation.bench.figures import BenchError, Crash
from simulation.bench.ground import Ground, free_port
from simulation.bench.progress import Progress
from simulation.processes import Place, Programs, start_server

KILLS = 25
KIOSKS = 32
LONGEST_LIFE = 0.7
"""Seconds a server lives at most once it is ready."""
DURING_START = 0.15
"""Share of the kills that hit a server which is still starting."""
SETTLE = 120.0
"""Seconds in which the kiosks must have all their answers once the server stays."""


def run_crash(
    programs: Programs,
    folder: Path,
    progress: Progress | None = None,
    *,
    kills: int = KILLS,
    kiosks: int = KIOSKS,
    seed: int | None = None,
) -> Crash:
    """Kill, start, and at last compare. Raises `BenchError` where the kiosks get no answers."""
    instants = random.Random(seed)
    doors = {"push_port": free_port(), "http_port": free_port()}
    ground = Ground(programs, folder, places=[Place("kiosk", "bench")], more={"doors": doors})
    told = folder / "told.jsonl"
    order = Order(ground.server.push, ground.tokens[0], kiosks, str(told))
    load = programs.start(
        "crash-kiosks",
        "simulation.bench.crash_kiosks",
        msgspec.json.encode(order).decode(),
        panel=True,
    )
    _until_told(told)
    program = ground.server.program
    for number in range(kills):
        time.sleep(instants.uniform(0.0, LONGEST_LIFE))
        program.kill()
        if progress is not None and number % 5 == 4:
            progress.say(f"kill -9: {number + 1}/{kills}")
        if number + 1 < kills and instants.random() < DURING_START:
            program = programs.start("server", "queue_server", "--config", ground.config)
            time.sleep(instants.uniform(0.0, 1.0))
        else:
            program = start_server(programs, ground.config).program
    load.say("enough")
    load.wait_line("settled", within=SETTLE)
    if program.stop() != 0:
        raise BenchError(f"the server did not end in order: {program.last_words()}")
    return check(ground.database, told, kills)


def _until_told(told: Path) -> None:
    deadline = time.monotonic() + SETTLE
    while not (told.exists() and told.stat().st_size):
        if time.monotonic() > deadline:
            raise BenchError("the kiosks got no answer at all")
        time.sleep(0.02)
