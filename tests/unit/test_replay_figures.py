"""The figures see every fault planted in a hand-made day, and none in a clean one.

The database has the real tables' columns and none of their constraints: those would not let the
faults in.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pysqlite3
import pytest

from queue_server.store.schema import migrate
from simulation.replay import figures as f
from simulation.replay.figures import Figures, percentile, read_figures

DOC = Path(__file__).resolve().parents[2] / "docs" / "database.md"
QUERIES = {
    name: getattr(f, name)
    for name in (
        "SLIPS", "COUNTS", "LOST", "DUPLICATES", "DOUBLE_CALLS", "SEQ_GAPS", "NUMBER_GAPS", "WAITS",
    )
}  # fmt: skip
TICKETS = 4


def real_columns() -> dict[str, list[str]]:
    with closing(pysqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db)
        tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
            for (name,) in tables
            if not name.startswith("sqlite_")
        }


def ticket_id(n: int) -> str:
    return f"{n:032x}"


class Day:
    """Four citizens at one counter: three served for a minute each, the last one absent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "day.db"
        self.paper = folder / "paper.jsonl"
        self.trace = folder / "trace.csv"
        self.db = sqlite3.connect(self.database, isolation_level=None)
        for table, columns in real_columns().items():
            self.db.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        self.seq = 0
        self.slips: list[dict[str, object]] = []
        self.rows = ["PS,AGENT"] * (TICKETS - 1) + ["PS,HANG", "PS,PHANTOM"]
        for n in range(1, TICKETS + 1):
            self.event("ticket_issued", ticket=ticket_id(n), number=f"A{n:03d}")
            self.ticket(n)
            self.slip(n)
        for n in range(1, TICKETS + 1):
            absent = n == TICKETS
            self.event("ticket_called", ticket=ticket_id(n), counter="1")
            verb = "ticket_not_shown" if absent else "service_ended"
            self.event(verb, ticket=ticket_id(n), counter="1")
            self.transaction(
                n,
                called_at=n * 60_000,
                ended_at=(n + 1) * 60_000,
                reason="no_show" if absent else "served",
            )
        self.event("ticket_closed", ticket=ticket_id(TICKETS), reason="no_show")

    def event(self, type_: str, **data: object) -> None:
        self.seq += 1
        self.db.execute(
            "INSERT INTO events (hall, seq, day, type, data) VALUES ('h', ?, 'd', ?, ?)",
            (self.seq, type_, json.dumps(data)),
        )

    def ticket(self, n: int, **changes: object) -> None:
        row = {
            "id": ticket_id(n),
            "day": "d",
            "number": f"A{n:03d}",
            "prefix": "A",
            "serial": n,
            "service": "PS",
            "issued_at": 0,
            "walk_in": 0,
            "state": "ended",
            "end_reason": "no_show" if n == TICKETS else "served",
        }
        self.insert("tickets", row | changes)

    def transaction(self, n: int, step: int = 1, counter: str = "1", **changes: object) -> None:
        row = {"id": f"{ticket_id(n)}-{step}", "ticket": ticket_id(n), "step": step}
        self.insert(
            "transactions", {**row, "counter": counter, "held": 0, "stop": 0, "joint": 0, **changes}
        )

    def insert(self, table: str, row: dict[str, object]) -> None:
        marks = ", ".join("?" * len(row))
        self.db.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
        )

    def slip(self, n: int, *lines: str, number: str | None = None) -> None:
        self.slips.append(
            {
                "number": number or f"A{n:03d}",
                "lines": list(lines),
                "qr": [f"http://127.0.0.1:1/t/{ticket_id(n)}"],
            }
        )

    def figures(self) -> Figures:
        self.paper.write_text(
            "".join(json.dumps(slip, ensure_ascii=False) + "\n" for slip in self.slips), "utf-8"
        )
        self.trace.write_text("type,outcome\n" + "\n".join(self.rows) + "\n")
        return read_figures(self.database, [self.paper], self.trace)


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    made = Day(tmp_path)
    with closing(made.db):
        yield made


def test_a_clean_day(day: Day) -> None:
    found = day.figures()
    assert found.faultless
    assert found.details == {}
    assert (found.arrivals, found.tickets, found.printed) == (4, 4, 4)
    assert (found.served, found.no_show, found.unfinished) == (3, 1, 0)
    assert (found.wait_s.mean, found.wait_s.p50, found.wait_s.p90) == (120, 120, 180)


def test_a_citizen_without_a_ticket_is_lost(day: Day) -> None:
    day.rows.append("PS,AGENT")
    assert day.figures().details == {"arrivals_without_an_ended_ticket": 1}
    assert day.figures().lost == 1


def test_a_ticket_too_many_of_another_service_hides_no_loss(day: Day) -> None:
    day.rows[0] = "NW,AGENT"
    assert day.figures().details == {"arrivals_without_an_ended_ticket": 1}


def test_a_ticket_that_never_ended_is_lost_and_unfinished(day: Day) -> None:
    day.db.execute("UPDATE tickets SET state = 'waiting', end_reason = NULL WHERE serial = 2")
    found = day.figures()
    assert (found.lost, found.unfinished, found.served) == (1, 1, 2)


def test_closed_at_the_day_s_end_is_unfinished_and_not_lost(day: Day) -> None:
    day.db.execute("UPDATE tickets SET end_reason = 'closed_at_day_end' WHERE serial = 2")
    found = day.figures()
    assert (found.lost, found.unfinished) == (0, 1)


def test_a_slip_of_no_ticket_is_lost(day: Day) -> None:
    day.slip(99)
    assert day.figures().details == {"slips_that_no_ticket_matches": 1}


def test_a_slip_with_a_wrong_number_is_lost(day: Day) -> None:
    day.slips[1]["number"] = "A007"
    assert day.figures().details == {"slips_that_no_ticket_matches": 1}


def test_a_ticket_that_was_never_printed_is_lost(day: Day) -> None:
    day.slips.pop()
    assert day.figures().details == {"tickets_never_printed": 1}


def test_a_slip_without_a_code_is_no_ticket_s(day: Day) -> None:
    day.slips[0]["qr"] = []
    assert day.figures().details == {
        "slips_that_no_ticket_matches": 1,
        "tickets_never_printed": 1,
    }


def test_a_ticket_that_only_the_log_knows_is_lost(day: Day) -> None:
    day.event("ticket_issued", ticket=ticket_id(50), number="A050")
    assert day.figures().details == {"issued_but_not_in_tickets": 1}


def test_a_number_given_twice(day: Day) -> None:
    day.event("ticket_issued", ticket=ticket_id(5), number="A001")
    day.ticket(5, number="A001", serial=1)
    day.slip(5, number="A001")
    day.rows.append("PS,AGENT")
    found = day.figures()
    assert found.details == {"in_tickets": 1, "in_the_log": 1, "on_paper": 1}
    assert found.duplicate_numbers == 3


def test_a_reprint_is_no_duplicate_and_a_second_slip_is(day: Day) -> None:
    day.slip(1, "补打号票，号码不变")
    assert day.figures().faultless
    assert day.figures().printed == 4
    day.slip(1)
    assert day.figures().details == {"on_paper": 1}


def test_a_ticket_called_by_two_counters(day: Day) -> None:
    day.event("ticket_issued", ticket=ticket_id(5), number="A005")
    day.ticket(5)
    day.slip(5)
    day.rows.append("PS,AGENT")
    day.event("ticket_called", ticket=ticket_id(5), counter="1")
    day.event("ticket_called", ticket=ticket_id(5), counter="2")
    assert day.figures().details == {"tickets_called_twice": 1}
    day.transaction(5, 1, "1", called_at=400_000, ended_at=500_000, reason="served")
    day.transaction(5, 2, "2", called_at=450_000, ended_at=460_000, reason="transferred_queue")
    assert day.figures().details == {"tickets_called_twice": 1, "overlapping_transactions": 1}


def test_a_counter_that_calls_while_it_serves(day: Day) -> None:
    for n in (5, 6):
        day.event("ticket_issued", ticket=ticket_id(n), number=f"A{n:03d}")
        day.ticket(n)
        day.slip(n)
        day.rows.append("PS,AGENT")
        day.event("ticket_called", ticket=ticket_id(n), counter="1")
        # Closing a ticket that left long ago does not free the counter.
        day.event("ticket_closed", ticket=ticket_id(TICKETS), reason="cancelled_by_citizen")
    assert day.figures().details == {"counters_with_two": 1}
    day.transaction(5, called_at=400_000, ended_at=None)
    day.transaction(6, called_at=450_000, ended_at=460_000, reason="served")
    assert day.figures().details == {"counters_with_two": 1, "overlapping_transactions": 1}


def test_a_ticket_set_aside_leaves_its_counter_free(day: Day) -> None:
    for n in (5, 6):
        day.event("ticket_issued", ticket=ticket_id(n), number=f"A{n:03d}")
        day.ticket(n)
        day.slip(n)
        day.rows.append("PS,AGENT")
    day.event("ticket_called", ticket=ticket_id(5), counter="1")
    day.event("ticket_held", ticket=ticket_id(5), counter="1")
    day.event("ticket_called", ticket=ticket_id(6), counter="1")
    day.event("service_ended", ticket=ticket_id(6), counter="1")
    day.event("ticket_called_back", ticket=ticket_id(5), counter="1")
    day.event("service_ended", ticket=ticket_id(5), counter="1")
    day.transaction(5, called_at=400_000, ended_at=600_000, reason="served")
    day.transaction(6, called_at=450_000, ended_at=500_000, reason="served")
    assert day.figures().faultless


def test_a_ticket_forced_out_frees_its_counter(day: Day) -> None:
    for n in (5, 6):
        day.event("ticket_issued", ticket=ticket_id(n), number=f"A{n:03d}")
        day.ticket(n)
        day.slip(n)
        day.rows.append("PS,AGENT")
        day.event("ticket_called", ticket=ticket_id(n), counter="1")
        day.event("ticket_closed", ticket=ticket_id(n), reason="forced_sign_out")
    assert day.figures().faultless


def test_a_ticket_served_twice(day: Day) -> None:
    day.transaction(1, 2, called_at=900_000, ended_at=960_000, reason="served")
    assert day.figures().details == {"served_twice": 1}


@pytest.mark.parametrize(("seq", "missing"), [(1, 1), (5, 1)])
def test_events_missing_from_the_log(day: Day, seq: int, missing: int) -> None:
    day.db.execute("DELETE FROM events WHERE seq = ?", (seq,))
    assert day.figures().seq_gaps == missing


def test_a_number_left_out(day: Day) -> None:
    day.db.execute("UPDATE tickets SET serial = 7 WHERE serial = 4")
    assert day.figures().details == {"missing_numbers": 3}


def test_waits_begin_with_the_first_call(day: Day) -> None:
    day.db.execute("UPDATE transactions SET reason = 'transferred_queue' WHERE ticket = ?",
                   (ticket_id(1),))  # fmt: skip
    day.transaction(1, 2, called_at=900_000, ended_at=960_000, reason="served")
    assert day.figures().wait_s.mean == 120


def test_nobody_served_is_no_zero(day: Day) -> None:
    day.db.execute("UPDATE tickets SET end_reason = 'no_show'")
    assert day.figures().wait_s.mean is None


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    trace = tmp_path / "t.csv"
    trace.write_text("type,outcome\n")
    (tmp_path / "x.db").write_text("not a database, but long enough to be looked at" * 20)
    for name in ("x.db", "missing.db"):
        with pytest.raises(f.DatabaseError, match=name):
            read_figures(tmp_path / name, [], trace)


def test_percentiles_are_nearest_rank() -> None:
    assert percentile([], 50) is None
    assert percentile([7.0], 99) == 7
    assert percentile(list(range(1, 101)), 99) == 99
    assert percentile([4, 3, 2, 1], 50) == 2


def test_the_document_holds_the_very_queries() -> None:
    shown = re.findall(r"```sql\n(.*?);\n```", DOC.read_text("utf-8"), re.DOTALL)
    assert shown == list(QUERIES.values())


def test_the_document_names_every_table_and_column() -> None:
    text = DOC.read_text("utf-8")
    sections = re.findall(r"^### (\w+)\n(.*?)(?=^##)", text, re.DOTALL | re.MULTILINE)
    told = {
        name: re.findall(r"^\| `(\w+)` \|", body, re.MULTILINE)
        for name, body in sections
        if "| column |" in body
    }
    assert told == real_columns()
