"""Whether the management backend holds everything that happened in the hall."""

import asyncio
import sqlite3
import time
from pathlib import Path


async def all_reported(hall: Path, backend: Path, within: float) -> tuple[int, int]:
    """Events in the hall's database and in the backend's, when they agree or time is up.

    Both belong to processes that run: they are only read.
    """
    deadline = time.monotonic() + within
    while True:
        ours, theirs = await asyncio.to_thread(lambda: (_count(hall), _count(backend)))
        if ours == theirs or time.monotonic() > deadline:
            return ours, theirs
        await asyncio.sleep(0.2)


def _count(database: Path) -> int:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
    finally:
        connection.close()
