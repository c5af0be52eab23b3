"""The backend's HTTP interface, as docs/backend.md describes it."""

import asyncio
import logging
import zlib
from collections.abc import Callable

import msgspec
import pysqlite3
from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import ClientException, HTTPException
from litestar.handlers import BaseRouteHandler

from simulation.backend.messages import Accepted, HallCount, HallDetail, decode_batch
from simulation.backend.refusal import Refusal
from simulation.backend.store import Store
from simulation.backend.tokens import Token, Tokens

log = logging.getLogger(__name__)

LARGEST_BODY = 8 * 1024 * 1024
"""Bytes, both as sent and unpacked."""
BODY_SECONDS = 30.0

HallRequest = Request[None, Token, State]
_BY_STATUS = {404: "not_found", 405: "bad_method", 413: "too_large"}


def make_app(store: Store, tokens: Tokens, taken: Callable[[str, int, Accepted], None]) -> Litestar:
    """The ASGI application. `taken` hears of each batch: hall, first `seq`, answer."""

    def known(connection: ASGIConnection[object, None, Token, State], _: BaseRouteHandler) -> None:
        connection.scope["auth"] = tokens.check(connection.headers.get("authorization", ""))

    @post("/v1/events", status_code=200)
    async def receive(request: HallRequest) -> Response[bytes]:
        batch = decode_batch(await _body(request))
        if not request.auth.may(batch.hall):
            raise Refusal("not_allowed", hall=batch.hall)
        accepted = await asyncio.to_thread(store.receive, batch)
        taken(batch.hall, batch.events[0].seq, accepted)
        return _json(accepted)

    @get("/v1/halls")
    async def halls(request: HallRequest) -> Response[bytes]:
        found = await asyncio.to_thread(store.halls)
        return _json([hall for hall in found if request.auth.may(hall.hall)])

    @get("/v1/halls/{hall:str}")
    async def one_hall(request: HallRequest, hall: str) -> Response[bytes]:
        if not request.auth.may(hall):
            raise Refusal("not_allowed", hall=hall)
        return _json(await asyncio.to_thread(store.hall, hall))

    return Litestar(
        [receive, halls, one_hall],
        guards=[known],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=LARGEST_BODY,
        exception_handlers={
            Refusal: _refuse,
            HTTPException: _refuse_http,
            pysqlite3.Error: _refuse_store,
            Exception: _refuse_bug,
        },
    )


async def _body(request: HallRequest) -> bytes:
    """The batch as JSON bytes. Raises `Refusal`: bad_type, too_large, too_slow, bad_batch."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if media != "application/json" or encoding not in {"identity", "gzip"}:
        raise Refusal("bad_type")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await request.body()
    except TimeoutError:
        raise Refusal("too_slow") from None
    return _unpack(body) if encoding == "gzip" else body


def _unpack(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, LARGEST_BODY)
    except zlib.error as error:
        raise Refusal("bad_batch", detail=str(error)) from None
    if unpacker.unconsumed_tail:
        raise Refusal("too_large", limit=f"{LARGEST_BODY} bytes")
    if not unpacker.eof or unpacker.unused_data:
        raise Refusal("bad_batch", detail="the gzip stream is cut off or has a tail")
    return unpacked


def _json(value: Accepted | HallDetail | list[HallCount]) -> Response[bytes]:
    return Response(msgspec.json.encode(value), media_type=MediaType.JSON)


def _refuse(_: Request[None, None, State], refusal: Refusal) -> Response[bytes]:
    headers = {"WWW-Authenticate": "Bearer"} if refusal.meaning.status == 401 else {}
    if refusal.meaning.status == 503:
        headers["Retry-After"] = "2"
    return Response(
        refusal.body(),
        media_type=MediaType.JSON,
        status_code=refusal.meaning.status,
        headers=headers,
    )


def _refuse_http(request: Request[None, None, State], error: HTTPException) -> Response[bytes]:
    code = _BY_STATUS.get(error.status_code)
    if code == "too_large":
        return _refuse(request, Refusal(code, limit=f"{LARGEST_BODY} bytes"))
    if code is None and isinstance(error, ClientException):
        return _refuse(request, Refusal("bad_batch", detail=error.detail[:200]))
    return _refuse(request, Refusal(code or "internal"))


def _refuse_store(request: Request[None, None, State], error: Exception) -> Response[bytes]:
    log.error("the database refused: %s", error)
    return _refuse(request, Refusal("store_unavailable"))


def _refuse_bug(request: Request[None, None, State], error: Exception) -> Response[bytes]:
    log.error("a request failed", exc_info=error)
    return _refuse(request, Refusal("internal"))
