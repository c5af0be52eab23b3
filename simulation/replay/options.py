"""The command line of `hall replay`."""

import argparse
import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .trace import parse_time


class Options(NamedTuple):
    """The command line, checked."""

    trace: Path
    day: dt.date
    counters: int | None
    kiosks: int
    speed: float | None
    no_show_s: float
    until: int | None
    db: Path | None
    report: Path | None


def read_options(argv: Sequence[str]) -> Options:
    """The command line; exits with 2 where it is wrong."""
    parser = argparse.ArgumentParser(
        prog="hall replay",
        description="用记录的一天重演大厅：真实的服务器、取号机、打印、叫号器与综合屏"
        " · A recorded day through a real server, kiosks, printers, callers and a board.",
        epilog="如何自行核对结果见 docs/database.md"
        " · How to check the figures yourself: docs/database.md",
    )
    add = parser.add_argument
    add("--trace", type=Path, required=True, help="一天的记录 · the day as a CSV")
    add(
        "--day",
        type=_date,
        help="办公日，默认取自文件名 · business day (default: from the file's name)",
    )
    add(
        "--counters",
        type=_at_least_one,
        help="窗口数，各办全部业务；默认用记录中的坐席"
        " · so many counters for every service (default: the record's own staff)",
    )
    add(
        "--staffing",
        choices=["trace"],
        help="用记录中的坐席（默认） · the record's own staff (the default)",
    )
    add("--kiosks", type=_at_least_one, default=2, help="取号机台数 · kiosks (%(default)s)")
    add(
        "--speed",
        type=_speed,
        default=None,
        metavar="X|max",
        help="几倍于真实时间；max 尽快（默认） · times real time; max: at once (the default)",
    )
    add(
        "--no-show-s",
        type=_seconds,
        default=5.0,
        help="等候未到者的秒数 · seconds a no-show costs a counter (%(default)s)",
    )
    add(
        "--until",
        type=_time,
        metavar="H:MM",
        help="只演此前到访者 · only those who came before this time of day",
    )
    add(
        "--db",
        type=Path,
        metavar="FILE",
        help="保留数据库于此，号票另存为 FILE 改后缀 .paper.jsonl"
        " · keep the database here, and the slips beside it as .paper.jsonl",
    )
    add("--report", type=Path, metavar="FILE", help="报告（JSON） · report, as JSON")
    given = parser.parse_args(argv)
    if given.counters and given.staffing:
        parser.error("--counters 与 --staffing 不可并用 · not allowed together")
    found = given.day or _date_in(given.trace.name)
    if found is None:
        parser.error("文件名中没有日期，请用 --day · no date in the file's name; use --day")
    return Options(
        given.trace,
        found,
        given.counters,
        given.kiosks,
        given.speed,
        given.no_show_s,
        given.until,
        given.db,
        given.report,
    )


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"须为 · must be YYYY-MM-DD: {text}") from None


def _date_in(name: str) -> dt.date | None:
    for text in re.findall(r"\d{4}-\d{2}-\d{2}", name):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            continue
    return None


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 200:
        raise argparse.ArgumentTypeError(f"须为 · must be 1 to 200: {text}")
    return int(text)


def _speed(text: str) -> float | None:
    if text == "max":
        return None
    speed = _number(text)
    if not 0 < speed <= 100_000:
        raise argparse.ArgumentTypeError(f"须大于 0，或 max · must be above 0, or max: {text}")
    return speed


def _seconds(text: str) -> float:
    seconds = _number(text)
    if not 0 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"须为 · must be 0 to 3600: {text}")
    return seconds


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"须为数字 · must be a number: {text}") from None


def _time(text: str) -> int:
    second = parse_time(text if text.count(":") == 2 else f"{text}:00")
    if second is None:
        raise argparse.ArgumentTypeError(f"须为 · must be H:MM[:SS]: {text}")
    return second
