"""The report of a replayed day: JSON for machines, a table for people, a line while it runs."""

import json
import sys
import time
import unicodedata
from pathlib import Path
from typing import TextIO

import msgspec

from .day import Progress
from .figures import Figures, Spread
from .waits import Waits


class CallToScreen(msgspec.Struct, frozen=True):
    """Real milliseconds from a caller's press to the board's receipt; None without calls."""

    p50: float | None
    p99: float | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is told of one day."""

    trace: str
    day: str
    staffing: str
    counters: int
    kiosks: int
    speed: str
    no_show_s: float
    phantoms: int
    figures: Figures
    trace_wait_s: Spread
    call_to_screen_ms: CallToScreen
    calls_not_shown: int
    """Calls that never reached the board."""
    print_failures: int
    """Slips whose printing the driver could not swear to."""
    waits: Waits | None
    """What was told of waiting times against the truth."""
    wall_s: float
    server_rss_mb: float
    server_peak_rss_mb: float

    @property
    def faultless(self) -> bool:
        """Whether zeros stand where zeros belong."""
        return self.figures.faultless and not self.calls_not_shown


def write_json(report: Report, path: Path) -> None:
    """Write the report; the figures stand at the top level."""
    table = msgspec.to_builtins(report)
    figures = table.pop("figures")
    text = json.dumps(_rounded({**figures, **table}), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", "utf-8")


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def table(report: Report) -> str:
    """The report for people, labels in Chinese and English."""
    f, screen = report.figures, report.call_to_screen_ms
    rows = [
        ("到访", "arrivals", str(f.arrivals)),
        ("号票", "tickets", str(f.tickets)),
        ("已打印", "printed", str(f.printed)),
        ("办结", "served", str(f.served)),
        ("弃号", "no-show", str(f.no_show)),
        ("下班时未办", "unfinished", str(f.unfinished)),
        None,
        ("丢失", "lost", _zero(f.lost)),
        ("重号", "duplicate numbers", _zero(f.duplicate_numbers)),
        ("重复呼叫", "double calls", _zero(f.double_calls)),
        ("事件缺号", "gaps in seq", _zero(f.seq_gaps)),
        ("号码缺号", "gaps in numbers", _zero(f.number_gaps)),
        ("未上屏的呼叫", "calls not shown", _zero(report.calls_not_shown)),
        None,
        ("等候 平均/中位/九成", "wait mean/p50/p90", _waits(f.wait_s)),
        ("原记录的等候", "wait in the record", _waits(report.trace_wait_s)),
        *_told(report.waits),
        ("按键到上屏 p50/p99", "call to screen", f"{_n(screen.p50)} / {_n(screen.p99)} ms"),
        ("服务器内存", "server memory", f"{report.server_rss_mb:.1f} MB"),
        ("用时", "wall time", f"{report.wall_s:.1f} s"),
    ]
    staffed = f"{report.counters} 个窗口 counters ({report.staffing})"
    lines = [f"{report.day}  {staffed}，{report.kiosks} 台取号机 kiosks"]
    lines += [
        "" if row is None else f"  {_pad(row[0], 22)}{row[1]:<20}{row[2]:>26}" for row in rows
    ]
    lines += [f"  ✗ {name}: {count}" for name, count in f.details.items()]
    return "\n".join(lines)


def _told(waits: Waits | None) -> list[tuple[str, str, str]]:
    """How the ranges fared; those who left uncalled are counted, and in no share."""
    if waits is None or not waits.n:
        return [("告知的等候范围", "waiting times told", str(waits.told if waits else 0))]
    counts = f"{waits.n} / {waits.left} / {waits.open}"
    shares = f"{waits.coverage or 0:.1%} / {waits.above or 0:.1%}"
    errors = " / ".join(map(_n, (waits.rmse_s, waits.day_mean_rmse_s, waits.last_ten_rmse_s)))
    return [
        ("告知后 被叫/离开/未叫", "told: called/left/open", counts),
        ("落在范围内/更久", "within range/longer", shares),
        ("范围宽度/偏差", "width/bias", f"{_n(waits.width_s)} / {_n(waits.bias_s)} s"),
        ("误差 估计/日均/近十位", "RMSE, mean, last ten", f"{errors} s"),
    ]


def _zero(count: int) -> str:
    return "0" if count == 0 else f"✗ {count}"


def _waits(spread: Spread) -> str:
    return f"{_n(spread.mean)} / {_n(spread.p50)} / {_n(spread.p90)} s"


def _n(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _pad(text: str, columns: int) -> str:
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return text + " " * max(1, columns - len(text) - wide)


class ProgressLine:
    """A bar that redraws itself on a terminal, and a line every ten seconds elsewhere."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._redraws = stream.isatty()
        self._every = 0.1 if self._redraws else 10.0
        self._next = time.monotonic() + (0 if self._redraws else self._every)
        self._drawn = False

    def __call__(self, progress: Progress) -> None:
        """Show it, if it is time."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + self._every
        share = progress.done / progress.arrivals
        bar = "█" * int(share * 24)
        clock = f"{int(progress.at) // 3600:02d}:{int(progress.at) // 60 % 60:02d}"
        text = (
            f"{clock} {bar:·<24} {share:4.0%}  到访 came {progress.came}/{progress.arrivals}"
            f"  等候 waiting {progress.waiting}  办理 at counters {progress.serving}"
        )
        self._stream.write(f"\r\x1b[K{text}" if self._redraws else f"{text}\n")
        self._stream.flush()
        self._drawn = True

    def end(self) -> None:
        """Leave the bar's line."""
        if self._redraws and self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
