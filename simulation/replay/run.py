"""Running a day: every program started, connected, and stopped again."""

import asyncio
import sys
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple, TypeVar

from queue_server.domain.values import Catalogue, TicketId
from simulation.hall_file import write_hall_file
from simulation.processes import (
    Place,
    Programs,
    Server,
    make_tokens,
    start_printer,
    start_server,
)

from . import day
from .clients import Board, Kiosk, Line
from .clock import DayClock
from .options import Options
from .report import ProgressLine
from .staffing import AREA, Shift
from .trace import Trace
from .waits import Waits, waits_of

_Joined = TypeVar("_Joined", bound=Line)

BEFORE_OPENING_S = 60
"""Seconds from the day's beginning to the first thing that happens."""


class ReplayError(Exception):
    """The day could not be played; the message is for people, in both languages."""


class Plan(NamedTuple):
    """All that is known before the day begins. Everything the programs write goes to `folder`."""

    options: Options
    trace: Trace
    shifts: tuple[Shift, ...]
    hall: Catalogue
    folder: Path

    @property
    def database(self) -> Path:
        """The hall's database, once the server has ended."""
        return self.folder / "data" / "hall.db"

    @property
    def papers(self) -> list[Path]:
        """What each kiosk's printer printed, a JSON line a slip."""
        kiosks = range(1, self.options.kiosks + 1)
        return [self.folder / f"paper-{number}.jsonl" for number in kiosks]


class Played(NamedTuple):
    """What only the running programs could tell."""

    pressed: dict[TicketId, float]
    shown: dict[TicketId, float]
    print_failures: list[str]
    memory: tuple[float, float] = (0.0, 0.0)
    """Of the server, before it was stopped: now and the most, MB."""
    wall_s: float = 0.0
    waits: Waits | None = None


def play(plan: Plan) -> Played:
    """Play the whole day. Raises `StartError`, `RefusedError`, `ReplayError`."""
    begin = min(plan.trace.arrivals[0].at, *(s.begin for s in plan.shifts)) - BEFORE_OPENING_S
    clock_file = plan.folder / "clock"
    config = write_hall_file(plan.folder / "hall.toml", plan.hall, hall="replay")
    print("启动大厅 · starting the hall …", file=sys.stderr)
    started = time.monotonic()
    with Programs(plan.folder / "logs") as programs:
        tokens = make_tokens(config, _places(plan))
        clock = DayClock(clock_file, plan.options.day, begin, plan.options.speed)
        try:
            server = start_server(programs, config, clock=clock_file)
            ports = [start_printer(programs, paper).port for paper in plan.papers]
            played = asyncio.run(_unless_dead(_day(plan, clock, server, tokens, ports), server))
        finally:
            clock.close()
        memory = server.program.memory()
        code = server.program.stop()
        if code:
            raise ReplayError(
                f"服务器退出码 · server ended with {code}\n{server.program.last_words()}"
            )
    wall_s = time.monotonic() - started
    waits = waits_of(config, plan.options.day.isoformat())
    return played._replace(memory=memory, wall_s=wall_s, waits=waits)


def _places(plan: Plan) -> list[Place]:
    return [
        Place("manager", "重演 replay"),
        Place("board", "综合屏 board", area=AREA),
        *(
            Place("kiosk", f"取号机 kiosk {n}", area=AREA)
            for n in range(1, plan.options.kiosks + 1)
        ),
        *(Place("caller", f"叫号器 caller {s.counter}", counter=s.counter) for s in plan.shifts),
    ]


async def _day(
    plan: Plan, clock: DayClock, server: Server, tokens: list[str], ports: list[str]
) -> Played:
    keys = iter(tokens)  # in the order of _places
    async with AsyncExitStack() as stack:

        def join(line: _Joined) -> _Joined:
            stack.push_async_callback(line.close)
            return line

        manager = join(Line(server.push, next(keys), "manager"))
        board = join(Board(server.push, next(keys), "board"))
        kiosks = [
            join(Kiosk(server.push, next(keys), f"kiosk {n}", port, plan.hall, server.http))
            for n, port in enumerate(ports, 1)
        ]
        callers = [
            join(Line(server.push, next(keys), f"caller {shift.counter}")) for shift in plan.shifts
        ]
        await asyncio.gather(*(line.ready() for line in (manager, board, *kiosks, *callers)))
        told = ProgressLine()
        programs = day.Programs(manager, board, kiosks, callers)
        played = day.PlayedDay(
            plan.trace, plan.shifts, programs, clock, plan.options.no_show_s, told
        )
        clock.start()
        try:
            await played.play(plan.options.day.isoformat())
        finally:
            told.end()
        await _last_call_shown(played, board)
        failures = [failure for kiosk in kiosks for failure in kiosk.failures]
        return Played(played.pressed, board.shown, failures)


async def _last_call_shown(played: day.PlayedDay, board: Board) -> None:
    """The last announcement may be on its way still when the day's last answer is there."""
    for _ in range(100):
        if played.pressed.keys() <= board.shown.keys():
            return
        await asyncio.sleep(0.05)


async def _unless_dead(playing: Coroutine[None, None, Played], server: Server) -> Played:
    """Play, but do not wait for a server that is gone."""
    task = asyncio.create_task(playing)
    try:
        while not task.done():
            await asyncio.wait([task], timeout=0.5)
            if not task.done() and not server.program.running:
                raise ReplayError(
                    "服务器中途退出 · the server ended half-way\n" + server.program.last_words()
                )
    finally:
        task.cancel()
        await asyncio.wait([task])
    return task.result()
