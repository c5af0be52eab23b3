"""The connector against a model of a backend that fails in every way, for any run of failures."""

import asyncio
from pathlib import Path

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.values import Ms
from queue_server.sync.config import SyncConfig
from queue_server.sync.connector import Connector
from queue_server.sync.outbox import OutboxEvent
from queue_server.sync.status import SyncStatus
from simulation.backend.certificate import ensure_certificate
from tests.effort import examples


class MemoryOutbox:
    """A log in memory; what `acknowledge` was told survives the connector."""

    def __init__(self, count: int) -> None:
        self.events: list[OutboxEvent] = []
        self.mark = 0
        self.purged = 0
        self.idle = False
        self.grow(count)

    def grow(self, count: int) -> None:
        for seq in range(len(self.events) + 1, len(self.events) + count + 1):
            raw = msgspec.Raw(b'{"n":%d}' % seq)
            self.events.append(OutboxEvent(seq, 1, "2026-01-05", seq, "w", "rated", raw))
        self.idle = False

    def seqs(self) -> list[int]:
        return [event.seq for event in self.events]

    async def pending(self, after: int, limit: int) -> list[OutboxEvent]:
        return self.events[max(after, self.purged) :][:limit]

    async def acknowledged(self) -> int:
        return self.mark

    async def acknowledge(self, seq: int) -> None:
        assert seq > self.mark
        self.mark = seq

    async def wait(self, after: int) -> None:
        self.idle = len(self.events) <= after
        while self.idle:
            await asyncio.sleep(0)


class ModelBackend(httpx.AsyncBaseTransport):
    """Does to each request what the next fault says; behaves once they are used up."""

    def __init__(self, faults: list[tuple[str, int]]) -> None:
        self.faults = faults
        self.held: list[int] = []
        self.crashed = False
        self.steps = 0
        """Requests and rests so far; time does not count."""

    async def rest(self, _: float) -> None:
        self.steps += 1
        await asyncio.sleep(0)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.steps += 1
        await asyncio.sleep(0)
        fault, number = self.faults.pop(0) if self.faults else ("", 0)
        if fault == "lost_request":
            raise httpx.ConnectError("cut")
        if fault == "status":
            return httpx.Response(number, headers={"retry-after": "1"})
        if fault == "restored":
            del self.held[number:]
        body = msgspec.json.decode(await request.aread())
        seqs = [event["seq"] for event in body["events"]]
        if fault == "limit" and len(seqs) > number:
            return httpx.Response(413)
        have = len(self.held)
        if seqs[0] > have + 1:
            answer = httpx.Response(409, json={"code": "gap", "expected": have + 1})
        else:
            self.held += [seq for seq in seqs if seq > have]
            answer = httpx.Response(200, json={"accepted": seqs[-1]})
        if fault == "lost_answer":
            raise httpx.ReadError("cut")
        if fault == "crash":
            self.crashed = True
            await asyncio.sleep(3600)
        if fault == "lie":
            return httpx.Response(200, json={"accepted": seqs[-1] + number})
        return answer


def connector(
    outbox: MemoryOutbox, backend: ModelBackend, folder: Path, seen: list[SyncStatus]
) -> Connector:
    (folder / "token").write_text("secret\n")
    # The model has no TLS; one authority loads faster than the system's hundreds.
    config = SyncConfig(
        address="https://model.example",
        token_file=folder / "token",
        ca_file=folder / "ca.pem",
        max_events=7,
        linger=0,
    )
    return Connector(
        outbox,
        "hall-1",
        config,
        lambda: Ms(1000),
        changed=seen.append,
        sleep=backend.rest,
        transport=backend,
    )


async def settle(outbox: MemoryOutbox, backend: ModelBackend, folder: Path) -> list[SyncStatus]:
    """Run connectors, a new one after each crash, until the backend has everything."""
    seen: list[SyncStatus] = []
    task: asyncio.Task[None] | None = None
    while backend.faults or backend.held != outbox.seqs() or outbox.mark != len(outbox.events):
        if task is None:
            backend.crashed = False
            task = asyncio.create_task(connector(outbox, backend, folder, seen).run())
        await asyncio.sleep(0)
        assert backend.steps < 2000, f"no progress: {seen[-1]}"
        assert not task.done()
        assert backend.held == outbox.seqs()[: len(backend.held)]
        if outbox.idle and (backend.faults or backend.held != outbox.seqs()):
            # Faults are left, or the backend was restored while nothing was sent.
            outbox.grow(3)
        if backend.crashed:
            await stop(task)
            task = None
    if task is not None:
        await stop(task)
    return seen


async def stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sync")
    ensure_certificate(made)
    return made


fault = st.one_of(
    st.tuples(st.sampled_from(["lost_request", "lost_answer", "crash"]), st.just(0)),
    st.tuples(st.just("status"), st.sampled_from([301, 400, 401, 403, 404, 408, 429, 500, 503])),
    st.tuples(st.just("restored"), st.integers(0, 30)),
    st.tuples(st.just("limit"), st.integers(1, 5)),
    st.tuples(st.just("lie"), st.sampled_from([-1, 1, 1000])),
)


@settings(deadline=None, max_examples=examples(200))
@given(count=st.integers(0, 40), faults=st.lists(fault, max_size=12))
def test_whatever_fails_the_backend_ends_with_every_event_once_in_order(
    folder: Path, count: int, faults: list[tuple[str, int]]
) -> None:
    async def scenario() -> None:
        outbox, backend = MemoryOutbox(count), ModelBackend(list(faults))
        seen = await settle(outbox, backend, folder)
        assert backend.held == outbox.seqs()
        if any(name == "status" and number in {401, 403} for name, number in faults):
            assert any(status.state == "operator" for status in seen)

    asyncio.run(scenario())


async def test_events_that_the_hall_no_longer_has_need_a_person(folder: Path) -> None:
    outbox, backend = MemoryOutbox(20), ModelBackend([])
    await settle(outbox, backend, folder)
    backend.held.clear()
    outbox.purged = 10
    outbox.grow(5)
    seen: list[SyncStatus] = []
    running = connector(outbox, backend, folder, seen)
    task = asyncio.create_task(running.run())
    while running.status.code != "log_incomplete":
        await asyncio.sleep(0)
    assert running.status.state == "operator"
    assert backend.held == []
    assert running.status.lag(25) == 25
    # The backend's operator restores what it had: the hall goes on by itself.
    backend.held = list(range(1, 19))
    while len(backend.held) < 25:
        await asyncio.sleep(0)
        assert not task.done()
    assert {status.code for status in seen} <= {"", "log_incomplete", "resending"}
    await stop(task)
    assert backend.held == list(range(1, 26))


def test_a_hall_without_a_plain_id_is_refused(tmp_path: Path) -> None:
    config = SyncConfig(address="https://model.example", token_file=tmp_path / "token")

    async def make() -> None:
        with pytest.raises(ValueError, match="hall id"):
            Connector(MemoryOutbox(0), "大厅/1", config, lambda: Ms(0))

    asyncio.run(make())
