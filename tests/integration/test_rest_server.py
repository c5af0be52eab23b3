"""REST against a real server process: the same verbs, the same path, the same screens."""

import asyncio
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.domain.codes import CODES
from queue_server.domain.commands import Command
from queue_server.protocol.client import Changed, ClientEvent, Connected, HallClient
from queue_server.protocol.messages import Document
from queue_server.protocol.views import CallsView, CounterView, QueuesView, ScreenView
from tests.e2e.live_hall import LiveHall
from tests.effort import examples
from tests.integration.server_hall import ServerHall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with LiveHall(tmp_path) as one:
        one.start()
        yield one


def posted(hall: LiveHall, key: str, token: str = "", **do: Any) -> httpx.Response:
    return hall.client.post(
        "/api/v1/commands",
        json={"id": key, "do": do},
        headers={"Authorization": f"Bearer {token or hall.token}"},
    )


def seen(hall: LiveHall, path: str, token: str = "") -> httpx.Response:
    return hall.client.get(
        f"/api/v1/{path}", headers={"Authorization": f"Bearer {token or hall.token}"}
    )


class Screen:
    """A program on the push channel, holding what it was shown."""

    def __init__(self, hall: LiveHall, token: str) -> None:
        self.documents: dict[str, Document] = {}
        self._news = asyncio.Event()
        self._client = HallClient(f"ws://127.0.0.1:{hall.push_port}", token, "test 1", self._take)
        self.task = asyncio.create_task(self._client.run())

    def _take(self, event: ClientEvent) -> None:
        if isinstance(event, Connected | Changed):
            self.documents.update(event.documents)
            self._news.set()

    async def until(self, topic: str, shows: Callable[[Any], bool]) -> None:
        """Wait until the topic's document is as wanted."""
        async with asyncio.timeout(20):
            while topic not in self.documents or not shows(self.documents[topic]):
                self._news.clear()
                await self._news.wait()


async def test_a_call_made_by_rest_reaches_every_screen(hall: LiveHall) -> None:
    manager = hall.new_token("manager", "值班长")
    screens = {
        role: Screen(hall, hall.new_token(role, role, *where))
        for role, where in {
            "board": ("--area", "a1"),
            "screen": ("--counter", "c4"),
            "caller": ("--counter", "c4"),
            "kiosk": (),
        }.items()
    }
    try:
        await asyncio.to_thread(hall.do, manager, type="open_day", day="2026-03-02")
        for screen in screens.values():
            await screen.until("hall", lambda d: d.day == "2026-03-02")
        number = (await asyncio.to_thread(hall.do, type="issue_ticket", service="s2"))["number"]
        await screens["kiosk"].until("queues", lambda d: sum(q.waiting for q in d.queues) == 1)
        await asyncio.to_thread(hall.do, type="sign_in", counter="c4", staff="m4")
        await asyncio.to_thread(hall.do, type="call_next", counter="c4")
        await screens["board"].until(
            "calls/a1",
            lambda d: (
                isinstance(d, CallsView) and d.recent[:1] != () and d.recent[0].number == number
            ),
        )
        await screens["screen"].until(
            "screen/c4", lambda d: isinstance(d, ScreenView) and d.ticket == number
        )
        await screens["caller"].until(
            "counter/c4", lambda d: isinstance(d, CounterView) and d.state == "serving"
        )
        await screens["kiosk"].until("queues", lambda d: sum(q.waiting for q in d.queues) == 0)
    finally:
        for screen in screens.values():
            screen.task.cancel()
        await asyncio.gather(*(s.task for s in screens.values()), return_exceptions=True)


def test_a_retry_gets_the_first_answer_even_after_a_kill(hall: LiveHall) -> None:
    manager = hall.new_token("manager", "值班长")
    hall.do(manager, type="open_day", day="2026-03-02")
    key = str(uuid.uuid4())
    first = posted(hall, key, type="issue_ticket", service="s1")
    assert first.status_code == 200
    assert posted(hall, key.upper(), type="issue_ticket", service="s1").json() == first.json()
    hall.kill()
    hall.start()
    assert posted(hall, key, type="issue_ticket", service="s1").json() == first.json()
    queues = msgspec.json.decode(seen(hall, "queues").content, type=QueuesView)
    assert sum(queue.waiting for queue in queues.queues) == 1
    other = posted(hall, key, type="issue_ticket", service="s2")
    assert (other.status_code, other.json()["rejected"]["code"]) == (409, "id_reused")


def test_a_role_may_do_and_see_only_its_own(hall: LiveHall) -> None:
    manager = hall.new_token("manager", "值班长")
    board = hall.new_token("board", "屏", "--area", "a1")
    hall.do(manager, type="open_day", day="2026-03-02")
    refused = posted(hall, str(uuid.uuid4()), board, type="call_next", counter="c1")
    assert (refused.status_code, refused.json()["rejected"]["code"]) == (403, "not_allowed")
    for path, token, status in (
        ("hall", board, 200), ("calls/a1", board, 200), ("counters/c1", board, 403),
        ("programs", board, 403), ("programs", manager, 200), ("counters/c1", manager, 200),
        ("counters/c1/waiting", manager, 200), ("counters/c1/waiting", board, 403),
        ("counters/none", manager, 404), ("counters/none/waiting", manager, 404),
        ("calls/none", manager, 404), ("screens/c1", manager, 403), ("pads/c1", board, 403),
        ("tickets/A001", manager, 404),
    ):  # fmt: skip
        assert seen(hall, path, token).status_code == status, path
    assert len(seen(hall, "counters", manager).json()["counters"]) == 4


def test_a_revoked_token_is_worth_nothing(hall: LiveHall) -> None:
    token = hall.new_token("board", "屏", "--area", "a1")
    assert seen(hall, "hall", token).status_code == 200
    manager = hall.new_token("manager", "值班长")
    mine = None
    while mine is None:  # a new registration shows up within about a second
        listed = seen(hall, "programs", manager).json().get("programs", [])
        mine = next((one["id"] for one in listed if one["name"] == "屏"), None)
    hall.revoke(mine)
    answers = [seen(hall, "hall", token)]
    while answers[-1].status_code == 200:
        answers.append(seen(hall, "hall", token))
    assert (answers[-1].status_code, answers[-1].json()["rejected"]["code"]) == (401, "bad_token")


def test_a_citizen_finds_the_ticket_by_id_alone(hall: LiveHall) -> None:
    hall.do(hall.new_token("manager", "值班长"), type="open_day", day="2026-03-02")
    mine = hall.do(type="issue_ticket", service="s1")
    found = hall.client.get(f"/t/{mine['ticket']}/progress")
    assert found.json()["number"] == mine["number"]
    assert hall.client.get(f"/t/{mine['number']}").status_code == 404
    assert hall.client.get(f"/t/{mine['ticket']}").status_code == 200


# Commands of the right shape with strange values: a coded answer, never a fault, nothing broken.

NAMES = st.sampled_from(["c1", "c4", "s1", "m1", "A001", ""]) | st.text(max_size=12)
WHOLE = st.integers() | st.sampled_from([0, 1, -1, 2**63, -(2**63) - 1, 10**40])
VALUES = {
    str: NAMES,
    int: WHOLE,
    bool: st.booleans(),
}


def instances(kind: type) -> st.SearchStrategy[Any]:
    """JSON of a command of `kind`, its fields of the right type for the most part."""
    fields = {}
    for field in msgspec.structs.fields(kind):
        wanted = getattr(field.type, "__supertype__", field.type)
        fields[field.encode_name] = VALUES.get(wanted, NAMES | WHOLE | st.none())
    tag = kind.__struct_config__.tag  # type: ignore[attr-defined]
    return st.fixed_dictionaries(fields).map(lambda body: {**body, "type": tag})


def test_no_command_whatever_its_values_is_a_fault_of_the_server(hall: LiveHall) -> None:
    tokens = [hall.token, hall.new_token("manager", "值班长")]
    hall.do(tokens[1], type="open_day", day="2026-03-02")
    hall.do(type="sign_in", counter="c1", staff="m1")
    kinds = list(Command.__args__)

    @settings(max_examples=examples(400), deadline=None, suppress_health_check=list(HealthCheck))
    @given(do=st.sampled_from(kinds).flatmap(instances), token=st.sampled_from(tokens))
    def tried(do: dict[str, Any], token: str) -> None:
        answer = posted(hall, str(uuid.uuid4()), token, **do)
        assert answer.status_code in {200, 400, 403, 409}, (do, answer.text)
        if answer.status_code != 200:
            assert answer.json()["rejected"]["code"] in CODES

    tried()
    assert hall.client.get("/healthz").json()["ok"] is True
    hall.kill()
    hall.start()
    assert seen(hall, "hall").status_code == 200


def test_too_many_requests_are_refused_not_done(tmp_path: Path) -> None:
    hall = ServerHall(tmp_path, limits={"per_second": 0.001, "burst": 3})
    with hall.programs:
        server = hall.start()
        headers = {"Authorization": f"Bearer {hall.tokens['api']}"}
        with httpx.Client(base_url=server.http, headers=headers) as client:
            statuses = [client.get("/api/v1/hall") for _ in range(5)]
        assert [answer.status_code for answer in statuses] == [200, 200, 200, 429, 429]
        assert statuses[-1].json()["rejected"]["code"] == "too_fast"
