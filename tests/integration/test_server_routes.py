"""A visit of several steps through a true server: by push, by REST, and after a kill."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from simulation.processes import start_server
from tests.integration.server_hall import ServerHall, open_day

NAME = {"zh": "一件事", "en": "One matter"}
ROUTE = {
    "id": "all",
    "name": NAME,
    "steps": [
        {
            "service": "tax",
            "joint": 2,
            "branches": [{"id": "stop", "name": NAME, "instead": True}],
        },
        {"service": "id"},
    ],
}


async def test_a_visit_goes_on_over_a_kill_of_the_server(tmp_path: Path) -> None:
    hall = ServerHall(tmp_path, catalogue={"routes": [ROUTE]})
    with hall.programs:
        hall.start()
        await open_day(hall)
        ticket, number = await first_step(hall)
        assert hall.server is not None
        hall.server.program.kill()
        hall.server = start_server(hall.programs, hall.config)
        await second_step(hall, ticket, number)
        await why_lists_every_counter(hall, number)


async def first_step(hall: ServerHall) -> tuple[str, str]:
    async with (
        hall.line("kiosk") as kiosk,
        hall.line("caller1") as one,
        hall.line("caller2") as two,
    ):
        done = (await kiosk.do({"type": "issue_ticket", "service": "tax"}))["done"]
        assert [(s["service"], s["state"]) for s in done["steps"]] == [
            ("tax", "now"),
            ("id", "next"),
        ]
        for number, line in ((1, one), (2, two)):
            sign_in = {"type": "sign_in", "counter": str(number), "staff": f"s{number}"}
            assert "done" in await line.do(sign_in)
        await one.do({"type": "call_next", "counter": "1"})
        await two.send({"type": "read", "id": "r", "what": {"type": "joint", "counter": "2"}})
        found = (await two.next("read_result"))["answer"]["tickets"]
        assert [one["id"] for one in found] == [done["ticket"]]
        join = {"type": "join_visit", "counter": "2", "ticket": done["ticket"]}
        assert "done" in await two.do(join)
        refused = await one.do({"type": "hold", "counter": "1"})
        assert refused["rejected"]["code"] == "joint_work"
        await one.do({"type": "end_service", "counter": "1"})
        went = (await two.do({"type": "end_service", "counter": "2"}))["done"]
        assert (went["number"], went["service"]) == (done["number"], "id")
        return done["ticket"], done["number"]


async def second_step(hall: ServerHall, ticket: str, number: str) -> None:
    assert hall.server is not None
    head = {"Authorization": f"Bearer {hall.tokens['api']}"}
    async with httpx.AsyncClient(base_url=hall.server.http, headers=head, trust_env=False) as rest:
        progress: dict[str, Any] = (await rest.get(f"/api/v1/tickets/{number}")).json()
        assert (progress["state"], progress["service"]) == ("waiting", "id")
        assert progress["steps"][0] == {
            "service": "tax",
            "state": "done",
            "area": "A",
            "counters": [1, 2],
        }
        page = (await rest.get(f"/t/{ticket}/progress")).json()
        assert [step["state"] for step in page["steps"]] == ["done", "now"]
        assert page["steps"][1]["counters"] == [1, 2]
        assert (await rest.get("/api/v1/counters/2/joint")).json()["tickets"] == []
    async with hall.line("caller2") as two, hall.line("caller1") as one:
        called = (await two.do({"type": "call_next", "counter": "2"}))["done"]
        assert called["transaction"] == f"{ticket}-3"
        documents = await two.do({"type": "recall", "counter": "2"})
        assert "done" in documents
        assert "done" in await two.do({"type": "end_service", "counter": "2"})
        await one.send({"type": "read", "id": "r", "what": {"type": "ticket", "ticket": number}})
        answer = (await one.next("read_result"))["answer"]
        assert (answer["state"], answer["end_reason"]) == ("ended", "served")


async def why_lists_every_counter(hall: ServerHall, number: str) -> None:
    assert hall.server is not None
    head = {"Authorization": f"Bearer {hall.tokens['api']}"}
    async with httpx.AsyncClient(base_url=hall.server.http, headers=head, trust_env=False) as rest:
        told = (await rest.get(f"/api/v1/tickets/{number}/why")).json()["calls"]
    seen = [
        (c["counter"], c.get("step", 1), c.get("joint", False), c["ended"], c["service"])
        for c in told
    ]
    assert seen == [
        ("1", 1, False, "served", "tax"),
        ("2", 1, True, "served", "tax"),
        ("2", 2, False, "served", "id"),
    ]
    assert told[1]["zh"].startswith("多窗联办：加入其他窗口正在办理的号")
    command = (sys.executable, "-m", "queue_server.why", number, "--config", str(hall.config))
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [line.partition(" · ")[2] for line in done.stdout.splitlines() if " step " in line] == [
        "第 1 步 step 1 · 1 号窗口 counter 1",
        "第 1 步 step 1 · 2 号窗口 counter 2",
        "第 2 步 step 2 · 2 号窗口 counter 2",
    ]
    assert "Joint work" in done.stdout
