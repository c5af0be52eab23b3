"""docs/protocol.md played sentence by sentence, by a client written from that page alone.

Only the hall's server and tokens come from the tests' helpers; `Program` knows websockets, JSON and
the page.
"""

import asyncio
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from queue_server.domain.values import AreaId
from simulation.processes import Place
from tests.integration.server_hall import PLACES, ServerHall

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "protocol.md").read_text("utf-8")
ROLES = {
    "kiosk": "kiosk",
    "caller": "caller1",
    "screen": "screen1",
    "pad": "pad1",
    "board": "board",
    "announcer": "voice",
    "manager": "manager",
    "integration": "api",
    "station": "station",
}
ID = "0192f0c1-0000-7000-8000-"


def example(first: str) -> Any:
    """The page's JSON example that begins with this type; `…` in it stands for anything."""
    for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL):
        if block.startswith(f'{{"type": "{first}"'):
            text = block.replace("{…}", '{"…": 1}').replace("[ …", '["').replace("… ]", '"]')
            text = re.sub(r'\["[^\]]*\]', "[]", text) if first != "report" else text
            return json.loads(text)
    raise AssertionError(f"no example of {first}")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table whose header begins with `heading`."""
    _, _, rest = PAGE.partition(f"| {heading} |")
    lines = rest.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


class Program:
    """A client in some other language would look like this."""

    def __init__(self, address: str, token: str, resume: Any = None) -> None:
        self._address = address
        self._hello = {**example("hello"), "token": token}
        del self._hello["resume"]
        if resume is not None:
            self._hello["resume"] = resume
        self.socket: ClientConnection
        self.welcome: Any = None
        self.documents: dict[str, Any] = {}
        self.seq = 0
        self.updates: list[Any] = []

    async def __aenter__(self) -> Self:
        self.socket = await connect(self._address, proxy=None)
        await self.send(self._hello)
        self.welcome = await self.until("welcome", "error")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def send(self, frame: Any) -> None:
        await self.socket.send(json.dumps(frame))

    async def until(self, *kinds: str) -> Any:
        async with asyncio.timeout(30):
            while True:
                text = await self.socket.recv()
                assert isinstance(text, str)
                frame = json.loads(text)
                if frame["type"] == "welcome":
                    self.documents, self.seq = frame["set"], frame["seq"]
                elif frame["type"] == "update":
                    assert frame["prev"] <= self.seq, "a gap nobody made"
                    self.documents |= frame.get("set", {})
                    self.seq = frame["seq"]
                    self.updates.append(frame)
                if frame["type"] in kinds:
                    return frame

    async def command(self, do: Any, key: str = "") -> Any:
        await self.send({"type": "command", "id": key or str(uuid.uuid4()), "do": do})
        return await self.until("result")

    async def read(self, what: Any) -> Any:
        await self.send({**example("read"), "what": what})
        return await self.until("read_result")

    async def shows(self, topic: str, wanted: Any) -> Any:
        while not wanted(self.documents.get(topic, {})):
            await self.until("update")
        return self.documents[topic]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerHall]:
    PLACES["voice"] = Place("announcer", "语音")
    PLACES["station"] = Place("station", "外设站", None, AreaId("A"))
    try:
        made = ServerHall(tmp_path_factory.mktemp("page"), limits={"sweep_seconds": 0.1})
    finally:
        del PLACES["voice"], PLACES["station"]
    with made.programs:
        made.start()
        yield made


def program(hall: ServerHall, name: str, resume: Any = None) -> Program:
    assert hall.server is not None
    return Program(hall.server.push, hall.tokens[name], resume)


async def open_hall(hall: ServerHall) -> None:
    async with program(hall, "manager") as manager:
        if "day" not in manager.documents["hall"]:
            await manager.command({"type": "open_day", "day": "2026-03-02"})
    async with program(hall, "caller1") as caller:
        await caller.command({"type": "sign_in", "counter": "1", "staff": "s2"})
        if caller.documents["counter/1"].get("ticket"):
            await caller.command({"type": "end_service", "counter": "1"})


async def test_hello_and_welcome(hall: ServerHall) -> None:
    assert "resume" in example("hello")
    shown = example("welcome")
    async with program(hall, "board") as board:
        found = board.welcome
        assert found.keys() | {"announcements"} == shown.keys()
        assert found["me"].keys() == shown["me"].keys()
        assert (found["v"], found["me"]["role"], found["me"]["area"]) == (1, "board", "A")
        assert set(found["set"]) == set(shown["set"])
        assert board.socket.protocol.extensions == [], "no compression"
        epoch, seq = found["epoch"], found["seq"]
    hall.programs.stop()
    hall.start()
    async with program(hall, "board") as board:
        assert (board.welcome["epoch"], board.welcome["seq"]) == (epoch + 1, seq)


async def test_refused_hellos(hall: ServerHall) -> None:
    assert hall.server is not None
    told = {code for row in rows("code") for code in re.findall(r"`(\w+)`", row[0])}
    met = set()
    good = {**example("hello"), "token": hall.tokens["kiosk"], "new_field": {"unknown": 1}}
    for frame in (
        json.dumps({**good, "v": 2}),
        json.dumps({**good, "token": "no"}),
        json.dumps(example("read")),
        "{",
        '{"type": "curtsy"}',
        json.dumps({**good, "program": "x" * 70_000}),
    ):
        async with connect(hall.server.push, proxy=None) as socket:
            await socket.send(frame)
            error = json.loads(await socket.recv())
            assert error["type"] == "error"
            assert error["closing"] is True
            met.add(error["code"])
            await socket.wait_closed()
            assert socket.close_code == 1008
    assert met == told - {"hello_timeout", "too_many_clients"}  # held in test_server_*.py
    async with connect(hall.server.push, proxy=None) as socket:
        await socket.send(json.dumps(good))
        assert json.loads(await socket.recv())["type"] == "welcome"
    with pytest.raises(ConnectionClosed):  # without a word
        async with connect(hall.server.push, proxy=None) as socket:
            await socket.send("x" * 300_000)
            await socket.recv()


async def test_who_sees_which_documents(hall: ServerHall) -> None:
    """The table of topics, for every role."""
    await open_hall(hall)
    table = {row[0].strip("`"): row[-1] for row in rows("topic")}
    for role, name in ROLES.items():
        async with program(hall, name) as one:
            kinds = {topic.partition("/")[0] for topic in one.documents}
            told = {
                topic.partition("/")[0]
                for topic, seen in table.items()
                if seen == "all" or re.search(rf"\b{role}\b", seen)
            }
            assert kinds == told, role
            counters = [t for t in one.documents if t.startswith("counter/")]
            assert len(counters) == {"caller": 1, "manager": 3, "integration": 3, "station": 3}.get(
                role, 0
            )
            assert "张三" not in json.dumps(one.welcome, ensure_ascii=False)


COMMANDS: dict[str, dict[str, Any]] = {
    "check_in": {"code": "none"},
    "book_appointment": {
        "serial": "s",
        "service": "tax",
        "day": "2026-01-01",
        "start": "09:00",
        "holder": {"name": "n", "number": "n"},
    },
    "move_appointment": {"serial": "s", "day": "2026-01-01", "start": "09:00"},
    "cancel_appointment": {"serial": "s"},
    "lift_bar": {"person": "p", "reason": "r"},
    "acknowledge_alert": {"alert": ""},
    "define_booking_plan": {"plan": {"id": "", "name": {"zh": "", "en": ""}, "services": []}},
    "issue_ticket": {"service": "none"},
    "cancel_ticket": {"ticket": "none"},
    "return_ticket": {"ticket": "none"},
    "sign_in": {"staff": "none"},
    "call_this": {"ticket": "none", "reason": "r"},
    "call_back": {"ticket": "none"},
    "transfer": {"to": {"type": "staff", "staff": "none"}, "position": "end"},
    "walk_in": {"service": "none"},
    "pause": {"reason": ""},
    "remove_ticket": {"ticket": "none", "reason": "r"},
    "rate": {"transaction": "none", "level": 5},
    "decline_rating": {"transaction": "none"},
    "open_day": {"day": "never"},
    "define_hall": {"settings": {"name": {"zh": "", "en": ""}}},
    "define_area": {"area": {"id": "", "name": {"zh": "", "en": ""}}},
    "define_service": {
        "service": {
            "id": "",
            "prefix": "",
            "name": {"zh": "", "en": ""},
            "department": {"zh": "", "en": ""},
            "area": "",
        }
    },
    "define_counter": {
        "counter": {
            "id": "",
            "number": 0,
            "name": {"zh": "", "en": ""},
            "area": "",
            "profile": "",
        }
    },
    "define_staff": {"staff": {"id": "", "name": ""}},
    "define_profile": {"profile": {"id": "", "name": {"zh": "", "en": ""}, "services": []}},
    "define_calendar_day": {"day": {"day": "", "kind": "work"}},
    "define_route": {"route": {"id": "", "name": {"zh": "", "en": ""}, "steps": []}},
    "join_visit": {"ticket": "none"},
}
COUNTERLESS = {
    "check_in",
    "book_appointment",
    "move_appointment",
    "cancel_appointment",
    "lift_bar",
    "acknowledge_alert",
    "define_booking_plan",
    *("issue_ticket", "cancel_ticket", "return_ticket", "rate", "decline_rating", "open_day"),
    *("close_day", "define_hall", "define_area", "define_service", "define_counter"),
    *("define_staff", "define_profile", "define_calendar_day", "define_route"),
}


async def test_who_may_command_what(hall: ServerHall) -> None:
    """The table of commands, for every role: refused as `not_allowed`, or for another reason."""
    await open_hall(hall)
    table = {verb: row[1] for row in rows("command") for verb in re.findall(r"`(\w+)`", row[0])}
    assert len(table) == 42
    async with program(hall, "kiosk") as kiosk:  # open tickets, so that no day is closed here
        for _ in range(9):
            await kiosk.command({"type": "issue_ticket", "service": "tax"})
    for role, name in ROLES.items():
        async with program(hall, name) as one:
            for verb, who in table.items():
                fields = dict(COMMANDS.get(verb, {}))
                if verb not in COUNTERLESS:
                    fields["counter"] = "1"
                if verb == "sign_out":
                    continue  # told in words; below
                result = await one.command({"type": verb, **fields})
                may = bool(re.search(rf"\b{role}\b", who.partition(";")[0]))
                refused = result.get("rejected", {}).get("code") == "not_allowed"
                assert refused == (not may), (role, verb, result)
    async with program(hall, "manager") as manager:
        force = {"type": "sign_out", "counter": "1", "force": True}
        async with program(hall, "caller1") as caller:
            assert (await caller.command(force))["rejected"]["code"] == "no_right"
        forced = await manager.command(force)
        assert "rejected" not in forced
    async with program(hall, "caller2") as caller:
        other = await caller.command({"type": "call_next", "counter": "1"})
        assert other["rejected"]["code"] == "not_allowed"


async def test_a_ticket_from_issue_to_rating(hall: ServerHall) -> None:
    await open_hall(hall)
    ask = {**example("command"), "id": f"{ID}000000000001"}
    ask["do"]["counter"] = "1"
    async with (
        program(hall, "kiosk") as kiosk,
        program(hall, "caller1") as caller,
        program(hall, "pad1") as pad,
        program(hall, "board") as board,
    ):
        while "done" in (result := await caller.command(ask["do"])):
            await caller.command({"type": "end_service", "counter": "1"})
        wanted = json.loads(
            re.sub(r"\s+", " ", re.findall(r'`(\{"code": "nobody.*?\})`', PAGE, re.DOTALL)[0])
        )
        assert {"details": {}, **result["rejected"]} == wanted
        holder = {"name": "张三", "number": "110105200001010010", "birth": "2000-01-01"}
        issue = {"type": "issue_ticket", "service": "tax", "holder": holder}
        issued = (await kiosk.command(issue))["done"]
        before = board.seq
        await caller.send(ask)
        result = await caller.until("result")
        shown = example("result")
        assert result["id"] == ask["id"]
        assert shown["done"].keys() <= result["done"].keys()
        assert result["done"]["transaction"] == f"{issued['ticket']}-1"
        assert shown["done"]["why"].keys() <= result["done"]["why"].keys()
        await caller.send(ask)
        assert await caller.until("result") == result, "a retry gets the first answer"
        await caller.send({**ask, "do": {"type": "recall", "counter": "1"}})
        assert (await caller.until("result"))["rejected"]["code"] == "id_reused"
        called = await board.shows(
            "calls/A",
            lambda calls: (calls.get("recent") or [{}])[0].get("ticket") == issued["ticket"],
        )
        assert called["recent"][0]["holder"] == "张*"
        update = next(u for u in board.updates if u.get("announcements"))
        assert example("update").keys() == update.keys()
        await board.send({"type": "resume", "seq": before})
        anew = await board.until("welcome")
        assert issued["ticket"] in {call["ticket"] for call in anew["announcements"]}
        await reads(kiosk, caller, board, issued["ticket"])
        await caller.command({"type": "end_service", "counter": "1"})
        asked = (
            await pad.shows(
                "pad/1", lambda shown: shown.get("asked", {}).get("number") == issued["number"]
            )
        )["asked"]
        rated = await pad.command(
            {"type": "rate", "transaction": asked["transaction"], "level": 5, "reasons": []}
        )
        assert "rejected" not in rated, rated
        assert (await caller.shows("counter/1", lambda c: c.get("rating") == "rated"))[
            "state"
        ] == "free"


async def reads(kiosk: Program, caller: Program, board: Program, ticket: str) -> None:
    """The page's table of reads."""
    who = {row[0].split("`")[1]: row[1] for row in rows("what")}
    assert who["ticket"] == "all"
    for one in (kiosk, caller, board):
        answer = (await one.read({"type": "ticket", "ticket": ticket}))["answer"]
        assert (answer["type"], answer["state"]) == ("ticket", "serving")
    waiting = (await caller.read({**example("read")["what"], "counter": "1"}))["answer"]
    assert (waiting["type"], waiting["total"]) == ("waiting", 0)
    other = await caller.read({"type": "waiting", "counter": "2"})
    assert other["rejected"]["code"] == "not_allowed"
    told = (await caller.read({"type": "identity", "ticket": ticket}))["answer"]
    assert (told["name"], told["number"]) == ("张三", "*" * 14 + "0010")
    for one in (kiosk, board):
        for what in ({"type": "identity", "ticket": ticket}, {"type": "waiting", "counter": "1"}):
            assert (await one.read(what))["rejected"]["code"] == "not_allowed"


async def test_devices_reach_the_manager(hall: ServerHall) -> None:
    report = example("report")
    async with program(hall, "kiosk") as kiosk, program(hall, "manager") as manager:
        await kiosk.send(report)
        me = kiosk.welcome["me"]["program"]

        def reported(shown: Any) -> bool:
            return any(p["id"] == me and p.get("devices") for p in shown["programs"])

        shown = await manager.shows("programs", reported)
        [found] = [p for p in shown["programs"] if p["id"] == me]
        assert found["devices"] == report["devices"]
        assert found["version"] == "kiosk 0.1.0"


async def test_waiting_counts_come_at_most_four_times_a_second(hall: ServerHall) -> None:
    await open_hall(hall)
    async with program(hall, "kiosk") as kiosk:
        loop = asyncio.get_running_loop()
        began, issued = loop.time(), 0
        while loop.time() - began < 1.0:
            do = {"type": "issue_ticket", "service": "id", "holder": some(issued)}
            issued += "done" in await kiosk.command(do)
            await asyncio.sleep(0.015)
        await kiosk.shows(
            "queues",
            lambda shown: any(
                q["service"] == "id" and q["waiting"] == issued for q in shown["queues"]
            ),
        )
        took = loop.time() - began
        told = [update for update in kiosk.updates if "queues" in update.get("set", {})]
        assert 2 <= len(told) <= took * 4 + 2


def some(n: int) -> dict[str, str]:
    return {"name": "李四", "number": f"1101051990{n:08d}"}


async def test_mistakes_and_limits_after_the_welcome(hall: ServerHall) -> None:
    async with program(hall, "kiosk") as kiosk:
        for bad in ("{", '{"type": "gossip"}', '{"type": "command", "id": "x", "do": {}}'):
            await kiosk.socket.send(bad)
            error = await kiosk.until("error")
            assert not error.get("closing")
        for _ in range(400):
            await kiosk.send({**example("read"), "what": {"type": "ticket", "ticket": "A001"}})
        codes = [
            (await kiosk.until("read_result")).get("rejected", {}).get("code") for _ in range(400)
        ]
        assert "too_fast" in codes
        assert codes.count(None) >= 100
        assert set(codes) == {None, "too_fast"}
        await kiosk.send({"type": "read", "id": "x" * 70_000, "what": {"type": "ticket"}})
        error = await kiosk.until("error")
        assert (error["code"], error["closing"]) == ("too_large", True)
