"""Limits and hours in a true server: many at once, killed and begun again, and as time passes."""

import asyncio
import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.clock import LAYOUT
from simulation.processes import start_server
from tests.integration.server_hall import ServerHall, open_day

NAME = {"zh": "名", "en": "Name"}
TAX = {"id": "tax", "prefix": "A", "name": NAME, "department": NAME, "area": "A"}
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
CLIENTS = 200


def noon_zone() -> str:
    """A zone where it is about noon, so that no day ends during the test."""
    ahead = 12 - dt.datetime.now(dt.UTC).hour
    return "Etc/GMT" if not ahead else f"Etc/GMT{-ahead:+d}"  # its signs are reversed


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ServerHall]:
    made = ServerHall(tmp_path)
    with made.programs:
        yield made


async def test_two_hundred_at_once_never_pass_a_limit(tmp_path: Path) -> None:
    """Nor does a server killed and begun again, which counts what it reads in its log."""
    band = {"start": "00:00", "end": "24:00", "days": EVERY_DAY, "tickets": 60}
    settings = {"name": NAME, "timezone": noon_zone(), "bands": [band]}
    limited = [{**TAX, "daily_tickets": 37}, {**TAX, "id": "id", "prefix": "B"}]
    hall = ServerHall(tmp_path, catalogue={"settings": settings, "services": limited})
    with hall.programs:
        hall.start()
        await open_day(hall)
        await many_at_once(hall)


async def many_at_once(hall: ServerHall) -> None:
    start = asyncio.Event()
    ready = asyncio.Semaphore(0)

    async def citizen(number: int) -> dict[str, Any]:
        service = "id" if number % 2 else "tax"
        holder = {"name": "某", "number": f"{number:018d}"}
        async with hall.line(("kiosk", "kiosk2", "api")[number % 3]) as line:
            ready.release()
            await start.wait()
            return await line.do({"type": "issue_ticket", "service": service, "holder": holder})

    tasks = [asyncio.create_task(citizen(number)) for number in range(CLIENTS)]
    for _ in tasks:
        await ready.acquire()
    start.set()
    answers = await asyncio.gather(*tasks)
    given = [answer["done"]["number"] for answer in answers if "done" in answer]
    codes = {answer["rejected"]["code"] for answer in answers if "rejected" in answer}
    assert len(given) == len(set(given)) == 60
    assert sum(number.startswith("A") for number in given) <= 37
    assert codes <= {"day_full", "hall_band_full"}

    assert hall.server is not None
    hall.server.program.kill()
    hall.start()
    async with hall.line("kiosk") as kiosk:
        [tax, other] = kiosk.welcome["set"]["queues"]["queues"]
        assert other["closed_reason"] == "hall_band_full"
        assert other["remaining"] == tax["remaining"] == 0
        refused = (await kiosk.do({"type": "issue_ticket", "service": "tax"}))["rejected"]
        assert refused["code"] in ("day_full", "hall_band_full")
        assert refused["details"]["limit"] in ("37", "60")


async def test_queues_tell_when_hours_end_though_nobody_does_anything(hall: ServerHall) -> None:
    """The clock alone closes the service, and opens it again; the refusal says when."""
    clock = hall.folder / "clock"

    def set_clock(local: str) -> None:
        at = dt.datetime.fromisoformat(f"{local}+08:00").timestamp() * 1000
        with clock.open("r+b" if clock.exists() else "wb") as file:
            file.write(LAYOUT.pack(at, time.monotonic(), 0.0))

    def tax(queues: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = queues["queues"][0]
        return found

    set_clock("2026-09-30 11:59:59")
    hall.server = start_server(hall.programs, hall.config, clock=clock)
    await open_day(hall, "2026-09-30")
    band = {"start": "08:30", "end": "12:00"}
    async with hall.line("manager") as manager:
        await manager.done("define_service", service={**TAX, "bands": [band]})
    async with hall.line("kiosk") as kiosk:
        shown = tax(kiosk.welcome["set"]["queues"])
        assert "closed_reason" not in shown
        assert shown["closes_at"] == 1_790_740_800_000  # 12:00 in China
        await kiosk.done("issue_ticket", service="tax")
        set_clock("2026-09-30 12:00:00")
        closed = tax(await kiosk.until("queues", lambda queues: "closed_reason" in tax(queues)))
        assert closed["closed_reason"] == "closed_today"
        assert closed["opens_at"] == 1_791_419_400_000  # on 8 October, after the holidays
        refused = (await kiosk.do({"type": "issue_ticket", "service": "tax"}))["rejected"]
        assert refused["code"] == "closed_today"
        assert "10月8日（周四）08:30" in refused["zh"]
        set_clock("2026-10-10 08:30:00")  # a Saturday made up
        await kiosk.until("queues", lambda queues: "closed_reason" not in tax(queues))
        await kiosk.done("issue_ticket", service="tax")
