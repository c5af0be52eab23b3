"""`hall bench rules`: what choosing the next ticket costs in a hall of 1,000 who wait.

The rules run in a program of the server's own; here it is started and its figures are judged.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence

from simulation.bench.output import new_file

TARGET_MS = 1.0


def main(argv: Sequence[str]) -> int:
    """0; 1 where the target is missed with --strict, or the program failed."""
    parser = argparse.ArgumentParser(
        prog="hall bench rules",
        description="一千人等候、十条叫号条件时选号所需的时间 · What one pick costs with 1,000"
        " waiting and ten conditions. docs/bench.md",
    )
    add = parser.add_argument
    add("--waiting", type=int, default=1000, metavar="N", help="等候人数 · people waiting")
    add("--picks", type=int, default=3000, metavar="N", help="呼叫次数 · calls measured")
    add("--json", type=new_file, metavar="FILE", help="结果写入 JSON · write the figures")
    add(
        "--strict", action="store_true", help="未达标则退出码 1 · exit 1 where the target is missed"
    )
    given = parser.parse_args(argv)
    command = [sys.executable, "-P", "-m", "queue_server.rules_bench"]
    counts = ["--waiting", str(given.waiting), "--picks", str(given.picks)]
    done = subprocess.run([*command, *counts], stdout=subprocess.PIPE, check=False)
    if done.returncode:
        return 1
    figures = json.loads(done.stdout)
    print(f"{'':14}{'p50':>9}{'p99':>9}{'cpu p50':>9}{'cpu p99':>9}   ms")
    for name in ("plain", "appointments"):
        hall = figures[name]
        row = (hall[key] for key in ("p50_ms", "p99_ms", "cpu_p50_ms", "cpu_p99_ms"))
        print(f"{name:14}" + "".join(f"{value:9.3f}" for value in row))
    worst = max(figures[name]["p99_ms"] for name in ("plain", "appointments"))
    reached = worst <= TARGET_MS
    verdict = "达标 reached" if reached else "未达标 missed"
    print(f"p99 ≤ {TARGET_MS:.0f} ms: {worst:.3f}  {verdict}")
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 1 if given.strict and not reached else 0
