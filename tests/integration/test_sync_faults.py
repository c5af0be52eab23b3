"""The connector against true sockets that cut, stall, lie and refuse."""

import asyncio
import contextlib
import sqlite3
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from queue_server.sync.connector import Connector
from simulation.backend.certificate import ensure_certificate
from tests.integration.sync_backend import GENEROUS, BackendProcess
from tests.integration.sync_outbox import SqliteOutbox, make_connector


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    """One process for all tests of this file; each uses `fresh` to empty it."""
    made = BackendProcess(tmp_path_factory.mktemp("backend"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def fresh(backend: BackendProcess) -> BackendProcess:
    with sqlite3.connect(backend.database, timeout=30) as database:
        database.execute("DELETE FROM events")
    database.close()
    return backend


@pytest.fixture
async def outbox(tmp_path: Path) -> AsyncIterator[SqliteOutbox]:
    made = SqliteOutbox(tmp_path / "hall.sqlite3")
    made.append(100)
    yield made
    made.close()


@contextlib.asynccontextmanager
async def running(connector: Connector) -> AsyncIterator[None]:
    task = asyncio.create_task(connector.run())
    try:
        async with asyncio.timeout(GENEROUS):
            yield
        assert not task.done()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def shows(connector: Connector, state: str, code: str) -> None:
    while (connector.status.state, connector.status.code) != (state, code):
        await asyncio.sleep(0.01)


async def sent(connector: Connector, count: int) -> None:
    while connector.status.acknowledged < count:
        await asyncio.sleep(0.01)


Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def serving(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server on a free port of the loopback; leaves no connection behind."""
    connections: set[asyncio.Task[None]] = set()

    async def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connections.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                await handler(reader, writer)
        finally:
            connections.discard(task)
            await abort(writer)

    server = await asyncio.start_server(connection, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)


async def abort(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        await writer.wait_closed()


class CuttingProxy:
    """Passes bytes both ways; cuts each connection after so many bytes of answers."""

    def __init__(self, port: int, limits: list[int]) -> None:
        self._port = port
        self._limits = limits
        self.cut = 0

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        limit = self._limits.pop(0) if self._limits else 10**12
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._port)

        async def upwards() -> None:
            while data := await reader.read(65536):
                up_writer.write(data)
                await up_writer.drain()

        async def downwards() -> None:
            left = limit
            while data := await up_reader.read(min(65536, left)):
                writer.write(data)
                await writer.drain()
                left -= len(data)
                if left == 0:
                    self.cut += 1
                    return

        ways = [asyncio.create_task(upwards()), asyncio.create_task(downwards())]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            await abort(up_writer)


async def test_connections_cut_in_every_place_lose_and_repeat_nothing(
    fresh: BackendProcess, outbox: SqliteOutbox
) -> None:
    # The steps are shorter than one answer, so some cuts fall inside one.
    proxy = CuttingProxy(fresh.port, list(range(500, 5000, 90)))
    limits = len(range(500, 5000, 90))
    async with serving(proxy.connection) as port:
        address = f"https://127.0.0.1:{port}"
        connector, _ = make_connector(outbox, address, fresh.token, fresh.ca, max_events=3)
        async with running(connector):
            while proxy.cut < limits:
                outbox.append(3)
                await asyncio.sleep(0.02)
            await sent(connector, outbox.last())
    assert fresh.seqs() == list(range(1, outbox.last() + 1))
    assert "新增 new 0" in fresh.said(), "no answer was lost after its commit"


async def test_a_wrong_token_waits_for_a_person_and_a_new_token_is_enough(
    fresh: BackendProcess, outbox: SqliteOutbox, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text("wrong\n")
    connector, _ = make_connector(outbox, fresh.address, token, fresh.ca)
    async with running(connector):
        await shows(connector, "operator", "token_refused")
        assert fresh.seqs() == []
        token.unlink()
        await shows(connector, "operator", "token_file_unusable")
        token.write_text(fresh.token.read_text())
        await sent(connector, 100)
    assert fresh.seqs() == list(range(1, 101))


async def test_a_certificate_from_elsewhere_is_refused_until_the_ca_is_given(
    fresh: BackendProcess, outbox: SqliteOutbox, tmp_path: Path
) -> None:
    ensure_certificate(tmp_path / "other")
    ca = tmp_path / "ca.pem"
    connector, _ = make_connector(outbox, fresh.address, fresh.token, ca)
    async with running(connector):
        await shows(connector, "operator", "ca_file_unusable")
        ca.write_bytes((tmp_path / "other" / "ca.pem").read_bytes())
        await shows(connector, "operator", "certificate_refused")
        assert fresh.seqs() == []
        ca.write_bytes(fresh.ca.read_bytes())
        await sent(connector, 100)
    assert fresh.seqs() == list(range(1, 101))


async def test_a_backend_that_cannot_write_takes_nothing_and_is_asked_again(
    fresh: BackendProcess, outbox: SqliteOutbox
) -> None:
    connector, _ = make_connector(outbox, fresh.address, fresh.token, fresh.ca, gzip=True)
    lock = sqlite3.connect(fresh.database, isolation_level=None, timeout=30)
    lock.execute("BEGIN IMMEDIATE")
    async with running(connector):
        await shows(connector, "retrying", "backend_busy")
        lock.execute("ROLLBACK")
        await sent(connector, 100)
    lock.close()
    assert fresh.seqs() == list(range(1, 101))


class ScriptedServer:
    """A TLS server that does what the script says, one item a request; then takes everything."""

    def __init__(self, tls: Path, script: list[str]) -> None:
        ensure_certificate(tls)
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(tls / "cert.pem", tls / "key.pem")
        self.script = script
        self.held: list[int] = []
        self.asked: list[tuple[str, str]] = []

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            head = dict(line.lower().split(": ", 1) for line in request[1:] if line)
            body = await reader.readexactly(int(head["content-length"]))
            self.asked.append((request[0], head["idempotency-key"]))
            if self.script:
                await self._misbehave(self.script.pop(0), writer)
            else:
                seqs = [e["seq"] for e in msgspec.json.decode(body)["events"]]
                self.held += seqs
                answer = b'{"accepted":%d}' % seqs[-1]
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer)
                )
            await writer.drain()

    async def _misbehave(self, item: str, writer: asyncio.StreamWriter) -> None:
        if item == "drip":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while True:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.02)
        elif item == "flood":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n")
            while True:
                writer.write(b" " * 65536)
                await writer.drain()
        elif item == "junk":
            writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
            raise ConnectionError
        elif item == "hang up":
            raise ConnectionError
        else:
            writer.write(f"HTTP/1.1 {item}\r\nContent-Length: 0\r\n\r\n".encode())


@pytest.mark.parametrize(
    ("item", "state", "code"),
    [
        ("drip", "retrying", "timed_out"),
        ("flood", "operator", "bad_answer"),
        ("junk", "retrying", "cut_off"),
        ("hang up", "retrying", "cut_off"),
        ("500 Oops", "retrying", "backend_failed"),
        ("429 Wait\r\nRetry-After: 0", "retrying", "backend_busy"),
        ("302 Found\r\nLocation: https://elsewhere.example/", "operator", "wrong_address"),
        ("204 Nothing", "operator", "refused"),
        ("404 Not Found", "operator", "wrong_address"),
        ("422 No", "operator", "refused"),
    ],
)
async def test_a_server_that_misbehaves_is_named_and_outlasted(
    item: str, state: str, code: str, outbox: SqliteOutbox, tmp_path: Path
) -> None:
    scripted = ScriptedServer(tmp_path / "tls", [item] * 3)
    token = tmp_path / "token"
    token.write_text("secret\n")
    ca = tmp_path / "tls" / "ca.pem"
    async with serving(scripted.connection, scripted.context) as port:
        address = f"https://localhost:{port}/prefix/"
        connector, seen = make_connector(outbox, address, token, ca, answer_timeout=0.5)
        async with running(connector):
            await sent(connector, 100)
    assert (state, code) in {(status.state, status.code) for status in seen}
    assert scripted.held == list(range(1, 101))
    assert scripted.asked[:4] == [("POST /prefix/v1/events HTTP/1.1", '"hall-1/1-20"')] * 4
    assert connector.status.state == "ok"
    assert connector.status.last_success is not None


async def test_limits_found_on_the_way_make_batches_smaller(
    outbox: SqliteOutbox, tmp_path: Path
) -> None:
    scripted = ScriptedServer(tmp_path / "tls", ["413 Too Large"] * 2)
    token = tmp_path / "token"
    token.write_text("secret\n")
    ca = tmp_path / "tls" / "ca.pem"
    async with serving(scripted.connection, scripted.context) as port:
        connector, _ = make_connector(outbox, f"https://127.0.0.1:{port}", token, ca)
        async with running(connector):
            await sent(connector, 100)
    keys = [key for _, key in scripted.asked]
    assert keys[:4] == ['"hall-1/1-20"', '"hall-1/1-10"', '"hall-1/1-5"', '"hall-1/6-11"']
    assert scripted.held == list(range(1, 101))


@pytest.mark.parametrize(
    ("headers", "content", "status", "code"),
    [
        ({"Authorization": "Bearer no"}, b"", 401, "bad_token"),
        ({"Content-Type": "text/plain"}, b"{}", 415, "bad_type"),
        ({"Content-Encoding": "br"}, b"{}", 415, "bad_type"),
        ({"Content-Encoding": "gzip"}, b"{}", 400, "bad_batch"),
        ({}, b'{"hall":', 400, "bad_batch"),
        ({}, b" " * (8 * 1024 * 1024 + 1), 413, "too_large"),
    ],
)
async def test_the_backend_names_what_is_wrong_with_a_request(
    fresh: BackendProcess, headers: dict[str, str], content: bytes, status: int, code: str
) -> None:
    good = {"Authorization": "Bearer a-token-of-the-tests", "Content-Type": "application/json"}
    context = ssl.create_default_context(cafile=fresh.ca)
    async with httpx.AsyncClient(verify=context, trust_env=False, timeout=GENEROUS) as client:
        answer = await client.post(
            f"{fresh.address}/v1/events", content=content, headers={**good, **headers}
        )
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code)
    assert told["zh"]
    assert told["en"]
    assert fresh.seqs() == []
