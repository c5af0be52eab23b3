"""`hall why` and `hall rules` as programs, on a day that a true server kept."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.domain import commands as c
from queue_server.domain.values import CounterId, Day, Ms, StaffId
from queue_server.gateway.ports import Who
from queue_server.protocol.messages import Rejected
from queue_server.protocol.reasons import ReadWhy, Reasons
from queue_server.reads import read
from tests.unit.writer_desk import API, DAY_ONE, WriterDesk, issue

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
TRACE = """\
type,priority,arrival,queue_enter,queue_exit,queue_s,outcome,service_start,service_end,service_s,server
PS,0,8:00:00,8:00:00,8:00:00,0,AGENT,8:00:00,8:10:00,600,S01
PS,0,8:01:00,8:01:00,8:30:00,1740,AGENT,8:30:00,8:40:00,600,S01
PS,2,8:02:00,8:02:00,8:10:00,480,AGENT,8:10:00,8:20:00,600,S01
PS,2,8:03:00,8:03:00,8:20:00,1020,AGENT,8:20:00,8:30:00,600,S01
PS,0,8:04:00,8:04:00,8:05:00,60,HANG,0:00:00,0:00:00,0,NONE
PS,0,8:04:30,0:00:00,0:00:00,0,HANG,0:00:00,0:00:00,0,NONE
"""


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-P", "-m", *map(str, arguments)],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WriterDesk]:
    """Two days: on the first an elderly citizen goes before two who came earlier."""
    desk = WriterDesk(tmp_path / "data")
    desk.define()
    desk.do(c.OpenDay(day=Day(DAY_ONE)))
    desk.do(c.SignIn(counter=CounterId("k1"), staff=StaffId("ann")))
    desk.do(issue(), issue(), issue(priority=2, priority_reason="elderly"))
    for _ in range(3):
        desk.now += 5 * 60_000
        desk.do(c.CallNext(counter=CounterId("k1")))
        desk.now += 60_000
        desk.do(c.EndService(counter=CounterId("k1")))
    desk.now += 60_000
    desk.do(c.CloseDay())
    desk.now += 86_400_000
    desk.do(c.OpenDay(day=Day("2026-03-03")))
    desk.do(issue())
    yield desk
    desk.writer.stop()


def test_why_is_told_of_a_past_day_beside_a_running_server(desk: WriterDesk) -> None:
    done = run("queue_server.why", "A003", "--day", DAY_ONE, "--folder", desk.folder)
    assert done.returncode == 0, done.stderr
    assert "08:05" in done.stdout
    assert "1 号窗口 counter 1" in done.stdout
    assert "优先级最高（2 级）" in done.stdout
    assert "A001" in done.stdout
    assert "A001, A002 (ordinary) waited 5 min" in done.stdout
    today = run("queue_server.why", "A001", "--folder", desk.folder)
    assert "还没有被叫过 · not called yet" in today.stdout
    absent = run("queue_server.why", "A009", "--day", DAY_ONE, "--folder", desk.folder)
    assert absent.returncode == 1
    assert "no ticket A009" in absent.stderr
    nowhere = run("queue_server.why", "A001", "--folder", desk.folder / "none")
    assert nowhere.returncode == 1
    assert nowhere.stderr.startswith("[")


def test_the_same_is_read_from_the_tables(desk: WriterDesk) -> None:
    def ask(ticket: str, day: str | None, who: Who = API) -> object:
        wanted = ReadWhy(ticket, Day(day) if day else None)
        now = Ms(desk.now)
        return desk.ask(lambda w: read(w.hall, desk.log, desk.sealer, who, wanted, now))

    clerk = Who(program="p", role="caller", name="caller", counter=CounterId("k1"))
    refused = ask("A003", DAY_ONE, clerk)
    assert isinstance(refused, Rejected)
    assert refused.code == "not_allowed"

    past = ask("a003", DAY_ONE)
    assert isinstance(past, Reasons)
    assert (past.number, past.day, len(past.calls)) == ("A003", DAY_ONE, 1)
    assert past.calls[0].counter_number == 1
    assert past.calls[0].why.older_passed == 2
    assert ask(past.ticket, DAY_ONE) == past
    assert isinstance(ask(past.ticket, None), Rejected)
    today = ask("A001", None)
    assert isinstance(today, Reasons)
    assert today.calls == ()


def test_a_logged_day_under_other_rules(desk: WriterDesk, tmp_path: Path) -> None:
    report, plot = tmp_path / "figures.json", tmp_path / "plot.svg"
    done = run(
        "simulation", "rules", "dry-run", "two-to-one", ROOT / "docs/examples/profiles/aging.toml",
        "--day", DAY_ONE, "--folder", desk.folder, "--json", report, "--plot", plot,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(report.read_bytes())
    assert [one["rules"]["en"] for one in found["rules"]] == [
        "as it was", "the day's own", "2:1", "aging"
    ]  # fmt: skip
    was = found["rules"][0]
    assert [(one["priority"], one["tickets"], one["called"]) for one in was["classes"]] == [
        (0, 2, 2),
        (2, 1, 1),
    ]
    assert plot.read_text("utf-8").startswith("<svg")
    assert "2:1" in done.stdout
    absent = run("simulation", "rules", "dry-run", "aging", "--day", "2020-01-01",
                 "--folder", desk.folder)  # fmt: skip
    assert absent.returncode == 1
    assert "no such day" in absent.stderr


def test_a_recorded_trace_under_three_rules(tmp_path: Path) -> None:
    trace, report = tmp_path / "1999-02-01.csv", tmp_path / "figures.json"
    trace.write_text(TRACE, "utf-8")
    command = ("simulation", "rules", "dry-run", "strict", "two-to-one", "aging", "--trace", trace)
    done = run(*command, "--json", report, "--plot", tmp_path / "plot.html")
    assert done.returncode == 0, done.stderr
    found = json.loads(report.read_bytes())
    assert (found["visits"], found["left_out"]) == (5, 1)
    longest = {one["rules"]["en"]: one["classes"][0]["max_s"] for one in found["rules"]}
    assert longest == {"as it was": 1740, "strict priority": 1740, "2:1": 540, "aging": 1740}
    assert run(*command).stdout == done.stdout
    picture = tmp_path / "plot.png"
    assert run(*command, "--plot", picture).returncode == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert run(*command, "--plot", tmp_path / "plot.pdf").returncode == 2
    trace.write_text(TRACE.replace("600", "long"), "utf-8")
    assert run(*command).returncode == 2


def test_rules_are_listed_and_checked(tmp_path: Path) -> None:
    assert "two-to-one" in run("simulation", "rules", "list").stdout
    assert run("simulation", "rules", "check", ROOT / "docs/examples/hall.toml").returncode == 0
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('name = { zh = "x", en = "x" }\n[[conditions]]\ntype = "aging"\n', "utf-8")
    done = run("simulation", "rules", "check", wrong)
    assert done.returncode == 1
    assert "第 2 行 line 2: conditions[0].minutes_per_class: 缺少 / missing" in done.stderr
    assert run("simulation", "rules", "dry-run", "aging").returncode == 2


def test_a_reader_that_has_seen_enough_is_no_failure() -> None:
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "queue_server.rehearsal", "list"],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()  # before the first word, as `| head -0` does
        assert listing.stderr.read() == ""


@pytest.mark.parametrize("option", ["--json", "--plot"])
def test_a_missing_folder_is_told_before_days_are_played(tmp_path: Path, option: str) -> None:
    trace = tmp_path / "day.csv"
    trace.write_text(TRACE)
    tried = ("simulation", "rules", "dry-run", "strict", "--trace", trace)
    done = run(*tried, option, tmp_path / "none" / "out.png")
    assert (done.returncode, done.stdout) == (2, "")
    assert "none" in done.stderr
    assert "Traceback" not in done.stderr
