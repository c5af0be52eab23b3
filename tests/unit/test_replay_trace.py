"""The CSV of a recorded day: read right, and every mistake told with its line."""

from pathlib import Path

import pytest

from simulation.replay.staffing import catalogue, even_shifts, prefix, trace_shifts
from simulation.replay.trace import Trace, TraceError, parse_time, read_trace

HEAD = (
    "call_id,type,priority,arrival,queue_enter,queue_exit,queue_s,outcome,"
    "service_start,service_end,service_s,server\n"
)
SERVED = "1,PS,2,9:00:00,9:00:06,9:00:20,14,AGENT,9:00:20,9:02:20,120,S01\n"
HUNG_UP = "2,NW,0,8:59:00,0:00:00,0:00:00,0,HANG,0:00:00,0:00:00,0,NONE\n"
PHANTOM = "3,PS,0,9:01:00,0:00:00,0:00:00,0,PHANTOM,0:00:00,0:00:00,0,NONE\n"


def read(tmp_path: Path, text: str) -> Trace:
    path = tmp_path / "day.csv"
    path.write_text(text, "utf-8")
    return read_trace(path)


def mistakes(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(TraceError) as caught:
        read(tmp_path, text)
    return caught.value.mistakes


def test_rows_become_arrivals_in_order_of_time(tmp_path: Path) -> None:
    trace = read(tmp_path, HEAD + SERVED + HUNG_UP + PHANTOM)
    absent, served = trace.arrivals
    assert trace.phantoms == 1
    assert trace.services == ("NW", "PS")
    assert (absent.at, absent.served, absent.agent, absent.line) == (32340, False, None, 3)
    assert served.at == 32406, "the ticket is taken on joining the queue"
    assert (served.priority, served.queued_s, served.service_s) == (2, 14, 120)
    assert (served.agent, served.service_start) == ("S01", 32420)
    assert trace.until(32400).arrivals == (absent,)


def test_work_after_midnight_belongs_to_the_same_day(tmp_path: Path) -> None:
    row = "1,PS,0,23:59:56,0:00:02,0:00:29,27,AGENT,0:00:29,0:00:58,29,S01\n"
    (late,) = read(tmp_path, HEAD + row).arrivals
    assert (late.at, late.service_start) == (86402, 86429)


def test_a_service_whose_start_is_not_recorded_is_no_part_of_a_shift(tmp_path: Path) -> None:
    unknown = "4,PS,0,8:00:00,0:00:00,0:00:00,0,AGENT,0:00:00,0:00:00,0,S01\n"
    trace = read(tmp_path, HEAD + SERVED + unknown)
    (shift,) = trace_shifts(trace)
    assert (shift.begin, shift.end) == (32420, 32540)


def test_staffing_of_the_trace_and_even_staffing(tmp_path: Path) -> None:
    more = "5,NE,0,9:10:00,0:00:00,0:00:00,0,AGENT,9:10:05,9:10:10,5,S01\n"
    other = "6,PS,0,9:10:00,0:00:00,0:00:00,0,AGENT,9:10:05,9:20:05,600,S02\n"
    trace = read(tmp_path, HEAD + SERVED + HUNG_UP + more + other)
    first, second = trace_shifts(trace)
    assert (first.staff, first.services, first.begin, first.end) == (
        "S01", ("NE", "PS"), 32420, 33010,
    )  # fmt: skip
    assert (second.services, second.end) == (("PS",), 33605)
    even = even_shifts(trace, 3)
    assert [shift.counter for shift in even] == ["1", "2", "3"]
    assert {shift.services for shift in even} == {("NE", "NW", "PS")}
    hall = catalogue(trace, even)
    assert [service.prefix for service in hall.services] == ["A", "B", "C"]
    assert len(hall.profiles) == 1, "counters alike share a profile"


def test_prefixes_are_all_different_and_leave_the_walk_ins_theirs() -> None:
    found = [prefix(place) for place in range(200)]
    assert len(set(found)) == 200
    assert "Z" not in found
    assert found[:2] == ["A", "B"]
    assert found[25] == "AA"


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    told = mistakes(
        tmp_path,
        HEAD
        + SERVED.replace("AGENT", "GONE").replace(",2,", ",12,", 1)
        + HUNG_UP
        + SERVED.replace("9:00:06", "25:00:00")
        + SERVED.replace(",120,", ",-1,")
        + SERVED.replace("PS", "P S")
        + "7,PS,0\n",
    )
    assert len(told) == 6
    for line, words in ((2, "priority"), (2, "outcome"), (4, "queue_enter"), (5, "service_s")):
        assert any(f"line {line}: {words}" in mistake for mistake in told)
    assert "line 6: type" in told[4]
    assert "line 7" in told[5]
    assert "columns" in told[5]


def test_only_the_first_twenty_are_listed(tmp_path: Path) -> None:
    told = mistakes(tmp_path, HEAD + SERVED.replace("PS", "?") * 50)
    assert len(told) == 21
    assert "line 21" in told[19]
    assert "only the first 20" in told[20]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "columns missing"),
        ("type,priority\nPS,0\n", "columns missing: arrival"),
        (HEAD, "no arrivals"),
        (HEAD + PHANTOM, "no arrivals"),
        (HEAD + '1,"PS\n', "not CSV"),
        (HEAD + SERVED.replace("120", "９"), "service_s"),
    ],
)
def test_files_that_are_no_trace(tmp_path: Path, text: str, words: str) -> None:
    (told,) = mistakes(tmp_path, text)
    assert words in told


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(TraceError, match="cannot be read"):
        read_trace(tmp_path / "nothing.csv")
    (tmp_path / "binary.csv").write_bytes(b"type\xff\xfe\n")
    with pytest.raises(TraceError, match="not UTF-8"):
        read_trace(tmp_path / "binary.csv")


def test_times() -> None:
    assert parse_time("0:00:00") == 0
    assert parse_time("23:59:59") == 86399
    for text in ("24:00:00", "1:60:00", "1:00", "-1:00:00", "", "1:00:00 ", "١:00:00"):
        assert parse_time(text) is None
