"""The printer's status bytes: vectors, two streams on one line, any bytes at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.protocol import (
    AutomaticStatus,
    Noise,
    PaperState,
    PrinterStatus,
    RealtimeReply,
    StatusEvent,
    StatusParser,
    status_from_asb,
    status_from_replies,
)


@pytest.mark.parametrize(
    ("four", "paper"),
    [(0x12, PaperState.OK), (0x1E, PaperState.NEAR_END), (0x7E, PaperState.OUT)],
)
def test_paper_by_query(four: int, paper: PaperState) -> None:
    assert status_from_replies(0x12, 0x12, 0x12, four).paper is paper


@pytest.mark.parametrize(
    ("report", "problem", "paper"),
    [
        ("10000000", None, PaperState.OK),
        ("10000300", None, PaperState.NEAR_END),
        ("18000f00", "printer.paper_out", PaperState.OUT),
        ("38000000", "printer.cover_open", PaperState.OK),
        ("18080000", "printer.cutter", PaperState.OK),
        ("18200000", "printer.unrecoverable", PaperState.OK),
        ("18040000", "printer.recoverable", PaperState.OK),
        ("18400000", "printer.overheated", PaperState.OK),
        ("18000000", "printer.offline", PaperState.OK),
    ],
)
def test_automatic_status(report: str, problem: str | None, paper: PaperState) -> None:
    status = status_from_asb(bytes.fromhex(report))
    assert (status.problem, status.paper) == (problem, paper)


@pytest.mark.parametrize(
    ("replies", "problem"),
    [
        ((0x12, 0x12, 0x12, 0x12), None),
        ((0x1A, 0x16, 0x12, 0x12), "printer.cover_open"),
        ((0x1A, 0x32, 0x12, 0x12), "printer.paper_out"),
        ((0x1A, 0x52, 0x1A, 0x12), "printer.cutter"),
        ((0x1A, 0x52, 0x32, 0x12), "printer.unrecoverable"),
        ((0x1A, 0x52, 0x16, 0x12), "printer.recoverable"),
        ((0x32, 0x12, 0x12, 0x12), "printer.recoverable"),
        ((0x1A, 0x52, 0x12, 0x12), "printer.recoverable"),
        ((0x1A, 0x52, 0x52, 0x12), "printer.overheated"),
        ((0x1A, 0x12, 0x12, 0x12), "printer.offline"),
    ],
)
def test_problem_by_query(replies: tuple[int, int, int, int], problem: str | None) -> None:
    assert status_from_replies(*replies).problem == problem


def feed_by_one(parser: StatusParser, data: bytes) -> list[StatusEvent]:
    return [event for byte in data for event in parser.feed(bytes((byte,)))]


def asking(*queries: int) -> StatusParser:
    parser = StatusParser()
    for query in queries:
        parser.expect(query)
    return parser


MIXED = bytes.fromhex("12 10000300 16 18 00 1a 0f 00")
MIXED_EVENTS = [
    RealtimeReply(1, 0x12),
    AutomaticStatus(PrinterStatus(paper=PaperState.NEAR_END)),
    RealtimeReply(2, 0x16),
    RealtimeReply(3, 0x1A),
    AutomaticStatus(PrinterStatus(online=False, paper=PaperState.OUT)),
]


def test_replies_and_reports_are_told_apart_even_interleaved() -> None:
    assert asking(1, 2, 3).feed(MIXED) == MIXED_EVENTS
    assert feed_by_one(asking(1, 2, 3), MIXED) == MIXED_EVENTS


@pytest.mark.parametrize("split", range(len(MIXED) + 1))
def test_any_split_gives_the_same(split: int) -> None:
    parser = asking(1, 2, 3)
    assert parser.feed(MIXED[:split]) + parser.feed(MIXED[split:]) == MIXED_EVENTS


def test_a_reply_nobody_asked_for_is_noise() -> None:
    assert StatusParser().feed(b"\x12") == [Noise(b"\x12")]


def test_flow_control_bytes_are_noise_and_the_next_report_is_read() -> None:
    assert StatusParser().feed(bytes.fromhex("13 11 10000000"))[-1] == AutomaticStatus(
        PrinterStatus()
    )


def test_a_torn_report_does_not_swallow_the_next() -> None:
    assert StatusParser().feed(bytes.fromhex("1000 10000300"))[-1] == AutomaticStatus(
        PrinterStatus(paper=PaperState.NEAR_END)
    )


@given(st.lists(st.binary(max_size=20)), st.lists(st.integers(1, 4), max_size=5))
def test_any_bytes_are_all_accounted_for(chunks: list[bytes], queries: list[int]) -> None:
    parser, whole = asking(*queries), asking(*queries)
    events = [event for chunk in chunks for event in parser.feed(chunk)]
    assert events == whole.feed(b"".join(chunks))
    seen = 0
    for event in events:
        if isinstance(event, Noise):
            seen += len(event.data)
        else:
            seen += 1 if isinstance(event, RealtimeReply) else 4
    assert 0 <= sum(map(len, chunks)) - seen <= 3  # at most an unfinished report is held
