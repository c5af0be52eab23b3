"""Ranges of waiting time as people read them: rounded so that they rarely wait longer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.protocol.minutes import in_words, minutes_of

SPANS = st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)).map(sorted).map(tuple)


@given(SPANS)
def test_what_is_said_holds_what_is_known(span: tuple[int, int]) -> None:
    low, high = minutes_of(*span)
    assert 0 <= low <= high
    assert low * 60 <= span[0]
    assert high * 60 >= span[1]


@given(SPANS)
def test_rounding_adds_little(span: tuple[int, int]) -> None:
    low, high = minutes_of(*span)
    assert span[0] - low * 60 < (300 if low >= 30 else 60)
    assert high * 60 - span[1] <= (300 if high > 30 else 60)


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (0, 0, "不到1分钟", "under 1 min"),
        (20, 60, "不到1分钟", "under 1 min"),
        (10, 250, "5分钟以内", "within 5 min"),
        (725, 1170, "约12～20分钟", "about 12–20 min"),
        (720, 720, "约12分钟", "about 12 min"),
        (2230, 3790, "约35～65分钟", "about 35–65 min"),
    ],
)
def test_in_both_languages(low: int, high: int, zh: str, en: str) -> None:
    found = in_words(low, high)
    assert found is not None
    assert (found.zh, found.en) == (zh, en)


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert in_words(None, None) is None
    assert in_words(None, 60) is None


def test_a_narrow_column_is_told_without_about() -> None:
    found = in_words(725, 1170, brief=True)
    assert found is not None
    assert (found.zh, found.en) == ("12～20分钟", "12–20 min")
