"""From similarities, places and light to an outcome: the rules, without pictures."""

import math
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.face.gate import Face, lit, placed, yaw
from devices.face.judge import Judge
from devices.face.outcome import (
    HINTS,
    CardPhoto,
    Consent,
    FaceResult,
    FaceSettings,
    Hint,
    Outcome,
    Reason,
)
from devices.face.turn import HeadTurn, Side, Step

SETTINGS = FaceSettings()
cosine = st.floats(-1, 1)


def judged(values: list[float], settings: FaceSettings = SETTINGS) -> FaceResult | None:
    judge = Judge(settings, 0.0)
    for number, value in enumerate(values):
        if result := judge.judge(value, number * 1.0):
            return result
    return None


@given(st.lists(cosine, max_size=30))
def test_an_outcome_rests_on_agreement(values: list[float]) -> None:
    result = judged(values)
    passes = sum(value >= SETTINGS.pass_at for value in values)
    fails = sum(value < SETTINGS.fail_below for value in values)
    if result is None:
        return
    assert result.outcome is not Outcome.ASK_STAFF
    count = passes if result.outcome is Outcome.PASS else fails
    assert count >= SETTINGS.agree


@given(st.lists(st.floats(SETTINGS.fail_below, SETTINGS.pass_at, exclude_max=True), max_size=30))
def test_between_the_thresholds_nothing_is_decided(values: list[float]) -> None:
    assert judged(values) is None


@given(st.lists(st.floats(-1, 1).filter(lambda v: v < SETTINGS.pass_at), max_size=30))
def test_nobody_passes_who_never_reached_the_threshold(values: list[float]) -> None:
    result = judged(values)
    assert result is None or result.outcome is Outcome.FAIL


@given(st.floats(SETTINGS.pass_at, 1), st.floats(-1, SETTINGS.fail_below, exclude_max=True))
def test_one_odd_frame_decides_nothing(good: float, bad: float) -> None:
    same = judged([good, bad, good, good])
    assert same is not None
    assert (same.outcome, same.reason) == (Outcome.PASS, Reason.SAME)
    other = judged([bad, good, bad, bad])
    assert other is not None
    assert (other.outcome, other.reason) == (Outcome.FAIL, Reason.DIFFERENT)


def test_what_is_no_number_fails_nobody() -> None:
    assert judged([math.nan] * 20) is None


@given(st.lists(cosine, max_size=3), st.floats(0, 100))
def test_time_up_asks_staff_and_never_fails(values: list[float], at: float) -> None:
    judge = Judge(msgspec.structs.replace(SETTINGS, agree=5, of=9), 0.0)
    for value in values:
        assert judge.judge(value, 1.0) is None
    late = judge.late(at)
    if at < SETTINGS.limit:
        assert late is None
    else:
        assert late is not None
        assert late.outcome is Outcome.ASK_STAFF
        assert late.reason is (Reason.UNSURE if values else Reason.NOT_SEEN)


def test_frames_are_judged_apart() -> None:
    judge = Judge(SETTINGS, 0.0)
    assert judge.is_due(0.0)
    judge.judge(0.5, 0.0)
    assert not judge.is_due(SETTINGS.spacing / 2)
    assert judge.is_due(SETTINGS.spacing)


@pytest.mark.parametrize(
    "wrong",
    [
        {"pass_at": 0.2},
        {"agree": 2, "of": 5},
        {"agree": 6, "of": 5},
        {"of": 0, "agree": 0},
        {"limit": 0.0},
        {"spacing": -1.0},
        {"pass_at": 1.5},
        {"fail_below": -2.0},
    ],
)
def test_settings_that_make_no_sense(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"of|must|lie|seconds"):
        FaceSettings(**wrong)  # type: ignore[arg-type]


def face(x: float = 220, width: float = 200, nose: float = 0.5) -> Face:
    left = x + 0.7 * width
    right = x + 0.3 * width
    return Face(
        x=x,
        y=120,
        width=width,
        height=width * 1.2,
        right_eye=(right, 180),
        left_eye=(left, 180),
        nose=(right + nose * (left - right), 220),
    )


@pytest.mark.parametrize(
    ("faces", "hint"),
    [
        ([], Hint.NO_FACE),
        ([face()], None),
        ([face(), face(x=20, width=150)], Hint.SEVERAL),
        ([face(), face(x=20, width=100)], None),
        ([face(width=60)], Hint.FAR),
        ([face(x=10, width=600)], Hint.NEAR),
        ([face(x=-60)], Hint.EDGE),
        ([face(nose=0.9)], Hint.TURNED),
        ([face(nose=0.1)], Hint.TURNED),
    ],
)
def test_who_stands_where(faces: list[Face], hint: Hint | None) -> None:
    assert placed(faces, 640, 480, SETTINGS, any_turn=False) is hint


def test_a_turned_face_is_well_placed_while_a_turn_is_asked_for() -> None:
    assert placed([face(nose=0.9)], 640, 480, SETTINGS, any_turn=True) is None


@pytest.mark.parametrize(
    ("brightness", "sharpness", "hint"),
    [(120, 300, None), (20, 300, Hint.DARK), (240, 300, Hint.BRIGHT), (120, 3, Hint.BLURRED)],
)
def test_light_and_focus(brightness: float, sharpness: float, hint: Hint | None) -> None:
    assert lit(brightness, sharpness, SETTINGS) is hint


@given(st.floats(-1, 2))
def test_yaw_follows_the_nose(nose: float) -> None:
    assert yaw(face(nose=nose)) == pytest.approx(nose - 0.5, abs=1e-6)


def test_a_profile_is_as_turned_as_can_be() -> None:
    flat = msgspec.structs.replace(face(), right_eye=(300, 180), left_eye=(299, 180))
    assert yaw(msgspec.structs.replace(flat, nose=(390, 200))) == 2
    assert yaw(msgspec.structs.replace(flat, nose=(230, 200))) == -2


@pytest.mark.parametrize(("side", "sign"), [("left", 1), ("right", -1)])
def test_a_turn_goes_there_and_back(side: Side, sign: int) -> None:
    turn = HeadTurn(side, SETTINGS)
    steps = [turn.feed(sign * value, at) for at, value in enumerate((0, 0.2, 0.5, 0.3, 0.1))]
    assert steps == [Step.TURNING, Step.TURNING, Step.RETURNING, Step.RETURNING, Step.DONE]


@given(st.lists(st.floats(-2, SETTINGS.turn_yaw, exclude_max=True), max_size=50))
def test_no_turn_to_the_other_side_will_do(values: list[float]) -> None:
    turn = HeadTurn("left", SETTINGS)
    assert all(turn.feed(value, at * 0.1) is Step.TURNING for at, value in enumerate(values))


def test_who_leaves_amid_the_turn_begins_anew() -> None:
    turn = HeadTurn("left", SETTINGS)
    assert turn.feed(0.5, 0.0) is Step.RETURNING
    assert turn.feed(None, 0.5) is Step.RETURNING
    assert turn.feed(None, 2.0) is Step.TURNING
    assert turn.feed(0.0, 2.1) is Step.TURNING


def test_each_hint_has_both_languages() -> None:
    assert set(HINTS) == set(Hint)
    assert all(words.zh and words.en for words in HINTS.values())


def test_consent_names_its_time_and_its_text() -> None:
    with pytest.raises(ValueError, match="zone"):
        Consent(at=datetime(2026, 1, 5), text_version="1")  # noqa: DTZ001
    with pytest.raises(ValueError, match="text"):
        Consent(at=datetime(2026, 1, 5, tzinfo=UTC), text_version=" ")


def test_a_card_photo_is_as_large_as_it_says_and_never_shown() -> None:
    with pytest.raises(ValueError, match="3 bytes"):
        CardPhoto(width=102, height=126, rgb=b"")
    assert repr(CardPhoto(width=16, height=16, rgb=bytes(768))) == "CardPhoto(16×16)"
