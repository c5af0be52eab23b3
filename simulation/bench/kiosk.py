"""`kiosk`: from the last touch to the last byte at the printer, and the first frame."""

import json
import time
from pathlib import Path

import msgspec

from simulation.bench.figures import BenchError, Kiosk, milliseconds, percentile
from simulation.bench.ground import SERVICES, Ground
from simulation.bench.progress import Progress
from simulation.processes import Place, Program, Programs, start_printer

TOUCHES = 120
STARTS = 5
FIRST_PAGE = 4
"""Services on the first page of choices, at any size of window."""
A_TICKET = 20.0
"""Seconds one ticket may take on a busy machine, all its touches included."""


class _Line(msgspec.Struct):
    """One JSON line of the kiosk's script: what became of a ticket."""

    event: str
    number: str = ""
    state: str = ""


def run_kiosk(programs: Programs, folder: Path, progress: Progress, *, quick: bool) -> Kiosk:
    """The kiosk program, offscreen, touched like a citizen does; the printer is TCP's."""
    ground = Ground(programs, folder / "kiosk", places=[Place("kiosk", "bench")])
    token = folder / "kiosk" / "token"
    token.write_text(ground.tokens[0])
    script = folder / "kiosk" / "touches"
    frames = []
    for number in range(1 if quick else STARTS):
        progress.say(f"冷启动 / cold start {number + 1}")
        script.write_text("wait 0.5\nquit\n")
        began = time.monotonic()
        program = _start(programs, ground, token, script, "")
        program.wait_line("first frame ")
        frames.append(time.monotonic() - began)
        program.wait(60)
    paper = folder / "kiosk" / "paper.jsonl"
    printer = start_printer(programs, paper)
    touches = 20 if quick else TOUCHES
    progress.say(f"取号 {touches} 张 / {touches} tickets")
    takes = [f"take {SERVICES[number % FIRST_PAGE]} none\n" for number in range(touches)]
    script.write_text("".join(takes) + "quit\n")
    program = _start(programs, ground, token, script, printer.port)
    program.wait(60 + touches * A_TICKET)
    times = _times(program.out.read_text("utf-8"), paper.read_text("utf-8"), touches)
    return Kiosk(
        touch_to_paper_p50_ms=milliseconds(times, 50),
        touch_to_paper_p99_ms=milliseconds(times, 99),
        touches=len(times),
        first_frame_s=round(percentile(frames, 100), 3),
    )


def _start(programs: Programs, ground: Ground, token: Path, script: Path, printer: str) -> Program:
    arguments: list[str | Path] = [
        "--server",
        ground.server.push,
        "--token-file",
        token,
        "--script",
        script,
    ]
    arguments += ["--printer", printer] if printer else []
    return programs.start(
        "kiosk", "kiosk", *arguments, "--timing", env={"QT_QPA_PLATFORM": "offscreen"}
    )


def _times(said: str, paper: str, touches: int) -> list[int]:
    """Nanoseconds from the touch that took each ticket to the last byte of its slip."""
    touched: dict[str, int] = {}
    touch = 0
    for line in said.splitlines():
        if line.startswith("touch "):
            touch = int(line.split()[1])
        elif line.startswith("{"):
            told = msgspec.json.decode(line, type=_Line)
            if told.event == "ticket":
                touched[told.number] = touch
            elif told.event != "slip" or told.state != "printed":
                raise BenchError(f"the kiosk said {line}")
    slips = [json.loads(line) for line in paper.splitlines()]
    printed = {slip["number"]: int(slip["last_byte_monotonic_ns"]) for slip in slips}
    times = [printed[number] - began for number, began in touched.items() if number in printed]
    if len(times) != touches:
        raise BenchError(f"{touches} touches, {len(touched)} tickets, {len(slips)} slips")
    return times
