"""Told ranges of waiting time against what then happened."""

import math
from collections.abc import Sequence

import msgspec

from ..protocol.minutes import minutes_of
from .sqlite import Connection


class WaitReport(msgspec.Struct, frozen=True, kw_only=True):
    """How good the ranges were. Shares and means are None where nobody's wait has ended.

    A wait ends with the first call. `open` are waits that have not, `left` those that never did.
    """

    day: str
    """A business day; empty: all that are kept."""
    told: int
    n: int
    """Told and called."""
    open: int
    left: int
    coverage: float | None = None
    """Share of waits within their range, …"""
    above: float | None = None
    """… longer than its end."""
    coverage_minutes: float | None = None
    """Share within the range in whole minutes, as people were shown it."""
    width_s: float | None = None
    bias_s: float | None = None
    """Mean of the expected wait − truth, where one was expected (learned ranges)."""
    rmse_s: float | None = None
    """Of the expected wait, and of the two plain ones over the same waits: …"""
    day_mean_rmse_s: float | None = None
    """… the mean of the day so far, …"""
    last_ten_rmse_s: float | None = None
    """… and of the last ten."""


def wait_report(database: Connection, day: str = "") -> WaitReport:
    """The report of one business day, or of all kept. Raises `DatabaseError`."""
    rows = database.execute(
        "SELECT low_s, high_s, mean_s, day_mean_s, last_ten_s, wait_s, end_reason"
        " FROM wait_outcomes WHERE ? IN ('', day)",
        (day,),
    ).fetchall()
    ended = [row for row in rows if row[5] is not None]
    gone = sum(row[5] is None and row[6] is not None for row in rows)
    report = WaitReport(
        day=day, told=len(rows), n=len(ended), open=len(rows) - len(ended) - gone, left=gone
    )
    if not ended:
        return report
    within = minutely = above = 0
    for low, high, _, _, _, wait, _ in ended:
        within += low <= wait <= high
        above += wait > high
        said = minutes_of(low, high)
        minutely += said.low * 60 <= wait <= said.high * 60
    expected = [row for row in ended if None not in row[2:5]]
    errors = [row[2] - row[5] for row in expected]
    return msgspec.structs.replace(
        report,
        coverage=within / len(ended),
        above=above / len(ended),
        coverage_minutes=minutely / len(ended),
        width_s=sum(row[1] - row[0] for row in ended) / len(ended),
        bias_s=sum(errors) / len(errors) if errors else None,
        rmse_s=_rms(errors),
        day_mean_rmse_s=_rms([row[3] - row[5] for row in expected]),
        last_ten_rmse_s=_rms([row[4] - row[5] for row in expected]),
    )


def _rms(errors: Sequence[float]) -> float | None:
    return math.sqrt(sum(error * error for error in errors) / len(errors)) if errors else None
