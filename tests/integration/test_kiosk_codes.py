"""The kiosk's scanner and camera, each a simulator on a true port: a slip that failed at one kiosk
is printed at another, and a face that cannot be compared is left to the clerk."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.live_hall import LiveHall
from tests.integration.test_kiosk_hall import PERSON, Process, kiosk_of


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with LiveHall(tmp_path) as made:
        config = tmp_path / "hall.toml"
        text = config.read_text("utf-8").replace('id = "s2"', 'id = "s2"\nidentity = "required"')
        config.write_text(text, "utf-8")
        made.start()
        made.do(made.new_token("manager", "管理员"), type="open_day", day=time.strftime("%Y-%m-%d"))
        yield made


def simulator(log: Path, kind: str, *options: str) -> Process:
    return Process("-m", "devices", "simulate", kind, *options, log=log)


def shown(kiosk: Process, device: Process, line: str) -> dict[str, object]:
    """The kiosk's progress once `device` read a code; it is shown again until the kiosk looks."""
    kiosk.say("progress")
    device.say(line)
    event = kiosk.event()
    while event["event"] == "stuck":
        kiosk.say("progress")
        device.say(line)
        event = kiosk.event()
    return event


def test_a_slip_without_paper_is_printed_at_another_kiosk_by_its_code(
    hall: LiveHall, tmp_path: Path
) -> None:
    log, paper = tmp_path / "programs.log", tmp_path / "paper.jsonl"
    paper.touch()
    with (
        simulator(log, "printer", "--port", "tcp", "--paper", str(paper)) as printer,
        simulator(log, "scanner", "--port", "pty") as scanner,
        kiosk_of(hall, log, "一号取号机") as first,
        kiosk_of(
            *(hall, log, "二号取号机"),
            *("--printer", printer.port(), "--scanner", scanner.port()),
        ) as second,
    ):
        first.say("take s1 none")
        ticket, slip = first.event(), first.event()
        assert (ticket["event"], slip["state"]) == ("ticket", "no_printer")

        second.say("wait 2")
        progress = shown(second, scanner, f"scan {ticket['ticket']}")
        assert (progress["event"], progress["number"]) == ("progress", ticket["number"])
        second.say("reprint")
        slip = second.event()
        assert (slip["state"], slip["number"]) == ("printed", ticket["number"])
        (printed,) = [json.loads(line) for line in paper.read_text().splitlines()]
        assert printed["number"] == ticket["number"]
        assert any("补打" in line for line in printed["lines"])


def test_the_camera_reads_a_slips_code_while_its_page_asks_and_its_loss_is_told(
    hall: LiveHall, tmp_path: Path
) -> None:
    log = tmp_path / "programs.log"
    with (
        simulator(log, "camera", "--port", "tcp") as camera,
        kiosk_of(hall, log, "一号取号机", "--camera", camera.port()) as kiosk,
    ):
        kiosk.say("take s1 none")
        ticket, _ = kiosk.event(), kiosk.event()
        camera.say(f"show {ticket['ticket']}")
        kiosk.say("touch track")
        kiosk.say("progress")
        progress = kiosk.event()
        assert (progress["event"], progress["number"]) == ("progress", ticket["number"]), progress
        kiosk.say("touch home")

        camera.say("unplug")
        headers = {"Authorization": f"Bearer {hall.new_token('manager', '值班长')}"}
        state, deadline = "", time.monotonic() + 40
        while state != "gone" and time.monotonic() < deadline:
            time.sleep(0.2)
            answer = hall.client.get("/api/v1/programs", headers=headers).json()["programs"]
            (program,) = [each for each in answer if each["role"] == "kiosk"]
            devices = program.get("devices", ())
            state = next((d["state"] for d in devices if d["kind"] == "camera"), "")
        assert state == "gone"
        kiosk.say("take s1 none")
        assert kiosk.event()["event"] == "ticket", "the kiosk works on without its camera"


def test_a_face_that_cannot_be_compared_is_left_to_the_clerk(
    hall: LiveHall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither models nor a photo decoder: nobody is turned away, and the ticket says so."""
    monkeypatch.setenv("HALL_MODELS", str(tmp_path))
    log = tmp_path / "programs.log"
    person = json.dumps(PERSON, ensure_ascii=False)
    with (
        simulator(log, "camera", "--port", "tcp") as camera,
        simulator(log, "id-reader", "--card", person) as reader,
        kiosk_of(
            *(hall, log, "一号取号机", "--camera", camera.port(), "--reader", reader.port()),
            *("--face-check", "required", "--photo-decoder", str(tmp_path / "none.so")),
        ) as kiosk,
    ):
        reader.say("lay")
        kiosk.say("take s2 card agree")
        ticket = kiosk.event()
        assert ticket["event"] == "ticket", ticket
    hall.do(type="sign_in", counter="c1", staff="m1")
    hall.do(type="call_next", counter="c1")
    headers = {"Authorization": f"Bearer {hall.token}"}
    state = hall.client.get("/api/v1/counters/c1", headers=headers)
    assert state.json()["ticket"]["face"] == "ask_staff", state.text


def test_a_kiosk_killed_and_started_again_prints_nothing_twice(
    hall: LiveHall, tmp_path: Path
) -> None:
    log, paper = tmp_path / "programs.log", tmp_path / "paper.jsonl"
    paper.touch()
    journal = tmp_path / "kept" / "print-jobs.jsonl"
    config = tmp_path / "kiosk.toml"
    with simulator(log, "printer", "--port", "tcp", "--paper", str(paper)) as printer:
        config.write_text(
            f'printer = "{printer.port()}"\n[printer_settings]\njournal = "{journal}"\n', "utf-8"
        )
        with kiosk_of(hall, log, "一号取号机", "--config", str(config)) as kiosk:
            kiosk.say("take s1 none")
            ticket, slip = kiosk.event(), kiosk.event()
            assert slip["state"] == "printed"
            printer.say("paper out")
            kiosk.say("take s1 none")
            assert kiosk.event()["event"] == "ticket"
            assert kiosk.event()["state"] in ("failed", "unknown")
            kiosk.process.kill()
        assert ticket["ticket"] in journal.read_text("utf-8")
        printer.say("paper ok")
        with kiosk_of(hall, log, "二号取号机", "--config", str(config)) as kiosk:
            kiosk.say("take s1 none")
            third, slip = kiosk.event(), kiosk.event()
            assert slip["state"] == "printed", slip
        numbers = [json.loads(line)["number"] for line in paper.read_text().splitlines()]
        assert numbers == [ticket["number"], third["number"]], (
            "what failed waits for somebody to ask"
        )
