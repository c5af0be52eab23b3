"""A kiosk, its reader and a true server: everything that may be said no to on a Saturday worked
instead of a holiday, and what can be done instead."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.integration.server_hall import small_catalogue
from tests.integration.test_appointments import PLANS, BookingHall
from tests.integration.test_kiosk_check_in import OTHER, THIRD, device, kiosk_at
from tests.integration.test_kiosk_hall import PERSON, Process

FRIDAY, SATURDAY, SUNDAY = "2026-02-27", "2026-02-28", "2026-03-01"
"""The Saturday is worked instead of Spring Festival, by the State Council's calendar for 2026."""
HOURS = [
    {"start": "08:30", "end": "12:00", "tickets": 2},
    {"start": "13:30", "end": "17:00", "tickets": 3},
]
LAID = str(PERSON["number"])


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[BookingHall]:
    one = BookingHall(tmp_path)
    one.at(FRIDAY, "10:00")
    one.start()
    try:
        yield one
    finally:
        one.programs.stop()


async def settings(hall: BookingHall, **booking: Any) -> None:
    """Put the hours of Taxes, and rules of appointments, in force."""
    catalogue = small_catalogue()
    tax, identity = (msgspec.to_builtins(service) for service in catalogue.services)
    chosen = msgspec.to_builtins(catalogue.settings) | {"booking": booking}
    async with hall.line("manager") as manager:
        await manager.done("define_hall", settings=chosen)
        await manager.done("define_service", service=tax | {"bands": HOURS})
        await manager.done("define_service", service=identity | {"minutes_between": 30})


async def put(hall: BookingHall, serial: str, number: str, day: str, start: str) -> dict[str, Any]:
    holder = {"name": "张安", "number": number}
    body = {"service": "tax", "day": day, "start": start, "holder": holder}
    async with hall.portal() as portal:
        return dict((await portal.put(f"/appointments/{serial}", json=body)).json())


def refusal(kiosk: Process, line: str) -> str:
    """The code that a line of the script ends with."""
    kiosk.say(line)
    event = kiosk.event()
    assert event["event"] == "refused", event
    return str(event["code"])


def ticket(kiosk: Process, line: str) -> dict[str, Any]:
    """The ticket that a line of the script ends with; its slip is left to the printer."""
    kiosk.say(line)
    event = kiosk.event()
    assert event["event"] == "ticket", event
    assert kiosk.event()["event"] == "slip"
    return event


async def test_a_saturday_worked_from_its_bookings_to_its_last_no(
    hall: BookingHall, tmp_path: Path
) -> None:
    await settings(hall, late_limits="all")
    booked = await put(hall, "YY-1", LAID, SATURDAY, "09:00")
    code = booked["done"]["appointment"]["code"]
    sunday = (await put(hall, "YY-2", "n2", SUNDAY, "09:00"))["rejected"]
    assert sunday["code"] == "appointment_closed_day"
    assert sunday["details"]["instead_day"] == "2026-03-02"
    assert sunday["zh"] == (
        "3月1日（周日）不是工作日，不能预约；3月2日（周一）09:00、10:00 尚有名额"
    )
    late = (await put(hall, "YY-3", OTHER, SATURDAY, "09:00"))["done"]["appointment"]["code"]
    gone = (await put(hall, "YY-4", "n4", SATURDAY, "09:00"))["done"]["appointment"]["code"]
    async with hall.portal() as portal:
        await portal.delete("/appointments/YY-4")
    person = json.dumps(PERSON, ensure_ascii=False)
    log = tmp_path / "programs.log"
    async with hall.line("manager") as manager:
        hall.at(SATURDAY, "07:30")
        await manager.done("open_day", day=SATURDAY)
    with (
        device(log, "id-reader", "--card", person) as reader,
        kiosk_at(hall, log, "--reader", reader.port()) as kiosk,
    ):
        assert refusal(kiosk, f"check_in {code}") == "appointment_too_early"
        assert refusal(kiosk, f"check_in {gone}") == "appointment_cancelled"
        hall.at(SATURDAY, "08:40")
        assert ticket(kiosk, "take tax none")["number"] == "A001"
        assert ticket(kiosk, "take tax none")["number"] == "A002"
        assert refusal(kiosk, "take tax none") == "band_full"

        reader.say("lay")  # whoever has booked is not refused for a full band
        assert ticket(kiosk, "take tax card")["number"] == "A003"
        reader.say("lift")
        assert refusal(kiosk, f"check_in {code}") == "appointment_kept"

        hall.at(SATURDAY, "10:16")  # a minute after the last for nine o'clock
        assert refusal(kiosk, f"check_in {late}") == "appointment_late_full"
        hall.at(SATURDAY, "12:30")
        assert refusal(kiosk, f"check_in {late}") == "appointment_late_closed"
        hall.at(SATURDAY, "13:31")
        assert ticket(kiosk, f"check_in {late}")["number"] == "A004"

        first = ticket(kiosk, f"take id {THIRD}")
        assert refusal(kiosk, f"take id {THIRD}") == "already_holding"
        async with hall.line("manager") as manager:
            await manager.done("cancel_ticket", ticket=first["ticket"])
        assert refusal(kiosk, f"take id {THIRD}") == "too_soon"
        hall.at(SATURDAY, "14:02")
        assert ticket(kiosk, f"take id {THIRD}")["number"] == "B002"

        reader.say("lay")
        assert refusal(kiosk, "check_in card") == "appointment_kept"
        reader.say("lift")


async def test_missed_by_rule_then_barred_then_lifted(hall: BookingHall, tmp_path: Path) -> None:
    """Through nights, a kill, and the portal's door, where the citizen reads until when."""
    await settings(hall, too_late="missed", missed_bar=2, barred_days=5, missed_within_days=20)
    for serial, day in (("YY-1", SATURDAY), ("YY-2", "2026-03-02"), ("YY-3", "2026-03-05")):
        assert "done" in await put(hall, serial, LAID, day, "09:00")
    log = tmp_path / "programs.log"
    async with hall.line("manager") as manager:
        hall.at(SATURDAY, "10:16")
        await manager.done("open_day", day=SATURDAY)
        with kiosk_at(hall, log) as kiosk:
            async with hall.portal() as portal:
                told = (await portal.get("/appointments/YY-1")).json()
            assert refusal(kiosk, f"check_in {told['code']}") == "appointment_missed"
        await manager.done("close_day")
        hall.at("2026-03-02", "08:00")
        await manager.done("open_day", day="2026-03-02")
        await manager.done("close_day")
    assert hall.server is not None
    hall.server.program.kill()
    hall.start()
    hall.at("2026-03-03", "08:00")
    no = (await put(hall, "YY-4", LAID, "2026-03-04", "09:00"))["rejected"]
    assert no["code"] == "appointment_barred"
    assert "到3月7日（周六）为止不能预约，3月8日（周日）起恢复" in no["zh"]
    assert "again from Sun 8 March" in no["en"]
    async with hall.portal() as portal:
        who = {"holder": {"name": "张安", "number": LAID}}
        standing = (await portal.post("/standing", json=who)).json()
        assert standing["barred_until"] == "2026-03-07"
        still = (await portal.get("/appointments/YY-3")).json()
        assert still.get("state", "open") == "open"  # what was booked before the bar stays
    async with hall.line("manager") as manager:
        await manager.done("open_day", day="2026-03-03")
        await manager.done("lift_bar", holder=who["holder"], reason="住院，已核实")
    assert "done" in await put(hall, "YY-4", LAID, "2026-03-04", "09:00")
    async with hall.portal() as portal:
        standing = (await portal.post("/standing", json=who)).json()
        assert "barred_until" not in standing
        assert "missed" not in standing


def test_the_plans_of_the_tests_hold_on_working_days() -> None:
    """Monday to Friday by name: the Saturday above keeps Monday's hours."""
    assert all("sat" not in band.days for band in PLANS[0].bands)
