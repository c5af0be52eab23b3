"""What was promised against what is there: from the kiosks' papers and the database alone.

Plain sqlite3 on the documented tables; nothing of the server's code.
"""

import collections
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec

from simulation.bench.crash_kiosks import Told
from simulation.bench.figures import Crash


def check(database: Path, told_file: Path, kills: int) -> Crash:
    """Compare them. `lost`: told tickets that are not in the database as told, or told commands
    whose kept answer differs; `duplicates`: commands with two tickets, tickets no command asked
    for, numbers given twice; `gaps`: missing `seq`, missing numbers of a prefix.
    """
    told = [msgspec.json.decode(line, type=Told) for line in told_file.read_bytes().splitlines()]
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    try:
        tickets = dict(connection.execute("SELECT id, number FROM tickets"))
        issued = [
            json.loads(data)
            for (data,) in connection.execute(
                "SELECT data FROM events WHERE type = 'ticket_issued' ORDER BY seq"
            )
        ]
        answers = {
            command: json.loads(result).get("done", {}).get("ticket", "")
            for command, result in connection.execute("SELECT id, result FROM results")
        }
        seqs = [seq for (seq,) in connection.execute("SELECT seq FROM events ORDER BY seq")]
    finally:
        connection.close()
    done = [one for one in told if one.ticket]
    return Crash(
        kills=kills,
        acked=len(done),
        lost=sum(
            tickets.get(one.ticket) != one.number or answers.get(one.command) != one.ticket
            for one in done
        ),
        duplicates=_duplicates(done, issued, answers),
        gaps=_missing(seqs) + _missing_numbers(issued),
        retried=sum(one.retried for one in told),
    )


def _duplicates(done: list[Told], issued: list[dict[str, object]], answers: dict[str, str]) -> int:
    again = _more_than_once(str(event["number"]) for event in issued)
    again += _more_than_once(one.ticket for one in done)
    again += _more_than_once(one.number for one in done)
    again += _more_than_once(one.command for one in done)
    asked_for = collections.Counter(answers.values())
    return again + sum(asked_for[str(event["ticket"])] != 1 for event in issued)


def _more_than_once(values: Iterable[str]) -> int:
    return sum(count - 1 for count in collections.Counter(values).values())


def _missing_numbers(issued: list[dict[str, object]]) -> int:
    serials: dict[str, list[int]] = {}
    for event in issued:
        serials.setdefault(str(event["prefix"]), []).append(int(str(event["serial"])))
    return sum(_missing(sorted(found)) for found in serials.values())


def _missing(numbers: list[int]) -> int:
    """How many of 1 to the last are not there."""
    return (numbers[-1] if numbers else 0) - len(set(numbers))
