"""What the hall's earlier days teach, learned beside the answering and kept in a file."""

import logging
import os
import pickle
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from .facts import AnyFact, Started
from .from_events import Watcher
from .history import History
from .plain import Kind, Plain

if TYPE_CHECKING:  # heavy: loaded only once there is something to learn
    from .model import Model

log = logging.getLogger(__name__)

MOST_DAYS: Final = 40
"""Older days say little about how the hall works now."""
FEWEST_WAITS: Final = 400
"""Fewer than these are not worth learning from; the plain ranges are told."""
FORMAT: Final = 4
"""Of the kept file; raised whenever `features`, `model` or `plain` change."""


class Lessons(msgspec.Struct, frozen=True):
    """What earlier days taught. Without a model, only what waits were, by their places."""

    up_to: int
    """The opening (`seq`) of the last day learned from; 0 without any."""
    earlier: dict[Kind, list[float]]
    model: "Model | None" = None
    kinds: dict[str, int] = {}


NOTHING: Final = Lessons(0, {})


class Learner:
    """Learns in a thread of its own; `lessons` is what is known by now."""

    def __init__(self, path: Path, hall: str, kept: Path) -> None:
        self.lessons = NOTHING
        self._path = path
        self._hall = hall
        self._kept = kept
        self._thread: threading.Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether it learns right now."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self, whole_days: Sequence[int], end: int) -> None:
        """Learn from days that are over, given by their openings; the last ended before `end`."""
        days = whole_days[-MOST_DAYS:]
        if self.is_busy or not days or self.lessons.up_to == days[-1]:
            return
        self._thread = threading.Thread(
            target=self._learn, args=(days, end), name="learner", daemon=True
        )
        self._thread.start()

    def wait(self) -> None:
        """Until what was begun is learned."""
        if self._thread is not None:
            self._thread.join()

    def _learn(self, days: Sequence[int], end: int) -> None:
        kept = self._read_kept(days[-1])
        if kept is not None:
            self.lessons = kept
            return
        try:
            self.lessons = _lessons(self._path, self._hall, days, end)
        except Exception:
            log.exception("nothing could be learned from earlier days")
            self.lessons = Lessons(days[-1], {})
            return
        self._keep()

    def _read_kept(self, last: int) -> Lessons | None:
        try:
            form, found = pickle.loads(self._kept.read_bytes())  # noqa: S301 - the server's own
        except (OSError, ValueError, TypeError, EOFError, AttributeError, pickle.UnpicklingError):
            return None
        if form != (FORMAT, self._hall) or not isinstance(found, Lessons) or found.up_to != last:
            return None
        return found

    def _keep(self) -> None:
        """For the next start. Nobody else may write it: it is read as code would be."""
        half = self._kept.with_suffix(".half")
        try:
            handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                pickle.dump(((FORMAT, self._hall), self.lessons), file)
            half.replace(self._kept)
        except OSError as error:
            log.warning("what was learned could not be kept: %s", error)


def _lessons(path: Path, hall: str, days: Sequence[int], end: int) -> Lessons:
    history = History(path, hall)
    plain = Plain()
    facts: list[list[AnyFact]] = []
    try:
        for first, after in zip(days, [*days[1:], end], strict=True):
            watcher = Watcher()
            day = [
                fact
                for seq, at, event in history.after(first - 1, after - 1)
                for fact in watcher.take(event, seq, at)
            ]
            plain = Plain(plain.paces())
            for fact in day:
                plain.take(fact)
            facts.append(day)
    finally:
        history.close()
    model, kinds = _model(facts)
    return Lessons(days[-1], plain.paces(), model, kinds)


def _model(days: Sequence[Sequence[AnyFact]]) -> tuple["Model | None", dict[str, int]]:
    waits = sum(isinstance(fact, Started) and bool(fact.ticket) for day in days for fact in day)
    if waits < FEWEST_WAITS:
        return None, {}
    from .day import learn_day
    from .evaluate import kinds_of
    from .model import Model, TooLittle

    kinds = kinds_of(days)
    try:
        return Model([learn_day(day, kinds) for day in days]), kinds
    except TooLittle:
        return None, {}
