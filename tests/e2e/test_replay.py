"""`hall replay` as somebody runs it: a small day, its figures, an outsider's check, a bad day."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from simulation.processes import ROOT, environment

SHARED_DAY = ROOT.parent / "shared" / "data" / "anonymous-bank" / "1999-02-01.csv"
DOC = ROOT / "docs" / "database.md"
WITHIN = 300
HEAD = (
    "type,priority,arrival,queue_enter,queue_s,outcome,service_start,service_end,service_s,server"
)


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-P", "-m", "simulation", "replay", *map(str, arguments)]


def replay(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        env=environment(),
        timeout=WITHIN,
        check=False,
    )


def write_day(folder: Path) -> Path:
    """Sixty citizens in ten minutes; every sixth goes away, some come in the same second."""
    rows = [HEAD]
    for n in range(60):
        second = 9 * 3600 + n // 2 * 20
        clock = f"{second // 3600}:{second // 60 % 60:02d}:{second % 60:02d}"
        name = ("PS", "NE", "NW")[n % 3]
        if n % 6 == 5:
            rows.append(f"{name},0,{clock},{clock},9,HANG,0:00:00,0:00:00,0,NONE")
        else:
            agent = f"S{n % 4:02d}"
            rows.append(f"{name},{n % 3},{clock},0:00:00,0,AGENT,{clock},9:30:00,{n % 50},{agent}")
    rows.append("PS,0,9:00:00,0:00:00,0,PHANTOM,0:00:00,0:00:00,0,NONE")
    path = folder / "2001-03-04.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def test_a_small_day_and_an_outsider_s_check_of_it(tmp_path: Path) -> None:
    trace, db, report = write_day(tmp_path), tmp_path / "out" / "day.db", tmp_path / "r.json"
    done = replay("--trace", trace, "--counters", 3, "--db", db, "--report", report)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(report.read_text())
    assert (found["arrivals"], found["tickets"], found["printed"]) == (60, 60, 60)
    assert (found["served"], found["no_show"], found["unfinished"]) == (50, 10, 0)
    for zero in ("lost", "duplicate_numbers", "double_calls", "seq_gaps", "number_gaps"):
        assert found[zero] == 0
    assert found["calls_not_shown"] == found["print_failures"] == 0
    assert found["wait_s"]["p90"] > 0, "three counters are too few for this day"
    assert 0 < found["call_to_screen_ms"]["p50"] <= found["call_to_screen_ms"]["p99"]
    assert found["server_rss_mb"] > 5
    assert found["day"] == "2001-03-04"
    assert sorted(path.name for path in db.parent.iterdir()) == ["day.db", "day.paper.jsonl"]
    check_with_sqlite3(trace, db, found)


def check_with_sqlite3(trace: Path, db: Path, report: dict[str, object]) -> None:
    """The session of docs/database.md, as written there, comes to the report's figures."""
    sqlite3 = shutil.which("sqlite3")
    if sqlite3 is None:
        pytest.skip("the sqlite3 command is not installed: docs/database.md was NOT checked")
    text = DOC.read_text("utf-8").split("## Checking a replayed day")[1]
    blocks = re.findall(r"```(?:sql)?\n(.*?)```", text, re.DOTALL)
    session = "".join(blocks).replace("DAY.csv", str(trace))
    done = subprocess.run(
        [sqlite3, "-readonly", "-bail", db.name],
        input=session, capture_output=True, text=True, cwd=db.parent, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = dict(re.findall(r"^\s*(\w+) = (\S*)$", done.stdout, re.MULTILINE))
    for name in ("arrivals", "tickets", "served", "no_show", "unfinished", "printed"):
        assert int(told.pop(name)) == report[name]
    waits = report["wait_s"]
    assert isinstance(waits, dict)
    for name in ("mean", "p50", "p90"):
        assert float(told.pop(name)) == pytest.approx(waits[name], abs=0.001)
    assert len(told) == 13, "every part of every query was answered"
    assert set(told.values()) == {"0"}


def test_the_record_s_own_staff_and_a_clock_that_runs(tmp_path: Path) -> None:
    report = tmp_path / "r.json"
    done = replay(
        "--trace", write_day(tmp_path), "--until", "9:01", "--speed", 200, "--report", report
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(report.read_text())
    assert (found["arrivals"], found["counters"], found["staffing"]) == (6, 4, "trace")
    assert found["lost"] == 0


def test_the_first_hour_of_a_shared_day(tmp_path: Path) -> None:
    if not SHARED_DAY.exists():
        pytest.skip(f"NO REAL DAY WAS REPLAYED: {SHARED_DAY.name} is not beside this checkout")
    report = tmp_path / "r.json"
    done = replay("--trace", SHARED_DAY, "--until", "8:00", "--report", report)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(report.read_text())
    assert found["arrivals"] == found["tickets"] == found["printed"] > 50
    assert found["lost"] == found["duplicate_numbers"] == found["double_calls"] == 0


def test_a_bad_trace_is_told_line_by_line(tmp_path: Path) -> None:
    trace = write_day(tmp_path)
    trace.write_text(trace.read_text().replace("NE,1,9:00:00", "NE,x,9:99:00"))
    done = replay("--trace", trace)
    assert done.returncode == 1
    assert "line 3: priority" in done.stderr
    assert "line 3: arrival" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (("--trace", "2001-01-01-missing.csv"), "cannot be read", 1),
        (("--trace", "undated.csv"), "--day", 2),
        (("--trace", "x.csv", "--day", "2001-02-30"), "YYYY-MM-DD", 2),
        (("--trace", "x.csv", "--day", "2001-02-03", "--speed", "0"), "above 0", 2),
        (("--trace", "x.csv", "--day", "2001-02-03", "--counters", "0"), "1 to 200", 2),
    ],
)
def test_wrong_arguments(arguments: tuple[str, ...], words: str, code: int) -> None:
    done = replay(*arguments)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_existing_database_is_left_alone(tmp_path: Path) -> None:
    db = tmp_path / "day.db"
    db.write_text("somebody's")
    done = replay("--trace", write_day(tmp_path), "--db", db)
    assert (done.returncode, db.read_text()) == (1, "somebody's")
    assert "file exists" in done.stderr


def processes_in(folder: Path) -> list[int]:
    """Every process whose command line names the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in words:
            found.append(int(entry.parent.name))
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    running = subprocess.Popen(
        command("--trace", write_day(tmp_path), "--speed", 1),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment() | {"TMPDIR": str(folder)},
    )
    until = time.monotonic() + 60
    while not list(folder.glob("*/paper-2.jsonl")) and time.monotonic() < until:
        time.sleep(0.05)
    assert processes_in(folder)
    time.sleep(1)  # into the day, or just before it: both must end well
    running.send_signal(number)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Interrupted" in errors
    assert "Traceback" not in errors
    assert processes_in(folder) == []
    assert list(folder.glob("hall-replay-*")) == []


def test_a_server_that_dies_half_way_ends_the_day(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    running = subprocess.Popen(
        command("--trace", write_day(tmp_path), "--speed", 1),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment() | {"TMPDIR": str(folder)},
    )
    until = time.monotonic() + 60
    while not list(folder.glob("*/paper-2.jsonl")) and time.monotonic() < until:
        time.sleep(0.05)
    servers = [pid for pid in processes_in(folder) if is_server(pid)]
    assert len(servers) == 1
    os.kill(servers[0], signal.SIGKILL)
    _, errors = running.communicate(timeout=120)
    assert running.returncode == 1
    assert "the server ended half-way" in errors
    assert "Traceback" not in errors


def is_server(pid: int) -> bool:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return b"queue_server" in words and b"--clock" in words
