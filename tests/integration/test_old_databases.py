"""Databases written by earlier servers: today's goes on where they stopped."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pysqlite3
import pytest

from queue_server.store.schema import VERSION
from tests.integration.test_appointments import BookingHall, body

DUMPS = Path(__file__).resolve().parents[1] / "data" / "databases"
TODAY, TOMORROW = "2026-03-03", "2026-03-04"
WRITTEN, AFTERWARDS = "2026-11-23", "2026-11-24"
"""When versions 1 and 2 were written, whatever business day they had open: time never goes back."""


def restore(version: int, folder: Path) -> int:
    """Put an old database and its key there; its last `seq`."""
    text = (DUMPS / f"version-{version}.sql").read_text("utf-8")
    key = text.partition("\n")[0].partition("personal.key: ")[2]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "personal.key").write_bytes(bytes.fromhex(key))
    (folder / "personal.key").chmod(0o600)
    # sqlite3 of the standard library may be older than what wrote the dump's tables.
    connection = pysqlite3.connect(folder / "hall.db")
    connection.executescript(text)
    (seq,) = connection.execute("SELECT max(seq) FROM events").fetchone()
    connection.close()
    return int(seq)


def rows(hall: BookingHall, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(hall.folder / "data" / "hall.db") as db:
        return db.execute(query).fetchall()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[BookingHall]:
    one = BookingHall(tmp_path)
    try:
        yield one
    finally:
        one.programs.stop()


def test_every_version_before_this_one_has_its_database() -> None:
    assert {path.stem for path in DUMPS.glob("*.sql")} == {
        f"version-{n}" for n in range(1, VERSION)
    }


@pytest.mark.parametrize("version", [1, 2])
async def test_a_hall_of_before_the_appointments_takes_them_up(
    hall: BookingHall, version: int
) -> None:
    seq = restore(version, hall.folder / "data")
    hall.at(WRITTEN, "10:00")
    hall.start()
    assert rows(hall, "PRAGMA user_version") == [(VERSION,)]
    async with hall.line("caller1") as caller, hall.line("manager") as manager:
        assert manager.welcome["seq"] >= seq
        assert manager.welcome["set"]["hall"]["day"] == TODAY
        current = caller.welcome["set"]["counter/1"]["ticket"]
        who = await caller.read({"type": "identity", "ticket": current["id"]})
        assert who["answer"]["name"] == "市民7"
        await caller.done("end_service", counter="1")
        called = await caller.done("call_next", counter="1")
        who = await caller.read({"type": "identity", "ticket": called["ticket"]})
        assert who["answer"]["name"] == "市民8"
        await caller.done("end_service", counter="1")
        async with hall.portal() as portal:
            assert (await portal.get("/appointments", params={"day": TODAY})).json() == {
                "type": "appointments",
                "day": TODAY,
            }
            booked = await portal.put("/appointments/YY-1", json=body("n1", day=AFTERWARDS))
            assert booked.status_code == 200, booked.text
        await manager.done("close_day")
        hall.at(AFTERWARDS, "08:30")
        await manager.done("open_day", day=AFTERWARDS)
    async with hall.line("kiosk") as kiosk:
        assert "booked_at" in await kiosk.done("check_in", code="YY-1")


@pytest.mark.parametrize("version", [3, 4])
async def test_appointments_of_earlier_servers_are_kept_and_told(
    hall: BookingHall, version: int
) -> None:
    restore(version, hall.folder / "data")
    hall.at(TOMORROW, "08:40")
    hall.start()
    assert rows(hall, "PRAGMA user_version") == [(VERSION,)]
    told = {}
    async with hall.portal() as portal:
        for day in (TODAY, TOMORROW, "2026-03-06"):
            answer = (await portal.get("/appointments", params={"day": day})).json()
            for one in answer.get("appointments", []):
                told[one["serial"]] = (one["day"], one["start"], one.get("state", "open"))
        kept = (await portal.get("/appointments/YY-3")).json()
        assert kept["number"] == "A001"
        assert (await portal.get("/appointments/YY-9")).status_code == 404
    assert told == {
        "YY-3": (TODAY, "09:00", "kept"),
        "YY-4": (TODAY, "10:00", "missed"),
        "YY-5": (TOMORROW, "09:00", "open"),
        "YY-6": ("2026-03-06", "10:00", "cancelled"),
    }
    async with hall.line("kiosk") as kiosk, hall.line("manager") as manager:
        ticket = await kiosk.done("check_in", code="YY-5")
        assert "booked_at" in ticket
        people = (await manager.read({"type": "absences"}))["answer"]["people"]
        assert [one["missed"] for one in people] == [[TODAY]]
    [(state, ticket_id)] = rows(
        hall, "SELECT state, ticket FROM appointments WHERE serial = 'YY-5'"
    )
    assert (state, ticket_id) == ("kept", ticket["ticket"])
