"""Who changed what: definitions, appointments and bars, as the log has them."""

from typing import Any

import msgspec

from ..domain.values import Day, Ms
from ..store.sqlite import Connection

TOLD = (
    "profile_defined",
    "counter_defined",
    "area_defined",
    "service_defined",
    "hall_defined",
    "staff_defined",
    "calendar_day_defined",
    "booking_plan_defined",
    "route_defined",
    "appointment_moved",
    "appointment_cancelled",
    "bar_lifted",
    "alert_acknowledged",
    "day_opened",
    "day_closed",
)
MOST = 200
MOST_SCANNED = 200_000
"""Events looked through, so that an old log costs no more than a young one."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change: when, by whom, and what it was about."""

    seq: int
    at: Ms
    day: Day
    type: str
    program: str
    """The registration that asked."""
    who: str
    """Its name; its id where it is not registered any more."""
    about: str
    """The thing's id, date or serial."""
    words: str = ""
    """The reason given."""


class Changes(msgspec.Struct, frozen=True):
    """The newest first."""

    changes: tuple[Change, ...]


def changes_of(database: Connection, hall: str, names: dict[str, str]) -> Changes:
    """The newest changes; `names` are those of registered programs. Raises `DatabaseError`."""
    (newest,) = database.execute(
        "SELECT coalesce(max(seq), 0) FROM events WHERE hall = ?", (hall,)
    ).fetchone()
    rows = database.execute(
        "SELECT seq, at, day, type, who, CASE type WHEN 'day_opened' THEN '{}' ELSE data END"
        " FROM events WHERE hall = ? AND seq > ? AND type IN (SELECT value FROM json_each(?))"
        " ORDER BY seq DESC LIMIT ?",
        (hall, newest - MOST_SCANNED, msgspec.json.encode(TOLD).decode(), MOST),
    )
    found = []
    for seq, at, day, kind, who, data in rows:
        event: dict[str, Any] = msgspec.json.decode(data)
        about, words = _about(event)
        found.append(
            Change(
                seq=seq,
                at=Ms(at),
                day=Day(day),
                type=kind,
                program=(program := who.rpartition(":")[2]),
                who=names.get(program, program),
                about=about or (day if kind == "day_opened" else ""),
                words=words,
            )
        )
    return Changes(tuple(found))


def _about(event: dict[str, Any]) -> tuple[str, str]:
    """What an event is about, and the words given with it."""
    words = str(event.get("words") or event.get("reason") or "")
    for name in ("profile", "counter", "area", "service", "staff", "plan", "route"):
        if isinstance(event.get(name), dict):
            return str(event[name].get("id", "")), words
    if isinstance(event.get("alert"), str):
        return " ".join(event["alert"].split("/")[1:-1]), words
    day = event.get("day")
    if isinstance(day, dict):
        own = day.get("name") or {}
        return str(day.get("day", "")), str(own.get("zh", ""))
    return str(event.get("serial") or day or ""), words
