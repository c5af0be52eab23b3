"""The connector's view of the store: reads on a connection of its own, writes by the writer."""

import asyncio
from pathlib import Path

import msgspec

from .desk import HallDesk
from .store.sqlite import Connection, open_reader
from .sync.outbox import OutboxEvent


class LogOutbox:
    """The event log as a `sync.Outbox`."""

    def __init__(self, desk: HallDesk, path: Path, hall: str) -> None:
        self._desk = desk
        self._hall = hall
        self._db: Connection = open_reader(path)
        self._news = desk.commits()

    async def pending(self, after: int, limit: int) -> list[OutboxEvent]:
        """Up to `limit` durable events with `seq` above `after`, in order."""
        return await asyncio.to_thread(self._read, after, limit)

    def _read(self, after: int, limit: int) -> list[OutboxEvent]:
        rows = self._db.execute(
            "SELECT seq, epoch, day, at, who, type, data FROM events"
            " WHERE hall = ? AND seq > ? ORDER BY seq LIMIT ?",
            (self._hall, after, limit),
        )
        return [
            OutboxEvent(seq, epoch, day, at, who, kind, msgspec.Raw(data.encode()))
            for seq, epoch, day, at, who, kind, data in rows
        ]

    async def acknowledged(self) -> int:
        """The last `seq` the backend has confirmed."""
        return await self._desk.ask(lambda writer: writer.log.acknowledged())

    async def acknowledge(self, seq: int) -> None:
        """Durably note that the backend holds everything up to `seq`."""
        await self._desk.ask(lambda writer: writer.log.acknowledge(seq))

    async def wait(self, after: int) -> None:
        """Until something beyond `after` is durable."""
        while self._desk.seq <= after:
            self._news.clear()
            await self._news.wait()

    def close(self) -> None:
        self._db.close()
