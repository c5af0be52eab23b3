"""`hall bench wait` as a person runs it, on days made up here."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.bench.wait import facts_of
from simulation.replay.trace import read_trace

COLUMNS = (
    "call_id,type,priority,arrival,queue_enter,queue_exit,queue_s,outcome,"
    "service_start,service_end,service_s,server"
)


def clock(second: float) -> str:
    whole = int(second)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def made_up_day(path: Path, seed: int) -> Path:
    chance = random.Random(seed)
    at, free = 8 * 3600, [8 * 3600] * 2
    lines = [COLUMNS]
    for number in range(150):
        at += int(chance.expovariate(1 / 60)) + 1
        agent = min((0, 1), key=lambda n: free[n])
        called = max(at, free[agent])
        lasts = int(chance.expovariate(1 / 100)) + 1
        free[agent] = called + lasts
        enter = clock(at) if called > at else "0:00:00"
        leave = clock(called) if called > at else "0:00:00"
        lines.append(
            f"{number},PS,{chance.choice((0, 2))},{clock(at)},{enter},{leave},{called - at},AGENT,"
            f"{clock(called)},{clock(free[agent])},{lasts},S{agent}"
        )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def bench(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-P", "-m", "simulation", "bench", "wait", *map(str, arguments)]
    root = Path(__file__).parents[2]
    return subprocess.run(command, cwd=root, env={"PYTHONPATH": str(root)}, capture_output=True,
                          text=True, timeout=300)  # fmt: skip


def test_days_are_learned_and_others_predicted(tmp_path: Path) -> None:
    days = [made_up_day(tmp_path / f"{seed}.csv", seed) for seed in range(4)]
    out = tmp_path / "wait.json"
    done = bench("--fit", *days[:3], "--test", days[3], "--json", out)
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text("utf-8"))
    waited = sum(",0:00:00,0:00:00,0,AGENT" not in one for one in days[3].read_text().split("\n"))
    assert 0 < found["n"] <= waited
    assert set(found["baseline_rmse_s"]) == {"day_mean", "last_ten"}
    assert {"rmse_s", "coverage_80", "above_range", "mean_width_s"} <= found.keys()
    assert 0 <= found["above_range"] <= 1 - found["coverage_80"] + 1e-9


def test_a_wrong_file_is_told(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", "utf-8")
    done = bench("--fit", wrong, "--test", wrong)
    assert done.returncode == 2
    assert "columns missing" in done.stderr


def test_too_little_is_told(tmp_path: Path) -> None:
    day = made_up_day(tmp_path / "day.csv", 1)
    done = bench("--fit", day, "--test", day)
    assert done.returncode == 1
    assert "too few" in done.stderr


@pytest.mark.slow
def test_what_a_thousand_waiting_cost_is_measured_beside_calls(tmp_path: Path) -> None:
    out = tmp_path / "cost.json"
    done = bench("--cost", "--quick", "--json", out)
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text("utf-8"))
    assert found["tickets"] > 900
    assert 0 < found["p50_ms"] <= found["p99_ms"]
    calls = found["calls"]
    assert calls["calls"] > 0
    for name in ("reply_p50_ms", "reply_p99_ms", "screen_p50_ms", "screen_p99_ms"):
        told, untold, ratio = (calls[name][key] for key in ("told", "untold", "ratio"))
        assert ratio == pytest.approx(told / untold, abs=0.01)
        assert told > 0
    assert "calls.screen_p99_ms" in done.stdout


def test_each_mistake_names_its_file_and_line(tmp_path: Path) -> None:
    good, bad = made_up_day(tmp_path / "good.csv", 1), made_up_day(tmp_path / "bad.csv", 2)
    lines = bad.read_text("utf-8").split("\n")
    lines[3] = lines[3].replace(",PS,", ",P S,")
    lines[5] += ",more"
    bad.write_text("\n".join(lines), "utf-8")
    done = bench("--fit", good, bad, "--test", tmp_path / "none.csv")
    assert done.returncode == 2
    found = done.stderr.strip().split("\n")
    assert [line.split(": ")[0] for line in found] == [str(bad), str(bad), f"{tmp_path}/none.csv"]
    assert "line 4" in found[0]
    assert "line 6" in found[1]


def test_a_day_without_anybody_queued_is_learned_from_and_told(tmp_path: Path) -> None:
    days = [made_up_day(tmp_path / f"{seed}.csv", seed) for seed in range(3)]
    idle = tmp_path / "idle.csv"
    idle.write_text(f"{COLUMNS}\n1,PS,0,9:00:00,0:00:00,0:00:00,0,AGENT,9:00:05,9:00:05,0,S1\n")
    done = bench("--fit", *days, idle, "--test", days[0], idle)
    assert done.returncode == 0, done.stderr
    done = bench("--fit", *days, "--test", idle)
    assert done.returncode == 1
    assert "nobody waited" in done.stderr


def test_who_joins_knows_nothing_of_the_same_second(tmp_path: Path) -> None:
    both = tmp_path / "both.csv"
    both.write_text(
        f"{COLUMNS}\n"
        "1,PS,0,9:00:00,9:00:00,9:01:00,60,AGENT,9:01:00,9:01:00,0,S1\n"
        "2,PS,0,9:01:00,9:01:00,9:02:00,60,HANG,0:00:00,0:00:00,0,NONE\n"
    )
    found = [(fact["type"], fact["at"] % 3600) for fact in facts_of(read_trace(both))]  # type: ignore[operator]
    assert found == [("joined", 0), ("joined", 60), ("started", 60), ("ended", 60), ("left", 120)]
