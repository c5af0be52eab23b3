"""The figures side by side, for a terminal."""

import datetime as dt
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from ..domain.events import ProfileDefined
from .figures import ClassFigures, Figures
from .record import RecordedDay

Row = tuple[str, Sequence[str]]


def table(columns: Sequence[Figures], bound_minutes: int) -> str:
    """One column a set of rules, in both languages."""
    rows: list[Row] = [("", [_both(one.rules.zh, one.rules.en) for one in columns])]
    rows += _rows(columns, bound_minutes)
    name = max(_width(row[0]) for row in rows)
    widths = [max(_width(row[1][at]) for row in rows) for at in range(len(columns))]
    lines = []
    for label, cells in rows:
        line = _pad(label, name) + "".join(
            "  " + _pad(cell, width, right=True) for cell, width in zip(cells, widths, strict=True)
        )
        lines.append(line.rstrip())
    return "\n".join(lines)


def changes_told(days: Sequence[RecordedDay]) -> list[str]:
    """Where work profiles were changed while the hall was open: a line each."""
    found = []
    for day in days:
        zone = ZoneInfo(day.catalogue.settings.timezone)
        for change in day.changes:
            if isinstance(change.event, ProfileDefined):
                at = dt.datetime.fromtimestamp(change.at / 1000, zone).strftime("%H:%M")
                name = change.event.profile.name
                found.append(
                    f"{day.name} {at} 策略“{name.zh}”有改动：“当日规则”随之而变，其他各栏全天一样"
                    f" · {name.en} changed: so do the day's own rules; the others hold all day"
                )
    return found


def _rows(columns: Sequence[Figures], bound: int) -> Iterator[Row]:
    for at, first in enumerate(columns[0].classes):
        classes = [column.classes[at] for column in columns]
        key = first.priority
        name = f"{key} 级 class {key}" if key else "普通 ordinary"
        yield f"{name} · {first.tickets} 张 tickets", [""] * len(columns)
        yield "  平均等候 mean wait", [clock_time(one.mean_s) for one in classes]
        yield "  中位数 p50", [clock_time(one.p50_s) for one in classes]
        yield "  p90", [clock_time(one.p90_s) for one in classes]
        yield "  最长 longest", [clock_time(one.max_s) for one in classes]
        yield "  放弃 gave up", [str(one.left) for one in classes]
        yield (
            f"  超过 {bound} 分钟（↓被越过） over {bound} min (↓passed)",
            [_over(one) for one in classes],
        )
    yield "两类都在等时的比例 ratio while both wait", [_ratio(one) for one in columns]
    if any(one.shares for one in columns):
        yield "  按比例条件计 by the ratio's count", [_shares(one) for one in columns]
    yield "窗口空闲 counters idle", [_idle(one) for one in columns]
    yield "到关窗未叫到 never called", [str(one.uncalled) for one in columns]


def _over(one: ClassFigures) -> str:
    """How many waited beyond the bound, and past how many of these others were called."""
    return f"{one.over_bound} ({one.passed_over}↓)" if one.over_bound else "0"


def _ratio(one: Figures) -> str:
    ordinary, higher = one.contested
    if one.ratio is None:
        return f"{ordinary} : 0" if ordinary else "–"
    return f"{one.ratio:.2f} : 1 ({ordinary}:{higher})"


def _shares(one: Figures) -> str:
    return " : ".join(f"{share.name.zh} {share.calls}" for share in one.shares) or "–"


def _idle(one: Figures) -> str:
    if not one.present_s:
        return "–"
    return f"{one.idle_s / 3600:.1f} h ({one.idle_s / one.present_s:.0%})"


def clock_time(seconds: float | None) -> str:
    """m:ss or h:mm:ss; a dash where there is none."""
    if seconds is None:
        return "–"
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def _both(zh: str, en: str) -> str:
    return zh if zh == en else f"{zh} {en}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _pad(text: str, width: int, *, right: bool = False) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
