"""The one SQLite this project uses, and the settings of its connections."""

import contextlib
import os
from pathlib import Path
from typing import Any, TypeAlias

import pysqlite3

from .errors import StoreError, bad_sqlite, not_a_database

Connection: TypeAlias = Any
"""A connection of pysqlite3, which ships no types."""
OperationalError: type[Exception] = pysqlite3.OperationalError
DatabaseError: type[Exception] = pysqlite3.DatabaseError
IntegrityError: type[Exception] = pysqlite3.IntegrityError

CACHE_BYTES = 4_096_000
"""Pages that the writing connection holds in memory."""
LAST_UNSAFE = (3, 51, 2)
"""Versions 3.7.0 to this one can lose committed pages when the WAL is reset."""


def check_version(version: str = pysqlite3.sqlite_version) -> None:
    """Raise `StoreError` on a SQLite that must not keep a hall's record."""
    if tuple(int(part) for part in version.split(".")[:3]) <= LAST_UNSAFE:
        raise bad_sqlite(version)


def open_writer(path: Path) -> Connection:
    """The writing connection: WAL, `synchronous=FULL`, checkpoints by hand, no mmap."""
    connection = open_shared(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(f"PRAGMA cache_size = -{CACHE_BYTES // 1024}")
    except pysqlite3.Error as error:
        connection.close()
        raise not_a_database(str(path), str(error)) from error
    return connection


def open_shared(path: Path) -> Connection:
    """A connection to a small database that several processes write now and then."""
    check_version()
    _make_private(path)
    return _open(f"file:{_quoted(path)}", writer=True)


def open_reader(path: Path) -> Connection:
    """A read-only connection."""
    check_version()
    return _open(f"file:{_quoted(path)}?mode=ro", writer=False)


def _make_private(path: Path) -> None:
    """Let nobody else read a new database; SQLite gives its WAL the same mode."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _open(uri: str, *, writer: bool) -> Connection:
    connection = None
    try:
        connection = pysqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5
        )
        connection.execute("PRAGMA mmap_size = 0")
        if writer:
            connection.execute("PRAGMA synchronous = FULL")
        else:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    except pysqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise not_a_database(uri, str(error)) from error
    return connection


__all__ = [
    "Connection",
    "DatabaseError",
    "IntegrityError",
    "OperationalError",
    "StoreError",
    "check_version",
    "open_reader",
    "open_shared",
    "open_writer",
]
