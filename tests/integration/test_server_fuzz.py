"""Hostile frames by the thousand: each is answered or refused, and the server goes on as before."""

import asyncio
import contextlib
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.integration.server_hall import ServerHall, open_day

FRAMES = 2000
GROWTH_MB = 30


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerHall]:
    hall = ServerHall(
        tmp_path_factory.mktemp("fuzz"),
        limits={"frame_bytes": 8192, "per_second": 100000.0, "burst": 100000, "under_way": 100000},
    )
    with hall.programs:
        hall.start()
        asyncio.run(open_day(hall))
        yield hall


def valid_frames(token: str) -> list[str]:
    commands: list[Any] = [
        {"type": "issue_ticket", "service": "tax", "holder": {"name": "张", "number": "1"}},
        {"type": "cancel_ticket", "ticket": "0" * 32},
        {"type": "call_next", "counter": "1"},
        {"type": "call_this", "counter": "1", "ticket": "x", "reason": "r"},
        {"type": "transfer", "counter": "1", "to": {"type": "queue", "service": "id"}},
        {"type": "pause", "counter": "1", "reason": "lunch", "until": 1},
        {"type": "rate", "transaction": "x-1", "level": 5, "reasons": ["a"], "words": "w"},
        {"type": "end_service", "counter": "1"},
    ]
    frames: list[Any] = [
        {
            "type": "hello",
            "v": 1,
            "token": token,
            "program": "fuzz",
            "resume": {"epoch": 1, "seq": 1},
        },
        *({"type": "command", "id": "ID", "do": do} for do in commands),
        {"type": "read", "id": "r", "what": {"type": "ticket", "ticket": "A001"}},
        {"type": "read", "id": "r", "what": {"type": "waiting", "counter": "1", "limit": 5}},
        {"type": "read", "id": "r", "what": {"type": "identity", "ticket": "x"}},
        {"type": "resume", "seq": 0},
        {
            "type": "report",
            "devices": [{"kind": "printer", "name": "p", "state": "ok", "since": 1}],
        },
    ]
    return [json.dumps(frame, ensure_ascii=False) for frame in frames]


ODD = [
    *("null", "true", "[]", "{}", '""', "1e400", "-0", "0.1", str(2**63), str(-(2**63)), "9" * 400),
    *("[" * 3000, '{"a":' * 1500, '"\\ud800"', '"\\u0000"', '"\u202e\U0001f600"', "NaN"),
    *('"' + "x" * 7000 + '"', '"2026-03-02"', '{"type":"queue"}', '{"type":1}', '"../../etc"'),
]


def mutated(dice: random.Random, frames: list[str]) -> str | bytes:
    """A valid frame with something wrong in it; sometimes nothing at all like one."""
    text = dice.choice(frames).replace('"ID"', f'"{dice.getrandbits(64):x}"')
    match dice.randrange(9):
        case 0:
            return dice.randbytes(dice.randrange(300))
        case 1:
            return text[: dice.randrange(len(text))]
        case 2:
            return text.encode()
        case 3:
            data = bytearray(text.encode())
            for _ in range(dice.randrange(1, 6)):
                data[dice.randrange(len(data))] = dice.randrange(256)
            return bytes(data)
        case 4:
            return dice.choice(ODD)
        case 5:
            start = dice.randrange(len(text))
            return text[:start] + dice.choice(ODD) + text[start:]
        case _:
            frame = json.loads(text)
            swap(dice, frame)
            return json.dumps(frame).replace('"@"', dice.choice(ODD))


def swap(dice: random.Random, node: dict[str, object]) -> None:
    """Put a mark in place of one value, somewhere."""
    key = dice.choice(list(node))
    inner = node[key]
    if isinstance(inner, dict) and dice.random() < 0.7:
        swap(dice, inner)
    elif dice.random() < 0.2:
        del node[key]
    else:
        node[key] = "@"


async def drain(socket: ClientConnection) -> None:
    with contextlib.suppress(ConnectionClosed):
        async for data in socket:
            json.loads(data)


async def test_two_thousand_hostile_frames_from_a_program(shared: ServerHall) -> None:
    assert shared.server is not None
    pid = shared.server.program.pid
    before = resident_mb(pid)
    dice = random.Random(20260302)
    for role in ("kiosk", "caller1", "manager", "api"):
        frames = [f for f in valid_frames(shared.tokens[role]) if "close_day" not in f]
        sent = 0
        while sent < FRAMES // 4:
            async with connect(shared.server.push, compression=None, proxy=None) as socket:
                reader = asyncio.create_task(drain(socket))
                with contextlib.suppress(ConnectionClosed):
                    await socket.send(frames[0])
                    while sent < FRAMES // 4:
                        await socket.send(mutated(dice, frames))
                        sent += 1
            await reader
    await still_well(shared, before)


async def test_hostile_frames_from_strangers(shared: ServerHall) -> None:
    assert shared.server is not None
    before = resident_mb(shared.server.program.pid)
    dice = random.Random(7)
    frames = valid_frames("wrong")

    async def one() -> None:
        assert shared.server is not None
        async with connect(shared.server.push, compression=None, proxy=None) as socket:
            await socket.send(mutated(dice, frames))
            answer = json.loads(await socket.recv())
            assert (answer["type"], answer["closing"]) == ("error", True), answer

    for _ in range(20):
        await asyncio.gather(*(one() for _ in range(10)))
    host, _, port = shared.server.push.rpartition("//")[2].rpartition(":")
    for _ in range(100):  # not even websockets
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(
            dice.choice([b"", b"GET / HTTP/1.1\r\n", b"\x16\x03\x01"]) + dice.randbytes(200)
        )
        if dice.random() < 0.5:
            writer.write_eof()
        else:
            writer.transport.abort()
        with contextlib.suppress(ConnectionError):
            await reader.read(1000)
        writer.close()
    await still_well(shared, before)


async def still_well(hall: ServerHall, before: float) -> None:
    """It answers, its log has no bug in it, its memory is as it was."""
    assert hall.server is not None
    async with hall.line("kiosk") as kiosk, hall.line("manager") as manager:
        assert (await kiosk.done("issue_ticket", service="tax"))["number"]
        assert manager.welcome["set"]["hall"]["day"]
    log = hall.server.program.log.read_text()
    assert "Traceback" not in log, log[:4000]
    assert "rror" not in log, log[:4000]
    for token in hall.tokens.values():
        assert token not in log
    assert resident_mb(hall.server.program.pid) < before + GROWTH_MB


def resident_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
