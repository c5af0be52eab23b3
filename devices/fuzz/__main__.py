"""`hall fuzz`: a million odd inputs for each device's parser, or for those that are named.

考验每个设备协议：任何输入只能得到结果或规定的错误，且不占用更多内存。
Each target runs in a process of its own, led by coverage (atheris). An exception that is not a
DeviceError, memory that grows, or an input that takes ten seconds fails it; the input is kept.
"""

import argparse
import importlib.util
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import msgspec

from devices.fuzz.campaign import GROWTH_LIMIT, STOPPED, Campaign, Result
from devices.fuzz.progress import Progress
from devices.fuzz.targets import Place, find_targets

MEGABYTE = 1 << 20


def main() -> int:
    """0 if every target stood, 1 if one failed, 2 after wrong arguments, 130 if stopped."""
    given = _parser().parse_args()
    targets = find_targets(given.modules)
    chosen = _chosen(targets, given.parsers)
    if given.list:
        print("\n".join(place.name for place in chosen))
        return 0
    if not chosen:
        print(f"没有这个解析器 · no such parser: {' '.join(given.parsers)}", file=sys.stderr)
        return 2
    is_guided = not given.random and importlib.util.find_spec("atheris") is not None
    if not is_guided and not given.random:
        print(
            "未安装 atheris：改用随机输入，不按覆盖率引导 · "
            "atheris is not installed: inputs are random, not led by coverage",
            file=sys.stderr,
        )
    seconds = given.minutes * 60 * min(given.jobs, len(chosen)) / len(chosen)
    campaign = Campaign(
        runs=given.runs or (0 if given.minutes else 1_000_000),
        seconds=seconds,
        keep=given.keep,
        is_guided=is_guided,
        seed=given.seed,
    )
    progress = Progress(len(chosen), campaign.runs, given.minutes * 60)
    stop = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    with ThreadPoolExecutor(given.jobs) as pool:
        results = []
        for result in pool.map(partial(campaign.run, progress=progress, stop=stop), chosen):
            results.append(result)
            if not given.json:
                print(_line(result), flush=True)
    ok = all(result.ok for result in results)
    failed = any(not result.ok and result.failure != STOPPED for result in results)
    if given.json:
        report = {"guided": is_guided, "ok": ok, "targets": results}
        print(msgspec.json.format(msgspec.json.encode(report)).decode())
    else:
        total = sum(result.inputs for result in results)
        verdict = "全部通过 all stood" if ok else "FAILED" if failed else STOPPED
        print(f"{total:,} inputs, {len(results)} parsers: {verdict}")
    return 0 if ok else 1 if failed else 130


def _chosen(targets: list[Place], words: list[str]) -> list[Place]:
    if not words:
        return targets
    return [p for p in targets if any(p.name == w or p.name.startswith(f"{w}.") for w in words)]


def _line(result: Result) -> str:
    is_stopped = result.failure == STOPPED
    verdict = "ok" if result.ok else STOPPED if is_stopped else "FAILED"
    line = (
        f"{result.name:28} {result.inputs:>10,} inputs {result.rate:>8,.0f}/s "
        f"memory {result.growth / MEGABYTE:+6.1f} MB  {verdict}"
    )
    if result.ok or is_stopped:
        return line
    return f"{line}\n{result.failure}\n  {result.input or '(no input kept)'}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hall fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"memory may grow by {GROWTH_LIMIT // MEGABYTE} MB after the warm-up",
    )
    parser.add_argument(
        "parsers", nargs="*", metavar="PARSER", help="全部，若不指定 all, else these"
    )
    parser.add_argument(
        "--runs", type=int, default=0, metavar="N", help="每个多少次 inputs for each"
    )
    parser.add_argument(
        "--minutes", type=float, default=0, metavar="N", help="总时长，平分 time for all, shared"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="只列出 tell their names")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--random", action="store_true", help="不用 atheris do without it")
    parser.add_argument(
        "--from", dest="modules", action="append", default=[], metavar="MODULE",
        help="另加此模块的 TARGETS another module's, of your own driver",
    )  # fmt: skip
    parser.add_argument(
        "--keep",
        type=Path,
        default=Path("var/fuzz"),
        metavar="DIR",
        help="失败的输入 failed inputs",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
