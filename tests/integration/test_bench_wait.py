"""`hall bench wait` as a person runs it, on days made up here."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

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
