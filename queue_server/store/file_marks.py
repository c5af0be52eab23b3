"""What the hall's file said when it was last put in force, kept as one row of `meta`."""

from collections.abc import Mapping

import msgspec

from .sqlite import Connection

_NAME = "file"


def read_file_marks(db: Connection) -> dict[str, str]:
    """The mark of each of the file's definitions, by name; none before the first start."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (_NAME,)).fetchone()
    return msgspec.json.decode(row[0], type=dict[str, str]) if row else {}


def write_file_marks(db: Connection, marks: Mapping[str, str]) -> None:
    """Keep them, durably, instead of those before."""
    text = msgspec.json.encode(marks, order="sorted").decode()
    if marks != read_file_marks(db):
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NAME, text))
