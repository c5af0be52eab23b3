"""Local days of the hall: which weekday's hours each date keeps, and its place on the clock.

Every date keeps one `DayName`: its weekday; on a make-up working day (调休上班) that of the weekday
whose hours hold; on a public holiday `holiday`. Working days are those that keep Monday to Friday.
The state's calendar and the time zones come from outside as an `Almanac`; the hall's own calendar
days go before it.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from .ids import MINUTE, Day, Ms, Text, Value

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DayName = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
BaseDay = Literal["work", "rest", "holiday", "unknown"]
"""What the state's calendar says of a date: `work` also of make-up days, `rest` of weekends,
`unknown` of years it does not hold yet."""

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKDAYS: tuple[DayName, ...] = ("mon", "tue", "wed", "thu", "fri")
DAY_MINUTES = 24 * 60
_EPOCH = dt.date(1970, 1, 1).toordinal()


class CalendarDay(Value, frozen=True):
    """What the hall itself says of a date; it goes before the state's calendar.

    `work` is a working day, `holiday` a day off; `default` takes back what was said before.
    """

    day: Day
    kind: Literal["work", "holiday", "default"]
    like: Weekday | None = None
    """Whose hours a working day keeps; None: its own, or Monday's on a weekend."""
    name: Text | None = None
    """What it is called, such as 国庆节调休."""


class Almanac(NamedTuple):
    """What the rules are told of dates and time zones."""

    base_day: Callable[[Day], BaseDay]
    offset: Callable[[str, Ms], int | None]
    """Minutes a time zone (IANA name) is ahead of UTC at a time; None: no such zone."""


def _nothing_known(day: Day) -> BaseDay:
    return "unknown"


def _utc(zone: str, at: Ms) -> int | None:
    return 0


PLAIN = Almanac(_nothing_known, _utc)
"""Weekdays alone, by UTC."""


class Calendar(NamedTuple):
    """The days of one hall."""

    days: Mapping[Day, CalendarDay]
    """Its own."""
    base_day: Callable[[Day], BaseDay]

    def name(self, day: Day) -> DayName:
        """Whose hours `day` keeps."""
        weekday = WEEKDAYS[date_of(day).weekday()]
        own = self.days.get(day)
        if own is not None:
            if own.kind == "holiday":
                return "holiday"
            return own.like or (weekday if weekday in WORKDAYS else "mon")
        match self.base_day(day):
            case "holiday":
                return "holiday"
            case "work":
                return weekday if weekday in WORKDAYS else "mon"
            case "rest" | "unknown":
                return weekday

    def works(self, day: Day) -> bool:
        """Whether `day` is a working day."""
        return self.name(day) in WORKDAYS

    def known(self, day: Day) -> bool:
        """Whether hall or state have said anything of `day`; else only its weekday is known."""
        return day in self.days or self.base_day(day) != "unknown"

    def workday_after(self, day: Day, count: int = 1) -> Day:
        """The `count`-th working day after `day`; looks a year ahead, then takes any day."""
        for _ in range(366):
            day = next_day(day)
            count -= self.works(day)
            if not count:
                break
        return day


def date_of(day: Day) -> dt.date:
    """An ISO date as a date. Raises ValueError where it is none."""
    return dt.date.fromisoformat(day)


def is_day(text: str) -> bool:
    """Whether `text` is an ISO date such as 2026-03-02."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def next_day(day: Day, days: int = 1) -> Day:
    """`days` later."""
    return Day((date_of(day) + dt.timedelta(days=days)).isoformat())


class Local(NamedTuple):
    """A time as people of the hall say it: its date, and minutes since midnight there."""

    day: Day
    minute: int


def local(at: Ms, zone: str, almanac: Almanac) -> Local:
    """The local date and minute at `at`. A zone unknown here counts as UTC+8, China's."""
    minutes = at // MINUTE + _offset(zone, at, almanac)
    day, minute = divmod(minutes, DAY_MINUTES)
    return Local(Day(dt.date.fromordinal(_EPOCH + day).isoformat()), minute)


def instant(day: Day, minute: int, zone: str, almanac: Almanac) -> Ms:
    """When a local date and minute is; `minute` may be 1440, the end of that day.

    A time that clocks repeat is the second one; one that they skip is when they are put forward.
    """
    wall = ((date_of(day).toordinal() - _EPOCH) * DAY_MINUTES + minute) * MINUTE
    far = DAY_MINUTES * MINUTE
    before = _offset(zone, Ms(wall - far), almanac)
    after = _offset(zone, Ms(wall + far), almanac)
    second = Ms(wall - after * MINUTE)
    if before == after or _offset(zone, second, almanac) == after:
        return second
    early, late = second, Ms(wall - before * MINUTE)
    if _offset(zone, late, almanac) == before:
        return late
    while late - early > MINUTE:
        middle = Ms((early + late) // 2 // MINUTE * MINUTE)
        if _offset(zone, middle, almanac) == after:
            late = middle
        else:
            early = middle
    return late


def _offset(zone: str, at: Ms, almanac: Almanac) -> int:
    offset = almanac.offset(zone, at)
    return 8 * 60 if offset is None else offset
