"""One thread that keeps one device at work: connect, work, say gone and back once, back off."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import msgspec

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.health import Diagnosis, Health, OnHealth, State, state_of

log = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818 - not an error
    """`Supervisor.stop` was called: leave."""


class Duty(Protocol):
    """What one kind of device does. Every method runs in the supervisor's thread."""

    def connect(self, supervisor: "Supervisor") -> Diagnosis:
        """Open the port and ask the device for its state; DeviceError where it does not answer."""

    def work(self, supervisor: "Supervisor") -> None:
        """Serve the device until DeviceError (it is gone) or Stopped.

        Call `supervisor.pause` to wait, `supervisor.tell` when its state changes.
        """

    def close(self) -> None:
        """Close the port; harmless when closed."""

    def refused(self, error: DeviceError) -> None:
        """A try to connect failed: what waits for the device may be told so."""


class Supervisor:
    """Runs `duty` until stopped; `on_health` is called in its thread, once per change of state.

    While the device is gone another reason for being gone is no change. `poke` (a hot-plug, a job)
    ends a pause at once: the one before the next try, or the duty's own.
    """

    def __init__(
        self,
        name: str,
        duty: Duty,
        on_health: OnHealth,
        *,
        backoff: Backoff | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._name = name
        self._duty = duty
        self._on_health = on_health
        self._backoff = backoff or Backoff()
        self._now = now
        self._health: Health | None = None
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def health(self) -> Health | None:
        """What was said last; None before the first try ended."""
        return self._health

    @property
    def is_stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Start the thread; the first health says whether the device is there."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the duty to leave, wait for it, close the port."""
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def poke(self) -> None:
        """End the current pause; from any thread."""
        self._wake.set()

    def pause(self, seconds: float) -> None:
        """Wait until poked, at most `seconds`; raises Stopped."""
        self._wake.wait(seconds)
        self._wake.clear()
        self.check()

    def check(self) -> None:
        """Raise Stopped once `stop` was called."""
        if self._stopping.is_set():
            raise Stopped

    def tell(self, diagnosis: Diagnosis) -> None:
        """The device answers and is like this now."""
        old = self._health
        state = state_of(diagnosis)
        same = old is not None and old.state is state and old.code == diagnosis.code
        if diagnosis.code and not same:
            log.warning("%s: %s", self._name, diagnosis.code)
        elif old is not None and old.state is State.GONE:
            log.info("%s is back", self._name)
        last_error, last_error_at = self._error(diagnosis.code)
        self._say(
            Health(
                state=state,
                since=old.since if old is not None and same else self._now(),
                code=diagnosis.code,
                firmware=diagnosis.firmware,
                facts=diagnosis.facts,
                last_error=last_error,
                last_error_at=last_error_at,
            )
        )

    def _gone(self, error: DeviceError) -> None:
        old = self._health
        if old is not None and old.state is State.GONE:
            return
        log.warning("%s gone: %s", self._name, error)
        last_error, last_error_at = self._error(error.code)
        self._say(
            Health(
                state=State.GONE,
                since=self._now(),
                code=error.code,
                firmware=old.firmware if old else "",
                last_error=last_error,
                last_error_at=last_error_at,
            )
        )

    def _error(self, code: str | None) -> tuple[str | None, datetime | None]:
        old = self._health
        if code is not None and (old is None or old.code != code):
            return code, self._now()
        return (old.last_error, old.last_error_at) if old else (None, None)

    def _say(self, new: Health) -> None:
        if self._health is None or msgspec.structs.replace(new, since=self._health.since) != (
            self._health
        ):
            self._health = new
            self._on_health(new)

    def _run(self) -> None:
        while not self._stopping.is_set():
            is_connected = False
            try:
                self.tell(self._duty.connect(self))
                is_connected = True
                self._backoff.reset()
                self._duty.work(self)
            except Stopped:
                break
            except DeviceError as error:
                self._duty.close()
                self._gone(error)
                if not is_connected:
                    self._duty.refused(error)
            except Exception:
                log.exception("%s: thread failed; starting it again", self._name)
                self._duty.close()
            self._wake.wait(self._backoff.next())
            self._wake.clear()
        self._duty.close()
