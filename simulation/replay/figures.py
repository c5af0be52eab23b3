"""What a day came to, read from its database, the printed paper and the trace; nothing else.

Each query stands word for word in docs/database.md, for whoever checks with the sqlite3 command.
They read the hall's tables, `trace` (the CSV's columns, the rows that were played) and `slips`.
"""

import csv
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

SLIPS = """\
CREATE TEMP VIEW slips AS
SELECT json_extract(line, '$.number') AS number,
       substr(json_extract(line, '$.qr[0]'), -32) AS ticket,
       line LIKE '%补打号票%' AS reprint
FROM paper"""

COUNTS = """\
SELECT (SELECT count(*) FROM trace WHERE outcome <> 'PHANTOM') AS arrivals,
       count(*) AS tickets,
       count(CASE WHEN state = 'ended' AND end_reason = 'served' THEN 1 END) AS served,
       count(CASE WHEN state = 'ended' AND end_reason = 'no_show' THEN 1 END) AS no_show,
       count(CASE WHEN state <> 'ended' OR end_reason = 'closed_at_day_end' THEN 1 END)
           AS unfinished,
       (SELECT count(*) FROM slips WHERE NOT reprint) AS printed
FROM tickets WHERE walk_in = 0"""

LOST = """\
SELECT (SELECT coalesce(sum(max(0, came.n - coalesce(ended.n, 0))), 0)
        FROM (SELECT type AS service, count(*) AS n
              FROM trace WHERE outcome <> 'PHANTOM' GROUP BY type) AS came
        LEFT JOIN (SELECT service, count(*) AS n
                   FROM tickets
                   WHERE walk_in = 0 AND state = 'ended' AND end_reason IS NOT NULL
                   GROUP BY service) AS ended
               ON ended.service = came.service)
           AS arrivals_without_an_ended_ticket,
       (SELECT count(*) FROM slips
        WHERE NOT EXISTS (SELECT 1 FROM tickets
                          WHERE tickets.id = slips.ticket AND tickets.number = slips.number))
           AS slips_that_no_ticket_matches,
       (SELECT count(*) FROM tickets
        WHERE walk_in = 0 AND id NOT IN (SELECT ticket FROM slips WHERE ticket IS NOT NULL))
           AS tickets_never_printed,
       (SELECT count(*) FROM events
        WHERE type = 'ticket_issued'
          AND json_extract(data, '$.ticket') NOT IN (SELECT id FROM tickets))
           AS issued_but_not_in_tickets"""

DUPLICATES = """\
SELECT (SELECT coalesce(sum(n - 1), 0)
        FROM (SELECT count(*) AS n FROM tickets GROUP BY day, number)) AS in_tickets,
       (SELECT coalesce(sum(n - 1), 0)
        FROM (SELECT count(*) AS n FROM events WHERE type = 'ticket_issued'
              GROUP BY day, json_extract(data, '$.number'))) AS in_the_log,
       (SELECT coalesce(sum(n - 1), 0)
        FROM (SELECT count(*) AS n FROM slips WHERE NOT reprint GROUP BY number)) AS on_paper"""

DOUBLE_CALLS = """\
WITH moves AS (
    SELECT seq, type LIKE 'ticket_called%' AS takes,
           json_extract(data, '$.ticket') AS ticket,
           json_extract(data, '$.counter') AS counter
    FROM events
    WHERE type IN ('ticket_called', 'ticket_called_back', 'service_ended', 'step_ended',
                   'ticket_not_shown', 'ticket_held', 'ticket_transferred', 'ticket_closed')
      AND json_extract(data, '$.ticket') NOT IN
          (SELECT json_extract(data, '$.ticket') FROM events WHERE type = 'joint_begun')
), of_tickets AS (
    SELECT seq, takes, counter,
           lag(takes, 1, 0) OVER ticket_by_ticket AS was_taken,
           lag(counter) OVER ticket_by_ticket AS where_it_was
    FROM moves WINDOW ticket_by_ticket AS (PARTITION BY ticket ORDER BY seq)
), of_counters AS (
    SELECT takes, was_taken,
           lag(takes, 1, 0) OVER (PARTITION BY coalesce(counter, where_it_was) ORDER BY seq)
               AS was_busy
    FROM of_tickets
    WHERE takes OR was_taken
), at_counters AS (
    SELECT called_at,
           max(coalesce(ended_at, 9e15)) OVER (PARTITION BY counter
               ORDER BY called_at, coalesce(ended_at, 9e15)
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until,
           max(coalesce(ended_at, 9e15)) OVER (
               PARTITION BY CASE WHEN joint THEN id ELSE ticket END
               ORDER BY called_at, coalesce(ended_at, 9e15)
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until
    FROM transactions
    WHERE ticket NOT IN (SELECT json_extract(data, '$.ticket') FROM events
                         WHERE type = 'ticket_held')
)
SELECT (SELECT count(*) FROM of_tickets WHERE takes AND was_taken) AS tickets_called_twice,
       (SELECT count(*) FROM of_counters WHERE takes AND was_busy) AS counters_with_two,
       (SELECT count(*) FROM at_counters WHERE called_at < busy_until OR called_at < taken_until)
           AS overlapping_transactions,
       (SELECT coalesce(sum(n - 1), 0)
        FROM (SELECT count(*) AS n FROM transactions WHERE reason = 'served' AND NOT joint
              GROUP BY ticket, stop))
           AS served_twice"""

SEQ_GAPS = """\
SELECT coalesce(sum(seq - before - 1), 0) AS missing_events
FROM (SELECT seq, lag(seq, 1, 0) OVER (PARTITION BY hall ORDER BY seq) AS before FROM events)"""

NUMBER_GAPS = """\
SELECT coalesce(sum(missing), 0) AS missing_numbers
FROM (SELECT max(serial) - count(DISTINCT serial) AS missing FROM tickets GROUP BY day, prefix)"""

WAITS = """\
WITH waits AS (
    SELECT (min(transactions.called_at) - tickets.issued_at) / 1000.0 AS s
    FROM tickets JOIN transactions ON transactions.ticket = tickets.id
    WHERE tickets.walk_in = 0 AND tickets.end_reason = 'served'
    GROUP BY tickets.id
), ranked AS (
    SELECT s, row_number() OVER (ORDER BY s) AS place, count(*) OVER () AS n FROM waits
)
SELECT avg(s) AS mean,
       max(CASE WHEN place = (n * 50 + 99) / 100 THEN s END) AS p50,
       max(CASE WHEN place = (n * 90 + 99) / 100 THEN s END) AS p90
FROM ranked"""


class Spread(msgspec.Struct, frozen=True):
    """Seconds; None where there was nobody. Percentiles are nearest-rank."""

    mean: float | None
    p50: float | None
    p90: float | None


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Sums; `details` says which part of a query each fault came from."""

    arrivals: int
    tickets: int
    served: int
    no_show: int
    unfinished: int
    printed: int
    lost: int
    duplicate_numbers: int
    double_calls: int
    seq_gaps: int
    number_gaps: int
    wait_s: Spread
    details: dict[str, int]

    @property
    def faultless(self) -> bool:
        """Whether zeros stand where zeros belong."""
        return not (
            self.lost
            or self.duplicate_numbers
            or self.double_calls
            or self.seq_gaps
            or self.number_gaps
        )


class DatabaseError(Exception):
    """The day's database cannot be read."""


def read_figures(
    database: Path, papers: Iterable[Path], trace: Path, lines: Sequence[int] | None = None
) -> Figures:
    """Ask all questions of a stopped server's database, opened read-only.

    `lines` are the trace's lines that were played, where not all were. Raises `DatabaseError`.
    """
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as db:
            db.row_factory = sqlite3.Row
            _load(db, papers, trace, lines)
            return _ask(db)
    except sqlite3.Error as error:
        raise DatabaseError(f"{database}: {error}") from error


def _load(
    db: sqlite3.Connection, papers: Iterable[Path], trace: Path, lines: Sequence[int] | None
) -> None:
    db.execute("CREATE TEMP TABLE paper (line TEXT)")
    for paper in papers:
        slips = paper.read_text("utf-8").splitlines() if paper.exists() else []
        db.executemany("INSERT INTO paper VALUES (?)", ((slip,) for slip in slips))
    db.execute(SLIPS)
    db.execute("CREATE TEMP TABLE trace (type TEXT, outcome TEXT)")
    played = None if lines is None else frozenset(lines)
    with trace.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        db.executemany(
            "INSERT INTO trace VALUES (?, ?)",
            (
                (row["type"], row["outcome"])
                for row in rows
                if played is None or rows.line_num in played
            ),
        )


def _ask(db: sqlite3.Connection) -> Figures:
    counts = dict(db.execute(COUNTS).fetchone())
    details: dict[str, int] = {}

    def total(query: str) -> int:
        found = dict(db.execute(query).fetchone())
        details.update({name: count for name, count in found.items() if count})
        return int(sum(found.values()))

    mean, p50, p90 = db.execute(WAITS).fetchone()
    return Figures(
        **counts,
        lost=total(LOST),
        duplicate_numbers=total(DUPLICATES),
        double_calls=total(DOUBLE_CALLS),
        seq_gaps=total(SEQ_GAPS),
        number_gaps=total(NUMBER_GAPS),
        wait_s=Spread(mean, p50, p90),
        details=details,
    )


def percentile(values: Sequence[float], percent: int) -> float | None:
    """Nearest-rank percentile; None of nothing."""
    if not values:
        return None
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]
