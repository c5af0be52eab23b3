"""The announcement queue: one at a time, in order, nothing stale, all said or dropped why."""

from datetime import time

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from devices.voice.announcements import AnnouncementQueue
from devices.voice.options import QuietHours, VoiceOptions, VolumeFrom
from devices.voice.utterance import Fate, Notice
from tests.effort import examples

NOON = time(12, 0)
OPTIONS = VoiceOptions(stale_after=30, notice_stale_after=60, most_waiting=6, joined=3)


class Hall(RuleBasedStateMachine):
    """Calls, recalls, answers, notices and a loudspeaker that may break, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = AnnouncementQueue(OPTIONS)
        self.now = 0.0
        self.asked = 0
        self.waiting: list[tuple[str, float]] = []
        self.ended: list[tuple[str, Fate]] = []

    @rule(number=st.integers(0, 9), counter=st.integers(1, 4), is_recall=st.booleans())
    def call(self, number: int, counter: int, is_recall: bool) -> None:
        call_id = f"c{number}"
        self.queue.called(call_id, f"A00{number}", str(counter), is_recall, self.now)
        self.asked += 1
        old = [index for index, (other, _) in enumerate(self.waiting) if other == call_id]
        if old:
            self.waiting[old[0]] = (call_id, self.now)
        else:
            self.waiting.append((call_id, self.now))
        self.look()

    @rule(number=st.integers(0, 9))
    def answer(self, number: int) -> None:
        self.queue.answered(f"c{number}", self.now)
        self.waiting = [one for one in self.waiting if one[0] != f"c{number}"]
        self.look()
        assert f"c{number}" not in {call.call_id for call in self.queue._calls}

    @rule(number=st.integers(0, 3))
    def note(self, number: int) -> None:
        self.queue.notice(Notice(f"n{number}", "通知", "", self.now))
        self.asked += 1

    @rule(seconds=st.floats(0.1, 40))
    def pass_time(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def speak(self) -> None:
        before = self.queue.on_air
        utterance = self.queue.next(self.now, NOON)
        if before is not None:
            assert utterance is None, "never two at once"
            assert self.queue.on_air is before
            return
        self.look()
        if utterance is None:
            assert self.queue.waiting == 0
        elif utterance.notice is not None:
            assert not self.waiting, "calls go before notices"
            assert self.now - utterance.notice.at <= OPTIONS.notice_stale_after
        else:
            ids = [call.call_id for call in utterance.calls]
            assert ids == [one for one, _ in self.waiting[: len(ids)]], "in order"
            assert all(self.now - call.at <= OPTIONS.stale_after for call in utterance.calls)
            assert len({call.counter for call in utterance.calls}) == len(ids) <= OPTIONS.joined
            assert len({call.is_recall for call in utterance.calls}) == 1
            del self.waiting[: len(ids)]
            is_crowded = len(self.waiting) > OPTIONS.once_beyond
            assert utterance.repeats == (1 if is_crowded else OPTIONS.repeats)

    @precondition(lambda self: self.queue.on_air is not None)
    @rule()
    def end(self) -> None:
        utterance = self.queue.on_air
        assert utterance is not None
        self.queue.spoken(utterance.utterance_id, self.now)
        self.look()
        said = [one for one, fate in self.ended if fate is Fate.SPOKEN]
        assert said[len(said) - len(utterance.ids) :] == list(utterance.ids)

    @precondition(lambda self: self.queue.on_air is not None)
    @rule()
    def break_off(self) -> None:
        utterance = self.queue.on_air
        assert utterance is not None
        self.queue.interrupted(utterance.utterance_id, self.now)
        self.waiting = [(call.call_id, call.at) for call in self.queue._calls]
        assert len({one for one, _ in self.waiting}) == len(self.waiting)
        self.look()

    def look(self) -> None:
        """Take the outcomes; what was dropped waits no more."""
        for outcome in self.queue.outcomes():
            self.ended.append((outcome.subject_id, outcome.fate))
            if outcome.fate in (Fate.STALE, Fate.CROWDED):
                self.waiting = [one for one in self.waiting if one[0] != outcome.subject_id]

    @invariant()
    def everything_has_an_end_or_waits(self) -> None:
        self.look()
        on_air = self.queue.on_air
        assert self.asked == (
            len(self.ended) + self.queue.waiting + (len(on_air.ids) if on_air else 0)
        )


TestHall = Hall.TestCase


@given(
    calls=st.integers(1, 40),
    joined=st.integers(1, 8),
    seconds=st.floats(3, 20),
)
def test_the_delay_under_load_is_bounded(calls: int, joined: int, seconds: float) -> None:
    """Calls to different counters at once: the last waits for ceil(n / joined) - 1 others."""
    queue = AnnouncementQueue(VoiceOptions(stale_after=3600, joined=joined))
    for number in range(calls):
        queue.called(str(number), f"A{number:03d}", str(number + 1), False, 0.0)
    now, announcements = 0.0, 0
    while (utterance := queue.next(now, NOON)) is not None:
        assert now <= (calls - 1) // joined * seconds + 1e-6
        now += seconds
        announcements += 1
        queue.spoken(utterance.utterance_id, now)
    assert announcements == -(-calls // joined)


@given(late=st.floats(0, 500))
def test_a_stale_call_is_not_said(late: float) -> None:
    queue = AnnouncementQueue(VoiceOptions(stale_after=90))
    queue.called("1", "A001", "1", False, 0.0)
    assert (queue.next(late, NOON) is not None) == (late <= 90)


def test_a_recall_takes_the_place_of_the_waiting_call() -> None:
    queue = AnnouncementQueue(VoiceOptions(joined=1))
    queue.called("1", "A001", "1", False, 0.0)
    queue.called("2", "A002", "2", False, 1.0)
    queue.called("1", "A001", "1", True, 2.0)
    first = queue.next(3.0, NOON)
    assert first is not None
    assert (first.calls[0].ticket, first.calls[0].is_recall) == ("A001", True)
    assert [(o.subject_id, o.fate) for o in queue.outcomes()] == [("1", Fate.REPLACED)]


def test_a_broken_off_call_that_was_answered_is_not_said_again() -> None:
    queue = AnnouncementQueue(VoiceOptions())
    queue.called("1", "A001", "1", False, 0.0)
    queue.called("2", "A002", "2", False, 0.0)
    on_air = queue.next(0.0, NOON)
    assert on_air is not None
    assert on_air.ids == ("1", "2")
    queue.answered("1", 1.0)
    assert queue.on_air is on_air, "nothing is cut off"
    queue.interrupted(on_air.utterance_id, 2.0)
    again = queue.next(3.0, NOON)
    assert again is not None
    assert again.ids == ("2",)


@given(minute=st.integers(0, 24 * 60 - 1), chime=st.booleans())
def test_quiet_hours_go_over_midnight(minute: int, chime: bool) -> None:
    options = VoiceOptions(quiet=(QuietHours("22:30", "07:15", chime),))
    queue = AnnouncementQueue(options)
    queue.called("1", "A001", "1", False, 0.0)
    clock = time(minute // 60, minute % 60)
    utterance = queue.next(0.0, clock)
    if 7 * 60 + 15 <= minute < 22 * 60 + 30:
        assert utterance is not None
        assert not utterance.is_chime_only
    elif chime:
        assert utterance is not None
        assert utterance.is_chime_only
    else:
        assert utterance is None
        assert [o.fate for o in queue.outcomes()] == [Fate.QUIET]


@settings(max_examples=examples(50))
@given(
    entries=st.dictionaries(st.integers(0, 23), st.integers(0, 100), min_size=1),
    hour=st.integers(0, 23),
)
def test_the_volume_is_the_latest_entry_s(entries: dict[int, int], hour: int) -> None:
    options = VoiceOptions(
        volumes=tuple(VolumeFrom(f"{begin:02d}:00", volume) for begin, volume in entries.items())
    )
    begun = [begin for begin in entries if begin <= hour]
    assert options.volume_at(time(hour, 30)) == entries[max(begun or entries)]


@given(volume=st.integers(0, 100))
def test_a_volume_of_nought_is_quiet(volume: int) -> None:

    queue = AnnouncementQueue(VoiceOptions(volumes=(VolumeFrom("00:00", volume),)))
    queue.called("1", "A001", "1", False, 0.0)
    utterance = queue.next(0.0, NOON)
    assert (utterance.volume if utterance else 0) == volume
