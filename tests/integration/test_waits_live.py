"""Ranges of waiting time in a running hall: told, kept beside what happened, withdrawn in time."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.store.sqlite import open_reader
from tests.integration.server_hall import Line, ServerHall, open_day

ENOUGH = 25
"""Waits after which the plain ranges are told."""


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ServerHall]:
    made = ServerHall(tmp_path, waits={"told": True})
    with made.programs:
        made.start()
        asyncio.run(open_day(made))
        yield made


async def serve_some(kiosk: Line, caller: Line) -> None:
    for _ in range(ENOUGH):
        await kiosk.done("issue_ticket", service="tax")
        await caller.done("call_next", counter="1")
        await caller.done("end_service", counter="1")


def tax(queues: dict[str, Any]) -> dict[str, Any]:
    (found,) = (queue for queue in queues["queues"] if queue["service"] == "tax")
    return dict(found)


def is_told(queues: dict[str, Any]) -> bool:
    return "wait_high_s" in tax(queues)


def child_of(hall: ServerHall) -> int:
    assert hall.server is not None
    pid = hall.server.program.pid
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [int(c) for task in tasks for c in (task / "children").read_text().split()]
    (found,) = (
        c for c in children if b"queue_server.waits" in Path(f"/proc/{c}/cmdline").read_bytes()
    )
    return found


async def test_who_joins_is_told_and_it_is_kept_beside_what_happened(hall: ServerHall) -> None:
    async with hall.line("kiosk") as kiosk, hall.line("caller1") as caller:
        assert "waits" not in kiosk.welcome["set"]["queues"] or not is_told(
            kiosk.welcome["set"]["queues"]
        )
        await serve_some(kiosk, caller)
        queues = await kiosk.until("queues", is_told)
        assert queues["waits"]["state"] == "plain"
        assert queues["waits"]["coverage"] == 80
        told = tax(queues)
        assert 0 <= told["wait_low_s"] <= told["wait_high_s"]
        issued = await kiosk.done("issue_ticket", service="tax")
        assert issued["wait_low_s"] <= issued["wait_high_s"]
        other = await kiosk.done("issue_ticket", service="id", holder=HOLDER)
        assert "wait_high_s" not in other  # nobody has waited for that service yet
        progress = await kiosk.read({"type": "ticket", "ticket": issued["ticket"]})
        assert progress["answer"]["wait_high_s"] >= progress["answer"]["wait_low_s"]
        await caller.done("call_next", counter="1")
        waited = await kiosk.read({"type": "ticket", "ticket": issued["ticket"]})
        assert "wait_high_s" not in waited["answer"]
    rows = outcomes(hall)
    assert [row[0] for row in rows] == [issued["ticket"]]
    assert rows[0][1:3] == (issued["wait_low_s"], issued["wait_high_s"])
    assert rows[0][3] >= 0


HOLDER = {"name": "张三", "number": "110105194912310021"}


def outcomes(hall: ServerHall) -> list[tuple[Any, ...]]:
    database = open_reader(next(hall.folder.rglob("hall.db")))
    try:
        return list(
            database.execute("SELECT ticket, low_s, high_s, wait_s FROM wait_outcomes ORDER BY at")
        )
    finally:
        database.close()


async def test_when_the_estimator_dies_nothing_is_shown_until_it_is_back(hall: ServerHall) -> None:
    async with hall.line("kiosk") as kiosk, hall.line("caller1") as caller:
        await serve_some(kiosk, caller)
        await kiosk.until("queues", is_told)
        died = child_of(hall)
        os.kill(died, signal.SIGKILL)
        queues = await kiosk.until("queues", lambda q: not is_told(q))
        assert queues["waits"]["state"] == "none"
        assert queues["waits"]["since"] > 0
        issued = await kiosk.done("issue_ticket", service="tax")
        assert issued["number"]
        assert "wait_high_s" not in issued
        await caller.done("call_next", counter="1")
        await kiosk.until("queues", is_told)
        assert child_of(hall) != died


def lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_the_server_ends_with_its_estimator(hall: ServerHall) -> None:
    async with hall.line("kiosk") as kiosk, hall.line("caller1") as caller:
        await serve_some(kiosk, caller)
        await kiosk.until("queues", is_told)
    child = child_of(hall)
    assert hall.server is not None
    assert hall.server.program.stop() == 0
    assert not lives(child)
