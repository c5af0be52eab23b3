import gzip

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.sync.backoff import Backoff
from queue_server.sync.batch import LogIncompleteError, make_batch
from queue_server.sync.outbox import OutboxEvent
from simulation.backend.messages import decode_batch

details = st.dictionaries(st.text(max_size=5), st.text(max_size=40), max_size=3)


def event(seq: int, data: object = None) -> OutboxEvent:
    raw = msgspec.Raw(msgspec.json.encode(data if data is not None else {"n": seq}))
    return OutboxEvent(seq, 1, "2026-01-05", 1_767_571_200_000 + seq, "kiosk-1", "rated", raw)


@given(
    after=st.integers(0, 10**9),
    contents=st.lists(details, min_size=1, max_size=30),
    max_events=st.integers(1, 40),
    max_bytes=st.integers(1, 3000),
)
def test_a_batch_is_what_fits_and_the_receiver_reads_it_unchanged(
    after: int, contents: list[dict[str, str]], max_events: int, max_bytes: int
) -> None:
    events = [event(seq, data) for seq, data in enumerate(contents, after + 1)]
    batch = make_batch("hall-1", after, events, max_events, max_bytes)
    assert batch.first == after + 1
    assert 1 <= batch.size <= min(max_events, len(events))
    assert batch.size == 1 or len(batch.body) <= max_bytes
    if batch.size < min(max_events, len(events)):
        bigger = make_batch("hall-1", after, events, batch.size + 1, 10**9)
        assert len(bigger.body) > max_bytes
    received = decode_batch(batch.body)
    assert received.hall == "hall-1"
    assert [e.seq for e in received.events] == list(range(batch.first, batch.last + 1))
    assert [bytes(e.data) for e in received.events] == [bytes(e.data) for e in events[: batch.size]]
    assert gzip.decompress(batch.compressed()) == batch.body


def test_a_hole_in_the_log_is_never_stepped_over() -> None:
    with pytest.raises(LogIncompleteError) as caught:
        make_batch("h", 4, [event(6), event(7)], 10, 10**6)
    assert caught.value.expected == 5
    assert make_batch("h", 4, [event(5), event(7)], 10, 10**6).last == 5


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=12, max_size=12))
def test_delays_double_up_to_the_longest_and_are_spread(randoms: list[float]) -> None:
    values = iter(randoms)
    backoff = Backoff(0.5, 60.0, lambda: next(values))
    for number in range(11):
        whole = min(60.0, 0.5 * 2**number)
        assert whole / 2 <= backoff.next() <= whole
    backoff.reset()
    assert backoff.next() <= 0.5
