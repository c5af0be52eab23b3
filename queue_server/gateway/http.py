"""The door for people and other systems: commands and reads as JSON, and the web pages.

The verbs, the permissions and the codes are the hall's own, behind `Desk`; nothing is decided here.
`docs/rest.md` tells how to use it.
"""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec
from litestar import Litestar, Request, Response, get, post
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import FromPath, FromQuery

from queue_server.domain.values import CounterId, Day, TicketId
from queue_server.gateway.appointments import appointment_routes
from queue_server.gateway.bucket import Bucket
from queue_server.gateway.office import office_routes
from queue_server.gateway.openapi import openapi_document
from queue_server.gateway.pages import page_routes, security_headers
from queue_server.gateway.ports import Desk, Who
from queue_server.gateway.rest_errors import (
    MAX_BODY,
    RefusedError,
    decode_command,
    json_answer,
    on_bug,
    on_http,
    on_refused,
    refuse,
    refused_answer,
    status_of,
)
from queue_server.limits import Limits
from queue_server.office.office import Office
from queue_server.protocol.messages import (
    Document,
    Progress,
    Read,
    ReadIdentity,
    ReadJoint,
    ReadTicket,
    ReadWaiting,
    Rejected,
)
from queue_server.protocol.reasons import ReadWhy
from queue_server.protocol.views import CounterView
from queue_server.store.waits import WaitReport

Asked = Request[Who, str, State]

TOPICS = ("hall", "queues", "programs", "alerts")
"""Topics of which there is one, at `/api/v1/TOPIC`."""
KEYED_TOPICS = {"calls": "calls", "screens": "screen", "pads": "pad", "counters": "counter"}
"""Topics of which there are many, by the name they have at `/api/v1/NAME/KEY`."""
MAX_WAITING = 200
"""Most waiting tickets listed at once."""


class Health(msgspec.Struct, frozen=True):
    """Answer of `/healthz`."""

    ok: bool
    epoch: int
    seq: int


class Counters(msgspec.Struct, frozen=True):
    """All counters the asker may see."""

    counters: tuple[CounterView, ...]


def create_http(
    desk: Desk,
    *,
    ws_address_for_browsers: str,
    version: str,
    web_root: Path,
    public_progress: Callable[[str], Awaitable[Progress | None]],
    waits: Callable[[str], Awaitable[WaitReport]] | None = None,
    office: Office | None = None,
    limits: Limits,
) -> Litestar:
    """Build the ASGI application, to be served in the loop `desk` lives in.

    `ws_address_for_browsers` is where the manager's page finds the push channel, such as
    `wss://hall.example:8443`; a `{host}` in it becomes the host the browser asked. `web_root` is
    the folder of the pages (`ui/web`), read once. `public_progress` looks a ticket up by its id,
    for the citizen's page; `office` is what managers look up. Raises `OSError` where the pages
    cannot be read.
    """
    published = msgspec.json.encode(openapi_document(version))

    @get("/healthz")
    async def healthz() -> Response[bytes]:
        well = not desk.failure
        return json_answer(Health(ok=well, epoch=desk.epoch, seq=desk.seq), 200 if well else 503)

    @get("/openapi.json")
    async def openapi() -> Response[bytes]:
        return Response(published, media_type="application/json")

    return Litestar(
        [
            healthz,
            openapi,
            *api_routes(desk, limits, waits, office),
            *page_routes(desk, web_root, ws_address_for_browsers, version, public_progress),
        ],
        openapi_config=None,
        request_max_body_size=MAX_BODY,
        before_send=[security_headers(ws_address_for_browsers)],
        exception_handlers={
            RefusedError: on_refused,
            HTTPException: on_http,
            Exception: on_bug,
        },
        logging_config=None,
    )


def api_routes(
    desk: Desk,
    limits: Limits,
    waits: Callable[[str], Awaitable[WaitReport]] | None,
    office: Office | None,
) -> Sequence[HTTPRouteHandler]:
    """Commands and reads, for those who bring a token."""
    buckets: dict[str, Bucket] = {}

    def token(
        connection: ASGIConnection[object, object, object, State], _: BaseRouteHandler
    ) -> None:
        scheme, _space, secret = connection.headers.get("authorization", "").partition(" ")
        who = desk.authenticate(secret.strip()) if scheme.lower() == "bearer" and secret else None
        if who is None:
            raise refuse("bad_token")
        bucket = buckets.setdefault(who.program, Bucket(limits.burst, limits.per_second))
        if not bucket.take():
            raise refuse("too_fast")
        connection.scope["user"] = who

    async def looked_up(who: Who, what: Read) -> Response[bytes]:
        found = await desk.read(who, what)
        if isinstance(found, Rejected):
            return refused_answer(found, reading=True)
        return json_answer(found)

    @post("/api/v1/commands", guards=[token], status_code=200)
    async def commands(request: Asked) -> Response[bytes]:
        body = decode_command(await request.body())
        result = await desk.submit(request.scope["user"], str(body.id), body.do)
        return json_answer(result, 200 if result.rejected is None else status_of(result.rejected))

    @get([f"/api/v1/{topic}" for topic in TOPICS], guards=[token])
    async def single(request: Asked) -> Response[bytes]:
        return json_answer(
            document(desk, request.scope["user"], request.url.path[len("/api/v1/") :])
        )

    @get("/api/v1/counters", guards=[token])
    async def counters(request: Asked) -> Response[bytes]:
        seen = [t for t in desk.topics(request.scope["user"]) if t.startswith("counter/")]
        found = [desk.document(topic) for topic in seen]
        return json_answer(Counters(tuple(d for d in found if isinstance(d, CounterView))))

    @get([f"/api/v1/{name}/{{key:str}}" for name in KEYED_TOPICS], guards=[token])
    async def keyed(request: Asked, key: FromPath[str]) -> Response[bytes]:
        name = request.url.path.split("/")[3]
        return json_answer(document(desk, request.scope["user"], f"{KEYED_TOPICS[name]}/{key}"))

    @get("/api/v1/counters/{key:str}/waiting", guards=[token])
    async def waiting(
        request: Asked, key: FromPath[str], limit: FromQuery[int] = 50
    ) -> Response[bytes]:
        shown = max(1, min(limit, MAX_WAITING))
        return await looked_up(request.scope["user"], ReadWaiting(CounterId(key), shown))

    @get("/api/v1/counters/{key:str}/joint", guards=[token])
    async def joint(request: Asked, key: FromPath[str]) -> Response[bytes]:
        return await looked_up(request.scope["user"], ReadJoint(CounterId(key)))

    @get("/api/v1/tickets/{key:str}", guards=[token])
    async def ticket(request: Asked, key: FromPath[str]) -> Response[bytes]:
        return await looked_up(request.scope["user"], ReadTicket(key))

    @get("/api/v1/tickets/{key:str}/why", guards=[token])
    async def why(
        request: Asked, key: FromPath[str], day: FromQuery[str | None] = None
    ) -> Response[bytes]:
        wanted = ReadWhy(key, Day(day) if day else None)
        return await looked_up(request.scope["user"], wanted)

    @get("/api/v1/tickets/{key:str}/identity", guards=[token])
    async def identity(request: Asked, key: FromPath[str]) -> Response[bytes]:
        return await looked_up(request.scope["user"], ReadIdentity(TicketId(key)))

    known = [commands, single, counters, keyed, waiting, joint, ticket, why, identity]

    @get("/api/v1/waits", guards=[token])
    async def wait_report(request: Asked, day: FromQuery[str] = "") -> Response[bytes]:
        if request.scope["user"].role not in ("manager", "integration"):
            raise refuse("not_allowed")
        if waits is None:
            raise refuse("not_found")
        return json_answer(await waits(day))

    return [
        *known,
        wait_report,
        *appointment_routes(desk, token),
        *office_routes(office, token),
    ]


def document(desk: Desk, who: Who, topic: str) -> Document:
    """A topic's document, if there is one and `who` sees it. Raises `RefusedError`."""
    found = desk.document(topic)
    if found is None:
        raise refuse("not_found")
    if topic not in desk.topics(who):
        raise refuse("not_allowed")
    return found
