"""Strangers and bad lines: they are bounded in number and time, and the hall's programs are not."""

import asyncio
import contextlib
import datetime as dt
import json
import socket
import ssl
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from websockets.asyncio.client import connect

from queue_server.protocol.client import ClientEvent, Connected, HallClient
from queue_server.store.sqlite import open_reader
from tests.integration.server_hall import ServerHall, open_day
from tests.integration.test_server_trouble import run_server

HOLDER = {"name": "欧阳娜娜", "number": "11010519491231002X", "birth": "1949-12-31"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerHall]:
    hall = ServerHall(
        tmp_path_factory.mktemp("strangers"),
        limits={
            "hello_seconds": 60.0,
            "strangers": 20,
            "connections": 4,
            "web_connections": 20,
            "request_seconds": 1.0,
        },
    )
    with hall.programs:
        hall.start()
        asyncio.run(open_day(hall))
        yield hall


def door(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition("//")[2].rpartition(":")
    return host, int(port)


@contextlib.contextmanager
def crowd(address: str, count: int, says: bytes = b"") -> Iterator[list[socket.socket]]:
    """Connections that say too little."""
    with contextlib.ExitStack() as stack:
        lines = []
        for _ in range(count):
            line = stack.enter_context(socket.create_connection(door(address), timeout=30))
            line.sendall(says)
            lines.append(line)
        yield lines


def test_strangers_cannot_keep_programs_out(shared: ServerHall) -> None:
    """Silent, half-shaken and unwelcomed connections: the oldest make room."""
    assert shared.server is not None
    address = shared.server.push
    upgrade = (
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    for says in (b"", b"GET / HT", upgrade):
        with crowd(address, 60, says) as lines:
            asyncio.run(a_program_is_served(shared))
            with contextlib.suppress(ConnectionError):
                while lines[0].recv(4096):
                    pass  # an answered upgrade, then the end


async def a_program_is_served(hall: ServerHall) -> None:
    async with hall.line("kiosk") as kiosk:
        assert (await kiosk.done("issue_ticket", service="tax"))["number"]


async def test_programs_are_bounded_apart(shared: ServerHall) -> None:
    async with (
        shared.line("kiosk"),
        shared.line("kiosk2"),
        shared.line("caller1"),
        shared.line("board"),
        shared.line("screen1") as fifth,
    ):
        assert fifth.welcome["code"] == "too_many_clients"
        await fifth.socket.wait_closed()
        assert fifth.socket.close_code == 1013
    await a_program_is_served(shared)


def test_slow_and_many_requests_do_not_stop_the_web(shared: ServerHall) -> None:
    """A request byte by byte is cut when its time is up; a crowd loses its oldest."""
    assert shared.server is not None
    address = shared.server.http
    lying = b"POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
    for says in (b"", b"GET /healthz HTTP/1.1\r\nHost:", lying):
        with crowd(address, 60, says) as lines:
            assert httpx.get(f"{address}/healthz", timeout=30).status_code == 200
            for line in lines:
                with contextlib.suppress(ConnectionError):
                    while line.recv(4096):
                        pass
    with crowd(address, 1, b"GET /heal") as [line], contextlib.suppress(ConnectionError):
        for byte in b"thz HTTP/1.1\r\nHost: x" + b"y" * 10_000:
            line.sendall(bytes([byte]))
            line.settimeout(0.05)
            with contextlib.suppress(TimeoutError):
                if not line.recv(100):
                    break
        else:
            pytest.fail("a request may take for ever")


def test_one_connection_may_ask_often(shared: ServerHall) -> None:
    """The bound is a request's, not a connection's."""
    assert shared.server is not None
    with httpx.Client(base_url=shared.server.http) as client:
        end = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1.5)
        while dt.datetime.now(dt.UTC) < end:
            assert client.get("/healthz").status_code == 200


def test_files_are_the_servers_own(shared: ServerHall) -> None:
    folder = shared.folder / "data"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("hall.db", "hall.db-wal", "access.db", "personal.key", "lock"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name


async def test_who_was_shown_a_name_can_be_told(shared: ServerHall) -> None:
    async with shared.line("kiosk") as kiosk, shared.line("caller1") as caller:
        ticket = await kiosk.done("issue_ticket", service="id", holder=HOLDER)
        ask = {"type": "identity", "ticket": ticket["ticket"]}
        assert (await caller.read(ask))["rejected"]["code"] == "not_allowed"
        called = await caller.done("call_next", counter="1")
        assert called["ticket"] == ticket["ticket"]
        assert (await caller.read(ask))["answer"]["name"] == HOLDER["name"]
        program = caller.welcome["me"]["program"]
        await caller.done("end_service", counter="1")
    reader = open_reader(shared.folder / "data" / "hall.db")
    rows = reader.execute("SELECT program, counter, staff, ticket FROM identity_reads").fetchall()
    reader.close()
    assert rows == [(program, "1", "s1", ticket["ticket"])]


def test_nothing_of_this_is_in_the_log(shared: ServerHall) -> None:
    assert shared.server is not None
    log = shared.server.program.log.read_text()
    assert "Traceback" not in log
    for secret in (*shared.tokens.values(), HOLDER["number"], HOLDER["name"]):
        assert secret not in log


def certificate(folder: Path, password: bytes = b"") -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "hall.pem", folder / "hall.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(password)
            if password
            else serialization.NoEncryption(),
        )
    )
    return paths


async def test_both_doors_speak_tls(tmp_path: Path) -> None:
    """Our client over wss, a browser's over https; who speaks plainly or trusts nobody is out."""
    paths = certificate(tmp_path)
    hall = ServerHall(tmp_path, tls={"certificate": str(paths[0]), "key": str(paths[1])})
    trusting = ssl.create_default_context(cafile=str(paths[0]))
    with hall.programs:
        server = hall.start()
        push, http = (
            address.replace("127.0.0.1", "localhost") for address in (server.push, server.http)
        )
        assert push.startswith("wss://")
        assert http.startswith("https://")
        heard: asyncio.Queue[ClientEvent] = asyncio.Queue()
        client = HallClient(push, hall.tokens["kiosk"], "test", heard.put_nowait, tls=trusting)
        running = asyncio.create_task(client.run())
        event = await asyncio.wait_for(heard.get(), 30)
        running.cancel()
        assert isinstance(event, Connected)
        async with httpx.AsyncClient(verify=trusting) as browser:
            assert (await browser.get(f"{http}/healthz")).status_code == 200
            config = (await browser.get(f"{http}/manager/config.json")).json()
            assert "wss://localhost" in json.dumps(config)
        with pytest.raises(ssl.SSLError):
            async with connect(push, proxy=None, ssl=ssl.create_default_context()):
                pass
        async with httpx.AsyncClient() as plain:
            with pytest.raises(httpx.HTTPError):
                await plain.get(http.replace("https", "http"))


def test_a_key_with_a_password_is_refused_not_asked_for(tmp_path: Path) -> None:
    paths = certificate(tmp_path, b"secret")
    config = tmp_path / "hall.toml"
    config.write_text(
        "[doors]\npush_port = 0\nhttp_port = 0\n"
        f'[tls]\ncertificate = "{paths[0]}"\nkey = "{paths[1]}"\n'
    )
    ended = run_server("--config", config)
    assert ended.returncode == 1
    assert "bad_certificate" in ended.stderr
