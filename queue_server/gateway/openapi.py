"""The OpenAPI 3.1 document of the HTTP door, made from the same types that are decoded."""

from typing import Any, NamedTuple

import msgspec

from queue_server.gateway.appointments import BookingBody, HolderBody
from queue_server.gateway.office import CheckBody, FindBody, TrialBody
from queue_server.gateway.rest_errors import CommandBody, Refusal
from queue_server.office.agenda import DayAgenda, Found
from queue_server.office.changes import Changes
from queue_server.office.check import Checked
from queue_server.office.month import Month
from queue_server.office.rules import HallRules
from queue_server.office.trial import Trial
from queue_server.office.wait_hours import DayWaits
from queue_server.protocol.bookings import (
    Absences,
    Appointment,
    Appointments,
    Quotas,
    Standing,
)
from queue_server.protocol.messages import Identity, Progress, Result, Waiting
from queue_server.protocol.reasons import Reasons
from queue_server.protocol.views import (
    AlertsView,
    CallsView,
    CounterView,
    HallView,
    PadView,
    ProgramsView,
    QueuesView,
    ScreenView,
)
from queue_server.store.waits import WaitReport

Json = dict[str, Any]


class Reading(NamedTuple):
    """One thing to GET: its path below /api/v1, its type, and what it is."""

    path: str
    answer: type[msgspec.Struct] | None
    summary: str


READINGS = (
    Reading("/hall", HallView, "The hall, whether it is open, and what is defined"),
    Reading("/queues", QueuesView, "Waiting tickets and open counters of each service"),
    Reading("/programs", ProgramsView, "Registered programs and their devices"),
    Reading("/alerts", AlertsView, "Alerts that a manager has seen; managers"),
    Reading("/calls/{area}", CallsView, "Newest calls of an area, newest first"),
    Reading("/counters", None, "All counters the asker sees"),
    Reading("/counters/{counter}", CounterView, "All of one counter"),
    Reading("/counters/{counter}/waiting", Waiting, "Waiting tickets of a counter, in order"),
    Reading("/counters/{counter}/joint", Waiting, "Visits elsewhere that a counter may join"),
    Reading("/screens/{counter}", ScreenView, "What hangs over a counter"),
    Reading("/pads/{counter}", PadView, "What the rating pad of a counter is asked"),
    Reading("/tickets/{ticket}", Progress, "A ticket's progress, by id or today's number"),
    Reading("/tickets/{ticket}/why", Reasons, "Why a ticket was called, each time"),
    Reading(
        "/tickets/{ticket}/identity", Identity, "The holder, for the counter that serves the ticket"
    ),
    Reading("/appointments/{serial}", Appointment, "What became of an appointment"),
    Reading(
        "/appointments", Appointments, "Appointments of `?day=`, by serial; 500 `&after=` another"
    ),
    Reading("/quotas/{service}", Quotas, "Places left of a service, by day and band"),
    Reading("/waits", WaitReport, "Told waiting times against what happened, of `?day=` or all"),
    Reading("/waits/hours", DayWaits, "The same of one `?day=`, hour by hour; managers"),
    Reading("/rules", HallRules, "Work profiles in words and as TOML; managers"),
    Reading("/rules/trial", Trial, "The trial of rules that runs, or the last one; managers"),
    Reading("/calendar", Month, "A month of working days, `?month=2026-03`; managers"),
    Reading("/agenda", DayAgenda, "Appointments by day and band, `?day=`; managers"),
    Reading("/changes", Changes, "Who changed what, the newest first; managers"),
    Reading("/absences", Absences, "Who missed appointments, the barred among them; managers"),
)

REFUSALS = {
    "400": "The request cannot be understood: `bad_frame`, `unknown_type`",
    "401": "No token, or a wrong one: `bad_token`",
    "403": "This program may not: `not_allowed`",
    "404": "There is no such thing: `not_found`, `unknown_ticket`, `unknown_counter`",
    "413": "The body is over 65,536 bytes: `too_large`",
    "429": "Try again shortly: `too_fast`",
    "503": "Nothing was changed, tell the administrator: `store_unavailable`, `server_stopping`",
}


def openapi_document(version: str) -> Json:
    """The whole document, as plain JSON values."""
    kinds = [
        CommandBody,
        BookingBody,
        HolderBody,
        CheckBody,
        TrialBody,
        FindBody,
        Standing,
        Checked,
        Found,
        Result,
        Refusal,
        *(r.answer for r in READINGS if r.answer),
    ]
    _, schemas = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hall queue server",
            "version": version,
            "description": "Commands and reads of one government-service hall. "
            "Every error carries a code and its sentence in Chinese and English.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{"token": []}],
        "paths": {
            "/api/v1/commands": {"post": _command()},
            **{f"/api/v1{reading.path}": {"get": _read(reading)} for reading in READINGS},
            "/api/v1/appointments/{serial}": _appointment(),
            "/api/v1/standing": {"post": _standing()},
            "/api/v1/rules/check": {
                "post": _asking(
                    "checkRules", "Whether a profile's text is right", CheckBody, Checked
                )
            },
            "/api/v1/rules/trial": _trial(),
            "/api/v1/agenda/find": {
                "post": _asking(
                    "findAppointments",
                    "By serial, code, ticket number or document number",
                    FindBody,
                    Found,
                )
            },
            "/healthz": {"get": _health()},
        },
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A program's token; never part of the address",
                }
            },
            "schemas": schemas,
        },
    }


def _command() -> Json:
    return {
        "operationId": "command",
        "summary": "Do one command; answered once it is durable",
        "description": "A retry with the same id gets the first answer and does nothing again.",
        "requestBody": {"required": True, "content": _json(CommandBody)},
        "responses": {
            "200": {"description": "Done", "content": _json(Result)},
            "409": {"description": "The hall's rules refuse it", "content": _json(Result)},
            **{
                status: {
                    "description": text,
                    "content": _either(Result, Refusal)
                    if status in {"403", "429", "503"}
                    else _json(Refusal),
                }
                for status, text in REFUSALS.items()
                if status != "404"
            },
        },
    }


def _appointment() -> Json:
    reading = next(r for r in READINGS if r.answer is Appointment)
    changing = _command()["responses"] | {
        "404": {"description": "There is no such appointment", "content": _json(Result)}
    }
    serial = _read(reading)["parameters"]
    return {
        "get": _read(reading),
        "put": {
            "operationId": "bookAppointment",
            "summary": "Book, or move what the serial stands for; the same again changes nothing",
            "parameters": serial,
            "requestBody": {"required": True, "content": _json(BookingBody)},
            "responses": changing,
        },
        "delete": {
            "operationId": "cancelAppointment",
            "summary": "Cancel; again changes nothing",
            "parameters": [
                *serial,
                {"name": "reason", "in": "query", "required": False, "schema": {"type": "string"}},
            ],
            "responses": changing,
        },
    }


def _standing() -> Json:
    what = "A person's appointments, what they missed, and until when they may book none"
    return _asking("standing", what, HolderBody, Standing)


def _trial() -> Json:
    reading = next(r for r in READINGS if r.answer is Trial)
    begin = _asking("beginTrial", "Try a profile on a past day", TrialBody, Trial)
    begin["responses"]["409"] = {
        "description": "The profile is refused, or another trial runs: `bad_profile`, `trial_busy`",
        "content": _json(Refusal),
    }
    stop = {**_read(reading), "operationId": "stopTrial", "summary": "End the trial that runs"}
    return {"get": _read(reading), "post": begin, "delete": stop}


def _asking(
    name: str, summary: str, body: type[msgspec.Struct], answer: type[msgspec.Struct]
) -> Json:
    """A question that needs a body."""
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": _json(body)},
        "responses": {
            "200": {"description": "As it stands now", "content": _json(answer)},
            **{
                status: {"description": text, "content": _json(Refusal)}
                for status, text in REFUSALS.items()
            },
        },
    }


def _read(reading: Reading) -> Json:
    names = [part[1:-1] for part in reading.path.split("/") if part.startswith("{")]
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]
    if reading.answer is Waiting:
        parameters.append(
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
            }
        )
    if reading.answer is Reasons:
        earlier = {"type": "string", "format": "date"}
        parameters.append({"name": "day", "in": "query", "required": False, "schema": earlier})
    answer = _json(reading.answer) if reading.answer else _list("counters", CounterView)
    return {
        "operationId": "get" + "".join(p.strip("{}").title() for p in reading.path.split("/")),
        "summary": reading.summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": reading.summary, "content": answer},
            **{
                status: {"description": text, "content": _json(Refusal)}
                for status, text in REFUSALS.items()
                if status != "413"
            },
        },
    }


def _health() -> Json:
    whole = {"type": "integer"}
    return {
        "operationId": "health",
        "summary": "The server answers; which start this is, and its last durable event",
        "security": [],
        "responses": {
            "200": {
                "description": "It runs",
                "content": _object({"ok": {"type": "boolean"}, "epoch": whole, "seq": whole}),
            },
            "503": {"description": "It runs, but nothing can be written now; `ok` is false"},
        },
    }


def _json(kind: type[msgspec.Struct]) -> Json:
    return {"application/json": {"schema": _ref(kind)}}


def _either(*kinds: type[msgspec.Struct]) -> Json:
    return {"application/json": {"schema": {"anyOf": [_ref(kind) for kind in kinds]}}}


def _list(name: str, kind: type[msgspec.Struct]) -> Json:
    return _object({name: {"type": "array", "items": _ref(kind)}})


def _object(properties: Json) -> Json:
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {"application/json": {"schema": schema}}


def _ref(kind: type[msgspec.Struct]) -> Json:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}
