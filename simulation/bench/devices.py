"""`hall bench devices`: what each kind of device costs, against simulators with a true line's pace.

The drivers are measured in this process, as they run in the programs; what a citizen or a clerk
sees is measured through those programs themselves.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import msgspec

from devices.errors import DeviceError
from simulation.bench.device_figures import Camera, Card, DeviceReport, Ticket, Voice
from simulation.bench.device_table import rows
from simulation.bench.figures import BenchError, Machine
from simulation.bench.output import new_file
from simulation.bench.progress import Progress
from simulation.bench.table import lines_of
from simulation.processes import Programs, StartError, ask_to_stop

PARTS = ("card", "ticket", "scanner", "camera", "voice", "line")
_LINE_BAUD = 115200
_BITS = 10
"""Of a byte on a serial line: start, eight, stop."""


@dataclass(frozen=True)
class Run:
    """What a part measures with; its folder is its own."""

    programs: Programs
    folder: Path
    progress: Progress
    quick: bool


def main(argv: Sequence[str]) -> int:
    """0; 1 where a part could not be run or, with --strict, a target was missed; 130 on Ctrl-C."""
    given = _options(argv)
    ask_to_stop()
    wanted = [part for part in PARTS if part in (given.parts or PARTS)]
    folder = Path(tempfile.mkdtemp(prefix="hall-bench-devices-"))
    report = DeviceReport()
    load_before = os.getloadavg()[0]
    failed = []
    progress = Progress(len(wanted))
    try:
        for part in wanted:
            progress.part(part)
            # One kind that cannot be measured here leaves the others their figures.
            try:
                with Programs(folder / f"logs-{part}") as programs:
                    run = Run(programs, folder / part, progress, given.quick)
                    _RUN[part](report, run)
            except (BenchError, StartError, DeviceError, OSError) as error:
                failed.append(f"{part}: {error}")
    except KeyboardInterrupt:
        print("已中断 · stopped", file=sys.stderr)
        return 130
    finally:
        if given.keep:
            print(f"数据与日志 · data and logs: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    report.machine = Machine(
        cores=os.cpu_count() or 1,
        load_before=round(load_before, 2),
        load_after=round(os.getloadavg()[0], 2),
        quick=given.quick,
    )
    found = list(rows(report))
    print(lines_of(found))
    if given.json is not None:
        text = msgspec.json.format(msgspec.json.encode(report), indent=2)
        given.json.write_bytes(text + b"\n")
    for line in failed:
        print(f"错误 Error: 未能测完 · not all could be measured: {line}", file=sys.stderr)
    if failed:
        return 1
    return 1 if given.strict and any(row.reached is False for row in found) else 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="hall bench devices",
        description="测量各类设备：每项与目标、与线路或本机的下限相比"
        " · Devices: each figure beside its target and the floor of line or machine. docs/bench.md",
    )
    add = parser.add_argument
    add("parts", nargs="*", metavar="PART", help=f"{' '.join(PARTS)}（默认全部 · all）")
    add("--json", type=new_file, metavar="FILE", help="结果写入 JSON · write the figures")
    add("--quick", action="store_true", help="短时间，只看大概 · short, only a rough look")
    add("--strict", action="store_true", help="未达标则退出码 1 · exit 1 where a target is missed")
    add("--keep", action="store_true", help="保留数据与日志 · keep data and logs")
    given = parser.parse_args(argv)
    if unknown := [part for part in given.parts if part not in PARTS]:
        parser.error(f"没有此项 · no such part: {' '.join(unknown)} ({' '.join(PARTS)})")
    return given


# Each imports what it measures when run: a part never pays for what another one loads.


def _card(report: DeviceReport, run: Run) -> None:
    from devices.id_reader.bench import measure
    from simulation.bench.card_screen import card_on_screen

    rounds = 5 if run.quick else 20
    run.progress.say(f"放卡 {rounds} 次 / {rounds} cards")
    driver = measure(rounds)
    screen = card_on_screen(run.programs, run.folder, run.progress, rounds)
    report.card = Card(driver=driver, screen=screen)


def _ticket(report: DeviceReport, run: Run) -> None:
    from devices.printer.bench import tickets

    slips = tickets(3, 5) if run.quick else tickets()
    report.tickets = tuple(
        Ticket(slip=slip, line_ms=round(slip.bytes * _BITS * 1000 / _LINE_BAUD, 1))
        for slip in slips
    )


def _scanner(report: DeviceReport, run: Run) -> None:
    from devices.scanner.bench import latency

    report.scanner = latency(10 if run.quick else 50)


def _camera(report: DeviceReport, run: Run) -> None:
    from devices.camera.bench import latency, rates

    found = rates(1.0 if run.quick else 3.0)
    run.progress.say("出示二维码 / codes are shown")
    told = latency(5 if run.quick else 15)
    report.camera = Camera(rates=found, latency=told, floor_ms=round(_search_alone(), 2))


def _search_alone(rounds: int = 30) -> float:
    """CPU milliseconds for one picture's JPEG and its search, by the two libraries alone."""
    import cv2
    import numpy as np

    from devices.camera.decode import Decoder
    from devices.camera.options import CameraOptions
    from devices.camera.scene import Scene

    cv2.setNumThreads(1)
    picture = Scene().with_code("https://hall.example/t/0192f0c1a7b87d3e9f001122334455")[0]
    _, jpeg = cv2.imencode(".jpg", picture)
    decoder = Decoder(CameraOptions().formats)
    took = []
    for _ in range(rounds):
        began = time.process_time()
        bgr = cv2.imdecode(jpeg, cv2.IMREAD_COLOR)
        if bgr is None:
            raise BenchError("OpenCV cannot read its own JPEG")
        found = decoder.find(np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY), np.uint8))
        took.append((time.process_time() - began) * 1000)
        if not found:
            raise BenchError("the drawn code cannot be read")
    return median(took)


def _voice(report: DeviceReport, run: Run) -> None:
    from devices.voice.bench import measure
    from simulation.bench.voice_hall import pipe_floor, voice_in_hall

    rounds = 5 if run.quick else 20
    run.progress.say(f"呼叫 {rounds} 次 / {rounds} calls")
    announcer = measure(rounds)
    hall = voice_in_hall(run.programs, run.folder, run.progress, rounds)
    report.voice = Voice(announcer=announcer, hall=hall, floor=pipe_floor())


def _line(report: DeviceReport, run: Run) -> None:
    from devices.call_line.bench import measure

    report.line = measure(2 if run.quick else 5)


_RUN: dict[str, Callable[[DeviceReport, Run], None]] = {
    "card": _card,
    "ticket": _ticket,
    "scanner": _scanner,
    "camera": _camera,
    "voice": _voice,
    "line": _line,
}
