"""Kill -9 at any instant: what a kiosk was told stays true, and no number is given twice."""

import sqlite3
from pathlib import Path

import msgspec
import pytest

from simulation.bench.crash import KILLS, KIOSKS, run_crash
from simulation.bench.crash_check import check
from simulation.bench.crash_kiosks import Told
from simulation.processes import Programs


@pytest.mark.slow
def test_25_kills_under_32_retrying_kiosks(tmp_path: Path) -> None:
    assert (KILLS, KIOSKS) == (25, 32)
    with Programs(tmp_path / "logs") as programs:
        crash = run_crash(programs, tmp_path / "hall")
    assert crash.kills == 25
    # Otherwise nothing was at stake: each kill cut commands off, and they were asked again.
    assert crash.acked > 25 * 32
    assert crash.retried > 25
    assert (crash.lost, crash.duplicates, crash.gaps) == (0, 0, 0)


def test_the_check_finds_what_is_wrong(tmp_path: Path) -> None:
    """One of each: a check that finds nothing proves nothing."""
    database, told = tmp_path / "hall.db", tmp_path / "told.jsonl"
    connection = sqlite3.connect(database)
    connection.executescript(
        """
        CREATE TABLE tickets (id TEXT, number TEXT);
        CREATE TABLE events (seq INTEGER, type TEXT, data TEXT);
        CREATE TABLE results (id TEXT, result TEXT);
        """
    )

    def issued(seq: int, ticket: str, serial: int) -> None:
        number = f"A{serial:03d}"
        event = {"ticket": ticket, "number": number, "prefix": "A", "serial": serial}
        data = msgspec.json.encode(event).decode()
        connection.execute("INSERT INTO tickets VALUES (?, ?)", (ticket, number))
        connection.execute("INSERT INTO events VALUES (?, 'ticket_issued', ?)", (seq, data))
        connection.execute(
            "INSERT INTO results VALUES (?, json_object('done', json_object('ticket', ?)))",
            (f"command-{ticket}", ticket),
        )

    def tell(*answers: tuple[str, str]) -> None:
        lines = [Told(f"command-{t}", t, number, False) for t, number in answers]
        told.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))

    def found() -> tuple[int, int, int]:
        connection.commit()
        crash = check(database, told, 1)
        return crash.lost, crash.duplicates, crash.gaps

    issued(1, "a", 1)
    issued(2, "b", 2)
    tell(("a", "A001"), ("b", "A002"))
    assert found() == (0, 0, 0)
    tell(("a", "A001"), ("b", "A002"), ("gone", "A003"))
    assert found() == (1, 0, 0)
    tell(("a", "A001"), ("b", "A009"))
    assert found() == (1, 0, 0)
    tell(("a", "A001"), ("b", "A002"))
    issued(3, "c", 2)
    assert found()[1] == 1
    issued(5, "d", 4)
    assert found()[2] == 2
    connection.execute("DELETE FROM results WHERE id = 'command-d'")
    assert found()[1] == 2
    connection.close()
