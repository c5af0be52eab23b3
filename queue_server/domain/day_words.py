"""Dates and times as people say them, in both languages."""

from .bands import clock_text
from .ids import Day
from .workdays import WEEKDAYS, date_of

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def day_words(day: Day, today: Day | None = None) -> tuple[str, str]:
    """A date as it is said: 11月23日（周一）, on Mon 23 November; with `today`, today is named so,
    and another year is said."""
    if day == today:
        return "今天", "today"
    date = date_of(day)
    weekday = date.weekday()
    year = today is not None and date.year != date_of(today).year
    zh = f"{date.month}月{date.day}日（周{'一二三四五六日'[weekday]}）"
    en = f"on {WEEKDAYS[weekday].capitalize()} {date.day} {_MONTHS[date.month - 1]}"
    return (f"{date.year}年{zh}", f"{en} {date.year}") if year else (zh, en)


def when_words(day: Day, minute: int, today: Day) -> tuple[str, str]:
    """A local time as it is said, seen from `today`."""
    if day == today:
        return f"今天 {clock_text(minute)}", f"today at {clock_text(minute)}"
    zh, en = day_words(day)
    return f"{zh}{clock_text(minute)}", f"{en} at {clock_text(minute)}"


def named_day(name: str, day: Day, today: Day) -> dict[str, str]:
    """A date for a refusal's sentences: `name` in ISO form, `name_day` as it is called."""
    zh, en = day_words(day, today)
    return {name: day, f"{name}_day": zh, f"{name}_day_en": en.removeprefix("on ")}
