"""The figures for people: each with its target, and whether it was reached."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from simulation.bench.figures import Report


class Row(NamedTuple):
    """One figure. `reached` is None where it has no target."""

    name: str
    value: str
    target: str = ""
    reached: bool | None = None


def table(report: Report) -> str:
    """Lines of all figures in the report."""
    return lines_of(rows(report))


def lines_of(found: Iterable[Row]) -> str:
    """One line a figure: value, target, whether it was reached, what it is."""
    lines = []
    for row in found:
        mark = "" if row.reached is None else "✓ 达到 reached" if row.reached else "✗ 未达 MISSED"
        lines.append(f"{row.value:>12}  {row.target:<12} {mark:<15} {row.name}".rstrip())
    return "\n".join(lines)


def all_reached(report: Report) -> bool:
    """Whether no target was missed."""
    return all(row.reached is not False for row in rows(report))


def rows(report: Report) -> Iterator[Row]:
    """Each figure, in the order of the parts."""
    yield from _machine(report)
    yield from _issue(report)
    yield from _call(report)
    yield from _server(report)
    yield from _crash(report)
    yield from _kiosk(report)


def _machine(report: Report) -> Iterator[Row]:
    if (machine := report.machine) is not None:
        load = f"{machine.load_before}→{machine.load_after}"
        yield Row(f"负载 load average; {machine.cores} 核 cores", load)
    if (floor := report.floor) is not None:
        yield Row("下限：写盘 floor: fdatasync p50", f"{floor.fdatasync_p50_ms:.2f} ms")
        yield Row("下限：往返 floor: websocket echo p50", f"{floor.echo_p50_ms:.2f} ms")


def _issue(report: Report) -> Iterator[Row]:
    if (issue := report.issue) is None:
        return
    for clients, found in issue.clients.items():
        who = f"取号 issue, {clients} 端 clients"
        wanted = clients == "64"
        yield at_least(f"{who}: 每秒 a second", found.rate, 5000 if wanted else None, "/s")
        yield Row(f"{who}: p50", f"{found.p50_ms:.2f} ms")
        yield at_most(f"{who}: p99", found.p99_ms, 25 if wanted else None, "ms")
        yield Row(f"{who}: 服务器CPU server CPU a ticket", f"{found.server_cpu_us:.0f} µs")
    if issue.ratio_p50 is not None:
        yield at_most(
            "取号 issue, 1 端 client: p50 / (往返 echo + 写盘 sync)", issue.ratio_p50, 3, "×"
        )


def _call(report: Report) -> Iterator[Row]:
    if report.call is None:
        return
    for screens, found in report.call.screens.items():
        what = f"呼叫到最后一块屏 call to the last of {screens}"
        yield Row(f"{what}: p50", f"{found.p50_ms:.1f} ms")
        yield Row(f"{what}: p99", f"{found.p99_ms:.1f} ms")
        yield Row(f"{what}: 下限 floor p50", f"{found.floor_p50_ms:.1f} ms")
        yield Row(f"{what}: 下限 floor p99", f"{found.floor_p99_ms:.1f} ms")
        yield at_most(f"{what}: p99 / 下限 floor p99", found.p99_ms / found.floor_p99_ms, 2, "×")


def _server(report: Report) -> Iterator[Row]:
    if (restart := report.restart) is not None:
        name = f"重启 restart, {restart.events} 事件 events (CPU {restart.cpu_s} s)"
        yield at_most(name, restart.worst_s, 2, "s")
    if (memory := report.rss) is not None:
        yield at_most(f"内存 memory, {memory.clients} 端 clients", memory.rss_mb, 120, "MB")


def _crash(report: Report) -> Iterator[Row]:
    if (crash := report.crash) is None:
        return
    what = f"断电 {crash.kills} 次 kills, {crash.acked} 答复 answers"
    yield at_most(f"{what}: 丢失 lost", crash.lost, 0, "")
    yield at_most(f"{what}: 重号 duplicates", crash.duplicates, 0, "")
    yield at_most(f"{what}: 缺号 gaps", crash.gaps, 0, "")


def _kiosk(report: Report) -> Iterator[Row]:
    if (kiosk := report.kiosk) is None:
        return
    what = f"触摸到出纸 touch to paper, {kiosk.touches} 次 touches"
    yield Row(f"{what}: p50", f"{kiosk.touch_to_paper_p50_ms:.0f} ms")
    yield at_most(f"{what}: p99", kiosk.touch_to_paper_p99_ms, 150, "ms")
    yield at_most("取号机首帧 kiosk's first frame", kiosk.first_frame_s, 2, "s")


def at_most(name: str, value: float, most: float | None, unit: str) -> Row:
    """A figure that is to be no more than its target."""
    shown = f"{value:.2f} {unit}" if unit else f"{value}"
    if most is None:
        return Row(name, shown)
    return Row(name, shown.strip(), f"≤ {most:g} {unit}".strip(), value <= most)


def at_least(name: str, value: float, least: float | None, unit: str) -> Row:
    """A figure that is to be no less than its target."""
    shown = f"{value:.0f} {unit}"
    if least is None:
        return Row(name, shown)
    return Row(name, shown, f"≥ {least:g} {unit}", value >= least)
