"""The push channel of a real server: who is let in, what each may do and see, and in what order."""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from queue_server.protocol.client import Changed, ClientEvent, Connected, Disconnected, HallClient
from simulation.processes import make_token
from tests.e2e.live_hall import free_port
from tests.integration.server_hall import PLACES, ServerHall, open_day

HOLDER = {"name": "欧阳娜娜", "number": "11010519491231002X", "birth": "1949-12-31"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerHall]:
    hall = ServerHall(
        tmp_path_factory.mktemp("push"),
        limits={"hello_seconds": 0.4, "frame_bytes": 4096, "sweep_seconds": 0.1},
    )
    with hall.programs:
        hall.start()
        asyncio.run(open_day(hall))
        yield hall


async def refused(hall: ServerHall, *frames: str | bytes) -> str:
    """What a stranger hears who sends `frames`, once the server has closed."""
    async with hall.line("") as line:
        for frame in frames:
            await line.send(frame)
        error = await line.next("error")
        assert error["closing"]
        assert error["zh"]
        assert error["en"]
        with pytest.raises(ConnectionClosed):
            await line.next("never")
        return str(error["code"])


async def test_strangers_are_told_why(shared: ServerHall) -> None:
    token = shared.tokens["kiosk"]
    hello = {"type": "hello", "v": 1, "token": token, "program": "x"}
    assert await refused(shared) == "hello_timeout"
    assert await refused(shared, json.dumps(hello | {"token": "wrong"})) == "bad_token"
    assert await refused(shared, json.dumps(hello | {"v": 99})) == "bad_version"
    assert await refused(shared, '{"type":"resume","seq":1}') == "hello_expected"
    assert await refused(shared, "not json") == "bad_frame"
    assert await refused(shared, b"\xff\x00") == "bad_frame"
    assert await refused(shared, '{"type":"nonsense"}') == "unknown_type"
    assert await refused(shared, '{"type":"hello","v":"one"}') == "bad_frame"
    assert await refused(shared, '{"type":"hello"' + " " * 5000 + "}") == "too_large"


async def test_foreign_pages_are_kept_out(shared: ServerHall) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        async with shared.line("", origin="https://evil.example"):
            pass
    assert refusal.value.response.status_code == 403
    assert shared.server is not None
    async with shared.line("manager", origin=shared.server.http) as page:
        assert page.welcome["type"] == "welcome"


async def test_a_mistake_after_hello_is_told_and_harms_nothing(shared: ServerHall) -> None:
    async with shared.line("kiosk") as kiosk:
        for bad, code in (
            ("{", "bad_frame"),
            ('{"type":"nonsense"}', "unknown_type"),
            ('{"type":"command","id":"x","do":{"type":"nonsense"}}', "bad_frame"),
            ('{"type":"command","id":"x","do":{"type":"issue_ticket"}}', "bad_frame"),
            ('{"type":"command","id":"","do":{"type":"recall","counter":"1"}}', "bad_frame"),
            ('{"type":"hello","v":1,"token":"x","program":"x"}', "hello_twice"),
        ):
            await kiosk.send(bad)
            error = await kiosk.next("error")
            assert (error["code"], error.get("closing", False)) == (code, False)
        assert (await kiosk.done("issue_ticket", service="tax"))["number"]


async def test_roles_may_do_only_what_is_theirs(shared: ServerHall) -> None:
    async with shared.line("kiosk") as kiosk:
        assert await kiosk.code("call_next", counter="1") == "not_allowed"
        assert await kiosk.code("open_day", day="2030-01-01") == "not_allowed"
    async with shared.line("caller2") as caller:
        assert await caller.code("call_next", counter="1") == "not_allowed"
        assert await caller.code("issue_ticket", service="tax") == "not_allowed"
        found = await caller.read({"type": "waiting", "counter": "1"})
        assert found["rejected"]["code"] == "not_allowed"
    async with shared.line("board") as board:
        assert await board.code("cancel_ticket", ticket="x") == "not_allowed"
        assert set(board.welcome["set"]) == {"hall", "queues", "calls/A"}
    async with shared.line("screen1") as screen:
        assert set(screen.welcome["set"]) == {"hall", "screen/1"}
    async with shared.line("pad1") as pad:
        assert set(pad.welcome["set"]) == {"hall", "screen/1", "pad/1"}


async def test_a_retry_gets_the_first_answer(shared: ServerHall) -> None:
    ask = {"type": "issue_ticket", "service": "tax"}
    async with shared.line("kiosk") as kiosk:
        first = await kiosk.do(ask, "same-id")
    async with shared.line("kiosk2") as other:
        assert await other.do(ask, "same-id") == first
        different = await other.do(ask | {"priority": 1, "priority_reason": "x"}, "same-id")
        assert different["rejected"]["code"] == "id_reused"
        no = await other.do({"type": "cancel_ticket", "ticket": "none"}, "refused-id")
        assert await other.do({"type": "cancel_ticket", "ticket": "none"}, "refused-id") == no


async def test_identity_reaches_only_the_counter_that_calls(shared: ServerHall) -> None:
    """A number or full name is in no frame but the answer to the counter serving its holder."""
    lines = ("kiosk", "caller1", "caller2", "board", "screen1", "manager")
    opened = {name: await shared.line(name).__aenter__() for name in lines}
    try:
        ticket = await opened["kiosk"].done("issue_ticket", service="id", holder=HOLDER)
        assert ticket["priority_reason"] == "elderly"
        ask = {"type": "identity", "ticket": ticket["ticket"]}
        early = await opened["caller1"].read(ask)
        assert early["rejected"]["code"] == "not_allowed"
        called = await opened["caller1"].done("call_next", counter="1")
        assert called["number"] == ticket["number"]
        told = (await opened["caller1"].read(ask))["answer"]
        assert told["name"] == HOLDER["name"]
        assert told["number"].endswith("002X")
        assert HOLDER["number"] not in json.dumps(told)
        assert (await opened["caller2"].read(ask))["rejected"]["code"] == "not_allowed"
        assert (await opened["manager"].read(ask))["rejected"]["code"] == "not_allowed"
        await opened["board"].until("calls/A", lambda calls: calls["recent"])
        await opened["screen1"].until("screen/1", lambda s: s.get("ticket") == ticket["number"])
        await opened["caller1"].done("end_service", counter="1")
        for name, line in opened.items():
            frames = [frame for frame in line.seen if frame["type"] != "read_result"]
            assert HOLDER["name"] not in json.dumps(frames, ensure_ascii=False), name
            assert HOLDER["number"] not in json.dumps(frames), name
    finally:
        for line in opened.values():
            await line.__aexit__()
    database = (shared.folder / "data" / "hall.db").read_bytes()
    wal = (shared.folder / "data" / "hall.db-wal").read_bytes()
    for secret in (HOLDER["number"].encode(), HOLDER["name"].encode()):
        assert secret not in database + wal


async def test_a_call_by_rest_reaches_every_screen(shared: ServerHall) -> None:
    assert shared.server is not None
    async with (
        shared.line("board") as board,
        shared.line("screen1") as screen,
        shared.line("kiosk") as kiosk,
        httpx.AsyncClient(base_url=shared.server.http) as http,
    ):
        await kiosk.done("issue_ticket", service="tax")
        answer = await http.post(
            "/api/v1/commands",
            headers={"Authorization": f"Bearer {shared.tokens['api']}"},
            json={
                "id": "0192f0c1-0000-7000-8000-000000000001",
                "do": {"type": "call_next", "counter": "1"},
            },
        )
        assert answer.status_code == 200, answer.text
        number = answer.json()["done"]["number"]
        await board.until("calls/A", lambda calls: calls["recent"][0]["number"] == number)
        await screen.until("screen/1", lambda shown: shown.get("ticket") == number)
    async with shared.line("caller1") as caller:
        await caller.done("end_service", counter="1")


async def test_too_many_requests_are_refused_not_done(tmp_path: Path) -> None:
    hall = ServerHall(tmp_path, limits={"per_second": 1.0, "burst": 5})
    with hall.programs:
        hall.start()
        await open_day(hall)
        async with hall.line("kiosk") as kiosk:
            for n in range(12):
                do = {"type": "issue_ticket", "service": "tax"}
                await kiosk.send({"type": "command", "id": f"c{n}", "do": do})
            results = [await kiosk.next("result") for _ in range(12)]
            fine = [r for r in results if "done" in r]
            codes = {r["rejected"]["code"] for r in results if "rejected" in r}
            assert codes == {"too_fast"}
            assert 5 <= len(fine) < 12
            await kiosk.until(
                "queues",
                lambda shown: sum(q["waiting"] for q in shown["queues"]) == len(fine),
            )


async def test_a_revoked_program_is_dropped(shared: ServerHall) -> None:
    token = make_token(shared.config, PLACES["board"])
    shared.tokens["extra"] = token
    async with shared.line("extra") as board:
        program = board.welcome["me"]["program"]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "queue_server", "--config", str(shared.config)),
            *("token", "revoke", program),
        )
        assert await process.wait() == 0
        assert (await board.next("error"))["code"] == "bad_token"


async def test_a_program_that_was_away_hears_what_it_missed(shared: ServerHall) -> None:
    assert shared.server is not None
    async with shared.line("kiosk") as kiosk, shared.line("caller1") as caller:
        await kiosk.done("issue_ticket", service="tax")
        async with shared.line("board") as board:
            since = board.welcome
        called = await caller.done("call_next", counter="1")
        await caller.done("recall", counter="1")
        hello = {"type": "hello", "v": 1, "token": shared.tokens["board"], "program": "x"}
        hello["resume"] = {"epoch": since["epoch"], "seq": since["seq"]}
        async with shared.line("") as back:
            await back.send(hello)
            welcome = await back.next("welcome")
        missed = welcome["announcements"]
        assert [(m["number"], m.get("recall", 0)) for m in missed] == [
            (called["number"], 0),
            (called["number"], 1),
        ]
        assert [m["seq"] for m in missed] == sorted(m["seq"] for m in missed)
        await caller.done("end_service", counter="1")


async def test_our_client_comes_back_by_itself_and_acts_once(tmp_path: Path) -> None:
    """The server is killed under a waiting command; the client retries under the same id."""
    hall = ServerHall(tmp_path, doors={"push_port": free_port()})
    with hall.programs:
        server = hall.start()
        await open_day(hall)
        heard: list[ClientEvent] = []
        client = HallClient(server.push, hall.tokens["kiosk"], "test", heard.append)
        running = asyncio.create_task(client.run())
        try:
            from queue_server.domain.commands import IssueTicket
            from queue_server.domain.values import ServiceId

            ask = IssueTicket(service=ServiceId("tax"))
            first = await client.command(ask)
            server.program.kill()
            waiting = asyncio.create_task(client.command(ask))
            await asyncio.sleep(0.3)
            assert not waiting.done()
            hall.start()
            second = await asyncio.wait_for(waiting, 60)
        finally:
            running.cancel()
        assert first.done is not None
        assert second.done is not None
        assert (first.done.number, second.done.number) == ("A001", "A002")
        kinds = [type(event) for event in heard if not isinstance(event, Changed)]
        assert kinds == [Connected, Disconnected, Connected]


async def test_one_slow_program_slows_nobody(tmp_path: Path) -> None:
    hall = ServerHall(tmp_path, limits={"buffer_bytes": 20000, "sweep_seconds": 0.1})
    with hall.programs:
        hall.start()
        await open_day(hall)
        async with (
            hall.line("board") as slow,
            hall.line("caller1") as caller,
            hall.line("kiosk") as kiosk,
        ):
            slow.socket.transport.pause_reading()
            await kiosk.done("issue_ticket", service="tax")
            await caller.done("call_next", counter="1")
            for _ in range(3000):
                await caller.send(
                    {"type": "command", "id": "", "do": {"type": "recall", "counter": "1"}}
                )
                if _ % 20 == 0:
                    await caller.done("recall", counter="1")
            assert (await kiosk.done("issue_ticket", service="tax"))["number"] == "A002"
        async with hall.line("board") as back:
            assert back.welcome["set"]["calls/A"]["recent"][0]["number"] == "A001"
