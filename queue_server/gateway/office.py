"""What managers look up before they change something: rules, calendar, appointments, waits.

Reads, a check and a trial; the change itself is a command. For role `manager` alone.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery

from queue_server.domain.values import Day, ProfileId
from queue_server.domain.workdays import is_day
from queue_server.gateway.ports import Who
from queue_server.gateway.rest_errors import json_answer, refuse
from queue_server.office.check import Checked
from queue_server.office.month import is_month
from queue_server.office.office import Office

Asked = Request[Who, str, State]
T = TypeVar("T")

LONGEST_SEARCH = 64
LONGEST_BOUND = 24 * 60


class CheckBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Body of a check: the text of a work profile, and which one it is to replace."""

    toml: str
    profile: ProfileId | None = None
    """Absent: a new one."""


class TrialBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Body that begins a trial: a work profile's text, and the past day to try it on."""

    toml: str
    profile: ProfileId
    day: Day
    bound_minutes: int = 20
    """Minutes of waiting that count as long."""


class FindBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Body of a search; it may hold a document number, which no address ever does."""

    text: str


def office_routes(office: Office | None, token: Any) -> Sequence[HTTPRouteHandler]:  # noqa: ANN401
    """The managers' addresses, guarded by `token`; without an office there is nothing at them."""

    def of(request: Asked) -> Office:
        if request.scope["user"].role != "manager":
            raise refuse("not_allowed")
        if office is None:
            raise refuse("not_found")
        return office

    @get("/api/v1/rules", guards=[token])
    async def rules(request: Asked) -> Response[bytes]:
        return json_answer(await of(request).rules())

    @post("/api/v1/rules/check", guards=[token], status_code=200)
    async def check(request: Asked) -> Response[bytes]:
        body = decoded(await request.body(), CheckBody)
        return json_answer(await of(request).check(body.toml, body.profile))

    @get("/api/v1/rules/trial", guards=[token])
    async def trial(request: Asked) -> Response[bytes]:
        return json_answer(of(request).trial)

    @post("/api/v1/rules/trial", guards=[token], status_code=200)
    async def begin_trial(request: Asked) -> Response[bytes]:
        here = of(request)
        body = decoded(await request.body(), TrialBody)
        if not is_day(body.day):
            raise refuse("bad_day", day=body.day[:20])
        if not 1 <= body.bound_minutes <= LONGEST_BOUND:
            raise refuse("bad_frame", detail=f"bound_minutes: 1 to {LONGEST_BOUND}")
        checked = await here.check(body.toml, body.profile)
        if checked.profile is None:
            problems, problems_en = _told(checked)
            raise refuse("bad_profile", problems=problems, problems_en=problems_en)
        who = request.scope["user"].name
        if not here.begin_trial(body.day, checked.profile, body.toml, body.bound_minutes, who):
            raise refuse("trial_busy", who=here.trial.who)
        return json_answer(here.trial)

    @delete("/api/v1/rules/trial", guards=[token], status_code=200)
    async def stop_trial(request: Asked) -> Response[bytes]:
        here = of(request)
        await here.stop_trial()
        return json_answer(here.trial)

    @get("/api/v1/calendar", guards=[token])
    async def calendar(request: Asked, month: FromQuery[str] = "") -> Response[bytes]:
        here = of(request)
        if month and not is_month(month):
            raise refuse("bad_day", day=month[:20])
        return json_answer(await here.month(month))

    @get("/api/v1/agenda", guards=[token])
    async def agenda(request: Asked, day: FromQuery[str] = "") -> Response[bytes]:
        return json_answer(await of(request).agenda(_day(day)))

    @post("/api/v1/agenda/find", guards=[token], status_code=200)
    async def find(request: Asked) -> Response[bytes]:
        here = of(request)
        body = decoded(await request.body(), FindBody)
        return json_answer(await here.find(body.text[:LONGEST_SEARCH]))

    @get("/api/v1/waits/hours", guards=[token])
    async def waits(request: Asked, day: FromQuery[str] = "") -> Response[bytes]:
        return json_answer(await of(request).waits(_day(day)))

    @get("/api/v1/changes", guards=[token])
    async def changes(request: Asked) -> Response[bytes]:
        return json_answer(await of(request).changes())

    return [rules, check, trial, begin_trial, stop_trial, calendar, agenda, find, waits, changes]


def decoded(data: bytes, kind: type[T]) -> T:
    """A body as its type. Raises `RefusedError` with `bad_frame`."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refuse("bad_frame", detail=str(error)[:200]) from None


def _day(day: str) -> Day | None:
    if day and not is_day(day):
        raise refuse("bad_day", day=day[:20])
    return Day(day) if day else None


def _told(checked: Checked) -> tuple[str, str]:
    first = checked.mistakes[:4]
    return "；".join(one.zh for one in first), "; ".join(one.en for one in first)
