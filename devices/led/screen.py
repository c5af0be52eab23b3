"""One LED screen: the newest content wins, and is there again when the screen is."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.health import Diagnosis, OnHealth
from devices.led.text import Content, Line, content_of
from devices.supervisor import Supervisor

log = logging.getLogger(__name__)

_REFUSALS: Final = frozenset({"led.rejected", "led.memory", "led.busy"})
"""The screen answered, but shows something else: it failed, it is not gone."""


class Shown(msgspec.Struct, frozen=True):
    """What became of a content. `acknowledged` is None where the screen cannot answer."""

    acknowledged: bool | None
    replaced: tuple[str, ...] = ()


class Panel(Protocol):
    """One make of screen on its port. Blocking, one thread; raises DeviceError and nothing else."""

    def open(self) -> Diagnosis:
        """Open the port; ask the screen for its state where it can answer."""

    def show(self, content: Content) -> Shown:
        """Replace what is shown by `content`; empty makes it dark."""

    def check(self) -> Diagnosis:
        """Whether it is still there; cheap."""

    def close(self) -> None:
        """Close the port; harmless when closed."""


class LedScreen:
    """The only writer of one screen. `show` and `clear` never block and may be called by anybody.

    What is shown is state: while the screen is busy or away only the newest content waits for it,
    and a screen that comes back is brought to it at once. A screen that cannot answer is told
    again every `refresh` seconds, as it may have been without power in between.
    """

    def __init__(
        self,
        panel: Panel,
        on_health: OnHealth,
        *,
        on_shown: Callable[[Content, Shown], None] | None = None,
        poll: float = 5.0,
        refresh: float = 60.0,
        name: str = "led screen",
        backoff: Backoff | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`on_shown` and `on_health` are called in the screen's thread; `poll` and `refresh` are
        seconds."""
        self._duty = _ScreenDuty(panel, on_shown, poll, refresh, clock)
        self._supervisor = Supervisor(name, self._duty, on_health, backoff=backoff)

    def start(self) -> None:
        """Start the thread."""
        self._supervisor.start()

    def poke(self) -> None:
        """Something was plugged in: look now."""
        self._supervisor.poke()

    def stop(self) -> None:
        """Stop it and close the port; what is shown stays on the screen."""
        self._supervisor.stop()

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines instead of what is shown."""
        self._duty.want(content_of(lines))
        self._supervisor.poke()

    def clear(self) -> None:
        """Make it dark."""
        self._duty.want(())
        self._supervisor.poke()


class _ScreenDuty:
    def __init__(
        self,
        panel: Panel,
        on_shown: Callable[[Content, Shown], None] | None,
        poll: float,
        refresh: float,
        clock: Callable[[], float],
    ) -> None:
        self._panel = panel
        self._on_shown = on_shown
        self._poll = poll
        self._refresh = refresh
        self._clock = clock
        self._lock = threading.Lock()
        self._wanted: Content | None = None
        self._shown: Content | None = None
        self._shown_at = 0.0
        self._replaced = 0
        self._is_blind = False
        self._refusal: str | None = None
        self._is_tried = False

    def want(self, content: Content) -> None:
        with self._lock:
            self._wanted = content

    def connect(self, supervisor: Supervisor) -> Diagnosis:  # noqa: ARG002 - a duty's shape
        self._shown = None
        diagnosis = self._panel.open()
        self._bring()
        return self._in_all(diagnosis)

    def work(self, supervisor: Supervisor) -> None:
        diagnosis = self._check()
        checked_at = self._clock()
        while True:
            if self._bring():
                supervisor.tell(self._in_all(diagnosis))
                continue
            if self._clock() >= checked_at + self._poll:
                diagnosis = self._check()
                checked_at = self._clock()
                self._is_tried = False
                supervisor.tell(self._in_all(diagnosis))
                continue
            supervisor.pause(max(0.0, checked_at + self._poll - self._clock()))

    def close(self) -> None:
        self._panel.close()

    def refused(self, error: DeviceError) -> None:
        """Nothing waits but the newest content, which stays."""

    def _check(self) -> Diagnosis:
        """A screen that refuses to answer properly is there."""
        try:
            return self._panel.check()
        except DeviceError as error:
            if error.code not in _REFUSALS:
                raise
            return Diagnosis(code=error.code)

    def _bring(self) -> bool:
        """Show what is wanted if it is not shown; whether there was something to show.

        A content that was refused is tried again after the next check, or when it changes.
        """
        with self._lock:
            wanted = self._wanted
        is_stale = self._is_blind and self._clock() >= self._shown_at + self._refresh
        is_due_again = self._refusal is not None and not self._is_tried
        if wanted is None or (wanted == self._shown and not is_stale and not is_due_again):
            return False
        self._shown, self._shown_at = wanted, self._clock()
        try:
            shown = self._panel.show(wanted)
        except DeviceError as error:
            if error.code not in _REFUSALS:
                raise
            self._refusal, self._is_tried = error.code, True
            return True
        self._refusal = None
        self._is_blind = shown.acknowledged is None
        self._replaced = len(shown.replaced)
        if shown.replaced:
            log.warning("%d characters are shown as a box", self._replaced)
        if self._on_shown:
            self._on_shown(wanted, shown)
        return True

    def _in_all(self, diagnosis: Diagnosis) -> Diagnosis:
        """What the panel says, with what became of the content."""
        facts = diagnosis.facts
        if self._replaced:
            facts = (*facts, ("replaced_characters", str(self._replaced)))
        return msgspec.structs.replace(diagnosis, facts=facts, code=diagnosis.code or self._refusal)
