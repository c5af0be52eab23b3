"""The command line: runs parts, prints the table, writes the JSON."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from simulation.bench.day import Days
from simulation.bench.figures import BenchError, Machine, Report
from simulation.bench.output import new_file
from simulation.bench.progress import Progress
from simulation.bench.table import all_reached, table
from simulation.processes import Programs, StartError, ask_to_stop

PARTS = ("floor", "issue", "call", "restart", "rss", "crash", "kiosk")


def options(argv: Sequence[str]) -> argparse.Namespace:
    """The command line; exits with 2 where it is wrong."""
    parser = argparse.ArgumentParser(
        prog="hall bench",
        description="测量速度与可靠性，每项都与同一次运行中测得的下限相比"
        " · Speed and reliability, each beside a floor measured in the same run."
        " docs/bench.md\n另有 · also: hall bench wait | rules | devices --help",
    )
    add = parser.add_argument
    add("parts", nargs="*", metavar="PART", help=f"{' '.join(PARTS)}（默认全部 · all）")
    add("--json", type=new_file, metavar="FILE", help="结果写入 JSON · write the figures")
    add("--quick", action="store_true", help="短时间，只看大概 · short, only a rough look")
    add("--strict", action="store_true", help="未达标则退出码 1 · exit 1 where a target is missed")
    add(
        "--folder",
        type=Path,
        default=Path("/var/tmp"),  # noqa: S108  a new folder of our own is made in it
        help="在此目录所在磁盘上测量 · measure the disk this folder is on (%(default)s)",
    )
    add("--keep", action="store_true", help="保留数据与日志 · keep data and logs")
    given = parser.parse_args(argv)
    if unknown := [part for part in given.parts if part not in PARTS]:
        parser.error(f"没有此项 · no such part: {' '.join(unknown)} ({' '.join(PARTS)})")
    return given


def main(argv: Sequence[str]) -> int:
    """0; 1 where a part could not be run or, with --strict, a target was missed; 130 on Ctrl-C."""
    if argv and argv[0] == "wait":
        from simulation.bench.wait import main as wait

        return wait(argv[1:])
    if argv and argv[0] == "rules":
        from simulation.bench.rules import main as rules

        return rules(argv[1:])
    if argv and argv[0] == "devices":
        from simulation.bench.devices import main as devices

        return devices(argv[1:])
    given = options(argv)
    ask_to_stop()
    wanted = [part for part in PARTS if part in (given.parts or PARTS)]
    folder = Path(tempfile.mkdtemp(prefix="hall-bench-", dir=given.folder))
    report = Report()
    load_before = os.getloadavg()[0]
    failed: Exception | None = None
    try:
        _run(wanted, folder, report, quick=given.quick)
    except (BenchError, StartError, OSError) as error:
        failed = error
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
    print(table(report))
    if given.json is not None:
        text = msgspec.json.format(msgspec.json.encode(report), indent=2)
        given.json.write_bytes(text + b"\n")
    if failed:
        print(f"错误 Error: 未能测完 · not all could be measured: {failed!r}", file=sys.stderr)
        return 1
    return 1 if given.strict and not all_reached(report) else 0


def _run(wanted: Sequence[str], folder: Path, report: Report, *, quick: bool) -> None:
    progress = Progress(len(wanted))
    days = Days(folder, progress, quick=quick)
    for part in wanted:
        progress.part(part)
        with Programs(folder / f"logs-{part}") as programs:
            _part(part, programs, folder, report, progress, days, quick=quick)


def _part(
    part: str,
    programs: Programs,
    folder: Path,
    report: Report,
    progress: Progress,
    days: Days,
    *,
    quick: bool,
) -> None:
    # Imported when run: a part never pays for what another one loads.
    match part:
        case "floor":
            from simulation.bench.floor import run_floor

            report.floor = run_floor(programs, folder, quick=quick)
        case "issue":
            from simulation.bench.issue import run_issue

            report.issue, report.floor = run_issue(programs, folder, progress, quick=quick)
        case "call":
            from simulation.bench.call import run_call

            report.call = run_call(programs, folder, progress, quick=quick)
        case "restart":
            from simulation.bench.restart import run_restart

            report.restart = run_restart(days.ready(programs), quick=quick)
            report.restart_s = report.restart.worst_s
        case "rss":
            from simulation.bench.rss import run_rss

            report.rss = run_rss(days.ready(programs))
            report.rss_mb = report.rss.rss_mb
        case "crash":
            from simulation.bench.crash import run_crash

            report.crash = run_crash(programs, folder / "crash", progress)
        case _:
            from simulation.bench.kiosk import run_kiosk

            report.kiosk = run_kiosk(programs, folder, progress, quick=quick)
