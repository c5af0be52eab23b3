"""`hall bench wait`: how good the estimates of waiting time are, on recorded days they never saw.

The recorded days become facts, as a hall's own days are; the estimator runs as its own program.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from simulation.bench.figures import BenchError
from simulation.bench.output import new_file
from simulation.processes import StartError
from simulation.replay.trace import Arrival, Trace, TraceError, read_trace

HIGH = 2
"""From this priority on a caller is placed ahead."""
HEAD_START_S = 90
"""By how much: about what the shared days' order of service shows."""
ASIDE = "IN"
"""Internet support has counters of its own, and its waits are not judged."""
Lines = list[tuple[int, int, dict[str, object]]]


def main(argv: Sequence[str]) -> int:
    """0; 1 where the days teach too little, 2 where a file is wrong."""
    parser = argparse.ArgumentParser(
        prog="hall bench wait",
        description="从前几天学习，预测其余各天的等候时间，绝不偷看将来"
        " · Learns from the first days, predicts the others, and never looks ahead. docs/bench.md",
    )
    add = parser.add_argument
    add("--fit", type=Path, nargs="+", default=[], metavar="CSV", help="学习的日子 · to learn")
    add("--test", type=Path, nargs="+", default=[], metavar="CSV", help="预测的日子 · to predict")
    add(
        "--cost", action="store_true", help="只量开销：千人等候 · only what a thousand waiting cost"
    )
    add("--quick", action="store_true", help="开销只取少量样本 · few calls for the cost")
    add("--json", type=new_file, metavar="FILE", help="结果写入 JSON · write the figures")
    given = parser.parse_args(argv)
    if given.cost:
        return _cost(given.json, quick=given.quick)
    if not given.fit or not given.test:
        parser.error("--fit CSV… --test CSV…, or --cost")
    with tempfile.TemporaryDirectory(prefix="hall-wait-") as name:
        mistakes: list[str] = []
        fit = [_write(Path(name), "fit", n, one, mistakes) for n, one in enumerate(given.fit)]
        test = [_write(Path(name), "test", n, one, mistakes) for n, one in enumerate(given.test)]
        if mistakes:
            print("\n".join(mistakes), file=sys.stderr)
            return 2
        done = _run("--aside", ASIDE, "--fit", *map(str, fit), "--test", *map(str, test))
    return _tell(done, given.json)


def _run(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-P", "-m", "queue_server.waits", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, check=False)


def _cost(file: Path | None, *, quick: bool) -> int:
    from simulation.bench.wait_calls import run_calls

    done = _run("cost")
    if done.returncode:
        return done.returncode
    figures = json.loads(done.stdout)
    try:
        figures["calls"] = msgspec.to_builtins(run_calls(quick=quick))
    except (BenchError, StartError, OSError) as error:
        print(f"错误 Error: {error}", file=sys.stderr)
        return 1
    return _write_figures(figures, file)


def _tell(done: "subprocess.CompletedProcess[bytes]", file: Path | None) -> int:
    if done.returncode:
        return done.returncode
    return _write_figures(json.loads(done.stdout), file)


def _write_figures(figures: dict[str, object], file: Path | None) -> int:
    _print(figures)
    if file is not None:
        file.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 0


def _write(folder: Path, kind: str, number: int, path: Path, mistakes: list[str]) -> Path:
    """The day's facts in a file of `folder`; what is wrong with it is added to `mistakes`."""
    target = folder / f"{kind}-{number}.jsonl"
    try:
        trace = read_trace(path)
    except TraceError as error:
        named = str(path)
        mistakes += [one if one.startswith(named) else f"{named}: {one}" for one in error.mistakes]
        return target
    encoder = msgspec.json.Encoder()
    target.write_bytes(b"".join(encoder.encode(fact) + b"\n" for fact in facts_of(trace)))
    return target


def facts_of(trace: Trace) -> list[dict[str, object]]:
    """What happened on a recorded day, as the estimator reads it, in order of time.

    Of one second nobody knows the order: who joins is told of nothing else that happened in it.
    After them services end, then who waits leaves or is called.
    """
    lines: Lines = []
    for number, arrival in enumerate(trace.arrivals):
        lines += _lines(str(number), arrival)
    return [fact for _, _, fact in sorted(lines, key=lambda line: line[:2])]


def _lines(ticket: str, arrival: Arrival) -> Iterator[tuple[int, int, dict[str, object]]]:
    pool = "internet" if arrival.service == ASIDE else "hall"
    common = {"service": arrival.service, "pool": pool}
    called = arrival.at + arrival.queued_s
    counter = arrival.agent or ""
    if arrival.queued:
        ahead = arrival.priority >= HIGH
        rank = arrival.at - HEAD_START_S * ahead
        joined = {"type": "joined", "at": arrival.at, "ticket": ticket, "rank_at": rank}
        yield arrival.at, 0, {**joined, "is_ahead": ahead, **common}
        if arrival.served:
            started = {"type": "started", "at": called, "ticket": ticket, "counter": counter}
            yield called, 3, {**started, **common}
        else:
            yield called, 2, {"type": "left", "at": called, "ticket": ticket}
    elif arrival.service_start is not None:
        at = arrival.service_start
        yield at, 3, {"type": "started", "at": at, "ticket": "", "counter": counter, **common}
    if arrival.service_start is not None and counter:
        ended = arrival.service_start + arrival.service_s
        began = called if arrival.queued else arrival.service_start
        yield ended, 1 if ended > began else 4, {"type": "ended", "at": ended, "counter": counter}


def _print(figures: Mapping[str, object], under: str = "") -> None:
    for name, value in figures.items():
        if isinstance(value, dict) and any(isinstance(one, dict) for one in value.values()):
            _print(value, f"{name}.")
            continue
        shown = (
            "  ".join(f"{key} {one:.2f}" for key, one in value.items())
            if isinstance(value, dict)
            else f"{value:.3f}"
            if isinstance(value, float)
            else str(value)
        )
        print(f"{under + name:22} {shown}")
