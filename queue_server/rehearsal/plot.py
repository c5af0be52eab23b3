"""The figures as a picture: SVG, or a page of its own with the same picture. Nothing is loaded."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from .figures import ClassFigures, Figures
from .table import clock_time

WIDTH, LEFT, BARS = 1080, 190, 440
ROW, GAP, HEAD, TITLE = 26, 18, 84, 26
"""Heights: of a bar, between blocks, of all above them, of a block's title."""
COLUMNS = (("平均 mean", 700), ("九成 90%", 790), ("最长 max", 880))
OVER = 1060
"""Where figures end, from the left."""
COLOURS = ("#8a94a3", "#1f6feb", "#0f9d76", "#d97706", "#8250df", "#c2410c")
FONT = 'font-family="Noto Sans CJK SC, Noto Sans SC, sans-serif"'
GREY = "#57606a"


def write_plot(path: Path, columns: Sequence[Figures], title: str, bound_minutes: int) -> None:
    """Write `path`: a page where it ends in `.html`, else the bare SVG."""
    picture = svg(columns, title, bound_minutes)
    if path.suffix.lower() in {".html", ".htm"}:
        picture = _page(picture, title)
    path.write_text(picture, "utf-8")


def svg(columns: Sequence[Figures], title: str, bound_minutes: int) -> str:
    """Each class's waits, a bar a set of rules; who was called while both waited; idle time."""
    classes = columns[0].classes
    block = TITLE + ROW * len(columns) + GAP
    height = HEAD + block * (len(classes) + 2)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
            f' viewBox="0 0 {WIDTH} {height}" {FONT}>'
        ),
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        _text(20, 32, title, size=18, weight=600),
        _text(
            20,
            58,
            "等候时间（分:秒），深色：平均；浅色：九成的人不超过"
            " · waits (min:s), dark: mean; light: nine in ten",
            fill=GREY,
        ),
    ]
    most = max([one.p90_s or 0 for column in columns for one in column.classes], default=0) or 1
    y = HEAD
    for at, first in enumerate(classes):
        key = first.priority
        name = f"{key} 级 class {key}" if key else "普通号 ordinary"
        parts += _title(
            y, f"{name}（{first.tickets}）", (*COLUMNS, (_over_words(bound_minutes), OVER))
        )
        parts += _bars(columns, at, most, y + TITLE)
        y += block
    parts += _title(y, "两类都在等时叫了谁 who was called while both waited")
    parts += _ratios(columns, y + TITLE)
    y += block
    parts += _title(y, "窗口空闲 counters idle")
    parts += _idle(columns, y + TITLE)
    return "\n".join(parts) + "\n</svg>\n"


def _over_words(minutes: int) -> str:
    return f">{minutes} min（↓越过 passed）"


def _title(y: int, words: str, heads: Sequence[tuple[str, int]] = ()) -> Iterator[str]:
    yield _text(20, y + 16, words, size=14, weight=600)
    for head, x in heads:
        yield _text(x, y + 16, head, size=12, fill=GREY, anchor="end")


def _bars(columns: Sequence[Figures], at: int, most: float, y: int) -> Iterator[str]:
    for number, column in enumerate(columns):
        one, top = column.classes[at], y + ROW * number
        colour = COLOURS[number % len(COLOURS)]
        yield _label(top, column.rules.zh, column.rules.en)
        yield _bar(LEFT, top, BARS * (one.p90_s or 0) / most, colour, 0.35)
        yield _bar(LEFT, top, BARS * (one.mean_s or 0) / most, colour, 1)
        figures = map(clock_time, (one.mean_s, one.p90_s, one.max_s))
        for (_, x), figure in zip(COLUMNS, figures, strict=True):
            yield _text(x, top + 17, figure, anchor="end")
        yield _text(OVER, top + 17, _over(one), anchor="end")


def _over(one: ClassFigures) -> str:
    return f"{one.over_bound}（{one.passed_over}↓）" if one.over_bound else "0"


def _ratios(columns: Sequence[Figures], y: int) -> Iterator[str]:
    for number, column in enumerate(columns):
        top, colour = y + ROW * number, COLOURS[number % len(COLOURS)]
        ordinary, higher = column.contested
        share = BARS * ordinary / max(1, ordinary + higher)
        yield _label(top, column.rules.zh, column.rules.en)
        if ordinary + higher:
            yield _bar(LEFT, top, share, colour, 1)
            yield _bar(LEFT + share, top, BARS - share, colour, 0.35)
        told = f"普通 ordinary {ordinary} : 优先 priority {higher}"
        yield _text(LEFT + BARS + 14, top + 17, told)


def _idle(columns: Sequence[Figures], y: int) -> Iterator[str]:
    for number, column in enumerate(columns):
        top, colour = y + ROW * number, COLOURS[number % len(COLOURS)]
        share = column.idle_s / column.present_s if column.present_s else 0
        yield _label(top, column.rules.zh, column.rules.en)
        yield _bar(LEFT, top, BARS, colour, 0.15)
        yield _bar(LEFT, top, BARS * share, colour, 1)
        told = f"{share:.0%}（{column.idle_s / 3600:.1f} h / {column.present_s / 3600:.1f} h）"
        yield _text(LEFT + BARS + 14, top + 17, told)


def _label(top: float, zh: str, en: str) -> str:
    name = zh if zh == en else f"{zh} {en}"
    return _text(LEFT - 12, top + 17, name, anchor="end")


def _bar(x: float, top: float, width: float, colour: str, opacity: float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{top + 4:.1f}" width="{max(0.0, width):.1f}" height="{ROW - 8}"'
        f' fill="{colour}" fill-opacity="{opacity}"/>'
    )


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 13,
    weight: int = 400,
    fill: str = "#1f2328",
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )


def _page(picture: str, title: str) -> str:
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(title)}</title>'
        "<style>body{margin:24px auto;max-width:1080px;font-family:sans-serif;color:#1f2328}"
        "svg{width:100%;height:auto}</style>"
        f"{picture}<p>等候：从取号到第一次叫号。“被越过”：等满之后，还有比他晚到的人在能叫他的窗口先被叫到。<br>"
        "Wait: from the ticket to its first call. Passed: once over the bound, somebody who came"
        " later was called first by a counter that could have called them.</p>"
        "</html>\n"
    )
