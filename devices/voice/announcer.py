"""One area's voice at work: the queue, a thread of its own, a loudspeaker. Calls never wait."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from devices.errors import DeviceError
from devices.health import Diagnosis, Health, OnHealth
from devices.supervisor import Supervisor
from devices.voice.announcements import AnnouncementQueue
from devices.voice.notices import NoticeDesk
from devices.voice.options import VoiceOptions
from devices.voice.output import Output, parse_output
from devices.voice.pack import load_pack
from devices.voice.pcm import SAMPLE_RATE
from devices.voice.speech import Voice
from devices.voice.spelling import counter_clips, ticket_clips
from devices.voice.text_engine import TextEngine
from devices.voice.utterance import Fate, Notice, Utterance

log = logging.getLogger(__name__)

_LOOK = 0.5  # seconds between two looks at an idle player, and at what went stale
_STAY = 30.0  # seconds a player that went soon after it was back must stay to be back again
_PROOF = bytes(2 * SAMPLE_RATE)  # one second of silence


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one call or notice; `code` is a key of FAULTS where it failed.

    `started_at` is when its first sample was handed to the loudspeaker, `waited` the seconds from
    the call until then; None where it was not heard.
    """

    subject_id: str
    fate: Fate
    at: datetime
    started_at: datetime | None = None
    waited: float | None = None
    code: str | None = None


class Announcer:
    """Takes calls from any thread at once and says them in its own, in order.

    `on_spoken` and `on_health` are called in the announcer's threads and must return soon.
    `local_now` is the hall's local time, for quiet hours and volume.
    """

    def __init__(
        self,
        name: str,
        options: VoiceOptions,
        on_health: OnHealth,
        on_spoken: Callable[[Spoken], None] = lambda _: None,
        *,
        output: Output | None = None,
        local_now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._options = options
        self._output = output or parse_output(options.port)
        self._on_spoken = on_spoken
        self._local_now = local_now
        self._lock = threading.Lock()
        self._queue = AnnouncementQueue(options)
        self._voice: Voice | None = None
        self._refused: list[tuple[str, str]] = []
        self._broken_off = 0
        """Announcements that broke off, one after the other."""
        self._is_proved = True
        """Whether the player may be called back at once when it starts again."""
        self._has_gone = False
        self._supervisor = Supervisor(name, self, on_health)
        self._notices = NoticeDesk(TextEngine(options), self._notice_ready, self._notice_failed)

    def start(self) -> None:
        """Start the threads; the first health says whether the loudspeaker is there."""
        self._supervisor.start()
        self._notices.start()

    def poke(self) -> None:
        """Something was plugged in: look now."""
        self._supervisor.poke()

    def stop(self) -> None:
        """Leave at once: what is being said breaks off."""
        self._notices.stop()
        self._supervisor.stop()

    @property
    def health(self) -> Health | None:
        """What was said last of the loudspeaker."""
        return self._supervisor.health

    def called(self, call_id: str, ticket: str, counter: str, *, is_recall: bool = False) -> None:
        """A ticket is called to a counter, or called again under the same `call_id`.

        What cannot be spelled ends as `failed` with `voice.unspeakable`.
        """
        at = time.monotonic()
        try:
            ticket_clips(ticket)
            counter_clips(counter)
        except DeviceError as error:
            self._refuse(call_id, error)
            return
        with self._lock:
            self._queue.called(call_id, ticket, counter, is_recall, at)
        self._supervisor.poke()

    def answered(self, call_id: str) -> None:
        """The call needs no voice any more: answered, ended or a no-show."""
        with self._lock:
            self._queue.answered(call_id, time.monotonic())
        self._supervisor.poke()

    def notice(self, notice_id: str, zh: str = "", en: str = "") -> None:
        """Free text, said once made by the text engine, when no call waits."""
        self._notices.ask(Notice(notice_id, zh, en, time.monotonic()))

    # What the supervisor asks for, in its thread.

    def connect(self, supervisor: Supervisor) -> Diagnosis:
        """Load the clips, start the player. One that broke off must sound, one that went soon
        after it was back must stay, before it is back."""
        if self._voice is None:
            self._voice = Voice(load_pack(self._options.pack), self._options)
        diagnosis = self._output.open(supervisor.pause)
        opened = time.monotonic()
        while not self._is_proved:
            if not self._say_next(supervisor):
                self._prove(supervisor, time.monotonic() - opened)
        return msgspec.structs.replace(
            diagnosis, facts=(*diagnosis.facts, ("clips", str(len(self._voice.pack.clips))))
        )

    def work(self, supervisor: Supervisor) -> None:
        """Say what there is to say, look after the player while there is nothing."""
        began = time.monotonic()
        try:
            while True:
                if not self._say_next(supervisor):
                    supervisor.pause(_LOOK)
        except DeviceError:
            if self._has_gone and time.monotonic() - began < _STAY:
                self._is_proved = False
            self._has_gone = True
            raise

    def close(self) -> None:
        """Let the loudspeaker go."""
        self._output.close()

    def refused(self, error: DeviceError) -> None:  # noqa: ARG002 - the duty's shape
        """No loudspeaker: what waits too long is told so."""
        with self._lock:
            self._queue.expire(time.monotonic())
        self._report()

    def _say_next(self, supervisor: Supervisor) -> bool:
        """Say what is next, if anything is."""
        self._output.ready()
        with self._lock:
            utterance = self._queue.next(time.monotonic(), self._local_now().time())
        self._report()
        if utterance is not None:
            self._say(utterance, supervisor)
        return utterance is not None

    def _prove(self, supervisor: Supervisor, stayed: float) -> None:
        """Nothing is to be said. Silence proves a player that broke off once; one that did so
        again, only a whole announcement."""
        if self._broken_off == 1:
            self._output.play(_PROOF, supervisor.pause, lambda: None)
            self._is_proved = True
        elif self._broken_off == 0 and stayed > _STAY:
            self._is_proved = True
        else:
            supervisor.pause(_LOOK)

    def _say(self, utterance: Utterance, supervisor: Supervisor) -> None:
        assert self._voice is not None
        started: list[tuple[float, datetime]] = []

        def first() -> None:
            started.append((time.monotonic(), datetime.now(UTC)))

        is_said = False
        try:
            self._output.play(self._voice.pcm(utterance), supervisor.pause, first)
            is_said = True
        finally:
            self._is_proved = is_said
            self._broken_off = 0 if is_said else self._broken_off + 1
            # However it ended, nothing stays on the air.
            with self._lock:
                if is_said:
                    self._queue.spoken(utterance.utterance_id, time.monotonic())
                else:
                    self._queue.interrupted(utterance.utterance_id, time.monotonic())
        self._report(utterance, started[0] if started else None)

    def _refuse(self, subject_id: str, error: DeviceError) -> None:
        log.warning("%s is not said: %s", subject_id, error)
        with self._lock:
            self._refused.append((subject_id, error.code))
        self._supervisor.poke()

    def _notice_ready(self, notice: Notice) -> None:
        with self._lock:
            self._queue.notice(notice)
        self._supervisor.poke()

    def _notice_failed(self, notice: Notice, error: DeviceError) -> None:
        self._refuse(notice.notice_id, error)

    def _report(
        self, said: Utterance | None = None, started: tuple[float, datetime] | None = None
    ) -> None:
        with self._lock:
            outcomes = self._queue.outcomes()
            refused, self._refused = self._refused, []
        now = datetime.now(UTC)
        asked: dict[str, float] = {}
        if said is not None:
            asked = {call.call_id: call.at for call in said.calls}
            if said.notice is not None:
                asked = {said.notice.notice_id: said.notice.at}
        for subject_id, code in refused:
            self._on_spoken(Spoken(subject_id=subject_id, fate=Fate.FAILED, at=now, code=code))
        for outcome in outcomes:
            is_heard = outcome.fate is Fate.SPOKEN and started is not None
            self._on_spoken(
                Spoken(
                    subject_id=outcome.subject_id,
                    fate=outcome.fate,
                    at=now,
                    started_at=started[1] if is_heard and started else None,
                    waited=(
                        started[0] - asked[outcome.subject_id] if is_heard and started else None
                    ),
                )
            )
