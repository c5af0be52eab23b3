"""The INSERTs of a commit: each table's columns, and tickets and transactions in their order."""

from collections.abc import Iterable

import msgspec

from ..domain.hall import Ticket, Transaction
from ..domain.values import Why

ROWS_AT_ONCE = 16
"""Rows of one INSERT: each statement lets go of the interpreter and has to get it back."""

_encode = msgspec.json.Encoder().encode


class Insert:
    """One INSERT, for one row and for `ROWS_AT_ONCE`."""

    def __init__(self, into: str, columns: int, conflict: str = "") -> None:
        row = f"({', '.join('?' * columns)})"
        self.one = f"{into} VALUES {row}{conflict}"
        self.many = f"{into} VALUES {', '.join([row] * ROWS_AT_ONCE)}{conflict}"


def _upsert(table: str, columns: Iterable[str], changing: Iterable[str]) -> Insert:
    names = list(columns)
    sets = ", ".join(f"{name} = excluded.{name}" for name in changing)
    into = f"INSERT INTO {table} ({', '.join(names)})"
    return Insert(into, len(names), f" ON CONFLICT (id) DO UPDATE SET {sets}")


EVENT = Insert("INSERT INTO events", 8)
OUTBOX = Insert("INSERT INTO outbox", 2)
RESULT = Insert("INSERT INTO results", 5)
PERSONAL = Insert("INSERT OR REPLACE INTO personal (day, subject, kind, nonce, sealed)", 5)
WAIT = Insert("INSERT INTO shown_waits", 10)
_TICKET_CHANGING = (
    "service",
    "state",
    "counter",
    "steps",
    "returns",
    "ended_at",
    "end_reason",
)
TICKET = _upsert(
    "tickets",
    (
        "id",
        "day",
        "number",
        "prefix",
        "serial",
        "issued_at",
        "priority",
        "priority_reason",
        "person",
        "holder",
        "helper",
        "walk_in",
        *_TICKET_CHANGING,
    ),
    _TICKET_CHANGING,
)
_TRANSACTION_CHANGING = (
    "started_at",
    "ended_at",
    "reason",
    "held",
    "recalls",
    "rating",
    "rating_at",
    "level",
    "reasons",
)
TRANSACTION = _upsert(
    "transactions",
    (
        "id",
        "day",
        "ticket",
        "number",
        "step",
        "service",
        "counter",
        "staff",
        "called_at",
        "why",
        "stop",
        "joint",
        *_TRANSACTION_CHANGING,
    ),
    _TRANSACTION_CHANGING,
)


def is_at_counter(row: tuple[str, Transaction]) -> bool:
    """Whether the transaction keeps its counter busy: written last, as a counter has but one."""
    return row[1].ended_at is None and not row[1].held


def ticket_row(day: str, t: Ticket) -> tuple[object, ...]:
    """The values of `TICKET`, in its order."""
    return (
        t.id,
        day,
        t.number,
        t.prefix,
        t.serial,
        t.issued_at,
        t.priority,
        t.priority_reason,
        t.person,
        t.holder,
        int(t.helper),
        int(t.walk_in),
        t.service,
        t.state,
        t.counter,
        t.steps,
        t.returns,
        t.ended_at,
        t.end_reason,
    )


def transaction_row(day: str, t: Transaction, why: Why | None) -> tuple[object, ...]:
    """The values of `TRANSACTION`, in its order. `why` is that of a new one; a row that is there
    already keeps its own."""
    return (
        t.id,
        day,
        t.ticket,
        t.number,
        t.step,
        t.service,
        t.counter,
        t.staff,
        t.called_at,
        "" if why is None else _encode(why).decode(),
        t.stop,
        int(t.joint),
        t.started_at,
        t.ended_at,
        t.reason,
        int(t.held),
        t.recalls,
        t.rating,
        t.rating_at,
        t.level,
        ",".join(t.reasons),
    )
