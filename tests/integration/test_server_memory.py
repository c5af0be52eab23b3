"""What the queue server's process never holds: the estimator's libraries, and command lines."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.server_hall import ServerHall, open_day

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "scipy", "lightgbm", "pandas", "sklearn")
LOADS = """
import sys
from pathlib import Path
import queue_server.app
from queue_server.lean import without
from queue_server.store.access import Access
from queue_server.store.log import Log
Log(Path(sys.argv[1]), "hall")
Access(Path(sys.argv[1]))
with without("pygments"):
    import queue_server.sync.connector
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


AFTERWARDS = """
import pysqlite3
from queue_server.store.tables import tables
tables(pysqlite3.connect(":memory:")).table("one").create({"id": int})
import numpy
print(numpy.zeros(1).sum())
"""


def run(code: str, *arguments: Path) -> list[str]:
    """What it prints, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *arguments],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def loaded(folder: Path) -> set[str]:
    """The packages of a server that has its database open and a backend to tell."""
    return set(run(LOADS, folder))


def test_tables_are_made_without_numpy_and_read_without_sqlite_utils(tmp_path: Path) -> None:
    first = loaded(tmp_path)
    assert "sqlite_utils" in first
    assert first.isdisjoint({*HEAVY, "rich", "pygments"})
    again = loaded(tmp_path)
    assert again.isdisjoint({*HEAVY, "rich", "pygments", "sqlite_utils"})


def test_numpy_can_be_loaded_afterwards() -> None:
    assert run(AFTERWARDS) == ["0.0"]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs Linux's /proc")
def test_a_running_server_holds_no_library_of_its_child(tmp_path: Path) -> None:
    token = tmp_path / "backend.token"
    token.write_text("token", "utf-8")
    hall = ServerHall(
        tmp_path,
        waits={"told": True},
        sync={"address": "https://127.0.0.1:1/events", "token_file": str(token)},
    )
    with hall.programs:
        hall.start()
        asyncio.run(open_day(hall))
        assert hall.server is not None
        maps = Path(f"/proc/{hall.server.program.pid}/maps").read_text()
    assert "pysqlite3" in maps  # it is told where libraries are
    assert not [line for line in maps.splitlines() if any(f"/{name}" in line for name in HEAVY)]
