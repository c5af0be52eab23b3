"""Our client behind a line that is cut at any byte: no command is lost, none is done twice."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Self

import pytest
from websockets.asyncio.server import ServerConnection, serve

from queue_server.domain.commands import IssueTicket
from queue_server.domain.values import ServiceId
from queue_server.protocol.client import (
    Changed,
    ClientEvent,
    Connected,
    Disconnected,
    HallClient,
)
from queue_server.protocol.messages import ReadTicket, Result
from queue_server.store.sqlite import open_reader
from tests.e2e.live_hall import free_port
from tests.integration.server_hall import ServerHall, open_day

TAX = IssueTicket(service=ServiceId("tax"))


class CuttingProxy:
    """A TCP proxy that cuts each connection after a number of bytes of its choosing."""

    def __init__(self, target: str, dice: random.Random) -> None:
        self._host, _, port = target.rpartition("//")[2].rpartition(":")
        self._port = int(port)
        self._dice = dice
        self.cutting = True
        self.cuts = 0
        self.address = ""
        self._server: asyncio.Server

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._line, "127.0.0.1", 0)
        self.address = f"ws://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            up_reader, up_writer = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.transport.abort()
            return
        left = [self._dice.randrange(100, 5_000) if self.cutting else 1 << 40]

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            with contextlib.suppress(ConnectionError):
                while data := await source.read(65536):
                    sink.write(data[: left[0]])
                    await sink.drain()
                    left[0] -= len(data)
                    if left[0] <= 0:
                        self.cuts += 1
                        return

        pumps = [
            asyncio.create_task(pump(reader, up_writer)),
            asyncio.create_task(pump(up_reader, writer)),
        ]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        if self._dice.random() < 0.5:
            await asyncio.sleep(0.005)  # let what was passed on arrive
        for end in (writer, up_writer):
            end.transport.abort()
        for task in pumps:
            task.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)


@contextlib.asynccontextmanager
async def running(client: HallClient) -> AsyncIterator[HallClient]:
    task = asyncio.create_task(client.run())
    try:
        yield client
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_no_command_is_lost_or_done_twice(tmp_path: Path) -> None:
    """Three clients issue through cut lines; the server is killed and started again meanwhile."""
    hall = ServerHall(tmp_path, doors={"push_port": free_port()})
    dice = random.Random(1)
    with hall.programs:
        server = hall.start()
        await open_day(hall)
        heard: list[ClientEvent] = []
        results: list[Result] = []
        at_start = asyncio.all_tasks()
        async with CuttingProxy(server.push, dice) as proxy, contextlib.AsyncExitStack() as stack:
            clients = [
                await stack.enter_async_context(
                    running(
                        HallClient(
                            proxy.address,
                            hall.tokens[name],
                            "test",
                            heard.append,
                            first_wait=0.01,
                            longest_wait=0.1,
                        )
                    )
                )
                for name in ("kiosk", "kiosk2", "api")
            ]

            async def issue(client: HallClient, count: int) -> None:
                results.extend([await client.command(TAX) for _ in range(count)])

            async with asyncio.timeout(120):
                await asyncio.gather(*(issue(client, 60) for client in clients))
                killed = [asyncio.create_task(issue(client, 20)) for client in clients]
                await asyncio.sleep(0.2)
                server.program.kill()
                await asyncio.to_thread(hall.start)
                await asyncio.gather(*killed)
                proxy.cutting = False
                many = [issue(client, 1) for client in clients for _ in range(20)]
                await asyncio.gather(*many)
                found = await clients[0].read(ReadTicket("A001"))
            assert found.answer is not None
            assert proxy.cuts > 20
        await asyncio.sleep(0.1)
        assert asyncio.all_tasks() <= at_start
    numbers = [result.done.number for result in results if result.done is not None]
    assert len(numbers) == len(results) == 3 * (60 + 20 + 20)
    assert sorted(map(str, numbers)) == [f"A{n:03d}" for n in range(1, len(numbers) + 1)]
    reader = open_reader(tmp_path / "data" / "hall.db")
    (kept,) = reader.execute("SELECT count(*) FROM tickets").fetchone()
    reader.close()
    assert kept == len(numbers)
    alternate([event for event in heard if isinstance(event, Connected | Disconnected)])


def alternate(events: list[Connected | Disconnected]) -> None:
    assert any(isinstance(event, Disconnected) for event in events)
    assert any(isinstance(event, Connected) for event in events)


async def test_the_seq_a_program_holds_never_runs_back(tmp_path: Path) -> None:
    """Documents seen through cuts end as those of one that was never cut; no call is missed."""
    hall = ServerHall(tmp_path)
    dice = random.Random(2)
    with hall.programs:
        server = hall.start()
        await open_day(hall)
        seen: list[ClientEvent] = []
        spoken: list[int] = []

        def hear(event: ClientEvent) -> None:
            seen.append(event)
            if isinstance(event, Connected | Changed):
                spoken.extend(call.seq for call in event.announcements)

        async with (
            CuttingProxy(server.push, dice) as proxy,
            hall.line("kiosk") as kiosk,
            hall.line("caller1") as caller,
        ):
            board = HallClient(
                proxy.address, hall.tokens["board"], "t", hear, first_wait=0.01, longest_wait=0.05
            )
            async with running(board):
                while not any(isinstance(event, Connected) for event in seen):
                    await asyncio.sleep(0.01)
                for _ in range(40):
                    await kiosk.done("issue_ticket", service="tax")
                    await caller.done("call_next", counter="1")
                    await caller.done("recall", counter="1")
                    await caller.done("end_service", counter="1")
                proxy.cutting = False
                called = await announced(hall)
                end = time.monotonic() + 30
                while not called <= set(spoken):
                    assert time.monotonic() < end, sorted(called - set(spoken))
                    await asyncio.sleep(0.05)
        assert len(called) == 80
        assert proxy.cuts > 2
        held = 0
        for event in seen:
            if isinstance(event, Connected | Changed):
                assert event.seq >= held
                held = event.seq


async def announced(hall: ServerHall) -> set[int]:
    """`seq` of every call, by a board that was away from the start."""
    async with hall.line("") as line:
        hello = {"type": "hello", "v": 1, "token": hall.tokens["board"], "program": "x"}
        await line.send(hello | {"resume": {"epoch": 1, "seq": 0}})
        welcome = await line.next("welcome")
    return {call["seq"] for call in welcome["announcements"]}


async def test_a_cancelled_command_leaves_nothing_behind(tmp_path: Path) -> None:
    hall = ServerHall(tmp_path)
    with hall.programs:
        server = hall.start()
        await open_day(hall)
        client = HallClient(server.push, hall.tokens["kiosk"], "t", lambda _: None)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await client.command(TAX, "given-up")  # not even connected
        async with running(client):
            first = await client.command(TAX)
            again = await client.command(TAX, "given-up")
        assert first.done is not None
        assert again.done is not None
        assert (first.done.number, again.done.number) == ("A001", "A002")


async def test_results_that_come_twice_or_unasked_harm_nothing() -> None:
    """A server that says everything twice, and things this client does not know."""
    welcome = (
        '{"type":"welcome","v":1,"epoch":1,"seq":1,"now":1,"me":{"role":"kiosk","name":"n",'
        '"program":"p"},"set":{"fashion":{"new":1}}}'
    )

    async def twice(socket: ServerConnection) -> None:
        await socket.recv()
        await socket.send(welcome)
        await socket.send('{"type":"gossip","of":"a newer server"}')
        async for text in socket:
            key = str(text).partition('"id":"')[2].partition('"')[0]
            answer = f'{{"type":"result","id":"{key}","seq":2,"done":{{"number":"A001"}}}}'
            for frame in (answer, answer, welcome, answer.replace(key, "unasked")):
                await socket.send(frame)

    async with serve(twice, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        heard: list[ClientEvent] = []
        async with running(HallClient(f"ws://127.0.0.1:{port}", "t", "t", heard.append)) as client:
            for _ in range(3):
                result = await asyncio.wait_for(client.command(TAX), 30)
                assert result.done is not None
        assert not any(isinstance(event, Disconnected) for event in heard)


async def test_after_each_welcome_the_waiting_begins_small_again() -> None:
    """However a line ended, the next try comes soon: only refusals and silence make it rarer."""
    welcome = (
        '{"type":"welcome","v":1,"epoch":1,"seq":1,"now":1,"me":{"role":"kiosk","name":"n",'
        '"program":"p"},"set":{}}'
    )
    came: list[float] = []

    async def cut(socket: ServerConnection) -> None:
        came.append(time.monotonic())
        await socket.recv()
        await socket.send(welcome)
        await asyncio.sleep(0.02)
        socket.transport.abort()

    async with serve(cut, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        client = HallClient(
            f"ws://127.0.0.1:{port}", "t", "t", lambda _: None, first_wait=0.01, longest_wait=3600
        )
        async with running(client), asyncio.timeout(60):
            while len(came) < 25:  # doubled each time, the waits would add up to days
                await asyncio.sleep(0.01)
