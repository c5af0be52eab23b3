"""What an area's voice says, and what became of everything that it was asked to say."""

from enum import StrEnum

import msgspec

from devices.voice.options import Languages


class Call(msgspec.Struct, frozen=True):
    """A ticket is asked to a counter. `at` is a monotonic time in seconds."""

    call_id: str
    ticket: str
    counter: str
    is_recall: bool
    at: float


class Notice(msgspec.Struct, frozen=True):
    """Free text; a language that is empty is not spoken. `pcm` is its sound, made beforehand."""

    notice_id: str
    zh: str
    en: str
    at: float
    pcm: bytes = b""


class Utterance(msgspec.Struct, frozen=True, kw_only=True):
    """One announcement on the air: chime, then calls (all recalls or none) or a notice.

    `calls` and `notice` exclude each other. With `is_chime_only` nothing is spoken.
    """

    utterance_id: int
    languages: Languages
    repeats: int
    volume: int
    calls: tuple[Call, ...] = ()
    notice: Notice | None = None
    is_chime_only: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the calls, or of the notice."""
        if self.notice is not None:
            return (self.notice.notice_id,)
        return tuple(call.call_id for call in self.calls)


class Fate(StrEnum):
    """How a call or a notice left the queue. All but `spoken` were not heard."""

    SPOKEN = "spoken"
    ANSWERED = "answered"
    """The citizen came, the call ended, or the citizen was marked a no-show."""
    REPLACED = "replaced"
    """A later call or recall of the same ticket took its place."""
    STALE = "stale"
    CROWDED = "crowded"
    """Too many waited; this was the oldest."""
    QUIET = "quiet"
    """Quiet hours, or a volume of 0."""
    FAILED = "failed"
    """It cannot be said: the text engine failed, or nothing of it can be spelled."""


class Outcome(msgspec.Struct, frozen=True):
    """One call or notice is done with, at a monotonic time in seconds."""

    subject_id: str
    fate: Fate
    at: float
