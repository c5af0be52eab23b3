"""What estimating costs a call: a hall of a thousand waiting, told ranges or not, in turns."""

import asyncio
import datetime as dt
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from queue_server.domain.commands import CallNext, EndService, IssueTicket
from queue_server.domain.values import Catalogue, CounterId, ServiceId, Settings, Text
from simulation.bench.crowd import Screens
from simulation.bench.figures import BenchError, Figure, milliseconds
from simulation.bench.receivers import Crowd
from simulation.bench.wire import WELCOME, HallLine, hello_text, open_wire
from simulation.hall_file import write_hall_file
from simulation.processes import Place, Programs, Server, environment, make_tokens, start_server
from simulation.replay.clock import DayClock

COUNTER = CounterId("c0")
SERVICES = tuple(ServiceId(f"s{number}") for number in range(12))
BOARDS = 200
TURNS, CALLS = 20, 40
"""Turns of each hall, calls in each turn."""
QUICK_TURNS = 2
LEARNED_WITHIN = 300.0
"""Seconds in which the estimator must have learned its days, on a busy machine."""
LIMITS = {"per_second": 100_000.0, "burst": 100_000, "under_way": 10_000, "connections": 4000}
Samples = list[int]


class Both(Figure, frozen=True):
    """Milliseconds of the hall that tells ranges and of the one that does not."""

    told: float
    untold: float
    ratio: float


class CallsBeside(Figure, frozen=True):
    """A caller's `call_next` to its reply, and to the last of `boards` boards."""

    reply_p50_ms: Both
    reply_p99_ms: Both
    screen_p50_ms: Both
    screen_p99_ms: Both
    server_cpu_ms: Both
    """The server's processor for a round of ticket, call and end; not its child's."""
    waiting: int
    boards: int
    calls: int
    """Measured of each."""
    load: float
    """The machine's load average meanwhile."""


class _Made(msgspec.Struct):
    hall: str
    seq: int
    now: int
    waiting: int


class _Hall:
    """One of the two halls: its server, who calls, and what was measured."""

    def __init__(self, programs: Programs, folder: Path, made: _Made, *, told: bool) -> None:
        self.waiting = made.waiting
        config = write_hall_file(
            folder / "hall.toml",
            Catalogue(settings=Settings(name=Text(zh="测量大厅", en="Hall under measurement"))),
            hall=made.hall,
            more={"limits": LIMITS, "waits": {"told": told}},
        )
        day = dt.datetime.fromtimestamp(made.now / 1000)  # noqa: DTZ006  as the hall's machine
        second = (day - dt.datetime.combine(day, dt.time())).total_seconds()
        self.clock = DayClock(folder / "clock", day.date(), second, 1.0)
        self.server: Server = start_server(programs, config, clock=folder / "clock")
        self.clock.start()
        places = [Place("board", "b"), Place("kiosk", "k"), Place("caller", "c", COUNTER)]
        self.board, self.kiosk, self.caller = make_tokens(config, places)
        self.replies: Samples = []
        self.screens: Samples = []
        self.cpu_s = 0.0
        self.rounds = 0

    async def open(self) -> None:
        """Its lines; whoever its counter was left serving goes."""
        self.citizens = await HallLine.open(self.server.push, self.kiosk)
        self.desk = await HallLine.open(self.server.push, self.caller)
        await self.desk.ask(EndService(counter=COUNTER))

    async def state(self) -> str:
        """What programs are told of the estimates: `none`, `plain`, `learned`, or nothing."""
        found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def take(payload: bytes) -> None:
            if payload.startswith(WELCOME):
                waits: dict[str, Any] = json.loads(payload)["set"]["queues"].get("waits") or {}
                found.set_result(waits.get("state", ""))

        line = await open_wire(self.server.push, take)
        line.send(hello_text(self.board))
        try:
            return await found
        finally:
            line.close()

    async def turn(self, boards: Screens, pauses: random.Random) -> None:
        """Some rounds: a ticket, a call, its end. The first one warms up."""
        began = self._cpu()
        for number in range(CALLS + 1):
            await self.citizens.do(IssueTicket(service=pauses.choice(SERVICES)))
            await asyncio.sleep(pauses.uniform(0.01, 0.06))
            at = time.monotonic_ns()
            result = await self.desk.do(CallNext(counter=COUNTER))
            replied = time.monotonic_ns() - at
            assert result.done is not None
            seen = await boards.seen(str(result.done.ticket))
            if number:
                self.replies.append(replied)
                self.screens.append(seen.last_ns - at)
            await self.desk.do(EndService(counter=COUNTER))
        self.cpu_s += self._cpu() - began
        self.rounds += CALLS + 1

    def _cpu(self) -> float:
        text = Path(f"/proc/{self.server.program.pid}/stat").read_text()
        fields = text.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run_calls(*, quick: bool) -> CallsBeside:
    """Raises `BenchError` or `StartError` where it cannot be measured."""
    with tempfile.TemporaryDirectory(prefix="hall-wait-calls-", dir="/var/tmp") as name:
        folder = Path(name)
        made = _make(folder / "told" / "data")
        shutil.copytree(folder / "told" / "data", folder / "untold" / "data")
        with Programs(folder / "logs") as programs:
            halls = [
                _Hall(programs, folder / kind, made, told=kind == "told")
                for kind in ("told", "untold")
            ]
            try:
                asyncio.run(_measure(halls, QUICK_TURNS if quick else TURNS))
            finally:
                for hall in halls:
                    hall.clock.close()
    return _figures(*halls)


def _make(folder: Path) -> _Made:
    folder.mkdir(parents=True, mode=0o700)
    command = [sys.executable, "-P", "-m", "queue_server.waits", "make", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=environment(), check=True)
    return msgspec.json.decode(done.stdout, type=_Made)


async def _measure(halls: Sequence[_Hall], turns: int) -> None:
    told, _ = halls
    for hall in halls:
        await hall.open()
    await _until_learned(told)
    pauses = random.Random(1)
    crowds = [Crowd(hall.server.push, hall.board, BOARDS) for hall in halls]
    async with Screens(crowds) as boards:
        for turn in range(2 * turns):
            await halls[turn % 2].turn(boards, pauses)
    if await told.state() != "learned":
        raise BenchError("估计中断 / the estimates ended")
    for hall in halls:
        hall.citizens.close()
        hall.desk.close()


async def _until_learned(hall: _Hall) -> None:
    print("学习 / learning …", file=sys.stderr, flush=True)
    deadline = time.monotonic() + LEARNED_WITHIN
    while await hall.state() != "learned":
        if time.monotonic() > deadline:
            raise BenchError("未学成 / nothing was learned in time")
        await asyncio.sleep(1)
    print("叫号 / calling …", file=sys.stderr, flush=True)


def _figures(told: _Hall, untold: _Hall) -> CallsBeside:
    def both(one: float, other: float) -> Both:
        return Both(told=round(one, 3), untold=round(other, 3), ratio=round(one / other, 2))

    def at(percent: float, of: str) -> Both:
        return both(*(milliseconds(getattr(hall, of), percent) for hall in (told, untold)))

    return CallsBeside(
        reply_p50_ms=at(50, "replies"),
        reply_p99_ms=at(99, "replies"),
        screen_p50_ms=at(50, "screens"),
        screen_p99_ms=at(99, "screens"),
        server_cpu_ms=both(*(1000 * hall.cpu_s / hall.rounds for hall in (told, untold))),
        waiting=told.waiting,
        boards=BOARDS,
        calls=len(told.replies),
        load=round(os.getloadavg()[0], 2),
    )
