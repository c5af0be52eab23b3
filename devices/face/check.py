"""One face check: a card's photo against live frames, with consent, keeping nothing.

No file is written. What a face becomes (SFace's 128 numbers) lives in this object alone: `close`
overwrites and drops it, and so does the end of the camera's process.
"""

import secrets
from typing import Self

from devices.errors import DeviceError
from devices.face import gate
from devices.face.engine import Engine, Image, Template, similarity
from devices.face.judge import Judge
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
from devices.face.turn import HeadTurn, Step

Said = FaceHint | FaceResult


class FaceCheck:
    """Made by `begin`; give `look` each frame until it says a FaceResult, then `close`."""

    def __init__(
        self,
        engine: Engine,
        card: Template,
        consent: Consent,
        settings: FaceSettings,
        started_at: float,
    ) -> None:
        if not isinstance(consent, Consent):
            raise DeviceError("face.no_consent")
        self._engine = engine
        self._card: Template | None = card
        self._settings = settings
        self._judge = Judge(settings, started_at)
        self._turn: HeadTurn | None = None
        self._hint: Hint | None = None

    @classmethod
    def begin(
        cls,
        engine: Engine,
        photo: CardPhoto,
        consent: Consent,
        settings: FaceSettings,
        started_at: float,
    ) -> Self | FaceResult:
        """A check, or its end where the card's photo shows no single face.

        DeviceError `face.no_consent` without a Consent: nothing is looked at then.
        """
        if not isinstance(consent, Consent):
            raise DeviceError("face.no_consent")
        card = engine.card_template(photo)
        if card is None:
            return FaceResult(outcome=Outcome.ASK_STAFF, reason=Reason.CARD_PHOTO)
        return cls(engine, card, consent, settings, started_at)

    @property
    def is_closed(self) -> bool:
        """Whether the card's template is gone."""
        return self._card is None

    def look(self, bgr: Image, at: float) -> list[Said]:
        """One frame taken at `at` seconds: a hint where it changed, the result at the end."""
        if self._card is None:
            raise ValueError("the check was closed")
        if late := self._judge.late(at):
            if self._turn is not None:
                late = self._judge.result(Outcome.ASK_STAFF, Reason.NO_TURN)
            return [late]
        found = self._engine.faces(bgr)
        height, width = bgr.shape[:2]
        faces = [seen.face for seen in found]
        hint = gate.placed(faces, width, height, self._settings, any_turn=self._turn is not None)
        if self._turn is not None:
            yaw = gate.yaw(gate.nearest(faces)) if faces and hint is not Hint.SEVERAL else None
            if self._turn.feed(yaw, at) is not Step.DONE:
                is_seen = hint not in (Hint.NO_FACE, Hint.SEVERAL)
                return self._say(self._turn.hint if is_seen else hint)
        if hint is not None:
            return self._say(hint)
        if not self._judge.is_due(at):
            return []
        seen = max(found, key=lambda one: one.face.width)
        crop = self._engine.crop(bgr, seen)
        if hint := gate.lit(crop.brightness, crop.sharpness, self._settings):
            return self._say(hint)
        if abs(gate.yaw(seen.face)) > self._settings.most_yaw:
            return self._say(Hint.TURNED)
        live = self._engine.template(crop)
        value = similarity(self._card, live)
        live.fill(0)
        result = self._judge.judge(value, at)
        if result and result.outcome is Outcome.PASS and self._settings.head_turn:
            if self._turn is None:
                self._turn = HeadTurn(secrets.choice(("left", "right")), self._settings)
                return self._say(self._turn.hint)
            # The one who turned and came back is the one on the card still.
            if self._judge.verdict(value) is not Outcome.PASS:
                return []
        return [result] if result else self._say(Hint.LOOK)

    def close(self) -> None:
        """Overwrite and drop the template."""
        card, self._card = self._card, None
        if card is not None:
            card.fill(0)

    def _say(self, hint: Hint | None) -> list[Said]:
        if hint is None or hint is self._hint:
            return []
        self._hint = hint
        return [FaceHint(hint)]
