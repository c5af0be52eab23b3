"""The web pages: the managers' live page, and the page behind a ticket's QR.

Files are read once at the start and answered from memory by exact name, so no request touches a
path of the disk.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Literal, cast

import msgspec
from litestar import Request, Response, get
from litestar.datastructures import MutableScopeHeaders, State
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import BeforeMessageSendHookHandler, Message, Scope

from queue_server.domain.values import CounterId, Ms, Text, TicketState
from queue_server.gateway.ports import Desk
from queue_server.gateway.rest_errors import json_answer, refuse
from queue_server.protocol.messages import Progress
from queue_server.protocol.minutes import in_words
from queue_server.protocol.views import HallView

Visitor = Request[object, object, State]

TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
"""Kinds of files that are served; others in the folder are not."""

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")

_FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class PageConfig(msgspec.Struct, frozen=True):
    """What the managers' page must know before it has a connection."""

    push: str
    """Address of the push channel."""
    version: str


class PhoneView(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket as its holder follows it on a phone. Nothing in it is about a person."""

    hall: Text | None
    number: str
    service: Text | None
    state: TicketState
    ahead: int
    wait: Text | None
    """How long it will still take, in words."""
    counter: CounterId | None
    counter_number: int | None
    end_reason: str | None
    issued_at: Ms | None
    day_open: bool
    steps: tuple["PhoneStep", ...] = ()


class PhoneStep(msgspec.Struct, frozen=True):
    """One step of a visit, as a citizen reads it."""

    service: Text
    area: Text | None
    state: Literal["done", "now", "next"]
    counters: tuple[int, ...]


class File(msgspec.Struct, frozen=True):
    """A file of the pages, as it is sent."""

    body: bytes
    kind: str
    tag: str


def read_folder(folder: Path) -> dict[str, File]:
    """All files of `folder` that can be served, by their path within it. Raises `OSError`."""
    return {
        path.relative_to(folder).as_posix(): File(body, TYPES[path.suffix], _tag(body))
        for path in sorted(folder.rglob("*"))
        if path.suffix in TYPES and path.is_file()
        for body in [path.read_bytes()]
    }


def push_address(template: str, host_header: str) -> str:
    """The push channel's address for a browser that asked for `host_header`."""
    found = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(:\d+)?", host_header.strip())
    host = found[1] if found and _HOST.fullmatch(found[1]) else "localhost"
    return template.replace("{host}", host)


def security_headers(ws_template: str) -> BeforeMessageSendHookHandler:
    """A hook that puts the security headers on every answer, errors too."""

    async def add(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        asked = next((value for name, value in scope["headers"] if name == b"host"), b"")
        push = push_address(ws_template, asked.decode("latin-1"))
        headers = MutableScopeHeaders.from_message(message)
        headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            f"connect-src 'self' {push}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        )
        for name, value in _FIXED_HEADERS.items():
            headers[name] = value

    return cast(BeforeMessageSendHookHandler, add)


def page_routes(
    desk: Desk,
    web_root: Path,
    ws_template: str,
    version: str,
    public_progress: Callable[[str], Awaitable[Progress | None]],
) -> Sequence[HTTPRouteHandler]:
    """The pages and what they fetch."""
    folders = {name: read_folder(web_root / name) for name in ("manager", "ticket", "vendor")}
    for needed in (("manager", "index.html"), ("ticket", "index.html"), ("ticket", "none.html")):
        if needed[1] not in folders[needed[0]]:
            raise FileNotFoundError(f"{web_root / needed[0] / needed[1]} is missing")

    @get("/", status_code=307)
    async def home() -> Redirect:
        return Redirect("/manager/", status_code=307)

    @get("/manager/config.json")
    async def config(request: Visitor) -> Response[bytes]:
        push = push_address(ws_template, request.headers.get("host", ""))
        return json_answer(PageConfig(push, version))

    @get("/manager/")
    async def manager(request: Visitor) -> Response[bytes]:
        return _send(request, folders["manager"], "index.html")

    @get("/manager/{name:path}")
    async def manager_file(request: Visitor, name: FromPath[str]) -> Response[bytes]:
        return _send(request, folders["manager"], name.lstrip("/"))

    @get("/ticket/{name:path}")
    async def ticket_file(request: Visitor, name: FromPath[str]) -> Response[bytes]:
        return _send(request, folders["ticket"], name.lstrip("/"))

    @get("/vendor/{name:path}")
    async def vendor(request: Visitor, name: FromPath[str]) -> Response[bytes]:
        # Vendored names hold their version, so what a browser kept is never out of date.
        keep = "public, max-age=31536000, immutable"
        return _send(request, folders["vendor"], name.lstrip("/"), keep)

    async def progress_of(ticket: str) -> Progress | None:
        found = await public_progress(ticket) if len(ticket) <= 64 else None
        # A number such as A001 can be guessed; only the id is a key to this page.
        return found if found is not None and found.ticket == ticket else None

    @get("/t/{ticket:str}")
    async def phone(ticket: FromPath[str]) -> Response[bytes]:
        found = await progress_of(ticket)
        page = folders["ticket"]["none.html" if found is None else "index.html"]
        return Response(
            page.body,
            status_code=404 if found is None else 200,
            media_type=page.kind,
            headers={"Cache-Control": "no-store"},
        )

    @get("/t/{ticket:str}/progress")
    async def progress(ticket: FromPath[str]) -> Response[bytes]:
        found = await progress_of(ticket)
        if found is None:
            raise refuse("unknown_ticket")
        return json_answer(phone_view(desk, found))

    return [home, config, manager, manager_file, ticket_file, vendor, phone, progress]


def phone_view(desk: Desk, found: Progress) -> PhoneView:
    """A ticket's progress with the hall's and the service's names."""
    hall = desk.document("hall")
    known = hall if isinstance(hall, HallView) else None
    services = known.services if known else ()
    return PhoneView(
        hall=known.name if known else None,
        number=found.number,
        service=next((s.name for s in services if s.id == found.service), None),
        state=found.state,
        ahead=found.ahead,
        wait=in_words(found.wait_low_s, found.wait_high_s),
        counter=found.counter,
        counter_number=found.counter_number,
        end_reason=found.end_reason,
        issued_at=found.issued_at,
        day_open=known is not None and known.day is not None,
        steps=_phone_steps(known, found) if known else (),
    )


def _phone_steps(hall: HallView, found: Progress) -> tuple[PhoneStep, ...]:
    services = {service.id: service.name for service in hall.services}
    areas = {area.id: area.name for area in hall.areas} if len(hall.areas) > 1 else {}
    return tuple(
        PhoneStep(services[step.service], areas.get(step.area), step.state, step.counters)
        for step in found.steps
        if step.service in services
    )


def _tag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _send(
    request: Visitor, files: dict[str, File], name: str, keep: str = "no-cache"
) -> Response[bytes]:
    file = files.get(name)
    if file is None:
        raise refuse("not_found")
    headers = {"Cache-Control": keep, "ETag": file.tag}
    if request.headers.get("if-none-match") == file.tag:
        return Response(b"", status_code=304, media_type=file.kind, headers=headers)
    return Response(file.body, media_type=file.kind, headers=headers)
