"""The tables, made and migrated with sqlite-utils. docs/database.md tells outsiders of them."""

from typing import TYPE_CHECKING

from .appointments import fill_appointments
from .errors import newer_database
from .sqlite import Connection
from .tables import tables

if TYPE_CHECKING:
    import sqlite_utils

VERSION = 5
"""Schema version, kept in SQLite's `user_version`."""


def migrate(connection: Connection) -> None:
    """Bring the database to `VERSION`. Raises `StoreError` where it is newer already."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > VERSION:
        raise newer_database(found, VERSION)
    for version, change in enumerate(_CHANGES, start=1):
        if found < version:
            connection.execute("BEGIN IMMEDIATE")
            change(tables(connection))
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")


def _version_1(db: "sqlite_utils.Database") -> None:
    run = db.conn.execute
    db.table("meta").create({"name": str, "value": str}, pk="name", strict=True)
    run(
        "CREATE TABLE events (hall TEXT NOT NULL, seq INTEGER NOT NULL, day TEXT NOT NULL,"
        " epoch INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, type TEXT NOT NULL,"
        " data TEXT NOT NULL, PRIMARY KEY (hall, seq)) STRICT, WITHOUT ROWID"
    )
    run("CREATE INDEX events_days ON events (seq) WHERE type = 'day_opened'")
    run(
        "CREATE TABLE outbox (hall TEXT NOT NULL, seq INTEGER NOT NULL,"
        " PRIMARY KEY (hall, seq)) STRICT, WITHOUT ROWID"
    )
    run(
        "CREATE TABLE results (id TEXT PRIMARY KEY, fingerprint BLOB NOT NULL,"
        " seq INTEGER NOT NULL, at INTEGER NOT NULL, result TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )
    db.table("tickets").create(
        {
            "id": str,
            "day": str,
            "number": str,
            "prefix": str,
            "serial": int,
            "service": str,
            "issued_at": int,
            "priority": int,
            "priority_reason": str,
            "person": str,
            "holder": str,
            "helper": int,
            "walk_in": int,
            "state": str,
            "counter": str,
            "steps": int,
            "returns": int,
            "ended_at": int,
            "end_reason": str,
        },
        pk="id",
        not_null={"day", "number", "prefix", "serial", "service", "issued_at", "state"},
        strict=True,
    )
    db.table("tickets").create_index(["day", "number"], unique=True)
    db.table("transactions").create(
        {
            "id": str,
            "day": str,
            "ticket": str,
            "number": str,
            "step": int,
            "service": str,
            "counter": str,
            "staff": str,
            "called_at": int,
            "why": str,
            "started_at": int,
            "ended_at": int,
            "reason": str,
            "held": int,
            "recalls": int,
            "rating": str,
            "rating_at": int,
            "level": int,
            "reasons": str,
        },
        pk="id",
        not_null={"day", "ticket", "step", "counter", "staff", "called_at", "why", "held"},
        strict=True,
    )
    db.table("transactions").create_index(["ticket", "step"], unique=True)
    db.table("transactions").create_index(["day"])
    # The constraints behind "no ticket at two counters, no counter with two tickets".
    run("CREATE UNIQUE INDEX one_counter_a_ticket ON transactions (ticket) WHERE ended_at IS NULL")
    run(
        "CREATE UNIQUE INDEX one_ticket_a_counter ON transactions (counter)"
        " WHERE ended_at IS NULL AND held = 0"
    )
    run(
        "CREATE TABLE personal (subject TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL,"
        " nonce BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (subject, kind))"
        " STRICT, WITHOUT ROWID"
    )
    run("CREATE INDEX personal_days ON personal (day)")


def _version_2(db: "sqlite_utils.Database") -> None:
    """Who was shown personal data."""
    db.table("identity_reads").create(
        {"at": int, "day": str, "program": str, "counter": str, "staff": str, "ticket": str},
        not_null={"at", "day", "program", "ticket"},
        strict=True,
    )
    db.table("identity_reads").create_index(["ticket"])


def _version_3(db: "sqlite_utils.Database") -> None:
    """What was said of waiting time to each who joined, and what then happened."""
    run = db.conn.execute
    run(
        "CREATE TABLE shown_waits (ticket TEXT PRIMARY KEY, day TEXT NOT NULL,"
        " service TEXT NOT NULL, at INTEGER NOT NULL, low_s INTEGER NOT NULL,"
        " high_s INTEGER NOT NULL, how TEXT NOT NULL, mean_s REAL, day_mean_s REAL,"
        " last_ten_s REAL) STRICT, WITHOUT ROWID"
    )
    run("CREATE INDEX shown_waits_days ON shown_waits (day)")
    run(
        "CREATE VIEW wait_outcomes AS SELECT shown_waits.*,"
        " (transactions.called_at - tickets.issued_at) / 1000.0 AS wait_s, tickets.end_reason"
        " FROM shown_waits JOIN tickets ON tickets.id = shown_waits.ticket"
        " LEFT JOIN transactions ON transactions.ticket = tickets.id AND transactions.step = 1"
    )


def _version_4(db: "sqlite_utils.Database") -> None:
    """Visits of several steps, and several counters that work on one."""
    run = db.conn.execute
    columns = {row[1] for row in run("PRAGMA table_info(transactions)")}
    for column in ("stop", "joint"):
        if column not in columns:
            run(f"ALTER TABLE transactions ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")
    run("DROP INDEX IF EXISTS one_counter_a_ticket")
    run(
        "CREATE UNIQUE INDEX one_counter_a_ticket ON transactions (ticket)"
        " WHERE ended_at IS NULL AND joint = 0"
    )


def _version_5(db: "sqlite_utils.Database") -> None:
    """What became of each appointment, of days gone by, too."""
    run = db.conn.execute
    run(
        "CREATE TABLE appointments (serial TEXT PRIMARY KEY, code TEXT NOT NULL,"
        " day TEXT NOT NULL, start TEXT NOT NULL, until TEXT NOT NULL, at INTEGER NOT NULL,"
        " service TEXT NOT NULL, plan TEXT NOT NULL, person TEXT NOT NULL, holder TEXT NOT NULL,"
        " priority INTEGER NOT NULL, state TEXT NOT NULL, ticket TEXT) STRICT, WITHOUT ROWID"
    )
    run("CREATE INDEX appointments_days ON appointments (day, serial)")
    fill_appointments(db.conn)


_CHANGES = (_version_1, _version_2, _version_3, _version_4, _version_5)
