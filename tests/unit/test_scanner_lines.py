"""A serial scanner's line at any split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner.fuzz import fuzz_classify, fuzz_lines
from devices.scanner.protocol import BadLine, Encoding, Ends, Line, LineParser
from devices.scanner.repeats import Repeats

STREAM = "A012\r\n预约码B7\nhttps://x/t/1\r\r\n\x02STX\x03\r".encode()
LINES = [Line("A012"), Line("预约码B7"), Line("https://x/t/1"), Line("STX")]


def test_one_byte_at_a_time() -> None:
    parser = LineParser()
    assert [e for byte in STREAM for e in parser.feed(bytes((byte,)))] == LINES


def test_at_every_split() -> None:
    for at in range(len(STREAM) + 1):
        parser = LineParser()
        assert parser.feed(STREAM[:at]) + parser.feed(STREAM[at:]) == LINES


@given(st.binary(max_size=300))
def test_any_bytes_leave_it_whole(data: bytes) -> None:
    fuzz_lines(data)
    fuzz_classify(data)


@given(st.binary(max_size=100), st.integers(0, 100))
def test_a_split_changes_nothing(data: bytes, at: int) -> None:
    whole, halves = LineParser(longest=20), LineParser(longest=20)
    both = halves.feed(data[:at]) + halves.feed(data[at:])
    assert whole.feed(data) == both
    assert whole.gap() == halves.gap()


@pytest.mark.parametrize(
    ("encoding", "data", "text"),
    [
        ("auto", "号票".encode(), "号票"),
        ("auto", "号票".encode("gbk"), "号票"),
        ("auto", "㐀".encode("gb18030"), "㐀"),
        ("gb18030", "号票".encode("gb18030"), "号票"),
    ],
)
def test_encodings(encoding: Encoding, data: bytes, text: str) -> None:
    assert LineParser(encoding=encoding).feed(data + b"\r") == [Line(text)]


@pytest.mark.parametrize("data", [b"\xff\xfe\xff", b"A\x00B", b"A\x1b[2J"])
def test_what_is_no_text_is_told_as_such(data: bytes) -> None:
    assert LineParser().feed(data + b"\r") == [BadLine("scanner.unreadable")]


def test_the_separator_of_gs1_codes_is_text() -> None:
    assert LineParser().feed(b"0112\x1d10A\r") == [Line("0112\x1d10A")]


@pytest.mark.parametrize(
    ("ends", "event"),
    [
        ("auto", Line("A012")),
        ("gap", Line("A012")),
        ("line", BadLine("scanner.cut_short")),
    ],
)
def test_a_pause_ends_a_code_where_it_may(ends: Ends, event: Line | BadLine) -> None:
    parser = LineParser(ends=ends)
    assert parser.feed(b"A0") + parser.feed(b"12") == []
    assert parser.gap() == [event]
    assert parser.gap() == []


def test_a_scanner_that_ends_its_lines_is_not_believed_half_a_code() -> None:
    parser = LineParser()
    assert parser.feed(b"A012\rA01") == [Line("A012")]
    assert parser.gap() == [BadLine("scanner.cut_short")]
    assert parser.feed(b"B034\r") == [Line("B034")]


def test_an_overlong_line_is_told_once_and_its_end_is_no_code() -> None:
    parser = LineParser(longest=16)
    assert parser.feed(b"x" * 5000) == [BadLine("scanner.overlong")]
    assert parser.feed(b"x" * 5000 + b"A012") == []
    assert parser.pending == 0
    assert parser.feed(b"\rA013\r") == [Line("A013")]


def test_the_same_code_at_once_is_the_same_laying() -> None:
    repeats = Repeats(2.0)
    assert [repeats.is_new("A", at) for at in (0.0, 1.0, 2.9, 4.8, 7.0)] == [
        True, False, False, False, True,
    ]  # fmt: skip
    assert repeats.is_new("B", 7.0)
    repeats.forget()
    assert repeats.is_new("A", 7.1)
