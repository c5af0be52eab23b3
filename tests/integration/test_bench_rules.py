"""`hall bench rules` in a few picks: the program runs, every kind of condition is at work."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_figures_are_of_a_hall_where_every_condition_works(tmp_path: Path) -> None:
    target = tmp_path / "rules.json"
    command = [sys.executable, "-P", "-m", "simulation", "bench", "rules"]
    few = ["--waiting", "200", "--picks", "300", "--json", str(target)]
    subprocess.run(
        [*command, *few], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path
    )
    figures = json.loads(target.read_text("utf-8"))
    assert figures["conditions"] == 10
    for hall in ("plain", "appointments"):
        assert 0 < figures[hall]["p50_ms"] <= figures[hall]["p99_ms"]
        assert {"bound", "first", "ratio", "aging"} <= set(figures[hall]["decided"])
    assert "booked" in figures["appointments"]["decided"]
