"""What the backend holds: one SQLite database of its own, used from one thread at a time."""

import threading
import time
from pathlib import Path

import pysqlite3
import sqlite_utils

from simulation.backend.messages import (
    Accepted,
    Batch,
    DayCount,
    Event,
    HallCount,
    HallDetail,
    canonical,
)
from simulation.backend.refusal import Refusal

SCHEMA = 1
TICKET = "ticket_issued"
"""The event that is a new ticket."""

_COLUMNS = "seq, epoch, day, at, who, type, data"


class SchemaTooNewError(Exception):
    """The database was made by a newer program."""


class Store:
    """Events by `(hall, seq)`. Raises `Refusal` for what cannot be taken."""

    def __init__(self, path: Path) -> None:
        """Open or make the database. Raises `SchemaTooNewError` and `pysqlite3.Error`."""
        self._lock = threading.Lock()
        self._connection = pysqlite3.connect(
            str(path), isolation_level=None, check_same_thread=False, timeout=5
        )
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._migrate()

    def _migrate(self) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA:
            raise SchemaTooNewError(f"schema {version}, this program knows {SCHEMA}")
        if version == SCHEMA:
            return
        database = sqlite_utils.Database(self._connection)
        columns = {
            "hall": str,
            "seq": int,
            "epoch": int,
            "day": str,
            "at": int,
            "who": str,
            "type": str,
            "data": str,
            "received": int,
        }
        events = database.table("events")
        events.create(
            columns, pk=("hall", "seq"), not_null=set(columns), strict=True, if_not_exists=True
        )
        events.create_index(["hall", "day", "type"], if_not_exists=True)
        self._connection.execute(f"PRAGMA user_version={SCHEMA}")

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    def receive(self, batch: Batch) -> Accepted:
        """Take a batch whole; durable on return. Raises `Refusal`: gap, conflict."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                new = self._insert(batch)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        return Accepted(accepted=batch.events[-1].seq, new=new)

    def _insert(self, batch: Batch) -> int:
        (have,) = self._connection.execute(
            "SELECT coalesce(max(seq), 0) FROM events WHERE hall = ?", (batch.hall,)
        ).fetchone()
        if batch.events[0].seq > have + 1:
            raise Refusal("gap", expected=have + 1)
        received = int(time.time() * 1000)
        for event in batch.events:
            if event.seq <= have and not self._holds(batch.hall, event):
                raise Refusal("conflict", seq=event.seq)
        fresh = [event for event in batch.events if event.seq > have]
        self._connection.executemany(
            f"INSERT INTO events (hall, {_COLUMNS}, received) VALUES (?,?,?,?,?,?,?,?,?)"  # noqa: S608
            " ON CONFLICT (hall, seq) DO NOTHING",
            [(batch.hall, *_head(event), bytes(event.data).decode(), received) for event in fresh],
        )
        return len(fresh)

    def _holds(self, hall: str, event: Event) -> bool:
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM events WHERE hall = ? AND seq = ?",  # noqa: S608
            (hall, event.seq),
        ).fetchone()
        data = bytes(event.data)
        return row[:-1] == _head(event) and (
            row[-1].encode() == data or canonical(row[-1].encode()) == canonical(data)
        )

    def halls(self) -> list[HallCount]:
        """Every hall heard of."""
        sql = "SELECT hall, count(*), max(seq), max(received) FROM events GROUP BY hall"
        with self._lock:
            return [HallCount(*row) for row in self._connection.execute(sql)]

    def hall(self, hall: str) -> HallDetail:
        """One hall by day. Raises `Refusal`: unknown_hall."""
        with self._lock:
            count, last, received = self._connection.execute(
                "SELECT count(*), max(seq), max(received) FROM events WHERE hall = ?", (hall,)
            ).fetchone()
            rows = self._connection.execute(
                "SELECT day, type, count(*) FROM events WHERE hall = ? GROUP BY day, type", (hall,)
            ).fetchall()
        if not rows:
            raise Refusal("unknown_hall", hall=hall)
        by_day: dict[str, dict[str, int]] = {}
        for day, kind, number in rows:
            by_day.setdefault(day, {})[kind] = number
        days = [
            DayCount(day, sum(types.values()), types.get(TICKET, 0), types)
            for day, types in sorted(by_day.items())
        ]
        return HallDetail(hall, count, last, received, days)


def _head(event: Event) -> tuple[int, int, str, int, str, str]:
    return (event.seq, event.epoch, event.day, event.at, event.who, event.type)
