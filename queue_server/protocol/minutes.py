"""A range of waiting time as people read it: whole minutes, rounded so that few wait longer.

The one place where seconds become minutes for people; `ui/web/manager/minutes.js` is its twin for
browsers, held to it by tests/e2e/test_minutes.py.
"""

from typing import NamedTuple

from ..domain.values import Text

COARSE_FROM = 30
"""Minutes from which ends are told in steps of five."""
STEP = 5


class Minutes(NamedTuple):
    """From `low` to `high` minutes; a `low` of 0 is not said (within 5 minutes)."""

    low: int
    high: int


def minutes_of(low_s: int, high_s: int) -> Minutes:
    """Rounded outwards: the lower end down, the upper end up."""
    low, high = max(0, low_s) // 60, max(1, -(-high_s // 60))
    if low >= COARSE_FROM:
        low -= low % STEP
    if high > COARSE_FROM:
        high += -high % STEP
    return Minutes(low, max(low, high))


def in_words(low_s: int | None, high_s: int | None, *, brief: bool = False) -> Text | None:
    """约12～20分钟 · about 12–20 min. None where nothing is known.

    `brief` leaves "about" out, where a range and the column's width say as much.
    """
    if low_s is None or high_s is None:
        return None
    low, high = minutes_of(low_s, high_s)
    if low == 0:
        if high == 1:
            return Text(zh="不到1分钟", en="under 1 min")
        return Text(zh=f"{high}分钟以内", en=f"within {high} min")
    zh, en = ("", "") if brief else ("约", "about ")
    if low == high:
        return Text(zh=f"{zh}{high}分钟", en=f"{en}{high} min")
    return Text(zh=f"{zh}{low}～{high}分钟", en=f"{en}{low}–{high} min")
