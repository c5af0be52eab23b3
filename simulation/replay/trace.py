"""A recorded day as a CSV: who came when, for what, for how long, and who gave up.

Columns used: `type`, `priority`, `arrival`, `queue_enter`, `queue_s`, `outcome`, `service_start`,
`service_end`, `service_s`, `server`; others are ignored. Times are h:mm:ss of one local day;
0:00:00 stands for "never". The format is that of the Anonymous Bank call-centre data (Mandelbaum,
Sakov and Zeltyn, Technion, 2000).
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

MOST_MISTAKES = 20
"""Mistakes told at once."""
DAY_S = 86400
_COLUMNS = (
    "type", "priority", "arrival", "queue_enter", "queue_s", "outcome", "service_start",
    "service_end", "service_s", "server",
)  # fmt: skip
_TIME = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
_COUNT = re.compile(r"\d{1,6}", re.ASCII)
_OUTCOMES = ("AGENT", "HANG", "PHANTOM")
NOBODY = "NONE"


class TraceError(Exception):
    """A trace that cannot be played: one line a mistake, Chinese and English."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One citizen. Times are seconds from the day's midnight, beyond 86,400 after the next."""

    line: int
    service: str
    priority: int
    at: int
    """When the ticket is taken: on joining the queue, or on arriving where there was none."""
    served: bool
    """False for one who gave up: absent when called."""
    queued: bool
    """Whether the record has a moment of joining the queue."""
    queued_s: int
    """Seconds this citizen queued in the record."""
    service_s: int
    agent: str | None
    """Who served in the record; None where nobody did or the record does not say."""
    service_start: int | None
    """When the recorded service began; None where it did not, or the record does not say."""


class Trace(msgspec.Struct, frozen=True):
    """A day's arrivals in order of time; phantoms are left out and only counted."""

    arrivals: tuple[Arrival, ...]
    phantoms: int

    @property
    def services(self) -> tuple[str, ...]:
        """Every type of service asked for, in alphabetical order."""
        return tuple(sorted({arrival.service for arrival in self.arrivals}))

    def until(self, second: int) -> "Trace":
        """Only those who came before `second` of the day."""
        return Trace(tuple(a for a in self.arrivals if a.at < second), self.phantoms)


def read_trace(path: Path) -> Trace:
    """Read and check a whole trace. Raises `TraceError` with every mistake, up to twenty."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(csv.DictReader(file, strict=True))
    except OSError as error:
        raise TraceError([f"{path}: 无法读取 / cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise TraceError([f"{path}: 不是 UTF-8 文本 / not UTF-8 text: {error}"]) from error


def parse_time(text: str) -> int | None:
    """Seconds from midnight of h:mm:ss, or None where it is no time of a day."""
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23:
        return None
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3])


def _read(rows: "csv.DictReader[str]") -> Trace:
    mistakes: list[str] = []
    arrivals: list[Arrival] = []
    phantoms = 0
    for line, row in _rows(rows, mistakes):
        problems = list(_problems(row))
        mistakes += [f"第 {line} 行 line {line}: {problem}" for problem in problems]
        if len(mistakes) >= MOST_MISTAKES:
            break
        if problems:
            continue
        if row["outcome"] == "PHANTOM":
            phantoms += 1
        else:
            arrivals.append(_arrival(line, row))
    if mistakes:
        if len(mistakes) >= MOST_MISTAKES:
            mistakes = [*mistakes[:MOST_MISTAKES], "……只列前 20 处 / only the first 20 are listed"]
        raise TraceError(mistakes)
    if not arrivals:
        raise TraceError(["没有任何到访 / no arrivals"])
    return Trace(tuple(sorted(arrivals, key=lambda a: (a.at, a.line))), phantoms)


def _rows(rows: "csv.DictReader[str]", mistakes: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            mistakes.append(f"缺少列 / columns missing: {', '.join(missing)}")
            return
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        line = rows.line_num
        mistakes.append(f"第 {line} 行 line {line}: 不是 CSV / not CSV: {error}")


def _problems(row: dict[str, str]) -> Iterator[str]:
    if None in row or None in row.values():
        yield "列数不符 / a different number of columns than the first line"
        return
    if not _NAME.fullmatch(row["type"]):
        yield f"type: 须为字母数字 / must be letters and digits: {row['type']!r:.40}"
    if row["priority"] not in tuple("0123456789"):
        yield f"priority: 须为 0 到 9 / must be 0 to 9: {row['priority']!r:.40}"
    for name in ("arrival", "queue_enter", "service_start", "service_end"):
        if parse_time(row[name]) is None:
            yield f"{name}: 须为 h:mm:ss / must be h:mm:ss: {row[name]!r:.40}"
    for name in ("queue_s", "service_s"):
        if not _COUNT.fullmatch(row[name]):
            yield f"{name}: 须为秒数 / must be whole seconds: {row[name]!r:.40}"
    if row["outcome"] not in _OUTCOMES:
        yield f"outcome: 须为 / must be one of {', '.join(_OUTCOMES)}: {row['outcome']!r:.40}"
    if not _NAME.fullmatch(row["server"]):
        yield f"server: 须为字母数字 / must be letters and digits: {row['server']!r:.40}"


def _arrival(line: int, row: dict[str, str]) -> Arrival:
    came = parse_time(row["arrival"]) or 0
    joined = _after(came, row["queue_enter"])
    served = row["outcome"] == "AGENT"
    at = came if joined is None else joined
    return Arrival(
        line=line,
        service=row["type"],
        priority=int(row["priority"]),
        at=at,
        served=served,
        queued=joined is not None,
        queued_s=int(row["queue_s"]),
        service_s=int(row["service_s"]) if served else 0,
        agent=row["server"] if served and row["server"] != NOBODY else None,
        service_start=_after(came, row["service_start"]) if served else None,
    )


def _after(came: int, text: str) -> int | None:
    """A later moment of the same visit; None for "never". What seems far earlier is tomorrow."""
    second = parse_time(text) or 0
    if second == 0:
        return None
    return second + DAY_S if second < came - DAY_S // 2 else second
