"""Each press once: retransmissions known as such, answers when the hall has it and not before."""

import itertools
from collections import deque
from collections.abc import Iterator
from typing import Final

import msgspec

from devices.call_line.codec import Said
from devices.call_line.events import Press
from devices.call_line.timings import Counts, LineTimings

_MOST_PRESSES: Final = 32
_MOST_ANSWERS: Final = 8


class PressHeard(msgspec.Struct, frozen=True):
    """A new press; answer it by `accept(number)` or `decline(number)`."""

    number: int
    press: Press


class _Heard(msgspec.Struct):
    """A press as long as the same frame may still be its retransmission."""

    number: int
    said: Said
    at: float
    is_accepted: bool = False
    answered_at: float | None = None
    answers: int = 0


class Presses:
    """The open and the lately answered presses of a line."""

    def __init__(self, timings: LineTimings, counts: Counts) -> None:
        self._timings = timings
        self._counts = counts
        self._heard: dict[int, list[_Heard]] = {}
        self._answers: deque[_Heard] = deque()
        self._saying: _Heard | None = None
        self._numbers: Iterator[int] = itertools.count(1)

    @property
    def has_answer(self) -> bool:
        """Whether an acknowledgement waits to be said."""
        return bool(self._answers)

    def hear(self, said: Said, press: Press, now: float) -> PressHeard | None:
        """A press came; None where it is one that came before."""
        times = self._timings
        known = [
            old
            for old in self._heard.get(said.address, [])[-_MOST_PRESSES:]
            if now <= old.at + (times.duplicate if old.is_accepted else times.patience)
        ]
        self._heard[said.address] = known
        for old in known:
            if old.said.raw != said.raw:
                continue
            if old.answered_at is None or now >= old.answered_at + times.own_echo:
                self._counts.duplicates += 1
                old.at = now
                if old.is_accepted:
                    self._answer(old)
            return None
        new = _Heard(next(self._numbers), said, now)
        known.append(new)
        return PressHeard(new.number, press)

    def accept(self, number: int, now: float) -> None:
        """A press is taken for good: acknowledge it. A press too old is not acknowledged any more,
        but its retransmissions still are no new press."""
        for heard in self._open(number):
            in_time = now <= heard.at + self._timings.patience
            heard.is_accepted = True
            heard.at = now
            if in_time:
                self._answer(heard)

    def decline(self, number: int) -> None:
        """A press could not be taken: no acknowledgement, and its retransmission is a new press."""
        for heard in self._open(number):
            self._heard[heard.said.address].remove(heard)

    def next_answer(self) -> bytes:
        """The acknowledgement to say now."""
        heard = self._answers.popleft()
        heard.answers += 1
        self._saying = heard
        return heard.said.answer

    def answered(self, at: float) -> None:
        """The acknowledgement given last has left the line at this time."""
        if self._saying is not None:
            self._saying.answered_at = at

    def forget_answers(self) -> None:
        """The port was away: what was to be acknowledged is asked again by its device."""
        self._answers.clear()

    def _open(self, number: int) -> list[_Heard]:
        return [
            heard
            for known in self._heard.values()
            for heard in known
            if heard.number == number and not heard.is_accepted
        ]

    def _answer(self, heard: _Heard) -> None:
        if heard.said.answer and heard.answers < _MOST_ANSWERS and heard not in self._answers:
            self._answers.append(heard)
