"""The pad never invents a rating, and sends at most one a question."""

from itertools import pairwise
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.commands import DeclineRating, Rate
from queue_server.domain.values import Ms, ServiceId, TransactionId
from queue_server.protocol.codec import rejected
from queue_server.protocol.views import RatingAsked
from ui.pad import flow
from ui.pad.reasons import load

TIMES = flow.Times()
START = cast(Ms, 1_000_000)


def asked(name: str = "x1", at: int = 1) -> RatingAsked:
    return RatingAsked(
        transaction=TransactionId(name), number="A001", service=ServiceId("s"), at=cast(Ms, at)
    )


def later(ms: int) -> Ms:
    return cast(Ms, START + ms)


def test_no_touch_sends_nothing_and_is_not_asked_again() -> None:
    pad = flow.question(flow.Pad(), asked(), START, TIMES)
    assert isinstance(pad.state, flow.Asked)
    pad = flow.pass_time(pad, later(TIMES.asked))
    assert pad.state == flow.Resting()
    assert pad.send is None
    assert flow.question(pad, asked(), later(TIMES.asked), TIMES).state == flow.Resting()


def test_the_same_service_asked_once_more_by_the_clerk_is_shown_again() -> None:
    pad = flow.question(flow.Pad(), asked(), START, TIMES)
    pad = flow.pass_time(pad, later(TIMES.asked))
    pad = flow.question(pad, asked(at=2), later(TIMES.asked), TIMES)
    assert isinstance(pad.state, flow.Asked)


def test_a_face_and_reasons_are_sent_once() -> None:
    pad = flow.question(flow.Pad(), asked(), START, TIMES)
    pad = flow.touch_face(pad, 4, START, TIMES)
    assert pad.send is None
    for code in ("413", "406", "413"):
        pad = flow.touch_reason(pad, code, START, TIMES)
    pad = flow.touch_submit(pad)
    assert pad.send == Rate(transaction=TransactionId("x1"), level=4, reasons=("406",))
    assert flow.touch_submit(pad).send is None
    told = flow.answered(pad, None, START, TIMES)
    assert isinstance(told.state, flow.Told)
    assert flow.pass_time(told, later(TIMES.told)).state == flow.Resting()


def test_a_touched_face_counts_even_if_the_citizen_leaves() -> None:
    pad = flow.touch_face(flow.question(flow.Pad(), asked(), START, TIMES), 1, START, TIMES)
    gone = flow.pass_time(pad, later(TIMES.reasons))
    assert gone.send == Rate(transaction=TransactionId("x1"), level=1)
    replaced = flow.question(pad, asked("x2"), START, TIMES)
    assert replaced.send == Rate(transaction=TransactionId("x1"), level=1)


def test_the_next_question_comes_after_the_thanks_of_the_last() -> None:
    pad = flow.touch_face(flow.question(flow.Pad(), asked(), START, TIMES), 5, START, TIMES)
    pad = flow.answered(flow.touch_submit(pad), None, START, TIMES)
    pad = flow.question(pad, asked("x2"), START, TIMES)
    assert isinstance(pad.state, flow.Asked)
    assert pad.state.asked.transaction == "x2"


def test_changing_the_level_drops_the_other_levels_reasons() -> None:
    pad = flow.touch_face(flow.question(flow.Pad(), asked(), START, TIMES), 2, START, TIMES)
    pad = flow.touch_back(flow.touch_reason(pad, "207", START, TIMES), START, TIMES)
    pad = flow.touch_submit(flow.touch_face(pad, 5, START, TIMES))
    assert pad.send == Rate(transaction=TransactionId("x1"), level=5)


def test_declining_is_told_to_the_server() -> None:
    pad = flow.touch_decline(flow.question(flow.Pad(), asked(), START, TIMES))
    assert pad.send == DeclineRating(transaction=TransactionId("x1"))


def test_a_refusal_is_shown_and_goes_away() -> None:
    pad = flow.touch_face(flow.question(flow.Pad(), asked(), START, TIMES), 5, START, TIMES)
    pad = flow.answered(flow.touch_submit(pad), rejected("already_rated"), START, TIMES)
    assert isinstance(pad.state, flow.Told)
    assert pad.state.rejected is not None
    assert flow.pass_time(pad, later(TIMES.told)).state == flow.Resting()


def test_a_question_withdrawn_before_any_touch_is_gone() -> None:
    pad = flow.question(flow.Pad(), asked(), START, TIMES)
    assert flow.question(pad, None, START, TIMES).state == flow.Resting()


Step = tuple[str, int]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.integers(0, 3)),
        st.tuples(st.just("face"), st.integers(1, 5)),
        st.tuples(st.sampled_from(["submit", "back", "decline", "none", "answer"]), st.just(0)),
        st.tuples(st.just("wait"), st.integers(0, 60_000)),
    ),
    max_size=40,
)


@given(STEPS)
def test_whatever_happens_each_question_is_answered_at_most_once_and_never_untouched(
    steps: list[Step],
) -> None:
    pad, now = flow.Pad(), int(START)
    sent: list[str] = []
    touched: dict[str, int] = {}
    for verb, value in steps:
        at = cast(Ms, now)
        shown = getattr(pad.state, "asked", None)
        match verb:
            case "ask":
                pad = flow.question(pad, asked(f"x{value}", at=7), at, TIMES)
            case "none":
                pad = flow.question(pad, None, at, TIMES)
            case "face":
                if isinstance(pad.state, flow.Asked | flow.Reasons) and shown:
                    touched[shown.transaction] = value
                pad = flow.touch_face(pad, value, at, TIMES)
            case "submit":
                pad = flow.touch_submit(pad)
            case "back":
                pad = flow.touch_back(pad, at, TIMES)
            case "decline":
                pad = flow.touch_decline(pad)
            case "answer":
                pad = flow.answered(pad, None, at, TIMES)
            case _:
                now += value
                pad = flow.pass_time(pad, cast(Ms, now))
        if isinstance(pad.send, Rate):
            assert touched[pad.send.transaction] == pad.send.level
        if pad.send is not None:
            sent.append(pad.send.transaction)
    assert all(a != b for a, b in pairwise(sent))


def test_reasons_belong_to_their_level_and_are_in_both_languages() -> None:
    dictionary = load()
    assert [level.level for level in dictionary.levels] == [5, 4, 3, 2, 1]
    codes = [r.code for level in dictionary.levels for r in level.reasons]
    assert len(codes) == len(set(codes)) == 40
    for level in dictionary.levels:
        assert len(level.reasons) == 8
        for reason in level.reasons:
            assert reason.code.startswith(str(level.level))
            assert reason.zh
            assert reason.en
