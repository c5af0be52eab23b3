from email.utils import formatdate
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from queue_server.sync.answers import (
    LONGEST_RETRY_AFTER,
    Accepted,
    Failed,
    Outcome,
    Resume,
    Smaller,
    judge,
)
from queue_server.sync.batch import Batch
from queue_server.sync.codes import SYNC_CODES
from queue_server.sync.config import SyncConfig
from simulation.backend.refusal import REFUSALS, Refusal

BATCH = Batch(first=11, last=20, body=b"", oldest=0)
NOW = 1_767_571_200.0


def answer(status: int, body: bytes = b"", retry_after: str = "") -> Outcome:
    return judge(BATCH, status, {"retry-after": retry_after} if retry_after else {}, body, NOW)


bodies = st.one_of(
    st.binary(max_size=60),
    st.builds(b'{"accepted":%d}'.__mod__, st.integers(0, 40)),
    st.builds(b'{"expected":%d,"code":"gap"}'.__mod__, st.integers(-2, 40)),
)


@given(st.integers(200, 599), bodies, st.text(max_size=30))
@example(409, b'{"expected":' + b"9" * 400 + b"}", "")
@example(200, b"[" * 100_000, "")
@example(503, b"", "Fri, 31 Dec 9999 23:59:59 -2359")
@example(503, b"", "9" * 5000)
@example(503, b"", "²")
def test_any_answer_means_something_and_only_the_exact_one_is_acceptance(
    status: int, body: bytes, retry_after: str
) -> None:
    outcome = answer(status, body, retry_after)
    match outcome:
        case Accepted():
            assert (status, body) == (200, b'{"accepted":20}')
        case Resume(after):
            assert status == 409
            assert 0 <= after < BATCH.first - 1
        case Smaller(events):
            assert status == 413
            assert 1 <= events < BATCH.size
        case Failed():
            assert SYNC_CODES[outcome.code].kind == outcome.kind
            assert 0 <= outcome.wait <= LONGEST_RETRY_AFTER


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, b'{"accepted":19}', "bad_answer"),
        (200, b'{"accepted":21}', "bad_answer"),
        (200, b'{"accepted":"20"}', "bad_answer"),
        (200, b"<html>Please log in</html>", "bad_answer"),
        (202, b'{"accepted":20}', "refused"),
        (302, b"", "wrong_address"),
        (400, b'{"code":"bad_batch"}', "refused"),
        (401, b"", "token_refused"),
        (403, b"", "hall_refused"),
        (404, b"", "wrong_address"),
        (408, b"", "timed_out"),
        (409, b'{"code":"conflict","expected":3}', "conflict"),
        (409, b'{"code":"gap","expected":11}', "bad_answer"),
        (409, b'{"code":"gap","expected":21}', "bad_answer"),
        (409, b'{"code":"gap","expected":0}', "bad_answer"),
        (409, b"", "refused"),
        (429, b"", "backend_busy"),
        (500, b"", "backend_failed"),
        (502, b"<html>", "backend_failed"),
        (503, b"", "backend_busy"),
    ],
)
def test_what_each_answer_means(status: int, body: bytes, code: str) -> None:
    outcome = answer(status, body)
    assert isinstance(outcome, Failed)
    assert outcome.code == code


def test_a_receiver_that_lost_events_gets_them_again() -> None:
    assert answer(409, Refusal("gap", expected=4).body()) == Resume(3)
    assert answer(409, b'{"expected":1}') == Resume(0)


def test_a_batch_too_large_is_halved_until_one_event_is_left() -> None:
    assert answer(413) == Smaller(5)
    alone = judge(Batch(first=7, last=7, body=b"", oldest=0), 413, {}, b"", NOW)
    assert isinstance(alone, Failed)
    assert (alone.code, alone.kind) == ("too_large", "operator")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        ("999999999", LONGEST_RETRY_AFTER),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW - 90, usegmt=True), 0.0),
        ("soon", 0.0),
    ],
)
def test_retry_after_is_heard(text: str, seconds: float) -> None:
    assert answer(503, b"", text) == Failed("retry", "backend_busy", "HTTP 503", seconds)


def test_who_must_act_is_the_same_on_both_sides() -> None:
    for code, meaning in REFUSALS.items():
        outcome = judge(BATCH, meaning.status, {}, Refusal(code).body(), NOW)
        if code not in {"gap", "too_large"}:
            assert isinstance(outcome, Failed)
            # A hall with a bug needs a person as well.
            assert (outcome.kind == "retry") == (meaning.kind == "retry"), code


def test_every_mistake_of_the_configuration_is_told_at_once() -> None:
    wrong = SyncConfig(
        address="http://city.example/?a=1",
        token_file=Path("token"),
        max_events=0,
        max_bytes=0,
        linger=-1.0,
        connect_timeout=float("nan"),
        answer_timeout=0,
        first_delay=5,
        longest_delay=1,
        operator_delay=-2,
    )
    assert {option for option, _, _ in wrong.problems()} == {
        "address",
        "max_events",
        "max_bytes",
        "linger",
        "connect_timeout",
        "answer_timeout",
        "longest_delay",
        "operator_delay",
    }
    assert SyncConfig(address="https://city.example:8443/x", token_file=Path("t")).problems() == []
    for address in ("https://", "https://a:99999/", "https://u:p@a/", "ftp://a", "", "https://[::"):
        assert SyncConfig(address=address, token_file=Path("t")).problems()
