"""The worked day of docs/rules.md, as a manager follows it: replayed, asked about, tried again."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = "docs/examples/days/2026-03-02.csv"
DOCUMENT = (ROOT / "docs" / "rules.md").read_text("utf-8")


def hall(*arguments: object) -> str:
    """What a verb prints; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_worked_day_can_be_followed(tmp_path: Path) -> None:
    assert f"./hall replay --trace {DAY} --db monday/hall.db" in DOCUMENT
    hall("simulation", "replay", "--trace", DAY, "--db", tmp_path / "hall.db")

    told = hall("queue_server.why", "A184", "--folder", tmp_path)
    assert told.strip() in DOCUMENT

    assert "./hall rules dry-run two-to-one aging --day 2026-03-02 --folder monday" in DOCUMENT
    figures, plot = tmp_path / "figures.json", tmp_path / "plot.png"
    tried = ("two-to-one", "aging", "--day", "2026-03-02", "--folder", tmp_path)
    hall("simulation", "rules", "dry-run", *tried, "--json", figures, "--plot", plot)
    was, own, ratio, aging = json.loads(figures.read_bytes())["rules"]
    same = ("classes", "contested", "present_s", "idle_s", "uncalled")
    assert [was[key] for key in same] == [own[key] for key in same], "played as it was"
    assert [one["classes"][0]["over_bound"] for one in (own, ratio, aging)] == [44, 0, 40]
    assert [one["classes"][0]["passed_over"] for one in (own, ratio, aging)] == [33, 0, 0]
    assert plot.read_bytes().startswith(b"\x89PNG")
