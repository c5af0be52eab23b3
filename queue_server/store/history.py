"""A day of the log, read beside a running server. Days purged of personal data read the same."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from ..domain.events import Event
from ..domain.values import Ms
from .errors import broken_log, not_a_database
from .sqlite import DatabaseError, open_reader

Logged = tuple[int, Ms, Event]
"""`seq`, time, event."""


def day_events(folder: Path, day: str) -> Iterator[Logged]:
    """The events of `day` from its opening on; none where it was never opened.

    Raises `StoreError` where `folder` holds no database, or the log cannot be read.
    """
    path = folder / "hall.db"
    decoder = msgspec.json.Decoder(Event)
    seq = 0
    with closing(open_reader(path)) as db:
        try:
            begun = False
            rows = db.execute(
                "SELECT seq, at, type, data FROM events WHERE day = ? ORDER BY seq", (day,)
            )
            for seq, at, kind, data in rows:
                begun = begun or kind == "day_opened"
                if begun:
                    yield seq, Ms(at), decoder.decode(data)
        except DatabaseError as error:
            raise not_a_database(str(path), str(error)) from error
        except msgspec.DecodeError as error:
            raise broken_log(f"{seq}: {error}") from error


def last_day(folder: Path) -> str | None:
    """The day opened last; None where none was."""
    path = folder / "hall.db"
    with closing(open_reader(path)) as db:
        try:
            row = db.execute(
                "SELECT day FROM events WHERE type = 'day_opened' ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        except DatabaseError as error:
            raise not_a_database(str(path), str(error)) from error
    return row[0] if row else None
