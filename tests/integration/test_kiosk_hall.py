"""The kiosk as people start it: real server, simulated printer and reader on true ports."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from devices.id_reader.identity import check_digit
from tests.e2e.live_hall import LiveHall

ROOT = Path(__file__).parents[2]
PERSON = {
    "kind": "citizen",
    "name": "张安",
    "number": "99010119500101006" + check_digit("99010119500101006"),
    "sex": "male",
    "birth": "1950-01-01",
    "valid_from": "2020-01-01",
    "valid_to": None,
    "nation": "汉",
    "address": "演示省演示市示例路1号",
    "issuer": "演示市公安局",
}


class Process:
    """A program with a panel on stdin and news on stdout."""

    def __init__(self, *command: str, log: Path) -> None:
        self._log = log.open("a")
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.communicate(timeout=30)
        self._log.close()

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def event(self) -> dict[str, Any]:
        """The next JSON line; lines of timing before it are passed over."""
        while not (line := self.line()).startswith("{"):
            assert line, "the program ended"
        found: dict[str, Any] = json.loads(line)
        return found

    def port(self) -> str:
        return self.line().removeprefix("port ")


def kiosk_of(hall: LiveHall, log: Path, name: str, *options: str) -> Process:
    """A kiosk of this hall, touched by its script."""
    return Process(
        *("-m", "kiosk", "--server", f"ws://127.0.0.1:{hall.push_port}"),
        *("--token", hall.new_token("kiosk", name), "--script", "-", "--timing", *options),
        log=log,
    )


class Stand:
    """A hall with a kiosk, its printer and its reader."""

    def __init__(self, hall: LiveHall, printer: Process, reader: Process, kiosk: Process) -> None:
        self.hall, self.printer, self.reader, self.kiosk = hall, printer, reader, kiosk
        self.paper = hall.folder / "paper.jsonl"

    def slips(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.paper.read_text().splitlines()]


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    with LiveHall(tmp_path) as hall:
        hall.start()
        manager = hall.new_token("manager", "管理员")
        hall.do(manager, type="open_day", day=time.strftime("%Y-%m-%d"))
        log = tmp_path / "programs.log"
        paper = tmp_path / "paper.jsonl"
        paper.touch()
        person = json.dumps(PERSON, ensure_ascii=False)
        with (
            Process(
                *("-m", "devices", "simulate", "printer", "--port", "tcp", "--paper", str(paper)),
                log=log,
            ) as printer,
            Process("-m", "devices", "simulate", "id-reader", "--card", person, log=log) as reader,
            kiosk_of(
                *(hall, log, "一号取号机"),
                *("--printer", printer.port(), "--reader", reader.port()),
            ) as kiosk,
        ):
            yield Stand(hall, printer, reader, kiosk)


def test_tickets_by_touch_with_and_without_a_card_and_without_paper(stand: Stand) -> None:
    kiosk = stand.kiosk
    assert kiosk.line().startswith("first frame ")
    kiosk.say("take s1 none")
    ticket, slip = kiosk.event(), kiosk.event()
    assert ticket["event"] == "ticket", ticket
    assert (slip["event"], slip["state"]) == ("slip", "printed")
    assert [paper["number"] for paper in stand.slips()] == [ticket["number"]]

    stand.reader.say("lay")
    kiosk.say("take s1 card")
    second, slip = kiosk.event(), kiosk.event()
    assert second["event"] == "ticket", second
    assert second["number"] != ticket["number"]
    assert slip["state"] == "printed"
    printed = json.dumps(stand.slips()[-1], ensure_ascii=False)
    assert str(PERSON["number"]) not in printed
    assert "张安" not in printed
    assert "60" in printed, "the paper says why this ticket has priority"

    stand.reader.say("lift")
    time.sleep(1)
    stand.reader.say("lay")
    kiosk.say("take s1 card")
    refused = kiosk.event()
    assert (refused["event"], refused["code"]) == ("refused", "already_holding")
    assert refused["number"] == second["number"]

    stand.printer.say("paper out")
    kiosk.say("take s1 none")
    third, slip = kiosk.event(), kiosk.event()
    assert third["event"] == "ticket", "no paper, and yet a ticket"
    assert slip["state"] in ("failed", "unknown")
    assert slip["code"] == "printer.paper_out"
    kiosk.say(f"track {third['number']}")
    progress = kiosk.event()
    assert (progress["event"], progress["state"]) == ("progress", "waiting")
    assert progress["number"] == third["number"]


def test_a_killed_server_and_an_unplugged_printer_are_survived_and_reported(stand: Stand) -> None:
    kiosk, hall = stand.kiosk, stand.hall
    kiosk.say("take s1 none")
    first, slip = kiosk.event(), kiosk.event()
    assert slip["state"] == "printed"
    hall.kill()
    stand.printer.say("unplug")
    time.sleep(1.5)
    hall.start()
    kiosk.say("take s1 none")
    second, slip = kiosk.event(), kiosk.event()
    assert second["event"] == "ticket", second
    assert int(second["number"][1:]) == int(first["number"][1:]) + 1
    assert slip["state"] in ("failed", "unknown")
    headers = {"Authorization": f"Bearer {hall.new_token('manager', '值班长')}"}
    states: dict[str, str] = {}
    deadline = time.monotonic() + 30
    while states != {"printer": "gone", "id_reader": "ok"} and time.monotonic() < deadline:
        time.sleep(0.2)
        programs = hall.client.get("/api/v1/programs", headers=headers).json()["programs"]
        (program,) = [each for each in programs if each["role"] == "kiosk"]
        states = {device["kind"]: device["state"] for device in program.get("devices", ())}
    assert states == {"printer": "gone", "id_reader": "ok"}
