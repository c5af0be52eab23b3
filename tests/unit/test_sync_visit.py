"""docs/backend.md on a visit of several steps: its events are the hall's, and tell each step."""

import json
import re
from pathlib import Path
from typing import Any

from queue_server.domain import commands as c
from queue_server.domain.steps import Branch, BranchStep, Route, Step
from queue_server.domain.values import CounterId, ServiceId
from tests.unit import domain_hall as h

TAX, LEVY, LAND = map(ServiceId, ("tax", "levy", "land"))
ROUTE = Route(
    id="open-business",
    name=h.text("open"),
    steps=(
        Step(
            service=TAX,
            joint=2,
            branches=(Branch(id="papers", name=h.text("papers"), steps=(BranchStep(LAND),)),),
        ),
        Step(service=LEVY),
    ),
)
ONE, TWO = CounterId("k1"), CounterId("k2")


def told() -> list[dict[str, Any]]:
    """What the backend is sent of it; `why` and the definitions inside `stops` left out."""
    ledger = h.opened(h.settings(rate_on_end=False))
    ledger.do(c.DefineRoute(route=ROUTE))
    ticket = ledger.issue("tax")
    begin = len(ledger.log) - 1
    for command in (
        c.CallNext(counter=ONE),
        c.JoinVisit(counter=TWO, ticket=ticket.id),
        c.ChooseBranch(counter=ONE, branch="papers"),
        c.EndService(counter=TWO),
        c.EndService(counter=ONE),
        c.CallNext(counter=TWO),
        c.EndService(counter=TWO),
        c.CallNext(counter=ONE),
        c.EndService(counter=ONE),
    ):
        ledger.do(command)
    found = [json.loads(data) for _, _, data in ledger.log[begin:]]
    for event in found:
        event.pop("why", None)
        event["ticket"] = "T"
        if "transaction" in event:
            event["transaction"] = event["transaction"].replace(ticket.id, "T")
        if "stops" in event:
            event["stops"] = [{"service": stop["service"]} for stop in event["stops"]]
        if "branch" in event:
            event["branch"] = {"id": event["branch"]["id"]}
    return found


def done(events: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    """What the page says a receiver makes of them: step, service, counter."""
    step = 1
    at: dict[str, tuple[int, str]] = {}
    made: list[tuple[int, str, str]] = []
    for event in events:
        match event["type"]:
            case "ticket_called" | "joint_begun":
                at[event["counter"]] = (step, event["service"])
            case "joint_ended" | "service_ended" | "step_ended":
                made.append((*at.pop(event["counter"]), event["counter"]))
                step += event["type"] == "step_ended"
    return made


def test_the_pages_events_of_a_visit_are_the_halls_own() -> None:
    page = (Path(__file__).parents[2] / "docs" / "backend.md").read_text("utf-8")
    (block,) = re.findall(r"```jsonl\n(.*?)```", page, re.DOTALL)
    assert [json.loads(line) for line in block.splitlines()] == told()


def test_a_receiver_knows_each_step_and_who_did_it() -> None:
    assert done(told()) == [
        (1, "tax", "k2"),
        (1, "tax", "k1"),
        (2, "land", "k2"),
        (3, "levy", "k1"),
    ]
