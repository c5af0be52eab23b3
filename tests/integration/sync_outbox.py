"""A small durable outbox, and a hall that does nothing but write events and send them.

As a program (`python -m tests.integration.sync_outbox FOLDER ADDRESS CA COUNT`) it appends events
until COUNT are in its database, sends them all the while, and never ends by itself.
"""

import asyncio
import sys
import time
from pathlib import Path

import msgspec
import pysqlite3

from queue_server.domain.values import Ms
from queue_server.sync.config import SyncConfig
from queue_server.sync.connector import Connector
from queue_server.sync.outbox import OutboxEvent
from queue_server.sync.status import SyncStatus


class SqliteOutbox:
    """Log and mark in SQLite, as durable as the hall's own."""

    def __init__(self, path: Path) -> None:
        self._db = pysqlite3.connect(str(path), isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, data TEXT)")
        self._db.execute("CREATE TABLE IF NOT EXISTS mark (one INTEGER PRIMARY KEY, seq INTEGER)")
        self._grown = asyncio.Event()

    def last(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(seq), 0) FROM log").fetchone()[0])

    def append(self, count: int) -> None:
        """More events in one transaction."""
        first = self.last() + 1
        rows = [
            (seq, f'{{"number":"A{seq:04}","holder":"王*"}}') for seq in range(first, first + count)
        ]
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany("INSERT INTO log VALUES (?, ?)", rows)
        self._db.execute("COMMIT")
        self._grown.set()

    def close(self) -> None:
        self._db.close()

    async def pending(self, after: int, limit: int) -> list[OutboxEvent]:
        rows = self._db.execute(
            "SELECT seq, data FROM log WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit)
        )
        return [
            OutboxEvent(
                seq,
                1,
                "2026-01-05",
                1_767_571_200_000 + seq,
                "kiosk-1",
                "ticket_issued",
                msgspec.Raw(data.encode()),
            )
            for seq, data in rows
        ]

    async def acknowledged(self) -> int:
        row = self._db.execute("SELECT seq FROM mark").fetchone()
        return int(row[0]) if row else 0

    async def acknowledge(self, seq: int) -> None:
        self._db.execute("INSERT OR REPLACE INTO mark VALUES (1, ?)", (seq,))

    async def wait(self, after: int) -> None:
        while self.last() <= after:
            self._grown.clear()
            await self._grown.wait()


def now() -> Ms:
    return Ms(int(time.time() * 1000))


def make_connector(
    outbox: SqliteOutbox, address: str, token: Path, ca: Path, **options: float
) -> tuple[Connector, list[SyncStatus]]:
    """A connector that retries at once, and the list its statuses go to."""
    impatient: dict[str, float] = {
        "max_events": 20,
        "linger": 0,
        "first_delay": 0.01,
        "longest_delay": 0.05,
        "operator_delay": 0.05,
        **options,
    }
    config = msgspec.convert(
        {"address": address, "token_file": str(token), "ca_file": str(ca), **impatient},
        SyncConfig,
        dec_hook=lambda kind, value: kind(value),
    )
    seen: list[SyncStatus] = []
    return Connector(outbox, "hall-1", config, now, changed=seen.append), seen


async def hall(folder: Path, address: str, ca: Path, count: int) -> None:
    outbox = SqliteOutbox(folder / "hall.sqlite3")
    connector, _ = make_connector(outbox, address, folder / "token", ca)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(connector.run())
        while outbox.last() < count:
            outbox.append(min(7, count - outbox.last()))
            await asyncio.sleep(0.002)


if __name__ == "__main__":
    asyncio.run(hall(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))
