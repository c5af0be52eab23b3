"""Both ends as processes: either may be killed at any instant."""

import asyncio
import random
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.integration.sync_backend import GENEROUS, ROOT, BackendProcess, start, until
from tests.integration.sync_outbox import SqliteOutbox, make_connector


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[BackendProcess]:
    made = BackendProcess(tmp_path)
    yield made
    made.stop()


def more_than(backend: BackendProcess, before: int) -> Callable[[], bool]:
    return lambda: len(backend.seqs()) > before


def test_killing_either_side_mid_stream_loses_and_repeats_nothing(
    backend: BackendProcess, tmp_path: Path
) -> None:
    count, kills = 4000, 5
    seeded = random.Random(7)
    backend.start()
    hall: subprocess.Popen[bytes] | None = None
    try:
        for kill in range(kills):
            if hall is None:
                hall = start(
                    *("tests.integration.sync_outbox", str(tmp_path), backend.address),
                    *(str(backend.ca), str(count)),
                    output=tmp_path / "hall.out",
                )
            until(more_than(backend, len(backend.seqs())), "more events")
            time.sleep(seeded.uniform(0, 0.1))
            assert hall.poll() is None, (tmp_path / "hall.out").read_text()
            if kill % 2:
                backend.stop(signal.SIGKILL)
                backend.start()
            else:
                hall.kill()
                hall.wait()
                hall = None
        hall = hall or start(
            *("tests.integration.sync_outbox", str(tmp_path), backend.address),
            *(str(backend.ca), str(count)),
            output=tmp_path / "hall.out",
        )
        until(lambda: len(backend.seqs()) >= count, "the last event")
        assert backend.rows("hall, seq, data") == [
            ("hall-1", seq, f'{{"number":"A{seq:04}","holder":"王*"}}')
            for seq in range(1, count + 1)
        ]
        token = {"Authorization": "Bearer a-token-of-the-tests"}
        context = ssl.create_default_context(cafile=backend.ca)
        with httpx.Client(base_url=backend.address, headers=token, verify=context) as client:
            (held,) = client.get("/v1/halls").json()
            assert (held["events"], held["last_seq"]) == (count, count)
            (day,) = client.get("/v1/halls/hall-1").json()["days"]
            assert (day["day"], day["tickets"]) == ("2026-01-05", count)
            assert client.get("/v1/halls/nobody").json()["code"] == "unknown_hall"
    finally:
        if hall is not None:
            hall.kill()
            hall.wait()


async def test_a_backend_restored_from_an_older_backup_is_sent_the_rest_again(
    backend: BackendProcess, tmp_path: Path
) -> None:
    outbox = SqliteOutbox(tmp_path / "hall.sqlite3")
    backup = tmp_path / "backup.sqlite3"
    await asyncio.to_thread(backend.start)
    connector, seen = make_connector(outbox, backend.address, backend.token, backend.ca)
    task = asyncio.create_task(connector.run())

    async def arrived(count: int) -> None:
        async with asyncio.timeout(GENEROUS):
            while connector.status.acknowledged < count or connector.status.state != "ok":
                assert not task.done()
                await asyncio.sleep(0.02)

    outbox.append(50)
    await arrived(50)
    await asyncio.to_thread(backend.stop, signal.SIGTERM)
    backup.write_bytes(backend.database.read_bytes())
    await asyncio.to_thread(backend.start)
    outbox.append(100)
    await arrived(150)
    assert await asyncio.to_thread(backend.stop, signal.SIGTERM) == 0
    backend.database.write_bytes(backup.read_bytes())
    await asyncio.to_thread(backend.start)
    assert backend.seqs() == list(range(1, 51))
    outbox.append(1)
    await arrived(151)
    assert backend.seqs() == list(range(1, 152))
    assert "resending" in {status.code for status in seen}
    assert await outbox.acknowledged() == 151
    # A hall whose own database went back in time writes other events under known numbers.
    forged = SqliteOutbox(tmp_path / "older.sqlite3")
    forged.append(151)
    forged._db.execute("UPDATE log SET data = '{}' WHERE seq = 140")
    liar, _ = make_connector(forged, backend.address, backend.token, backend.ca)
    lying = asyncio.create_task(liar.run())
    async with asyncio.timeout(GENEROUS):
        while liar.status.state != "operator":
            await asyncio.sleep(0.02)
    assert liar.status.code == "conflict"
    assert liar.status.acknowledged < 140
    for each in (task, lying):
        each.cancel()
    await asyncio.gather(task, lying, return_exceptions=True)
    outbox.close()
    forged.close()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["backend", "--cert", "x"], "--key"),
        (["backend", "--port", "0", "--folder", "{tmp}", "--token-file", "{tmp}/none"], "none"),
        (["backend", "--port", "0", "--folder", "/dev/null/x"], "cannot start"),
        (["nothing"], "VERB"),
    ],
)
def test_what_cannot_start_says_why(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulation", *(a.format(tmp=tmp_path) for a in arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=GENEROUS,
    )
    assert done.returncode in {1, 2}
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_told(backend: BackendProcess, tmp_path: Path) -> None:
    backend.start()
    second = subprocess.run(
        [
            *(sys.executable, "-m", "simulation", "backend", "--port", str(backend.port)),
            *("--folder", str(tmp_path / "second")),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=GENEROUS,
    )
    assert second.returncode == 1
    assert "in use" in second.stderr
    assert backend.stop(signal.SIGINT) == 0
