"""What was told of waiting times against what happened, hour by hour of one day."""

import datetime as dt
from collections import defaultdict
from zoneinfo import ZoneInfo

import msgspec

from ..domain.values import Day
from ..store.sqlite import Connection
from ..store.waits import WaitReport, wait_report


class HourWaits(msgspec.Struct, frozen=True, kw_only=True):
    """Those who were told a range within one hour of the hall's clock. Means, seconds."""

    hour: int
    told: int
    n: int
    """Of these, who were called since."""
    low_s: float | None
    high_s: float | None
    """The range that those who were called had been told, on average, …"""
    waited_s: float | None
    """… what they waited, …"""
    p90_s: float | None
    """… and what nine of ten of them waited at most."""
    within: int
    above: int


class DayWaits(msgspec.Struct, frozen=True):
    """A day's report, its hours, and the days there are, newest first."""

    report: WaitReport
    hours: tuple[HourWaits, ...]
    days: tuple[Day, ...]


def day_waits(database: Connection, day: Day, zone: ZoneInfo, days: tuple[Day, ...]) -> DayWaits:
    """All of one business day. Raises `DatabaseError`."""
    rows = database.execute(
        "SELECT at, low_s, high_s, wait_s FROM wait_outcomes WHERE day = ?", (day,)
    ).fetchall()
    hours: defaultdict[int, list[tuple[int, int, float | None]]] = defaultdict(list)
    for at, low, high, wait in rows:
        hour = dt.datetime.fromtimestamp(at / 1000, zone).hour
        hours[hour].append((low, high, wait))
    return DayWaits(
        wait_report(database, day),
        tuple(_hour(hour, hours[hour]) for hour in sorted(hours)),
        days,
    )


def _hour(hour: int, told: list[tuple[int, int, float | None]]) -> HourWaits:
    ended = [(low, high, wait) for low, high, wait in told if wait is not None]
    waits = sorted(wait for _, _, wait in ended)
    return HourWaits(
        hour=hour,
        told=len(told),
        n=len(ended),
        low_s=_mean([low for low, _, _ in ended]),
        high_s=_mean([high for _, high, _ in ended]),
        waited_s=_mean(waits),
        p90_s=waits[-(-len(waits) * 9 // 10) - 1] if waits else None,
        within=sum(low <= wait <= high for low, high, wait in ended),
        above=sum(wait > high for _, high, wait in ended),
    )


def _mean(values: "list[int] | list[float]") -> float | None:
    return sum(values) / len(values) if values else None
