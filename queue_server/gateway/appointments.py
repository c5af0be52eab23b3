"""Appointments for the portal: the same commands and reads, addressed by the portal's serial.

`PUT` books or moves, `DELETE` cancels; both may be sent again at will, for the serial says which
appointment is meant and the rules see what is there already. Document numbers come in bodies only,
never in an address, which would end in somebody's log.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response, delete, get, post, put
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery

from queue_server.domain.commands import BookAppointment, CancelAppointment, Command
from queue_server.domain.values import Day, Holder, ServiceId
from queue_server.gateway.ports import Desk, Who
from queue_server.gateway.rest_errors import json_answer, refuse, refused_answer, status_of
from queue_server.protocol.bookings import (
    ReadAbsences,
    ReadAppointment,
    ReadAppointments,
    ReadQuotas,
    ReadStanding,
)
from queue_server.protocol.ids import new_uuid
from queue_server.protocol.messages import Read, Rejected

Asked = Request[Who, str, State]
T = TypeVar("T")


class BookingBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Body of a `PUT`: all of the appointment but its serial."""

    service: ServiceId
    day: Day
    start: str
    holder: Holder


class HolderBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Body that names a person."""

    holder: Holder


def appointment_routes(desk: Desk, token: Any) -> Sequence[HTTPRouteHandler]:  # noqa: ANN401
    """The portal's addresses, guarded by `token`."""

    async def do(request: Asked, command: Command) -> Response[bytes]:
        result = await desk.submit(request.scope["user"], str(new_uuid()), command)
        if result.rejected is not None:
            absent = result.rejected.code == "appointment_unknown"
            return json_answer(result, 404 if absent else status_of(result.rejected))
        return json_answer(result)

    async def look_up(request: Asked, what: Read) -> Response[bytes]:
        found = await desk.read(request.scope["user"], what)
        if isinstance(found, Rejected):
            return refused_answer(found, reading=True)
        return json_answer(found)

    @put("/api/v1/appointments/{serial:str}", guards=[token])
    async def book(request: Asked, serial: FromPath[str]) -> Response[bytes]:
        body = _decoded(await request.body(), BookingBody)
        return await do(
            request,
            BookAppointment(
                serial=serial,
                service=body.service,
                day=body.day,
                start=body.start,
                holder=body.holder,
            ),
        )

    @delete("/api/v1/appointments/{serial:str}", guards=[token], status_code=200)
    async def cancel(
        request: Asked, serial: FromPath[str], reason: FromQuery[str] = ""
    ) -> Response[bytes]:
        return await do(request, CancelAppointment(serial=serial, reason=reason))

    @get("/api/v1/appointments/{serial:str}", guards=[token])
    async def one(request: Asked, serial: FromPath[str]) -> Response[bytes]:
        return await look_up(request, ReadAppointment(serial))

    @get("/api/v1/appointments", guards=[token])
    async def of_day(
        request: Asked, day: FromQuery[str], after: FromQuery[str] = ""
    ) -> Response[bytes]:
        return await look_up(request, ReadAppointments(Day(day), after))

    @get("/api/v1/quotas/{service:str}", guards=[token])
    async def quotas(
        request: Asked, service: FromPath[str], day: FromQuery[str] = ""
    ) -> Response[bytes]:
        return await look_up(request, ReadQuotas(ServiceId(service), Day(day) if day else None))

    @post("/api/v1/standing", guards=[token], status_code=200)
    async def standing(request: Asked) -> Response[bytes]:
        return await look_up(
            request, ReadStanding(_decoded(await request.body(), HolderBody).holder)
        )

    @get("/api/v1/absences", guards=[token])
    async def absences(request: Asked) -> Response[bytes]:
        return await look_up(request, ReadAbsences())

    return [book, cancel, one, of_day, quotas, standing, absences]


def _decoded(data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refuse("bad_frame", detail=str(error)[:200]) from None
