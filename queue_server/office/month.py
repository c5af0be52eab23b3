"""A month of the hall's working calendar: what each date is, who says so, and its hours."""

import datetime as dt
from collections import Counter

import msgspec

from ..almanac import occasion
from ..domain.bands import spans_on
from ..domain.hall import Hall
from ..domain.values import CalendarDay, Day, Ms, Text
from ..domain.workdays import Almanac, BaseDay, Calendar, DayName, date_of, local, next_day

FURTHEST_YEAR = 2100


class MonthDay(msgspec.Struct, frozen=True, kw_only=True):
    """One date."""

    day: Day
    keeps: DayName
    """Whose hours it keeps: a weekday's, or those of a holiday."""
    works: bool
    base: BaseDay
    """What the public calendar says; `unknown` where it ends before."""
    occasion: Text | None
    """Of the public calendar: which holiday, or which one it is worked for."""
    own: CalendarDay | None
    """What the hall itself says, which goes before."""
    hours: tuple[str, ...]
    """The hall's opening bands; none where the hall has none of its own."""
    booked: int
    """Appointments that stand for this date."""


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """All dates of a month, from the first."""

    month: str
    today: Day
    known_until: Day | None
    """The last date the public calendar holds; later ones go by their weekday."""
    has_hours: bool
    """Whether the hall has opening bands at all; without, tickets are given at any time."""
    days: tuple[MonthDay, ...]


def is_month(text: str) -> bool:
    """Whether `text` is a month such as 2026-03, of a year that a calendar can show."""
    try:
        date = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return False
    return f"{date:%Y-%m}" == text and 2000 <= date.year < FURTHEST_YEAR


def month_of(hall: Hall, wanted: str, now: Ms, almanac: Almanac) -> Month:
    """The month `wanted`, this one where it is empty; `is_month` must hold of it."""
    today = local(now, hall.settings.timezone, almanac).day
    month = wanted or today[:7]
    calendar = Calendar(hall.calendar, almanac.base_day)
    booked: Counter[Day] = Counter()
    for (_, date), starts in hall.agenda.taken.items():
        booked[date] += sum(starts.values())
    days = []
    day = Day(f"{month}-01")
    while day.startswith(month):
        spans = spans_on(hall.settings.bands, day, calendar)
        days.append(
            MonthDay(
                day=day,
                keeps=calendar.name(day),
                works=calendar.works(day),
                base=almanac.base_day(day),
                occasion=occasion(day),
                own=hall.calendar.get(day),
                hours=tuple(span.hours for span in spans),
                booked=booked[day],
            )
        )
        day = next_day(day)
    return Month(
        month=month,
        today=today,
        known_until=known_until(today, almanac),
        has_hours=bool(hall.settings.bands),
        days=tuple(days),
    )


def known_until(today: Day, almanac: Almanac) -> Day | None:
    """The last date that the public calendar holds; it is published a year at a time."""
    year = date_of(today).year
    while year < FURTHEST_YEAR and almanac.base_day(Day(f"{year}-12-31")) != "unknown":
        year += 1
    last = Day(f"{year - 1}-12-31")
    return last if almanac.base_day(last) != "unknown" else None
