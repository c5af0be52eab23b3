"""The three ready-made rules on whole days differ as docs/rules.md says, by direction on a day made
here, and figure by figure on the public days where those are at hand.
"""

import heapq
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLIC_DAYS = sorted((ROOT.parent / "shared" / "data" / "anonymous-bank").glob("1999-*.csv"))
DOCUMENTED = (ROOT / "docs" / "rules.md").read_text("utf-8")
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
HEAD = (
    "type,priority,arrival,queue_enter,queue_exit,queue_s,outcome,"
    "service_start,service_end,service_s,server"
)


def made_day(seed: int) -> str:
    """A morning at three counters, first come first served, with more coming than can be served."""
    dice = random.Random(seed)
    free = [(8 * 3600, number) for number in range(3)]
    lines, now = [HEAD], 8 * 3600.0
    while now < 11.5 * 3600:
        now += dice.expovariate(1 / 66)
        at = int(now)
        priority = dice.choices([0, 1, 2], [60, 15, 25])[0]
        took = max(30, int(dice.lognormvariate(5.2, 0.5)))
        begin, number = heapq.heappop(free)
        begin = max(begin, at)
        heapq.heappush(free, (begin + took, number))
        times = [clock(at), clock(at), clock(begin), str(begin - at), "AGENT", clock(begin)]
        times += [clock(begin + took), str(took), f"S0{number}"]
        lines.append(",".join(["PS", str(priority), *times]))
    return "\n".join(lines) + "\n"


def clock(second: int) -> str:
    return f"{second // 3600}:{second // 60 % 60:02}:{second % 60:02}"


def tried(tmp_path: Path, *days: Path) -> dict[str, dict[str, Any]]:
    """The figures of a dry-run, by the rules' names."""
    target = tmp_path / "figures.json"
    command = [sys.executable, "-P", "-m", "simulation", "rules", "dry-run"]
    command += ["strict", "two-to-one", "aging", "--json", str(target), "--trace", *map(str, days)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT, timeout=120)
    return {one["rules"]["en"]: one for one in json.loads(target.read_bytes())["rules"]}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_full_day_differs_by_rules_as_documented(tmp_path: Path, seed: int) -> None:
    day = tmp_path / "2026-03-02.csv"
    day.write_text(made_day(seed), "utf-8")
    found = tried(tmp_path, day)
    strict, ratio, aging = (found[name] for name in ("strict priority", "2:1", "aging"))

    def of(column: dict[str, Any], key: int) -> dict[str, Any]:
        return next(one for one in column["classes"] if one["priority"] == key)

    # Strict priority leaves ordinary tickets standing, passed by later ones.
    assert strict["contested"][0] == 0
    assert of(strict, 0)["passed_over"] > 0
    assert of(strict, 0)["max_s"] > of(aging, 0)["max_s"]
    assert of(strict, 0)["max_s"] > of(ratio, 0)["max_s"]
    # 2 : 1 keeps its ratio, and class 1 carries the burden.
    ordinary, higher = ratio["contested"]
    assert abs(ordinary - 2 * higher) <= 3  # one call at most, three of them counted
    assert of(ratio, 0)["mean_s"] < of(strict, 0)["mean_s"]
    assert of(ratio, 1)["mean_s"] > of(strict, 1)["mean_s"]
    # Aging: once 20 minutes are over nobody is passed; until then higher classes go before.
    assert [of(aging, key)["passed_over"] for key in (0, 1, 2)] == [0, 0, 0]
    assert of(aging, 2)["mean_s"] < of(aging, 0)["mean_s"]
    assert of(aging, 2)["max_s"] > of(strict, 2)["max_s"]
    # In each the same people come, and the counters serve without a break while anybody waits.
    for column in (strict, ratio, aging):
        assert sum(one["tickets"] for one in column["classes"]) == sum(
            one["called"] for one in column["classes"]
        )


def test_the_worked_day_is_what_the_rules_do_today(tmp_path: Path) -> None:
    """Table and picture, made anew by the commands that the documents name."""
    day, picture = ROOT / "docs/examples/days/2026-03-02.csv", tmp_path / "plot.svg"
    assert table("--load", "100", str(day)) in DOCUMENTED
    command = [sys.executable, "-P", "-m", "simulation", "rules", "dry-run"]
    command += ["strict", "two-to-one", "aging", "--trace", str(day), "--plot", str(picture)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT, timeout=120)
    drawn = (ROOT / "docs/rules/worked-day.svg").read_text("utf-8")
    assert picture.read_text("utf-8") == drawn


@pytest.mark.skipif(len(PUBLIC_DAYS) != 9, reason="the nine public days are not at hand")
def test_the_table_of_the_public_days_is_what_the_rules_do_today() -> None:
    assert table(*map(str, PUBLIC_DAYS)) in DOCUMENTED


def table(*arguments: str) -> str:
    command = [sys.executable, str(ROOT / "packaging" / "rules-table"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    return done.stdout.strip()
