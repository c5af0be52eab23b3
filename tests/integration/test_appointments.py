"""Appointments through a real server: the portal's door, the kiosk's line, crowds, days, kills."""

import asyncio
import datetime as dt
import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from queue_server.__main__ import main
from queue_server.clock import LAYOUT
from queue_server.domain.bands import Band
from queue_server.domain.booking import BookingPlan
from queue_server.domain.values import ServiceId, Text
from simulation.processes import Server, start_server
from tests.integration.server_hall import ServerHall, open_day

MONDAY, TUESDAY, WEDNESDAY = "2026-03-02", "2026-03-03", "2026-03-04"
NAME = Text(zh="预约", en="Appointments")
PLANS = (
    BookingPlan(
        id="tax",
        name=NAME,
        services=(ServiceId("tax"),),
        bands=(
            Band(start="09:00", end="10:00", tickets=500),
            Band(start="10:00", end="11:00", tickets=100),
        ),
    ),
)
FAST = {"burst": 5_000, "per_second": 5_000, "under_way": 1_000}


class BookingHall(ServerHall):
    """A hall whose clock the test moves."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, limits=FAST, catalogue={"plans": msgspec.to_builtins(PLANS)})
        self.clock = folder / "clock"
        self.at(MONDAY, "08:00")

    def at(self, day: str, time_of_day: str) -> None:
        """Let time stand still there."""
        zone = dt.timezone(dt.timedelta(hours=8))
        moment = dt.datetime.fromisoformat(f"{day}T{time_of_day}").replace(tzinfo=zone)
        data = LAYOUT.pack(moment.timestamp() * 1000, time.monotonic(), 0.0)
        if self.clock.exists():
            with self.clock.open("r+b") as file:
                file.write(data)
        else:
            self.clock.write_bytes(data)

    def start(self) -> Server:
        self.server = start_server(self.programs, self.config, clock=self.clock)
        return self.server

    def portal(self, who: str = "api") -> httpx.AsyncClient:
        """HTTP as the program `who`."""
        assert self.server is not None
        return httpx.AsyncClient(
            base_url=f"{self.server.http}/api/v1",
            headers={"Authorization": f"Bearer {self.tokens[who]}"},
            timeout=60,
            trust_env=False,
        )


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[BookingHall]:
    one = BookingHall(tmp_path)
    one.start()
    try:
        yield one
    finally:
        one.programs.stop()


def body(number: str, start: str = "09:00", day: str = TUESDAY) -> dict[str, Any]:
    holder = {"name": f"市民{number}", "number": number}
    return {"service": "tax", "day": day, "start": start, "holder": holder}


async def test_the_portals_whole_way(hall: BookingHall) -> None:
    async with hall.portal() as portal:
        first = await portal.put("/appointments/YY-1", json=body("n1"))
        assert first.status_code == 200, first.text
        booked = first.json()["done"]["appointment"]
        hour = 3_600_000
        times = [booked[key] for key in ("change_until", "check_in_from", "check_in_until")]
        assert times == [booked["at"] - 2 * hour, booked["at"] - hour, booked["at"] + 5 * hour // 4]
        again = await portal.put("/appointments/YY-1", json=body("n1"))
        assert again.json()["done"]["appointment"] == booked
        quotas = (await portal.get("/quotas/tax", params={"day": TUESDAY})).json()
        assert [band["left"] for band in quotas["days"][0]["bands"]] == [499, 100]
        moved = await portal.put("/appointments/YY-1", json=body("n1", "10:00"))
        assert moved.json()["done"]["appointment"]["start"] == "10:00"
        other = await portal.put("/appointments/YY-1", json=body("n2"))
        assert (other.status_code, other.json()["rejected"]["code"]) == (
            409,
            "appointment_serial_taken",
        )
        twice = await portal.put("/appointments/YY-2", json=body("n1"))
        assert twice.json()["rejected"]["code"] == "appointment_same_service"
        assert (await portal.get("/appointments/YY-9")).status_code == 404
        assert (await portal.delete("/appointments/YY-9")).status_code == 404
        for _ in range(2):
            gone = await portal.delete("/appointments/YY-1", params={"reason": "ill"})
            assert gone.json()["done"]["appointment"]["state"] == "cancelled"
        late = await portal.put("/appointments/YY-1", json=body("n1"))
        assert late.json()["rejected"]["code"] == "appointment_cancelled"
        assert (await portal.put("/appointments/YY-3", json={"service": "tax"})).status_code == 400
        standing = await portal.post("/standing", json={"holder": body("n1")["holder"]})
        assert [a["state"] for a in standing.json()["appointments"]] == ["cancelled"]
        assert (await portal.get("/absences")).status_code == 403
    async with hall.portal("kiosk") as kiosk:
        assert (await kiosk.put("/appointments/YY-4", json=body("n4"))).status_code == 403
        assert (await kiosk.get("/quotas/tax")).status_code == 403


async def test_a_booking_outlives_kills_and_nights_and_its_person_reaches_the_counter(
    hall: BookingHall,
) -> None:
    await open_day(hall, MONDAY)
    async with hall.portal() as portal:
        booked = (await portal.put("/appointments/YY-1", json=body("n1"))).json()["done"]
        await portal.put("/appointments/YY-2", json=body("n2", day=WEDNESDAY))
        await portal.put("/appointments/YY-2", json=body("n2", "10:00"))
    assert hall.server is not None
    hall.server.program.kill()
    hall.start()
    assert sealed(hall) == [("YY-1", TUESDAY), ("YY-2", TUESDAY)]
    async with hall.line("manager") as manager:
        await manager.done("close_day")
        hall.at(TUESDAY, "08:00")
        await manager.done("open_day", day=TUESDAY)
    hall.server.program.kill()
    hall.start()
    hall.at(TUESDAY, "08:40")
    async with hall.line("kiosk") as kiosk, hall.line("caller1") as caller:
        ticket = await kiosk.done("check_in", code=booked["appointment"]["code"])
        assert ticket["booked_at"] == booked["appointment"]["at"]
        assert await kiosk.code("check_in", code="YY-1") == "appointment_kept"
        await caller.done("sign_in", counter="1", staff="s1")
        await caller.done("call_next", counter="1")
        who = await caller.read({"type": "identity", "ticket": ticket["ticket"]})
        assert who["answer"]["name"] == "市民n1"
        await caller.done("end_service", counter="1")
    async with hall.line("manager") as manager:
        await manager.done("close_day")
        people = (await manager.read({"type": "absences"}))["answer"]["people"]
        assert [(one["holder"], one["missed"]) for one in people] == [("市*", [TUESDAY])]
        person = people[0]["person"]
        await manager.done("lift_bar", person=person, reason="appeal")
        assert (
            "people" not in (await manager.read({"type": "absences"}))["answer"]
            or not (await manager.read({"type": "absences"}))["answer"]["people"]
        )
        hall.at(WEDNESDAY, "08:00")
        await manager.done("open_day", day=WEDNESDAY)
    hall.server.program.kill()
    hall.start()
    async with hall.portal() as portal:  # what became of a day is asked for the day after
        told = (await portal.get("/appointments", params={"day": TUESDAY})).json()
        found = [(one["serial"], one["state"], one.get("number")) for one in told["appointments"]]
        assert found == [("YY-1", "kept", "A001"), ("YY-2", "missed", None)]
        assert (await portal.get("/appointments/YY-2")).json()["state"] == "missed"
        more = {"day": TUESDAY, "after": "YY-1"}
        told = (await portal.get("/appointments", params=more)).json()
        assert [one["serial"] for one in told["appointments"]] == ["YY-2"]
        assert (await portal.get("/appointments", params={"day": "3.3."})).status_code == 409
    async with hall.portal("kiosk") as kiosk_door:
        answer = await kiosk_door.get("/appointments", params={"day": TUESDAY})
        assert answer.status_code == 403
    assert [subject for subject, _ in sealed(hall) if subject.startswith("YY")] == ["YY-2"]
    told = b"".join(path.read_bytes() for path in (hall.folder / "data").glob("hall.db*"))
    assert "市民n1".encode() not in told


def sealed(hall: BookingHall) -> list[tuple[str, str]]:
    with sqlite3.connect(hall.folder / "data" / "hall.db") as db:
        rows = db.execute("SELECT subject, day FROM personal ORDER BY subject").fetchall()
    return [(subject, day) for subject, day in rows]


async def test_five_hundred_want_a_band_of_a_hundred(hall: BookingHall) -> None:
    async with hall.portal() as portal:

        async def book(number: int) -> str:
            answer = await portal.put(f"/appointments/p{number}", json=body(f"n{number}", "10:00"))
            return str(answer.json().get("rejected", {}).get("code", "booked"))

        found = Counter(await asyncio.gather(*(book(number) for number in range(500))))
        assert found == {"booked": 100, "appointment_full": 400}
        quotas = (await portal.get("/quotas/tax", params={"day": TUESDAY})).json()
        assert quotas["days"][0]["bands"][1]["left"] == 0


async def test_five_hundred_check_in_within_a_minute_each_twice_over(hall: BookingHall) -> None:
    await open_day(hall, MONDAY)
    async with hall.portal() as portal:
        answers = await asyncio.gather(
            *(portal.put(f"/appointments/p{n}", json=body(f"n{n}")) for n in range(500))
        )
        assert all(answer.status_code == 200 for answer in answers)
    async with hall.line("manager") as manager:
        await manager.done("close_day")
        hall.at(TUESDAY, "08:45")
        await manager.done("open_day", day=TUESDAY)
    numbers: list[str] = []
    refused: Counter[str] = Counter()
    begun = time.monotonic()

    async def kiosk(who: str, people: range, *, card: bool) -> None:
        async with hall.line(who) as line:
            for n in people:
                known = {"code": f"p{n}"}
                read = {"holder": {"name": f"市民n{n}", "number": f"n{n}"}}
                result = await line.do({"type": "check_in", **(read if card else known)})
                if "rejected" in result:
                    refused[result["rejected"]["code"]] += 1
                else:
                    numbers.append(result["done"]["number"])

    await asyncio.gather(
        *(kiosk("kiosk", range(n, 500, 25), card=True) for n in range(25)),
        *(kiosk("kiosk2", range(n, 500, 25), card=False) for n in range(25)),
    )
    took = time.monotonic() - begun
    assert took < 60  # the minute in which they come, not a measure of speed
    assert len(set(numbers)) == len(numbers) == 500
    assert refused == {"appointment_kept": 500}
    with sqlite3.connect(hall.folder / "data" / "hall.db") as db:
        rows = db.execute(
            "SELECT count(*), count(DISTINCT person) FROM tickets WHERE day = ?", (TUESDAY,)
        ).fetchone()
    assert rows == (500, 500)


def test_a_file_is_imported_and_again_changes_nothing(
    hall: BookingHall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hall.server is not None
    token = tmp_path / "token"
    token.write_text(hall.tokens["api"])
    table = tmp_path / "morning.csv"
    table.write_bytes(
        "流水号,业务,日期,时间,姓名,证件号码,出生日期\r\n"
        f"YY-1,tax,{TUESDAY},09:00,王芳,n1,1950-01-01\r\n"
        f"YY-2,tax,{TUESDAY},09:30,李强,n2,\r\n".encode("gb18030")
    )
    command = ["--config", str(hall.config), "appointments", "import", str(table)]
    command += ["--address", hall.server.http, "--token-file", str(token)]
    for _ in range(2):
        assert main(command) == 1
        told = capsys.readouterr()
        assert "1 booked, 1 refused" in told.out
        assert "YY-2  [appointment_no_such_band]" in told.err
        assert "09:00、10:00" in told.err  # what can be had instead
    rows = [{"serial": "YY-2", "service": "tax", "day": TUESDAY, "start": "10:00", "name": "李强"}]
    listed = table.with_suffix(".json")
    listed.write_text(json.dumps(rows))
    command[4] = str(listed)
    assert main(command) == 1
    assert "缺少 / missing: number" in capsys.readouterr().err
    rows[0]["number"] = "n2"
    listed.write_text(json.dumps(rows))
    assert main(command) == 0
