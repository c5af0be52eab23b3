"""The hall's report on its own waiting times: what each way of ending a wait does to it."""

import asyncio
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulation.processes import ROOT, environment
from tests.integration.server_hall import ServerHall, open_day
from tests.integration.test_waits_live import is_told, serve_some


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ServerHall]:
    made = ServerHall(tmp_path, waits={"told": True})
    with made.programs:
        made.start()
        asyncio.run(open_day(made))
        yield made


def by_command(hall: ServerHall) -> Any:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "queue_server", "--config", hall.config, "waits", "report",
         "--json"],
        capture_output=True, check=True, cwd=ROOT, env=environment(), timeout=60,
    )  # fmt: skip
    return json.loads(done.stdout)


def by_rest(hall: ServerHall) -> Any:
    assert hall.server is not None
    request = urllib.request.Request(
        f"{hall.server.http}/api/v1/waits",
        headers={"Authorization": f"Bearer {hall.tokens['manager']}"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


async def test_each_way_of_ending_a_wait_is_told_apart(hall: ServerHall) -> None:
    async with hall.line("kiosk") as kiosk, hall.line("caller1") as caller:
        await serve_some(kiosk, caller)
        await kiosk.until("queues", is_told)
        tickets = [await kiosk.done("issue_ticket", service="tax") for _ in range(5)]
        given_up, served, absent, sent_on, _ = (one["ticket"] for one in tickets)
        await kiosk.done("cancel_ticket", ticket=given_up)
        for end in ("end_service", "no_show"):
            await caller.done("call_next", counter="1")
            await caller.done(end, counter="1")
        await caller.done("call_next", counter="1")
        await caller.done("transfer", counter="1", to={"type": "queue", "service": "id"})
    report = by_command(hall)
    # Called once is waited, whatever came of it; the one who gave up and the last are not known.
    assert (report["told"], report["n"], report["left"], report["open"]) == (5, 3, 1, 1)
    assert report["bias_s"] is not None
    assert report["rmse_s"] is not None
    assert report["coverage"] + report["above"] <= 1
    assert by_rest(hall) == report
    assert {served, absent, sent_on} == set(called(hall))


def called(hall: ServerHall) -> list[str]:
    from queue_server.store.sqlite import open_reader

    database = open_reader(next(hall.folder.rglob("hall.db")))
    try:
        rows = database.execute("SELECT ticket FROM wait_outcomes WHERE wait_s IS NOT NULL")
        return [ticket for (ticket,) in rows]
    finally:
        database.close()
