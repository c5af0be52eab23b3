"""The figures as a picture: SVG, or a page of its own with the same picture. Nothing is loaded."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from .figures import Figures
from .table import clock_time

WIDTH, LEFT, RIGHT = 1000, 190, 330
ROW, GAP, HEAD = 26, 18, 74
COLOURS = ("#8a94a3", "#1f6feb", "#0f9d76", "#d97706", "#8250df", "#c2410c")
FONT = "font-family=\"'Noto Sans CJK SC','Noto Sans SC',sans-serif\""


def write_plot(path: Path, columns: Sequence[Figures], title: str) -> None:
    """Write `path`: a page where it ends in `.html`, else the bare SVG."""
    picture = svg(columns, title)
    if path.suffix.lower() in {".html", ".htm"}:
        picture = _page(picture, title)
    path.write_text(picture, "utf-8")


def svg(columns: Sequence[Figures], title: str) -> str:
    """Mean and nine-tenths of each class's waits, a bar a set of rules; then who was called."""
    classes = columns[0].classes
    block = HEAD_OF_BLOCK + ROW * len(columns) + GAP
    height = HEAD + block * (len(classes) + 1) + 6
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" {FONT}>',
        '<rect width="100%" height="100%" fill="#fff"/>',
        _text(20, 32, title, size=18, weight=600),
        _text(
            20,
            56,
            "深色：平均等候；浅色：九成的人不超过 · dark: mean wait; light: nine in ten",
            fill="#57606a",
        ),
    ]
    most = max([one.p90_s or 0 for column in columns for one in column.classes], default=0) or 1
    y = HEAD
    for at, first in enumerate(classes):
        key = first.priority
        name = f"{key} 级 · class {key}" if key else "普通号 ordinary"
        parts.append(_text(20, y + 16, f"{name}（{first.tickets}）", size=14, weight=600))
        parts += _bars(columns, at, most, y + HEAD_OF_BLOCK)
        y += block
    parts.append(
        _text(
            20, y + 16, "两类都在等时叫了谁 · who was called while both waited", size=14, weight=600
        )
    )
    parts += _ratios(columns, y + HEAD_OF_BLOCK)
    return "\n".join(parts) + "\n</svg>\n"


HEAD_OF_BLOCK = 26


def _bars(columns: Sequence[Figures], at: int, most: float, y: int) -> Iterator[str]:
    room = WIDTH - LEFT - RIGHT
    for number, column in enumerate(columns):
        one, top = column.classes[at], y + ROW * number
        colour = COLOURS[number % len(COLOURS)]
        yield _label(top, column.rules.zh, column.rules.en)
        yield _bar(LEFT, top, room * (one.p90_s or 0) / most, colour, 0.35)
        yield _bar(LEFT, top, room * (one.mean_s or 0) / most, colour, 1)
        told = (
            f"平均 mean {clock_time(one.mean_s)} · 九成 90% {clock_time(one.p90_s)}"
            f" · 最长 max {clock_time(one.max_s)}"
        )
        yield _text(WIDTH - RIGHT + 12, top + 17, told, fill="#24292f")


def _ratios(columns: Sequence[Figures], y: int) -> Iterator[str]:
    room = WIDTH - LEFT - RIGHT
    for number, column in enumerate(columns):
        top = y + ROW * number
        colour = COLOURS[number % len(COLOURS)]
        ordinary, higher = column.contested
        share = room * ordinary / max(1, ordinary + higher)
        yield _label(top, column.rules.zh, column.rules.en)
        if ordinary + higher:
            yield _bar(LEFT, top, share, colour, 1)
            yield _bar(LEFT + share, top, room - share, colour, 0.35)
        told = f"普通 ordinary {ordinary} : 优先 priority {higher}"
        yield _text(WIDTH - RIGHT + 12, top + 17, told, fill="#24292f")


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
        "<style>body{margin:24px auto;max-width:1000px;font-family:sans-serif;color:#1f2328}"
        "svg{width:100%;height:auto}</style>"
        f"{picture}<p>等候：从取号到第一次叫号。<br>Wait: from the ticket to its first call.</p>"
        "</html>\n"
    )
