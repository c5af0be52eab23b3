"""Whether every ticket that a citizen saw is in the server's record, once, and where it stands."""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from queue_server.protocol.client import HallClient
from queue_server.protocol.messages import Progress, ReadTicket


class Accounts(msgspec.Struct, frozen=True):
    """What the citizens saw against what the server holds."""

    seen: int
    """Numbers that stood on a kiosk's screen."""
    recorded: int
    """Tickets in the hall's record."""
    lost: tuple[str, ...]
    """Seen and not in the record, or of no state that the server knows."""
    twice: tuple[str, ...]
    """Numbers given to two tickets."""
    states: dict[str, int]
    """How many tickets stand in each state, as the server answers for each."""

    @property
    def are_right(self) -> bool:
        """No ticket was lost and none was given twice."""
        return not self.lost and not self.twice and sum(self.states.values()) == self.recorded


async def settle_accounts(client: HallClient, database: Path, seen: Sequence[str]) -> Accounts:
    """Ask the running server for each ticket of its record, and compare with what was `seen`."""
    recorded = await asyncio.to_thread(_recorded, database)
    states: Counter[str] = Counter()
    found = set()
    for number in dict.fromkeys([*recorded, *seen]):
        result = await client.read(ReadTicket(ticket=number))
        if isinstance(result.answer, Progress) and number in recorded:
            found.add(number)
            states[result.answer.state] += 1
    numbers = Counter(recorded)
    shown = Counter(seen)
    return Accounts(
        seen=len(seen),
        recorded=len(recorded),
        lost=tuple(sorted(set(shown) - found)),
        twice=tuple(sorted(n for c in (numbers, shown) for n, count in c.items() if count > 1)),
        states=dict(sorted(states.items())),
    )


def _recorded(database: Path) -> list[str]:
    """The numbers of all tickets issued, from the log that the server keeps; only read."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        rows = connection.execute("SELECT data FROM events WHERE type = 'ticket_issued'")
        return [str(json.loads(data)["number"]) for (data,) in rows]
    finally:
        connection.close()
