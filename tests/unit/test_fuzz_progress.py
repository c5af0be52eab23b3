"""What the fuzzer tells of its progress."""

import io

from devices.fuzz.child import Report
from devices.fuzz.progress import EVERY, Progress
from devices.fuzz.targets import USUAL_LONGEST, find_targets


def test_rate_and_time_left_are_told_now_and_then() -> None:
    now, out = [0.0], io.StringIO()
    progress = Progress(2, 1000, 0, out, lambda: now[0])
    assert progress.seconds_left() is None
    progress.seen("a.b", Report(inputs=100, seconds=1.0))
    assert not out.getvalue()
    now[0] = EVERY
    progress.seen("a.b", Report(inputs=500, seconds=10.0))
    assert "a.b 500/1,000 50/s" in out.getvalue()
    assert progress.seconds_left() == 30
    now[0] = 20.0
    progress.finished("a.b")
    assert progress.line().startswith("[1/2]")
    assert progress.seconds_left() == 20


def test_the_time_that_was_given_is_told() -> None:
    now = [0.0]
    progress = Progress(3, 0, 60, io.StringIO(), lambda: now[0])
    now[0] = 15.0
    assert progress.seconds_left() == 45
    now[0] = 100.0
    assert progress.seconds_left() == 0


def test_no_parser_is_given_inputs_so_long_that_a_million_takes_a_day() -> None:
    assert all(0 < place.longest <= USUAL_LONGEST + 1 for place in find_targets())
