"""The hall's log as the estimator reads it, on a connection of its own that cannot write."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..domain.events import Event
from ..domain.values import Ms
from ..store.sqlite import Connection, open_reader

AT_ONCE = 2_000
"""Events of one query: a long one would hold up the log's tidying."""


class Logged(NamedTuple):
    """An event of the log."""

    seq: int
    at: Ms
    event: Event


class History:
    """Raises `StoreError` or `DatabaseError` where the log cannot be read."""

    def __init__(self, path: Path, hall: str) -> None:
        self._db: Connection = open_reader(path)
        self._hall = hall
        self._decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)

    def days(self) -> list[int]:
        """The `seq` at which each day was opened, oldest first; the last may still be open."""
        rows = self._db.execute(
            "SELECT seq FROM events WHERE type = 'day_opened' AND hall = ? ORDER BY seq",
            (self._hall,),
        )
        return [seq for (seq,) in rows]

    def after(self, seq: int, up_to: int) -> Iterator[Logged]:
        """Events beyond `seq` up to and with `up_to`."""
        while True:
            rows = self._db.execute(
                "SELECT seq, at, data FROM events WHERE hall = ? AND seq > ? AND seq <= ?"
                " ORDER BY seq LIMIT ?",
                (self._hall, seq, up_to, AT_ONCE),
            ).fetchall()
            for seq, at, data in rows:
                yield Logged(seq, at, self._decoder.decode(data))
            if len(rows) < AT_ONCE:
                return

    def close(self) -> None:
        self._db.close()
