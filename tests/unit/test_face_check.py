"""A face check's course, with an engine that sees what it is told: consent, hints, nothing kept."""

import gc
import secrets
import weakref
from datetime import UTC, datetime

import numpy as np
import pytest

from devices.errors import DeviceError
from devices.face.check import FaceCheck
from devices.face.engine import Crop, Image, Seen, Template
from devices.face.gate import Face
from devices.face.outcome import (
    CardPhoto,
    Consent,
    FaceHint,
    FaceResult,
    FaceSettings,
    Hint,
    Outcome,
    Reason,
)

CONSENT = Consent(at=datetime(2026, 1, 5, tzinfo=UTC), text_version="1")
PHOTO = CardPhoto(width=16, height=16, rgb=bytes(768))
FRAME = np.zeros((480, 640, 3), np.uint8)


class FakeEngine:
    """One face whose likeness to the card and whose turn are set; its templates are watched."""

    def __init__(self, likeness: float = 0.9) -> None:
        self.likeness = likeness
        self.yaw = 0.0
        self.count = 1
        self.brightness = 120.0
        self.has_card_face = True
        self.templates: list[weakref.ref[Template]] = []
        self.looked = 0

    def faces(self, bgr: Image) -> list[Seen]:
        self.looked += 1
        nose = 320 + 80 * self.yaw
        face = Face(
            x=220, y=120, width=200, height=240,
            right_eye=(280, 200), left_eye=(360, 200), nose=(nose, 240),
        )  # fmt: skip
        return [Seen(face, np.zeros(15, np.float32))] * self.count

    def crop(self, bgr: Image, seen: Seen) -> Crop:
        return Crop(np.zeros((112, 112, 3), np.uint8), self.brightness, 500.0)

    def template(self, crop: Crop) -> Template:
        return self._watched(self.likeness)

    def card_template(self, photo: CardPhoto) -> Template | None:
        return self._watched(1.0) if self.has_card_face else None

    def _watched(self, first: float) -> Template:
        made = np.array([first, 0.0], np.float32)
        self.templates.append(weakref.ref(made))
        return made


def begin(engine: FakeEngine, settings: FaceSettings | None = None) -> FaceCheck:
    begun = FaceCheck.begin(engine, PHOTO, CONSENT, settings or FaceSettings(), 0.0)
    assert isinstance(begun, FaceCheck)
    return begun


def run(check: FaceCheck, frames: int, start: float = 0.0) -> list[FaceHint | FaceResult]:
    said: list[FaceHint | FaceResult] = []
    for number in range(frames):
        said += check.look(FRAME, start + number * 0.25)
        if said and isinstance(said[-1], FaceResult):
            break
    return said


def end(said: list[FaceHint | FaceResult]) -> tuple[Outcome, Reason]:
    result = said[-1]
    assert isinstance(result, FaceResult)
    return result.outcome, result.reason


def test_the_same_person_passes_and_another_fails() -> None:
    assert end(run(begin(FakeEngine(0.6)), 9)) == (Outcome.PASS, Reason.SAME)
    assert end(run(begin(FakeEngine(0.1)), 9)) == (Outcome.FAIL, Reason.DIFFERENT)


def test_in_between_staff_are_asked_when_time_is_up() -> None:
    said = run(begin(FakeEngine(0.35)), 100)
    assert end(said) == (Outcome.ASK_STAFF, Reason.UNSURE)
    assert said[:-1] == [FaceHint(Hint.LOOK)]


def test_nobody_there_is_told_once_and_then_staff_are_asked() -> None:
    engine = FakeEngine()
    engine.count = 0
    said = run(begin(engine), 100)
    assert said[:-1] == [FaceHint(Hint.NO_FACE)]
    assert end(said) == (Outcome.ASK_STAFF, Reason.NOT_SEEN)


def test_hints_change_with_what_is_wrong() -> None:
    engine = FakeEngine()
    check = begin(engine)
    engine.count = 2
    assert check.look(FRAME, 0.0) == [FaceHint(Hint.SEVERAL)]
    engine.count, engine.brightness = 1, 10.0
    assert check.look(FRAME, 0.3) == [FaceHint(Hint.DARK)]
    assert check.look(FRAME, 0.6) == []
    engine.brightness, engine.yaw = 120.0, 0.6
    assert check.look(FRAME, 0.9) == [FaceHint(Hint.TURNED)]


def test_a_turn_of_the_head_is_asked_for_and_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "choice", lambda sides: "right")
    engine = FakeEngine()
    check = begin(engine, FaceSettings(head_turn=True))
    said = run(check, 5)
    assert said[-1] == FaceHint(Hint.TURN_RIGHT)
    engine.yaw = 0.6
    assert run(check, 3, 2.0) == []
    engine.yaw = -0.6
    assert run(check, 2, 3.0) == []
    engine.yaw = 0.0
    assert end(run(check, 5, 4.0)) == (Outcome.PASS, Reason.SAME)


def test_who_does_not_turn_is_not_failed_but_sent_to_staff() -> None:
    said = run(begin(FakeEngine(), FaceSettings(head_turn=True)), 100)
    assert end(said) == (Outcome.ASK_STAFF, Reason.NO_TURN)


def test_somebody_else_after_the_turn_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "choice", lambda sides: "left")
    engine = FakeEngine()
    check = begin(engine, FaceSettings(head_turn=True))
    run(check, 5)
    engine.yaw = 0.6
    run(check, 2, 2.0)
    engine.yaw, engine.likeness = 0.0, 0.1
    assert end(run(check, 20, 3.0)) == (Outcome.FAIL, Reason.DIFFERENT)


def test_a_card_photo_without_a_face_is_for_staff() -> None:
    engine = FakeEngine()
    engine.has_card_face = False
    begun = FaceCheck.begin(engine, PHOTO, CONSENT, FaceSettings(), 0.0)
    assert begun == FaceResult(outcome=Outcome.ASK_STAFF, reason=Reason.CARD_PHOTO)


@pytest.mark.parametrize("consent", [None, True, "yes", {}])
def test_without_consent_nothing_is_looked_at(consent: object) -> None:
    engine = FakeEngine()
    with pytest.raises(DeviceError, match=r"face\.no_consent"):
        FaceCheck.begin(engine, PHOTO, consent, FaceSettings(), 0.0)  # type: ignore[arg-type]
    assert not engine.templates
    assert not engine.looked


def test_nothing_is_kept() -> None:
    engine = FakeEngine(0.6)
    check = begin(engine)
    card = engine.templates[0]()
    assert card is not None
    run(check, 9)
    check.close()
    assert check.is_closed
    assert not card.any(), "overwritten"
    del card
    gc.collect()
    assert len(engine.templates) > 1
    assert [ref() for ref in engine.templates] == [None] * len(engine.templates)
    with pytest.raises(ValueError, match="closed"):
        check.look(FRAME, 99.0)
