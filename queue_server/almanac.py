"""What the rules are told of dates and time zones: China's public calendar, the IANA's zones.

`chinesecalendar` holds what the State Council has announced, make-up workdays among it, and says so
when asked for a year it does not hold. Of such years only weekdays are known here; the hall may say
more by calendar days of its own (docs/adr/0011-working-days.md).
"""

import datetime as dt
import zoneinfo
from functools import lru_cache

import chinese_calendar

from .domain.values import Day, Ms, Text
from .domain.workdays import Almanac, BaseDay


@lru_cache(maxsize=4096)
def china(day: Day) -> BaseDay:
    """What China's public calendar says of a date."""
    date = dt.date.fromisoformat(day)
    try:
        rests, occasion = chinese_calendar.get_holiday_detail(date)
    except NotImplementedError:
        return "unknown"
    if not rests:
        return "work"
    return "holiday" if occasion is not None else "rest"


def occasion(day: Day) -> Text | None:
    """What China's public calendar calls a day off, or a day worked instead of one."""
    try:
        _, name = chinese_calendar.get_holiday_detail(dt.date.fromisoformat(day))
    except NotImplementedError:
        return None
    named = next((one for one in chinese_calendar.Holiday if one.value == name), None)
    return Text(zh=named.chinese, en=named.value) if named is not None else None


@lru_cache(maxsize=64)
def _zone(name: str) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name)
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        return None


def offset(zone: str, at: Ms) -> int | None:
    """Minutes that a zone is ahead of UTC at a time; None where there is no such zone."""
    found = _zone(zone)
    if found is None:
        return None
    ahead = dt.datetime.fromtimestamp(at / 1000, found).utcoffset()
    return None if ahead is None else int(ahead.total_seconds() // 60)


ALMANAC = Almanac(china, offset)
