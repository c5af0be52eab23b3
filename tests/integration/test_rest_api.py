"""The HTTP door on a real socket, before a desk whose answers the test chooses."""

import json
import re
import socket
import uuid
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

from queue_server.domain.codes import CODES
from queue_server.domain.commands import CallNext, Command, OpenDay
from queue_server.domain.values import CounterId, Day
from queue_server.gateway.openapi import openapi_document
from queue_server.protocol.messages import Result
from queue_server.protocol.views import CounterView, HallView
from tests.effort import examples
from tests.integration.rest_desk import MANAGER, PlainDesk, application, served

AS_MANAGER = {"Authorization": "Bearer manager-token"}
AS_BOARD = {"Authorization": "Bearer board-token"}
CALL = {"type": "call_next", "counter": "c1"}


@pytest.fixture
def desk() -> PlainDesk:
    return PlainDesk()


@pytest.fixture
async def client(desk: PlainDesk) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        served(application(desk)) as address,
        httpx.AsyncClient(base_url=address, headers=AS_MANAGER) as one,
    ):
        yield one


def code_of(answer: httpx.Response) -> str:
    """The code of an error, having seen that both languages say it."""
    why = answer.json()["rejected"]
    assert why["zh"]
    assert why["en"]
    assert why["kind"] == CODES[why["code"]].kind
    return str(why["code"])


async def test_a_command_is_done_once_with_the_callers_id(
    client: httpx.AsyncClient, desk: PlainDesk
) -> None:
    key = str(uuid.uuid4())
    answer = await client.post("/api/v1/commands", json={"id": key, "do": CALL})
    assert answer.status_code == 200
    result = msgspec.json.decode(answer.content, type=Result)
    assert (result.id, result.seq) == (key, 42)
    assert desk.asked == [(MANAGER, key, CallNext(counter=CounterId("c1")))]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("nobody_waiting", 409),
        ("unknown_counter", 409),
        ("not_allowed", 403),
        ("too_fast", 429),
        ("store_unavailable", 503),
        ("server_stopping", 503),
    ],
)
async def test_a_refused_command_is_still_a_result(
    client: httpx.AsyncClient, desk: PlainDesk, code: str, status: int
) -> None:
    desk.refusing = code
    key = str(uuid.uuid4())
    answer = await client.post("/api/v1/commands", json={"id": key, "do": CALL})
    assert answer.status_code == status
    assert msgspec.json.decode(answer.content, type=Result).id == key
    assert code_of(answer) == code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "bad_frame"),
        (b"{", "bad_frame"),
        (b"\xff\xfe", "bad_frame"),
        (b"[]", "bad_frame"),
        (b"null", "bad_frame"),
        (b"[" * 60_000, "bad_frame"),
        ({"id": "not-a-uuid", "do": CALL}, "bad_frame"),
        ({"id": str(uuid.UUID(int=1))}, "bad_frame"),
        ({"do": CALL}, "bad_frame"),
        ({"id": str(uuid.UUID(int=1)), "do": {}}, "bad_frame"),
        ({"id": str(uuid.UUID(int=1)), "do": CALL, "as": "manager"}, "bad_frame"),
        ({"id": str(uuid.UUID(int=1)), "do": {"type": "call_next"}}, "bad_frame"),
        ({"id": str(uuid.UUID(int=1)), "do": {"type": "call_next", "counter": 1}}, "bad_frame"),
        ({"id": str(uuid.UUID(int=1)), "do": {"type": "fly"}}, "unknown_type"),
    ],
)
async def test_a_body_that_lies_is_told_so(
    client: httpx.AsyncClient, desk: PlainDesk, body: bytes | dict[str, Any], code: str
) -> None:
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    answer = await client.post("/api/v1/commands", content=content)
    assert answer.status_code == 400
    assert code_of(answer) == code
    assert desk.asked == []


async def test_too_large_a_body_is_refused_however_it_comes(client: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(80):
            yield b" " * 1024

    for content in (b" " * 70_000, chunks()):
        answer = await client.post("/api/v1/commands", content=content)
        assert answer.status_code == 413
        assert code_of(answer) == "too_large"


@pytest.mark.parametrize(
    "header",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic bWFuYWdlcjp4"},
     {"Authorization": "manager-token"}, {"Authorization": "Bearer"}],
)  # fmt: skip
async def test_without_its_token_nothing_is_told_or_done(
    client: httpx.AsyncClient, desk: PlainDesk, header: dict[str, str]
) -> None:
    del client.headers["Authorization"]
    for answer in (
        await client.get("/api/v1/hall", headers=header),
        await client.get("/api/v1/hall?token=manager-token", headers=header),
        await client.get("/api/v1/counters/nowhere", headers=header),
        await client.post(
            "/api/v1/commands", headers=header, json={"id": str(uuid.uuid4()), "do": CALL}
        ),
    ):
        assert answer.status_code == 401
        assert code_of(answer) == "bad_token"
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert desk.asked == []


async def test_documents_are_what_the_desk_shows(
    client: httpx.AsyncClient, desk: PlainDesk
) -> None:
    for path, topic, kind in (
        ("hall", "hall", HallView),
        ("counters/c1", "counter/c1", CounterView),
    ):
        answer = await client.get(f"/api/v1/{path}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert msgspec.json.decode(answer.content, type=kind) == desk.documents[topic]
    for path in ("queues", "programs", "calls/a1"):
        assert (await client.get(f"/api/v1/{path}")).status_code == 200
    assert [c["id"] for c in (await client.get("/api/v1/counters")).json()["counters"]] == ["c1"]


async def test_a_program_reads_only_what_it_sees(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/calls/a1", headers=AS_BOARD)).status_code == 200
    for path in ("programs", "counters/c1"):
        answer = await client.get(f"/api/v1/{path}", headers=AS_BOARD)
        assert (answer.status_code, code_of(answer)) == (403, "not_allowed")
    assert (await client.get("/api/v1/counters", headers=AS_BOARD)).json() == {"counters": []}


async def test_reads_go_through_the_desk(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/tickets/A001")).json()["ahead"] == 3
    missing = await client.get("/api/v1/tickets/Z999")
    assert (missing.status_code, code_of(missing)) == (404, "unknown_ticket")
    hidden = await client.get("/api/v1/tickets/A001/identity")
    assert (hidden.status_code, code_of(hidden)) == (403, "not_allowed")
    waiting = await client.get("/api/v1/counters/c1/waiting?limit=1")
    assert (len(waiting.json()["tickets"]), waiting.json()["total"]) == (1, 2)
    wrong = await client.get("/api/v1/counters/c1/waiting?limit=many")
    assert (wrong.status_code, code_of(wrong)) == (400, "bad_frame")


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", "/api/v1/nothing/x", "/api/v2"])
async def test_an_address_without_anything(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, code_of(answer)) == (404, "not_found")


async def test_a_method_that_is_not_taken(client: httpx.AsyncClient) -> None:
    answer = await client.delete("/api/v1/commands")
    assert (answer.status_code, code_of(answer)) == (405, "bad_method")
    assert "POST" in answer.headers["allow"]


async def test_a_fault_of_the_server_is_coded_and_the_server_goes_on(
    client: httpx.AsyncClient, desk: PlainDesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.breaking = True
    answer = await client.post("/api/v1/commands", json={"id": str(uuid.uuid4()), "do": CALL})
    assert (answer.status_code, code_of(answer)) == (500, "internal")
    assert "RuntimeError" not in answer.text
    assert "a fault of the server itself" in caplog.text
    assert (await client.get("/healthz")).json() == {"ok": True, "epoch": 7, "seq": 41}


async def test_every_answer_has_the_security_headers(client: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/api/v1/hall", "/nothing", "/manager/", "/t/unknown"):
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        policy = headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "connect-src 'self' ws://127.0.0.1:9999;" in policy


async def test_a_client_that_leaves_in_the_middle_harms_nobody(client: httpx.AsyncClient) -> None:
    where = urlsplit(str(client.base_url))
    with socket.create_connection((where.hostname, where.port)) as line:
        line.sendall(
            b"POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n"
            b"Authorization: Bearer manager-token\r\n\r\n{"
        )
    assert (await client.get("/healthz")).status_code == 200


def test_openapi_has_every_command_by_its_tag_and_every_route() -> None:
    published = openapi_document("1.0")
    schemas = published["components"]["schemas"]
    mapping = schemas["CommandBody"]["properties"]["do"]["discriminator"]["mapping"]
    assert set(mapping) == {kind.__struct_config__.tag for kind in Command.__args__}
    for place in mapping.values():
        assert place.removeprefix("#/components/schemas/") in schemas

    served = {
        (re.sub(r"{.*?}", "{}", route.path_format), method.lower())
        for route in application(PlainDesk()).routes
        for method in getattr(route, "methods", ())
        if method != "OPTIONS" and route.path_format.startswith(("/api/", "/healthz"))
    }
    assert served == {
        (re.sub(r"{.*?}", "{}", path), method)
        for path, methods in published["paths"].items()
        for method in methods
    }
    for reference in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(published)):
        assert reference in schemas


# Whatever is posted, the answer is a coded one, and never a fault of the server.

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
TAGS = st.sampled_from(sorted(str(kind.__struct_config__.tag) for kind in Command.__args__))
FIELDS = st.sampled_from(
    ["counter", "service", "staff", "ticket", "reason", "until", "to", "holder", "level", "day"]
)
NEARLY = st.fixed_dictionaries(
    {
        "id": st.uuids().map(str) | st.text(max_size=40),
        "do": st.builds(
            lambda tag, fields: {**fields, "type": tag},
            TAGS,
            st.dictionaries(FIELDS, PLAIN, max_size=5),
        )
        | PLAIN,
    }
)
BODIES = st.binary(max_size=200) | (NEARLY | PLAIN).map(msgspec.json.encode)


def test_no_body_makes_a_server_error() -> None:
    desk = PlainDesk()
    with TestClient(application(desk)) as client:

        @settings(
            max_examples=examples(300), deadline=None, suppress_health_check=list(HealthCheck)
        )
        @given(body=BODIES)
        def posted(body: bytes) -> None:
            answer = client.post("/api/v1/commands", content=body, headers=AS_MANAGER)
            assert answer.status_code in {200, 400}
            if answer.status_code == 400:
                assert code_of(answer) in {"bad_frame", "unknown_type"}

        posted()


@settings(max_examples=examples(100), deadline=None)
@given(day=st.text(max_size=30))
def test_commands_come_through_unchanged(day: str) -> None:
    desk = PlainDesk()
    with TestClient(application(desk)) as client:
        do = OpenDay(day=Day(day))
        body = msgspec.json.encode({"id": uuid.uuid4(), "do": do})
        client.post("/api/v1/commands", content=body, headers=AS_MANAGER)
    assert [asked for _, _, asked in desk.asked] == [do]
