"""A station sees and works the counters of its area, and no others; definitions move them."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from queue_server.domain.values import Area, AreaId, CounterId, Text
from simulation.hall_file import write_hall_file
from simulation.processes import Place, make_tokens
from tests.integration.server_hall import DAY, ServerHall, small_catalogue

SAME = Text(zh="名", en="Name")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ServerHall]:
    """Counters 1 and 2 stand in area A, counter 3 in area B."""
    made = ServerHall(tmp_path, limits={"sweep_seconds": 0.1})
    whole = small_catalogue()
    counters = (
        *whole.counters[:2],
        msgspec.structs.replace(whole.counters[2], area=AreaId("B")),
    )
    areas = (*whole.areas, Area(id=AreaId("B"), name=SAME))
    catalogue = msgspec.structs.replace(whole, areas=areas, counters=counters)
    write_hall_file(made.config, catalogue, hall="test", more={"limits": {"sweep_seconds": 0.1}})
    places = [Place("station", f"外设站{a}", None, AreaId(a)) for a in "AB"]
    places.append(Place("caller", "叫号器", CounterId("3")))
    tokens = make_tokens(made.config, places)
    made.tokens |= dict(zip(("stationA", "stationB", "caller3"), tokens, strict=True))
    with made.programs:
        made.start()
        yield made


def counters_of(documents: dict[str, object]) -> set[str]:
    return {t for t in documents if t.partition("/")[0] in {"counter", "screen", "pad"}}


async def test_only_its_area(hall: ServerHall) -> None:
    async with (
        hall.line("manager") as manager,
        hall.line("kiosk") as kiosk,
        hall.line("stationA") as a,
        hall.line("stationB") as b,
        hall.line("caller3") as caller3,
    ):
        await manager.done("open_day", day=DAY)
        kinds = ("counter", "screen", "pad")
        assert counters_of(a.welcome["set"]) == {f"{k}/{n}" for k in kinds for n in "12"}
        assert counters_of(b.welcome["set"]) == {f"{k}/3" for k in kinds}
        assert {t for t in a.welcome["set"] if t.startswith("calls")} == {"calls/A"}
        assert await a.code("sign_in", counter="3", staff="s1") == "not_allowed"
        assert await a.code("sign_in", counter="9", staff="s1") == "not_allowed"
        await a.done("sign_in", counter="1", staff="s1")
        await caller3.done("sign_in", counter="3", staff="s2")
        for _ in range(3):
            await kiosk.done("issue_ticket", service="tax")

        here = await a.done("call_next", counter="1")
        seen = [here["number"]]
        there = await b.done("call_next", counter="3")
        await b.until("counter/3", lambda c: c.get("ticket"))
        assert not any("counter/1" in f.get("set", {}) for f in b.seen if f["type"] == "update")
        await a.until("counter/1", lambda c: c.get("ticket"))
        told = [c["number"] for f in a.seen for c in f.get("announcements", ())]
        assert told == seen, "a call of the other area was heard"

        await a.done("end_service", counter="1")
        await b.done("end_service", counter="3")
        assert await a.code("rate", transaction=there["transaction"], level=5) == "not_allowed"
        assert await a.code("rate", transaction="none", level=5) == "unknown_transaction"
        await a.done("rate", transaction=here["transaction"], level=4)

        gone = await b.done("call_next", counter="3")
        await b.done("no_show", counter="3")
        assert await a.code("return_ticket", ticket=gone["ticket"]) == "not_allowed"
        await b.done("return_ticket", ticket=gone["ticket"])
    with sqlite3.connect(hall.folder / "data" / "hall.db") as database:
        who = dict(database.execute("SELECT type, who FROM events WHERE type = 'rated'"))
    assert who["rated"] == f"station:{a.welcome['me']['program']}"


async def test_a_counter_that_moves_is_followed(hall: ServerHall) -> None:
    async with hall.line("manager") as manager, hall.line("stationB") as b:
        await manager.done("open_day", day=DAY)
        moved = {"id": "2", "number": 2, "name": {"zh": "名", "en": "N"}, "profile": "all"}
        await manager.done("define_counter", counter={**moved, "area": "B"})
        await b.until("counter/2", lambda c: c["area"] == "B")
        await b.done("sign_in", counter="2", staff="s1")
        await manager.done("define_counter", counter={**moved, "area": "A"})
        assert await b.code("call_next", counter="2") == "not_allowed"


async def test_devices_with_all_they_have_to_tell(hall: ServerHall) -> None:
    device = {
        "kind": "call_line", "name": "叫号线", "state": "warning", "since": 5,
        "code": "call_line.x", "zh": "一", "en": "one", "driver": "line", "port": "serial:/dev/t",
        "firmware": "1", "facts": {"addresses": "1 2"}, "last_error": "call_line.x",
        "last_error_at": 4,
    }  # fmt: skip
    async with hall.line("manager") as manager, hall.line("stationA") as a:
        me = a.welcome["me"]["program"]
        await a.send({"type": "report", "devices": [{**device, "kind": "x" * 41}]})
        assert (await a.next("error"))["code"] == "bad_frame"
        await a.send({"type": "report", "devices": [device]})
        shown = await manager.until(
            "programs",
            lambda p: any(x["id"] == me and x.get("devices") for x in p["programs"]),
        )
        [found] = [x["devices"] for x in shown["programs"] if x["id"] == me]
        assert found == [device]
