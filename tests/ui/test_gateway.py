"""The bridge between the client's thread and the GUI's, against a real websocket."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from websockets.asyncio.server import Server, ServerConnection, serve

from queue_server.domain.commands import CallNext
from queue_server.domain.values import CounterId, Ms, TicketId
from queue_server.protocol.client import Connected, Disconnected
from queue_server.protocol.codec import decode_client, encode
from queue_server.protocol.messages import (
    ClientFrame,
    CommandFrame,
    Hello,
    Me,
    Outcome,
    ReadFrame,
    ReadIdentity,
    ReadResult,
    ReportFrame,
    Result,
    Welcome,
)
from queue_server.protocol.views import DeviceReport
from ui.gateway import Gateway


class TinyServer:
    """Welcomes, and answers what it is told to answer; its own thread and port."""

    def __init__(self) -> None:
        self.frames: list[ClientFrame] = []
        self.answering = True
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._server: Server | None = None
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(20)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)
        self._loop.close()

    def cut(self) -> None:
        """Cut every connection; new ones are welcome."""
        assert self._server is not None
        for one in list(self._server.connections):
            self._loop.call_soon_threadsafe(one.transport.abort)

    def _run(self) -> None:
        async def begin() -> None:
            self._server = await serve(self._talk, "127.0.0.1", self.port)
            self.port = next(iter(self._server.sockets)).getsockname()[1]
            self._ready.set()

        async def end() -> None:
            assert self._server is not None
            self._server.close()
            await self._server.wait_closed()

        self._loop.run_until_complete(begin())
        self._loop.run_forever()
        self._loop.run_until_complete(end())

    async def _talk(self, line: ServerConnection) -> None:
        async for data in line:
            frame = decode_client(data)
            self.frames.append(frame)
            match frame:
                case Hello():
                    me = Me(role="caller", name="c", program="p", counter=CounterId("c1"))
                    welcome = Welcome(v=1, epoch=1, seq=1, now=Ms(1), me=me, set={})
                    await line.send(encode(welcome).decode())
                case CommandFrame(id=key) if self.answering:
                    done = Result(id=key, seq=2, done=Outcome(number="A001"))
                    await line.send(encode(done).decode())
                case ReadFrame(id=key):
                    await line.send(encode(ReadResult(id=key)).decode())
                case _:
                    pass

    def commands(self) -> list[str]:
        return [f.id for f in self.frames if isinstance(f, CommandFrame)]


@pytest.fixture
def server() -> Iterator[TinyServer]:
    server = TinyServer()
    server.start()
    yield server
    server.stop()


class Listener:
    """A gateway and all it said, with the thread each arrived in."""

    def __init__(self, port: int) -> None:
        self.gateway = Gateway(f"ws://127.0.0.1:{port}", "t", "test 1")
        self.events: list[object] = []
        self.threads: set[int] = set()
        self.gateway.happened.connect(self.hear)

    def hear(self, event: object) -> None:
        self.events.append(event)
        self.threads.add(threading.get_ident())


@pytest.fixture
def listener(qapp: object, server: TinyServer) -> Iterator[Listener]:
    listener = Listener(server.port)
    listener.gateway.start()
    yield listener
    listener.gateway.stop()


def connected(listener: Listener, times: int = 1) -> bool:
    return sum(isinstance(e, Connected) for e in listener.events) >= times


def test_events_and_answers_arrive_in_the_gui_thread(
    listener: Listener, server: TinyServer, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: connected(listener), timeout=20_000)
    listener.gateway.command(CallNext(counter=CounterId("c1")), listener.hear)
    listener.gateway.read(ReadIdentity(ticket=TicketId("t")), listener.hear)
    qtbot.waitUntil(lambda: len(listener.events) == 3, timeout=20_000)
    answers = {type(event) for event in listener.events}
    assert answers == {Connected, Result, ReadResult}
    assert listener.threads == {threading.get_ident()}


def test_a_command_survives_a_cut_under_its_own_id(
    listener: Listener, server: TinyServer, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: connected(listener), timeout=20_000)
    server.answering = False
    listener.gateway.command(CallNext(counter=CounterId("c1")), listener.hear)
    qtbot.waitUntil(lambda: len(server.commands()) == 1, timeout=20_000)
    server.answering = True
    server.cut()
    qtbot.waitUntil(lambda: isinstance(listener.events[-1], Result), timeout=20_000)
    assert len(server.commands()) == 2
    assert len(set(server.commands())) == 1
    assert any(isinstance(event, Disconnected) for event in listener.events)
    assert connected(listener, 2)


def test_devices_are_reported_again_after_a_cut(
    listener: Listener, server: TinyServer, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: connected(listener), timeout=20_000)
    report = DeviceReport(kind="printer", name="p", state="ok", since=Ms(1))
    listener.gateway.report((report,))

    def reports() -> int:
        return sum(isinstance(frame, ReportFrame) for frame in server.frames)

    qtbot.waitUntil(lambda: reports() == 1, timeout=20_000)
    server.cut()
    qtbot.waitUntil(lambda: reports() == 2, timeout=20_000)


def test_nothing_arrives_after_stop(listener: Listener, server: TinyServer, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: connected(listener), timeout=20_000)
    server.answering = False
    listener.gateway.command(CallNext(counter=CounterId("c1")), listener.hear)
    before = len(listener.events)
    listener.gateway.stop()
    listener.gateway.stop()
    listener.gateway.command(CallNext(counter=CounterId("c1")), listener.hear)
    qtbot.wait(50)
    assert len(listener.events) == before
    assert not any(thread.name == "gateway" for thread in threading.enumerate())


def test_a_gateway_never_started_can_be_stopped(qapp: object) -> None:
    Gateway("ws://127.0.0.1:1", "t", "test 1").stop()
