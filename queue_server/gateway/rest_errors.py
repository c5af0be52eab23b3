"""What HTTP answers when it does not do what was asked: a status, a code, both languages.

Every refusal has the same member, `rejected`, whether it came from the door or from the hall.
"""

import logging
import uuid

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from queue_server.domain.commands import Command
from queue_server.gateway.ports import Who
from queue_server.protocol.codec import encode, rejected
from queue_server.protocol.messages import Rejected

log = logging.getLogger(__name__)

MAX_BODY = 64 * 1024
"""Bytes; the largest body taken."""

STATUS_OF = {
    "bad_frame": 400,
    "unknown_type": 400,
    "bad_token": 401,
    "not_allowed": 403,
    "not_found": 404,
    "bad_method": 405,
    "too_large": 413,
    "too_fast": 429,
    "internal": 500,
    "store_unavailable": 503,
    "server_stopping": 503,
}
"""Status of a refused command; every other code is the hall's own no, 409."""

_STATUS_OF_ABSENT = {
    "appointment_unknown": 404,
    "unknown_ticket": 404,
    "unknown_counter": 404,
    "unknown_service": 404,
}


class CommandBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Body of a command: the client's id for it, and what to do."""

    id: uuid.UUID
    """A retry with the same id gets the first answer, and does nothing again."""
    do: Command


class Refusal(msgspec.Struct, frozen=True):
    """Body of every answer that is an error, but for a refused command, which is a `Result`."""

    rejected: Rejected


class RefusedError(Exception):
    """Ends a request with this rejection."""

    def __init__(self, why: Rejected) -> None:
        super().__init__(why.code)
        self.why = why


class _Doing(msgspec.Struct, frozen=True):
    type: str = ""


class _Asked(msgspec.Struct, frozen=True):
    do: _Doing = _Doing()


_body = msgspec.json.Decoder(CommandBody)
_asked = msgspec.json.Decoder(_Asked)
_KNOWN = {kind.__struct_config__.tag for kind in Command.__args__}

AnyRequest = Request[Who | None, str | None, State]


def status_of(why: Rejected, *, reading: bool = False) -> int:
    """HTTP status of a rejection; what a read does not find is 404, not 409."""
    if reading and why.code in _STATUS_OF_ABSENT:
        return _STATUS_OF_ABSENT[why.code]
    return STATUS_OF.get(why.code, 409)


def refuse(code: str, **details: str) -> RefusedError:
    """To be raised: the request ends with `code`."""
    return RefusedError(rejected(code, details))


def decode_command(data: bytes) -> CommandBody:
    """The command in a body. Raises `RefusedError` with `bad_frame` or `unknown_type`."""
    try:
        return _body.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        detail = str(error)[:200]
    try:
        kind = _asked.decode(data).do.type
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        kind = ""
    if kind and kind not in _KNOWN:
        raise refuse("unknown_type", type=kind[:40])
    raise refuse("bad_frame", detail=detail)


def json_answer(body: msgspec.Struct, status: int = 200) -> Response[bytes]:
    """A struct as JSON, never kept by a cache."""
    return Response(
        encode(body),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def refused_answer(why: Rejected, *, reading: bool = False) -> Response[bytes]:
    """The rejection as an answer."""
    answer = json_answer(Refusal(why), status_of(why, reading=reading))
    if why.code == "bad_token":
        answer.headers["WWW-Authenticate"] = 'Bearer realm="hall"'
    return answer


def on_refused(_: AnyRequest, error: RefusedError) -> Response[bytes]:
    """Litestar's handler of `RefusedError`."""
    return refused_answer(error.why, reading=True)


def on_http(_: AnyRequest, error: HTTPException) -> Response[bytes]:
    """Litestar's handler of what the framework itself refuses."""
    match error.status_code:
        case 404:
            return refused_answer(rejected("not_found"))
        case 405:
            answer = refused_answer(rejected("bad_method"))
            answer.headers.update(error.headers or {})
            return answer
        case 413:
            return refused_answer(rejected("too_large", {"limit": str(MAX_BODY)}))
        case status if status < 500:
            return refused_answer(rejected("bad_frame", {"detail": error.detail[:200]}))
        case _:
            return on_bug(_, error)


def on_bug(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Litestar's handler of everything else: logged here, and the server goes on."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return refused_answer(rejected("internal"))
