"""The devices' figures beside their targets: what is missed is said, what is reached too."""

import pytest

from devices.call_line.bench import LineBench
from devices.printer.bench import TicketFigures
from simulation.bench.device_figures import DeviceReport, Ticket, spread
from simulation.bench.device_table import rows
from simulation.bench.figures import BenchError
from simulation.bench.table import lines_of


def line(round_ms: float, lost: int = 0) -> LineBench:
    return LineBench(
        rounds=5, addresses=32, baud=9600, wire_ms=1000, gaps_ms=224, round_ms=round_ms,
        worst_ms=round_ms, ours_ms=round_ms - 1224, unacknowledged=lost, holds=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("round_ms", "lost", "reached"),
    [(1500, 0, [True, True]), (1501, 0, [False, True]), (1300, 1, [True, False])],
)
def test_a_slow_round_and_a_lost_acknowledgement_are_missed(
    round_ms: float, lost: int, reached: list[bool]
) -> None:
    found = [row.reached for row in rows(DeviceReport(line=line(round_ms, lost)))]
    assert [one for one in found if one is not None] == reached
    text = lines_of(rows(DeviceReport(line=line(round_ms, lost))))
    assert text.count("✗ 未达 MISSED") == reached.count(False)


@pytest.mark.parametrize(("ms", "reached"), [(15.0, True), (15.1, False)])
def test_a_slip_is_made_in_a_tenth_of_touch_to_paper(ms: float, reached: bool) -> None:
    slip = TicketFigures(what="80 mm", bytes=1152, ms=ms, tickets_per_second=1, bytes_per_second=1)
    size, made = rows(DeviceReport(tickets=(Ticket(slip=slip, line_ms=100.0),)))
    assert (size.value, size.reached, made.reached) == ("1152 B", None, reached)


def test_nothing_measured_has_no_figures() -> None:
    assert list(rows(DeviceReport())) == []
    with pytest.raises(BenchError):
        spread([])


def test_a_percentile_is_a_value_that_was_measured() -> None:
    found = spread([number * 1_000_000 for number in range(1, 21)])
    assert (found.rounds, found.p50_ms, found.p95_ms, found.most_ms) == (20, 10.0, 19.0, 20.0)
