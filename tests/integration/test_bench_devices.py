"""`hall bench devices --quick`: every part runs, and every figure is one of something measured."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.processes import ROOT, environment


def bench(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-P", "-m", "simulation", "bench", "devices", *words]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=540, cwd=ROOT, env=environment(),
        check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_every_part_gives_figures(tmp_path: Path) -> None:
    file = tmp_path / "devices.json"
    done = bench("--quick", "--json", file)
    assert done.returncode == 0, done.stderr
    found = json.loads(file.read_text())
    assert set(found) == {"machine", "card", "tickets", "scanner", "camera", "voice", "line"}
    card = found["card"]
    assert card["driver"]["wire_bytes"] == 10 + 19 + 10 + 1295
    assert card["screen"]["rounds"] == 5
    assert 0 < card["screen"]["p50_ms"] <= card["screen"]["most_ms"]
    for slip in found["tickets"]:
        assert slip["line_ms"] == pytest.approx(slip["slip"]["bytes"] / 11.52, abs=0.06)
    assert len(found["camera"]["rates"]) == 4
    assert found["camera"]["floor_ms"] > 0
    # What is seen from the counter holds the announcer's own share.
    assert found["voice"]["hall"]["most_ms"] > found["voice"]["floor"]["p50_ms"] > 0
    assert found["line"]["addresses"] == 32
    assert found["line"]["round_ms"] >= found["line"]["wire_ms"]
    lines = done.stdout.splitlines()
    targets = [line for line in lines if "≤" in line or "≥" in line]
    assert all("reached" in line or "MISSED" in line for line in targets)
    for limit in ("≤ 100 ms", "≤ 200 ms", "≥ 15 /s", "≤ 1.5 ×"):
        assert any(limit in line for line in targets)


def test_one_part_alone_and_none_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "devices.json"
    done = bench("scanner", "--quick", "--json", file)
    assert done.returncode == 0, done.stderr
    assert set(json.loads(file.read_text())) == {"machine", "scanner"}
    assert bench("teleporter").returncode == 2
