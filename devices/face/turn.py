"""The head-turn challenge: to one side when asked, and back.

It shows that what stands there moves when told to. A film of a face or a worn mask may do so too:
this detects no spoofing and claims no liveness.
"""

from enum import Enum, auto
from typing import Final, Literal

from devices.face.outcome import FaceSettings, Hint

Side = Literal["left", "right"]

_MOST_ABSENT: Final = 1.0  # seconds without a face, after which the turn begins anew


class Step(Enum):
    """How far the citizen is."""

    TURNING = auto()
    RETURNING = auto()
    DONE = auto()


class HeadTurn:
    """Feed it each frame's `yaw`, or None where no single face is seen. Sides are the citizen's."""

    def __init__(self, side: Side, settings: FaceSettings) -> None:
        self._sign = 1.0 if side == "left" else -1.0
        self._settings = settings
        self._seen_at: float | None = None
        self.hint = Hint.TURN_LEFT if side == "left" else Hint.TURN_RIGHT
        self.step = Step.TURNING

    def feed(self, yaw: float | None, at: float) -> Step:
        """Where the citizen is after this frame."""
        if self.step is Step.DONE:
            return self.step
        if self._seen_at is not None and at - self._seen_at > _MOST_ABSENT:
            self.step = Step.TURNING
        if yaw is None:
            return self.step
        self._seen_at = at
        if self.step is Step.TURNING and yaw * self._sign >= self._settings.turn_yaw:
            self.step = Step.RETURNING
        elif self.step is Step.RETURNING and abs(yaw) <= self._settings.most_yaw:
            self.step = Step.DONE
        return self.step
