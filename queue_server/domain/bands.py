"""Bands: spans of local time on given days, in which a hall or a service gives tickets."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .ids import Day, Value
from .workdays import WORKDAYS, Calendar, DayName, next_day

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
AHEAD = 60
"""Days looked ahead for the next opening: longer than any closing for holidays."""


class Band(Value, frozen=True):
    """From `start` until just before `end`, local time, on the days named.

    `holiday` among the days means public holidays, whatever weekday they fall on; a weekday's name
    does not hold on them. A band ends at 24:00 at the latest: one over midnight is written as two.
    """

    start: str
    end: str
    days: tuple[DayName, ...] = WORKDAYS
    tickets: int = 0
    """At most so many tickets in this band on one day; 0: no limit."""


class Span(NamedTuple):
    """A band on one date."""

    day: Day
    start: int
    """Minutes since local midnight, …"""
    end: int
    """… until just before this one."""
    tickets: int

    @property
    def key(self) -> str:
        """Names it among all spans of its owner: `2026-03-02T08:30`."""
        return f"{self.day}T{clock_text(self.start)}"

    @property
    def hours(self) -> str:
        """As people read it: `08:30–12:00`."""
        return f"{clock_text(self.start)}–{clock_text(self.end)}"


def minute_of(time: str) -> int:
    """Minutes since midnight of `HH:MM`, up to 24:00. Raises ValueError where it is none."""
    if not _TIME.fullmatch(time):
        raise ValueError(time)
    return int(time[:2]) * 60 + int(time[3:])


def clock_text(minute: int) -> str:
    """Minutes since midnight as `HH:MM`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def spans_on(bands: Iterable[Band], day: Day, calendar: Calendar) -> list[Span]:
    """The bands that hold on a date, by start."""
    name = calendar.name(day)
    return sorted(
        Span(day, minute_of(band.start), minute_of(band.end), band.tickets)
        for band in bands
        if name in band.days
    )


def span_at(bands: Iterable[Band], day: Day, minute: int, calendar: Calendar) -> Span | None:
    """The band that holds at a local time."""
    spans = spans_on(bands, day, calendar)
    return next((span for span in spans if span.start <= minute < span.end), None)


def spans_after(
    bands: tuple[Band, ...], day: Day, minute: int, calendar: Calendar
) -> Iterator[Span]:
    """The bands that begin later than a local time, in order, `AHEAD` days at most."""
    for _ in range(AHEAD + 1):
        for span in spans_on(bands, day, calendar):
            if span.start > minute:
                yield span
        day, minute = next_day(day), -1


def band_problems(bands: tuple[Band, ...], where: str = "bands") -> list[str]:
    """Everything wrong with a list of bands: place, Chinese and English."""
    problems: list[str] = []
    taken: dict[DayName, list[tuple[int, int, int]]] = {}
    for number, band in enumerate(bands):
        here = f"{where}[{number}]"
        for field, time in (("start", band.start), ("end", band.end)):
            if not _TIME.fullmatch(time):
                problems.append(f"{here}.{field}: 须为 00:00 到 24:00 / must be 00:00 to 24:00")
        if not band.days:
            problems.append(f"{here}.days: 至少一天 / at least one day")
        if len(set(band.days)) != len(band.days):
            problems.append(f"{here}.days: 有重复 / one is named twice")
        if not 0 <= band.tickets <= 100_000:
            problems.append(f"{here}.tickets: 须为 0 到 100000 / must be 0 to 100000")
        if not (_TIME.fullmatch(band.start) and _TIME.fullmatch(band.end)):
            continue
        start, end = minute_of(band.start), minute_of(band.end)
        if end <= start:
            problems.append(
                f"{here}.end: 须晚于 start，跨零点请写成两段 / must be later than start; write a "
                "band over midnight as two"
            )
            continue
        for day in dict.fromkeys(band.days):
            for other, other_start, other_end in taken.setdefault(day, []):
                if start < other_end and other_start < end:
                    problems.append(
                        f"{here}: 与 {where}[{other}] 在 {day} 重叠 / overlaps {where}[{other}] on "
                        f"{day}"
                    )
            taken[day].append((number, start, end))
    return problems
