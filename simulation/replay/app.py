"""`hall replay`: a recorded day through a real server, kiosks, printers, callers and a board."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from simulation.processes import StartError, ask_to_stop

from .clients import RefusedError
from .figures import DatabaseError, Spread, percentile, read_figures
from .options import Options, read_options
from .report import CallToScreen, Report, table, write_json
from .run import Plan, Played, ReplayError, play
from .staffing import catalogue, even_shifts, trace_shifts
from .trace import Trace, TraceError, read_trace

INTERRUPTED = 130
"""Exit code after Ctrl-C, as a shell has it."""


def main(argv: Sequence[str]) -> int:
    """0 where all is as it must be, 1 for faults or an error, 2 for wrong arguments."""
    ask_to_stop()
    options = read_options(argv)
    try:
        return _replay(options)
    except TraceError as error:
        print(f"错误 Error: {options.trace}", file=sys.stderr)
        for mistake in error.mistakes:
            print(f"  {mistake}", file=sys.stderr)
    except (StartError, RefusedError, ReplayError, DatabaseError, OSError) as error:
        print(f"错误 Error: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("已中断，全部程序已停止 · Interrupted; every program is stopped", file=sys.stderr)
        return INTERRUPTED
    return 1


def _replay(options: Options) -> int:
    whole = read_trace(options.trace)
    shifts = even_shifts(whole, options.counters) if options.counters else trace_shifts(whole)
    if not shifts:
        raise ReplayError("记录中没有坐席；请用 --counters · no agents recorded; use --counters")
    trace = whole if options.until is None else whole.until(options.until)
    if not trace.arrivals:
        raise ReplayError("--until 之前无人到访 · nobody came before --until")
    for path in (options.db, options.report):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
    if options.db is not None and options.db.exists():
        raise ReplayError(f"文件已存在 · file exists: {options.db}")
    beside = options.db.parent if options.db else None
    folder = Path(tempfile.mkdtemp(prefix="hall-replay-", dir=beside))
    plan = Plan(options, trace, shifts, catalogue(whole, shifts), folder)
    try:
        played = play(plan)
        report = _report(plan, played)
    finally:
        if options.db is not None:
            _keep(options.db, plan)
        shutil.rmtree(folder)
    if options.report is not None:
        write_json(report, options.report)
    print(table(report))
    for failure in played.print_failures[:20]:
        print(f"  ✗ 打印 printing: {failure}")
    return 0 if report.faultless else 1


def _report(plan: Plan, played: Played) -> Report:
    options, trace = plan.options, plan.trace
    lines = [arrival.line for arrival in trace.arrivals] if options.until is not None else None
    shown = played.shown
    screen = [1000 * (shown[t] - at) for t, at in played.pressed.items() if t in shown]
    return Report(
        trace=options.trace.name,
        day=options.day.isoformat(),
        staffing="even" if options.counters else "trace",
        counters=len(plan.shifts),
        kiosks=options.kiosks,
        speed="max" if options.speed is None else f"{options.speed:g}",
        no_show_s=options.no_show_s,
        phantoms=trace.phantoms,
        figures=read_figures(plan.database, plan.papers, options.trace, lines),
        trace_wait_s=_recorded(trace),
        call_to_screen_ms=CallToScreen(percentile(screen, 50), percentile(screen, 99)),
        calls_not_shown=len(played.pressed.keys() - shown.keys()),
        print_failures=len(played.print_failures),
        waits=played.waits,
        wall_s=played.wall_s,
        server_rss_mb=played.memory[0],
        server_peak_rss_mb=played.memory[1],
    )


def _recorded(trace: Trace) -> Spread:
    waits = [float(arrival.queued_s) for arrival in trace.arrivals if arrival.served]
    mean = sum(waits) / len(waits) if waits else None
    return Spread(mean, percentile(waits, 50), percentile(waits, 90))


def _keep(target: Path, plan: Plan) -> None:
    """The database and the paper, for whoever wants to check."""
    if plan.database.exists():
        shutil.move(plan.database, target)
    with target.with_suffix(".paper.jsonl").open("wb") as all_slips:
        for paper in plan.papers:
            if paper.exists():
                all_slips.write(paper.read_bytes())
