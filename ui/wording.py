"""Times, durations and names as people read them."""

from datetime import datetime

from queue_server.domain.values import Ms, Text
from ui.inputs import Language

MINUTE = 60_000


def clock(at: Ms) -> str:
    """Local time of day, as 09:05."""
    return datetime.fromtimestamp(at / 1000).astimezone().strftime("%H:%M")


def date(at: Ms, language: Language, *, year: bool = True) -> str:
    """Local date with its weekday."""
    day = datetime.fromtimestamp(at / 1000).astimezone()
    if language == "en":
        shown = f"{_DAYS_EN[day.weekday()]}, {day.day} {_MONTHS_EN[day.month - 1]}"
        return f"{shown} {day.year}" if year else shown
    shown = f"{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}"
    return f"{day.year}年{shown}" if year else shown


def short_date(at: Ms, language: Language) -> str:
    """Local date without its weekday: 11月23日, 23 Nov."""
    day = datetime.fromtimestamp(at / 1000).astimezone()
    if language == "en":
        return f"{day.day} {_MONTHS_EN[day.month - 1][:3]}"
    return f"{day.month}月{day.day}日"


def minutes(start: Ms, now: Ms) -> int:
    """Whole minutes from `start` to `now`; never below 0, since clocks differ a little."""
    return max(0, (now - start) // MINUTE)


def in_language(text: Text, language: Language) -> str:
    """One of the text's two languages; the other where it is missing."""
    return (text.en or text.zh) if language == "en" else (text.zh or text.en)


def other(text: Text, language: Language) -> str:
    """The text in the hall's other language, or empty where it would only repeat."""
    second = text.zh if language == "en" else text.en
    return "" if second == in_language(text, language) else second


def counters_text(numbers: tuple[int, ...], most: int) -> Text:
    """Counters by their numbers, at most so many of them: 3、4 号窗口, Counters 3, 4."""
    if not numbers:
        return Text(zh="", en="")
    named, more = numbers[:most], len(numbers) > most
    zh = f"{'、'.join(map(str, named))} 号{'等' if more else ''}窗口"
    word = "Counters" if len(numbers) > 1 else "Counter"
    return Text(zh=zh, en=f"{word} {', '.join(map(str, named))}{' …' if more else ''}")


_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
