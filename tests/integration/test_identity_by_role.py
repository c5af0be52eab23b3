"""Before a call nobody is told who comes, whatever their role and through either door.

Full names and numbers are `test_server_push`'s matter; here it is the masked name too.
"""

import asyncio
import json
from collections.abc import Iterator
from typing import Any, get_args

import httpx
import pytest

from queue_server.config import read_config
from queue_server.domain.values import AreaId, CounterId
from queue_server.protocol.views import ProgramRole
from queue_server.store.access import Access
from tests.integration.server_hall import DAY, Line, ServerHall, open_day

HOLDER = {"name": "欧阳修", "number": "11010519491231002X", "birth": "1949-12-31"}
SURNAME = "欧"
AT = {"caller": "1", "screen": "1", "pad": "1"}
PATHS = (
    "hall", "queues", "calls/A", "counters", "counters/1", "counters/1/waiting?limit=200",
    "counters/2/waiting", "counters/1/joint", "screens/1", "pads/1", "programs", "tickets/B001",
    "tickets/B001/why", "tickets/B001/identity", "rules", f"calendar?month={DAY[:7]}",
)  # fmt: skip


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerHall]:
    hall = ServerHall(tmp_path_factory.mktemp("roles"))
    access = Access(read_config(hall.config).store.folder)
    for role in get_args(ProgramRole):
        hall.tokens[role] = access.create(
            role, role, counter=CounterId(AT[role]) if role in AT else None, area=AreaId("A")
        )[1]
    access.close()
    with hall.programs:
        hall.start()
        asyncio.run(open_day(hall))
        yield hall


async def asked(hall: ServerHall) -> dict[str, str]:
    """All that every role reads over REST, by role and path."""
    assert hall.server is not None
    found = {}
    async with httpx.AsyncClient(base_url=hall.server.http, trust_env=False) as http:
        for role in get_args(ProgramRole):
            headers = {"Authorization": f"Bearer {hall.tokens[role]}"}
            for path in PATHS:
                answer = await http.get(f"/api/v1/{path}", headers=headers)
                found[f"{role} {path}"] = answer.text
    return found


def told(found: dict[str, str]) -> set[str]:
    return {place for place, text in found.items() if SURNAME in text or "\\u6b27" in text}


def both_wait(queues: dict[str, Any]) -> bool:
    return bool(sum(queue["waiting"] for queue in queues["queues"]) == 2)


async def test_nobody_is_told_who_comes_before_the_call(hall: ServerHall) -> None:
    roles = get_args(ProgramRole)
    lines: dict[str, Line] = {}
    try:
        for role in roles:
            lines[role] = await hall.line(role).__aenter__()
        ticket = await lines["kiosk"].done("issue_ticket", service="id", holder=HOLDER)
        assert ticket["number"] == "B001"
        await lines["kiosk"].done("issue_ticket", service="tax")
        for role in roles:
            if "queues" in lines[role].welcome["set"]:  # has heard of both
                await lines[role].until("queues", both_wait)
            for what in (
                {"type": "waiting", "counter": "1", "limit": 200},
                {"type": "ticket", "ticket": "B001"},
                {"type": "identity", "ticket": ticket["ticket"]},
                {"type": "why", "ticket": "B001"},
            ):
                await lines[role].read(what)
        heard = {role: json.dumps(line.seen, ensure_ascii=False) for role, line in lines.items()}
        assert told(heard) == set()
        assert "B001" in heard["caller"], "numbers are told, to be called out of order"
        assert told(await asked(hall)) == set()

        for line in lines.values():
            line.seen.clear()
        await lines["caller"].done("call_next", counter="1")
        await lines["screen"].until("screen/1", lambda screen: screen.get("ticket") == "B001")
        await lines["board"].until("calls/A", lambda calls: calls["recent"])
        for role in ("caller", "manager"):
            await lines[role].until("counter/1", lambda counter: counter.get("ticket"))
        heard = {role: json.dumps(line.seen, ensure_ascii=False) for role, line in lines.items()}
        assert {"caller", "screen", "board"} <= told(heard)
        assert told(heard) <= {
            "caller", "screen", "board", "announcer", "manager", "integration", "station", "pad",
        }  # fmt: skip
        assert all(HOLDER["name"] not in text for text in heard.values())
    finally:
        for line in lines.values():
            await line.__aexit__()
