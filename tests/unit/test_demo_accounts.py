"""The demo's account of its tickets notices what is missing, and what was given twice."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from queue_server.domain.values import ServiceId, TicketId
from queue_server.protocol.codec import rejected
from queue_server.protocol.messages import Progress, Read, ReadResult, ReadTicket
from simulation.demo.accounts import Accounts, settle_accounts


class Client:
    """Answers for the tickets it knows."""

    def __init__(self, states: Mapping[str, str]) -> None:
        self._states = states

    async def read(self, what: Read) -> ReadResult:
        assert isinstance(what, ReadTicket)
        state = self._states.get(what.ticket)
        if state is None:
            return ReadResult(id="r", rejected=rejected("unknown_ticket"))
        progress = Progress(
            ticket=TicketId(what.ticket),
            number=what.ticket,
            service=ServiceId("tax"),
            state=cast(Any, state),
        )
        return ReadResult(id="r", answer=progress)


def database(path: Path, numbers: Sequence[str]) -> Path:
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE events (type TEXT, data TEXT)")
        rows = [("ticket_issued", json.dumps({"number": number})) for number in numbers]
        made.executemany("INSERT INTO events VALUES (?, ?)", rows)
    made.close()
    return path


async def settled(
    path: Path, recorded: Sequence[str], states: Mapping[str, str], seen: Sequence[str]
) -> Accounts:
    client = cast(Any, Client(states))
    return await settle_accounts(client, database(path / "hall.db", recorded), seen)


async def test_all_is_well(tmp_path: Path) -> None:
    states = {"A001": "ended", "A002": "waiting", "B001": "waiting"}
    found = await settled(tmp_path, ["A001", "A002", "B001"], states, ["A001", "A002"])
    assert found.are_right
    assert found.states == {"ended": 1, "waiting": 2}


@pytest.mark.parametrize(
    ("recorded", "states", "seen"),
    [
        (["A001"], {"A001": "ended"}, ["A001", "A002"]),
        (["A001", "A002"], {"A001": "ended"}, ["A001", "A002"]),
        (["A001", "A001"], {"A001": "ended"}, ["A001"]),
        (["A001"], {"A001": "ended"}, ["A001", "A001"]),
        (["A001", "A002"], {"A001": "ended"}, ["A001"]),
    ],
)
async def test_what_is_missing_or_twice_is_noticed(
    tmp_path: Path, recorded: list[str], states: dict[str, str], seen: list[str]
) -> None:
    assert not (await settled(tmp_path, recorded, states, seen)).are_right
