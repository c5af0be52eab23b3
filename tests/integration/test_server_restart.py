"""Starting again: what every program sees is what it saw, and what cannot start says why."""

import asyncio
import contextlib
import json
import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pysqlite3
import pytest
from websockets.asyncio.client import connect

from queue_server.app import Addresses, serve
from queue_server.clock import system_clock
from queue_server.config import read_config
from queue_server.errors import HallError
from queue_server.protocol.ids import new_uuid
from queue_server.store.log import Log
from queue_server.store.sqlite import open_reader, open_writer
from tests.integration.server_hall import ServerHall, open_day
from tests.integration.test_server_trouble import run_server


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ServerHall]:
    made = ServerHall(tmp_path)
    with made.programs:
        made.start()
        asyncio.run(open_day(made))
        yield made


async def all_seen(hall: ServerHall) -> dict[str, Any]:
    """What every kind of program sees and is told of calls, but for who is connected."""
    seen = {}
    for name in ("manager", "kiosk", "caller1", "screen1", "pad1", "board", "api"):
        async with hall.line("") as line:
            hello = {"type": "hello", "v": 1, "token": hall.tokens[name], "program": "x"}
            await line.send(hello | {"resume": {"epoch": 1, "seq": 0}})
            welcome = await line.next("welcome")
            welcome["set"].pop("programs", None)
            seen[name] = (welcome["seq"], welcome["set"], welcome.get("announcements"))
    return seen


async def some_work(hall: ServerHall) -> None:
    async with hall.line("kiosk") as kiosk, hall.line("caller1") as caller:
        for service in ("tax", "tax", "tax"):
            await kiosk.done("issue_ticket", service=service)
        await caller.done("call_next", counter="1")
        await caller.done("recall", counter="1")
        await caller.done("hold", counter="1")
        await caller.done("call_next", counter="1")
        await caller.done("end_service", counter="1")
        await asyncio.sleep(0.3)  # the waiting counts are told four times a second


async def test_every_program_sees_the_same_after_a_restart(hall: ServerHall) -> None:
    await some_work(hall)
    before = await all_seen(hall)
    hall.programs.stop()
    hall.start()
    assert await all_seen(hall) == before


async def test_a_new_day_is_told_nothing_of_the_old_one(hall: ServerHall) -> None:
    """Before a restart as after it."""
    await some_work(hall)
    async with hall.line("manager") as manager:
        await manager.done("close_day", over_open=True)
        closed = await all_seen(hall)
        await manager.done("open_day", day="2026-03-03")
    assert closed["board"][2], "calls of the day are known until the next one is opened"
    opened = await all_seen(hall)
    assert not opened["board"][2]
    async with hall.line("caller1") as caller, hall.line("kiosk") as kiosk:
        await caller.done("sign_in", counter="1", staff="s1")
        assert (await kiosk.done("issue_ticket", service="tax"))["number"] == "A001"
        await caller.done("call_next", counter="1")
        await asyncio.sleep(0.3)
    before = await all_seen(hall)
    assert len(before["board"][2]) == 1
    hall.programs.stop()
    hall.start()
    assert await all_seen(hall) == before


async def test_told_to_stop_it_does_what_it_was_handed(hall: ServerHall) -> None:
    """SIGTERM among many requests: each is answered and durable, or may be asked again."""
    assert hall.server is not None
    answered: dict[str, str] = {}
    headers = {"Authorization": f"Bearer {hall.tokens['api']}"}
    keys = [str(new_uuid()) for _ in range(60)]
    do = {"type": "issue_ticket", "service": "tax"}

    async with httpx.AsyncClient(base_url=hall.server.http, headers=headers) as client:

        async def issue(key: str) -> None:
            with contextlib.suppress(httpx.TransportError):
                answer = await client.post("/api/v1/commands", json={"id": key, "do": do})
                if "done" in answer.json():
                    answered[key] = answer.json()["done"]["number"]

        tasks = [asyncio.create_task(issue(key)) for key in keys]
        while not answered:
            await asyncio.sleep(0.001)
        os.kill(hall.server.program.pid, signal.SIGTERM)
        await asyncio.gather(*tasks)
    program = hall.server.program
    async with asyncio.timeout(30):
        while program.running:
            await asyncio.sleep(0.02)
    assert program.exit_code == 0
    assert "Traceback" not in program.log.read_text()
    hall.start()
    async with hall.line("kiosk") as kiosk:
        numbers = {key: (await kiosk.do(do, key))["done"]["number"] for key in keys}
    assert numbers | answered == numbers
    assert sorted(numbers.values()) == [f"A{n:03d}" for n in range(1, 61)]


async def test_a_server_that_can_read_no_more_ends_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = ServerHall(tmp_path)
    ready: asyncio.Future[Addresses] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(read_config(hall.config), system_clock, ready.set_result))
    addresses = await asyncio.wait_for(ready, 30)

    def fails(*_: object) -> None:
        raise pysqlite3.DatabaseError("disk I/O error")

    monkeypatch.setattr(Log, "commit", fails)
    monkeypatch.setattr(Log, "today", fails)
    async with connect(addresses.push, proxy=None) as socket:
        hello = {"type": "hello", "v": 1, "token": hall.tokens["manager"], "program": "x"}
        await socket.send(json.dumps(hello))
        do = {"type": "open_day", "day": "2026-03-02"}
        await socket.send(json.dumps({"type": "command", "id": "x", "do": do}))
        with pytest.raises(HallError) as error:
            await asyncio.wait_for(serving, 30)
    assert error.value.code == "writer_ended"


def test_pages_that_cannot_be_read_are_told_at_the_start(hall: ServerHall) -> None:
    """A damaged file is no traceback: which file, and what is wrong with it."""
    hall.programs.stop()
    path = hall.folder / "data" / "hall.db"
    connection = open_writer(path)
    [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'events'")
    [(size,)] = connection.execute("PRAGMA page_size")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xa5" * size)
    ended = run_server("--config", hall.config)
    assert ended.returncode == 1
    assert "database_unreadable" in ended.stderr
    assert str(path) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_disk_full_at_the_start_is_told(tmp_path: Path) -> None:
    hall = ServerHall(tmp_path)
    with hall.programs:
        hall.start()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    wal_header = 32
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal_header, hard))
    try:
        ended = run_server("--config", hall.config)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert ended.returncode == 1
    assert "database_unreadable" in ended.stderr
    assert "Traceback" not in ended.stderr


async def test_a_database_of_the_first_version_is_taken_along(hall: ServerHall) -> None:
    await some_work(hall)
    before = await all_seen(hall)
    hall.programs.stop()
    connection = open_writer(hall.folder / "data" / "hall.db")
    connection.execute("DROP TABLE identity_reads")
    connection.execute("DROP VIEW wait_outcomes")
    connection.execute("DROP TABLE shown_waits")
    connection.execute("DROP TABLE appointments")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    hall.start()
    assert await all_seen(hall) == before
    reader = open_reader(hall.folder / "data" / "hall.db")
    assert reader.execute("SELECT count(*) FROM identity_reads").fetchone() == (0,)
    reader.close()
