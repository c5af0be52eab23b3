"""From similarities to an outcome: agreement of k of the last n frames, and patience's end."""

from collections import deque
from statistics import median

from devices.face.outcome import FaceResult, FaceSettings, Outcome, Reason


class Judge:
    """Feed it the similarity of each good frame. Time is an argument, in seconds."""

    def __init__(self, settings: FaceSettings, started_at: float) -> None:
        self._settings = settings
        self._started_at = started_at
        self._judged_at: float | None = None
        self._last: deque[float] = deque(maxlen=settings.of)

    def verdict(self, similarity: float) -> Outcome:
        """One frame's: pass at the upper threshold and above, fail below the lower one."""
        if similarity >= self._settings.pass_at:
            return Outcome.PASS
        # Written so that what is no number is nobody's failure.
        return Outcome.FAIL if similarity < self._settings.fail_below else Outcome.ASK_STAFF

    def is_due(self, at: float) -> bool:
        """Whether another frame may be judged already: two at once are one and the same look."""
        return self._judged_at is None or at - self._judged_at >= self._settings.spacing

    def judge(self, similarity: float, at: float) -> FaceResult | None:
        """One good frame's similarity; the outcome once enough frames agree."""
        self._judged_at = at
        self._last.append(similarity)
        verdicts = [self.verdict(one) for one in self._last]
        for outcome, reason in (
            (Outcome.PASS, Reason.SAME),
            (Outcome.FAIL, Reason.DIFFERENT),
        ):
            if verdicts.count(outcome) >= self._settings.agree:
                return self.result(outcome, reason)
        return None

    def late(self, at: float) -> FaceResult | None:
        """Staff are asked once time is up."""
        if at - self._started_at < self._settings.limit:
            return None
        return self.result(Outcome.ASK_STAFF, Reason.UNSURE if self._last else Reason.NOT_SEEN)

    def result(self, outcome: Outcome, reason: Reason) -> FaceResult:
        """With the median similarity of the last frames."""
        similarity = round(median(self._last), 2) if self._last else None
        return FaceResult(outcome=outcome, reason=reason, similarity=similarity)
