"""An area's announcement queue: what is said next. No sound, no thread, no clock of its own.

One announcement is on the air at a time, from `next` until `spoken`, `interrupted` or `failed`.
Whatever is asked for ends in exactly one Outcome, which `outcomes` hands over.
"""

from datetime import time

from devices.voice.options import VoiceOptions
from devices.voice.utterance import Call, Fate, Notice, Outcome, Utterance


class AnnouncementQueue:
    """Calls in order, joined under load; notices when no call waits.

    Times `at` are monotonic seconds, never falling; `clock` is the local time of day.
    """

    def __init__(self, options: VoiceOptions) -> None:
        self._options = options
        self._calls: list[Call] = []
        self._notices: list[Notice] = []
        self._on_air: Utterance | None = None
        self._gone: set[str] = set()
        self._outcomes: list[Outcome] = []
        self._last_id = 0

    @property
    def on_air(self) -> Utterance | None:
        """What is being said."""
        return self._on_air

    @property
    def waiting(self) -> int:
        """Calls and notices not yet on the air."""
        return len(self._calls) + len(self._notices)

    def called(self, call_id: str, ticket: str, counter: str, is_recall: bool, at: float) -> None:
        """A ticket is called, or called again: what waits under `call_id` is replaced in its place.

        `call_id` names the call: the same for its recalls.
        """
        self._gone.discard(call_id)
        call = Call(call_id, ticket, counter, is_recall, at)
        for index, old in enumerate(self._calls):
            if old.call_id == call_id:
                self._calls[index] = call
                self._done(call_id, Fate.REPLACED, at)
                return
        self._calls.append(call)
        if len(self._calls) > self._options.most_waiting:
            self._done(self._calls.pop(0).call_id, Fate.CROWDED, at)

    def answered(self, call_id: str, at: float) -> None:
        """The call needs no voice any more: answered, ended, no-show. On the air it is ended whole;
        should the sound fail, it is not said again."""
        if self._on_air is not None and call_id in self._on_air.ids:
            self._gone.add(call_id)
        kept = [call for call in self._calls if call.call_id != call_id]
        if len(kept) < len(self._calls):
            self._calls = kept
            self._done(call_id, Fate.ANSWERED, at)

    def notice(self, notice: Notice) -> None:
        """Free text, said when no call waits; the same id replaces what waits."""
        notice_id, at = notice.notice_id, notice.at
        for index, old in enumerate(self._notices):
            if old.notice_id == notice_id:
                self._notices[index] = notice
                self._done(notice_id, Fate.REPLACED, at)
                return
        self._notices.append(notice)
        if len(self._notices) > self._options.most_waiting:
            self._done(self._notices.pop(0).notice_id, Fate.CROWDED, at)

    def next(self, at: float, clock: time) -> Utterance | None:
        """Put the next announcement on the air; None while one is, or when nothing is to be said.

        Calls joined are at different counters and alike in being recalls or not.
        """
        if self._on_air is not None:
            return None
        self.expire(at)
        quiet = self._options.quiet_at(clock)
        volume = self._options.volume_at(clock)
        if volume == 0 or (quiet is not None and not quiet.chime):
            self._drop_all(at)
            return None
        if self._calls:
            calls = self._take_calls()
            is_once = quiet is not None or len(self._calls) > self._options.once_beyond
            self._last_id += 1
            self._on_air = Utterance(
                utterance_id=self._last_id,
                languages=self._options.languages,
                repeats=1 if is_once else self._options.repeats,
                volume=volume,
                calls=calls,
                is_chime_only=quiet is not None,
            )
        elif self._notices and quiet is None:
            self._last_id += 1
            self._on_air = Utterance(
                utterance_id=self._last_id,
                languages=self._options.languages,
                repeats=1,
                volume=volume,
                notice=self._notices.pop(0),
            )
        else:
            self._drop_all(at)
        return self._on_air

    def spoken(self, utterance_id: int, at: float) -> None:
        """It was said to its end; of an id not on the air nothing happens."""
        utterance = self._take_off_air(utterance_id)
        if utterance is not None:
            for subject_id in utterance.ids:
                fate = Fate.QUIET if utterance.is_chime_only else Fate.SPOKEN
                self._done(subject_id, fate, at)
            self._gone.clear()

    def failed(self, utterance_id: int, at: float) -> None:
        """It cannot be said, now or later (no engine for its text): it is dropped."""
        utterance = self._take_off_air(utterance_id)
        if utterance is not None:
            for subject_id in utterance.ids:
                self._done(subject_id, Fate.FAILED, at)
            self._gone.clear()

    def interrupted(self, utterance_id: int, at: float) -> None:
        """The sound broke off: what is still wanted is first in line, said again from its start."""
        utterance = self._take_off_air(utterance_id)
        if utterance is None:
            return
        if utterance.notice is not None:
            self._put_back_notice(utterance.notice, at)
        waiting = {call.call_id for call in self._calls}
        again: list[Call] = []
        for call in utterance.calls:
            if call.call_id in self._gone:
                self._done(call.call_id, Fate.ANSWERED, at)
            elif call.call_id in waiting:
                self._done(call.call_id, Fate.REPLACED, at)
            else:
                again.append(call)
        self._calls[:0] = again
        self._gone.clear()

    def outcomes(self) -> tuple[Outcome, ...]:
        """What was done with since the last asking, oldest first."""
        outcomes, self._outcomes = tuple(self._outcomes), []
        return outcomes

    def _put_back_notice(self, notice: Notice, at: float) -> None:
        if any(other.notice_id == notice.notice_id for other in self._notices):
            self._done(notice.notice_id, Fate.REPLACED, at)
        else:
            self._notices.insert(0, notice)

    def _take_off_air(self, utterance_id: int) -> Utterance | None:
        utterance = self._on_air
        if utterance is None or utterance.utterance_id != utterance_id:
            return None
        self._on_air = None
        return utterance

    def _take_calls(self) -> tuple[Call, ...]:
        taken: list[Call] = []
        for call in self._calls[: self._options.joined]:
            is_like = not taken or call.is_recall == taken[0].is_recall
            if not is_like or call.counter in {other.counter for other in taken}:
                break
            taken.append(call)
        del self._calls[: len(taken)]
        return tuple(taken)

    def expire(self, at: float) -> None:
        """Drop what has waited too long; `next` does so too."""
        calls, self._calls = self._calls, []
        for call in calls:
            if at - call.at > self._options.stale_after:
                self._done(call.call_id, Fate.STALE, at)
            else:
                self._calls.append(call)
        notices, self._notices = self._notices, []
        for notice in notices:
            if at - notice.at > self._options.notice_stale_after:
                self._done(notice.notice_id, Fate.STALE, at)
            else:
                self._notices.append(notice)

    def _drop_all(self, at: float) -> None:
        for call in self._calls:
            self._done(call.call_id, Fate.QUIET, at)
        for notice in self._notices:
            self._done(notice.notice_id, Fate.QUIET, at)
        self._calls.clear()
        self._notices.clear()

    def _done(self, subject_id: str, fate: Fate, at: float) -> None:
        self._outcomes.append(Outcome(subject_id, fate, at))
