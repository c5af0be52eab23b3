"""Appointments booked by the portal and checked in at a kiosk: by card, code typed, code scanned;
and the helper's own card where the hall counts what a helper takes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.id_reader.identity import check_digit
from tests.integration.server_hall import open_day
from tests.integration.test_appointments import MONDAY, TUESDAY, WEDNESDAY, BookingHall
from tests.integration.test_kiosk_hall import PERSON, Process

OTHER = "99010119900307005" + check_digit("99010119900307005")
THIRD = "99010119910101006" + check_digit("99010119910101006")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[BookingHall]:
    one = BookingHall(tmp_path)
    one.start()
    try:
        yield one
    finally:
        one.programs.stop()


def device(log: Path, kind: str, *options: str) -> Process:
    return Process("-m", "devices", "simulate", kind, *options, log=log)


def kiosk_at(hall: BookingHall, log: Path, *options: str) -> Process:
    assert hall.server is not None
    return Process(
        *("-m", "kiosk", "--server", hall.server.push, "--token", hall.tokens["kiosk"]),
        *("--script", "-", "--timing", *options),
        log=log,
    )


async def booked(hall: BookingHall, serial: str, number: str, day: str = TUESDAY) -> dict[str, Any]:
    """The portal books nine o'clock."""
    holder = {"name": "张安", "number": number}
    body = {"service": "tax", "day": day, "start": "09:00", "holder": holder}
    async with hall.portal() as portal:
        answer = await portal.put(f"/appointments/{serial}", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["done"]["appointment"])


def scanned(kiosk: Process, scanner: Process, code: str) -> dict[str, Any]:
    """What became of a scanned code; it is shown again until the kiosk has found its scanner."""
    kiosk.say("check_in scanned")
    scanner.say(f"scan {code}")
    event = kiosk.event()
    while event["event"] == "stuck":
        kiosk.say("check_in scanned")
        scanner.say(f"scan {code}")
        event = kiosk.event()
    return event


async def test_a_booked_citizen_checks_in_by_card_by_digits_and_by_code(
    hall: BookingHall, tmp_path: Path
) -> None:
    await open_day(hall, MONDAY)
    await booked(hall, "YY-10000001", str(PERSON["number"]))
    typed = await booked(hall, "YY-10000002", OTHER)
    await booked(hall, "YY-10000003", "n3")
    tomorrow = await booked(hall, "YY-10000004", "n4", WEDNESDAY)
    async with hall.line("manager") as manager:
        await manager.done("close_day")
        hall.at(TUESDAY, "07:30")
        await manager.done("open_day", day=TUESDAY)
    log, paper = tmp_path / "programs.log", tmp_path / "paper.jsonl"
    paper.touch()
    person = json.dumps(PERSON, ensure_ascii=False)
    with (
        device(log, "printer", "--port", "tcp", "--paper", str(paper)) as printer,
        device(log, "scanner", "--port", "pty") as scanner,
        device(log, "id-reader", "--card", person) as reader,
        kiosk_at(
            *(hall, log, "--printer", printer.port(), "--scanner", scanner.port()),
            *("--reader", reader.port()),
        ) as kiosk,
    ):
        kiosk.say(f"check_in {typed['code']}")
        early = kiosk.event()
        assert (early["event"], early["code"]) == ("refused", "appointment_too_early")
        hall.at(TUESDAY, "08:30")

        kiosk.say(f"check_in {typed['code']}")
        ticket, slip = kiosk.event(), kiosk.event()
        assert (ticket["event"], ticket["service"], slip["state"]) == ("ticket", "tax", "printed")
        assert any("预约" in line for line in slips(paper)[-1]["lines"])

        reader.say("lay")
        kiosk.say("check_in card")
        by_card, slip = kiosk.event(), kiosk.event()
        assert (by_card["event"], slip["state"]) == ("ticket", "printed"), by_card
        reader.say("lift")

        by_code = scanned(kiosk, scanner, "YY-10000003")
        assert by_code["event"] == "ticket", by_code
        assert kiosk.event()["state"] == "printed"
        assert len({ticket["number"], by_card["number"], by_code["number"]}) == 3

        for code, refused in (
            (typed["code"], "appointment_kept"),
            (tomorrow["code"], "appointment_other_day"),
            ("00000000", "appointment_unknown"),
        ):
            kiosk.say(f"check_in {code}")
            event = kiosk.event()
            assert (event["event"], event["code"]) == ("refused", refused)
        assert [one["number"] for one in slips(paper)] == [
            one["number"] for one in (ticket, by_card, by_code)
        ]


def slips(paper: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in paper.read_text("utf-8").splitlines()]


async def test_a_kiosk_learns_of_a_card_only_what_is_booked_for_today(hall: BookingHall) -> None:
    await open_day(hall, MONDAY)
    await booked(hall, "YY-1", "n1")
    holder = {"name": "张安", "number": "n1"}
    async with hall.line("kiosk") as kiosk, hall.line("board") as board:
        told = await kiosk.read({"type": "standing", "holder": holder})
        assert not told["answer"].get("appointments")
        other = await kiosk.read({"type": "appointment", "serial": "YY-1"})
        assert other["rejected"]["code"] == "not_allowed"
        nobody = await board.read({"type": "standing", "holder": holder})
        assert nobody["rejected"]["code"] == "not_allowed"
    async with hall.line("manager") as manager:
        await manager.done("close_day")
        hall.at(TUESDAY, "08:30")
        await manager.done("open_day", day=TUESDAY)
    async with hall.line("kiosk") as kiosk:
        told = await kiosk.read({"type": "standing", "holder": holder})
        assert [each["serial"] for each in told["answer"]["appointments"]] == ["YY-1"]


async def test_a_helper_lays_the_own_card_second(hall: BookingHall, tmp_path: Path) -> None:
    await open_day(hall, MONDAY)
    async with hall.line("manager") as manager:
        settings = {"name": {"zh": "大厅", "en": "Hall"}, "helper_tickets": 1}
        await manager.done("define_hall", settings=settings)
    log = tmp_path / "programs.log"
    person = json.dumps(PERSON, ensure_ascii=False)
    with (
        device(log, "id-reader", "--card", person) as reader,
        kiosk_at(hall, log, "--reader", reader.port()) as kiosk,
    ):
        for expected in ("ticket", "refused"):
            for touch in ("begin", "service:id", "helper", "number"):
                kiosk.say(f"touch {touch}")
            number = OTHER if expected == "ticket" else THIRD
            for character in number:
                kiosk.say(f"touch key:{character}")
            kiosk.say("touch submit")
            kiosk.say("touch confirm")
            reader.say("lay")
            kiosk.say("outcome")
            event = kiosk.event()
            assert event["event"] == expected, event
            if expected == "ticket":
                assert kiosk.event()["state"] == "no_printer"
            else:
                assert event["code"] == "helper_limit"
            reader.say("lift")
