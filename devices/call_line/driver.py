"""The program's end of the callers' line: a thread that owns the port, for many addresses."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import assert_never

from devices.backoff import Backoff
from devices.call_line.arbiter import (
    AddressChanged,
    Arbiter,
    Change,
    Slot,
)
from devices.call_line.codec import CodedLine, LineCodec
from devices.call_line.events import AddressHealth, Press
from devices.call_line.presses import PressHeard
from devices.call_line.protocol import BAUD
from devices.call_line.timings import Counts, Echo, LineTimings
from devices.errors import DeviceError
from devices.health import Diagnosis, OnHealth
from devices.supervisor import Supervisor
from devices.transport import Transport

_NAP = 0.01  # seconds a frame from another thread may wait for the line's thread to look up
_WRITE = 2.0
_LAST_WORDS = 0.5
_PATIENCE_AT_CONNECT = 1.5


class Answer:
    """How a press is answered; from any thread, once, now or later. A second call does nothing."""

    def __init__(self, accept: Callable[[], None], decline: Callable[[], None]) -> None:
        self._accept = accept
        self._decline = decline

    def accept(self) -> None:
        """The press is kept for good (the server answered, be it by a rejection): acknowledge."""
        self._accept()

    def decline(self) -> None:
        """The press could not be kept (no server): no acknowledgement; the device says so to who
        pressed, or says it again, and then it is a new press."""
        self._decline()


OnPress = Callable[[Press, Answer], None]
OnAddress = Callable[[AddressHealth], None]


class CallLine:
    """Hardware callers and rating pads on one port. Every method may be called from any thread.

    `on_press`, `on_address` and `on_health` are called in the line's thread and must not block: a
    handler hands over to its own loop and answers later by the `Answer`.

    A press is acknowledged on acceptance by the server, not on receipt: a device shows its person
    that the press arrived when it hears the acknowledgement, and a rating that was shown as given
    must not be lost. The device says its frame again until then; while the press is open, and
    `timings.duplicate` after its answer, the same frame from the same address is that same press
    and no new one. With `timings.patience` over, an unanswered press is forgotten here; whoever
    declined it must know it again, should its outcome be unknown there (as `station.rows` does).

    What is shown is state: the newest wins, is said again after an unplug, and every
    `timings.refresh` seconds. Beeps and calls for a rating are moments: too old they are dropped.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        on_press: OnPress,
        on_health: OnHealth,
        on_address: OnAddress | None = None,
        timings: LineTimings | None = None,
        echo: Echo = Echo.AUTO,
        tries: int = 3,
        hears_itself: bool = False,
        codec: LineCodec | None = None,
        baud: int = BAUD,
        backoff: Backoff | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`codec` is the devices' make; `hears_itself`: the adapter gives back what it sends."""
        self._codec = codec or CodedLine()
        self._clock = clock
        self._lock = threading.Lock()
        self._arbiter = Arbiter(
            self._codec, timings, baud=baud, echo=echo, tries=tries, hears_itself=hears_itself
        )
        duty = _LineDuty(
            transport, self._arbiter, self._lock, clock, now, on_press, on_address or _nobody
        )
        self._supervisor = Supervisor("call line", duty, on_health, backoff=backoff)

    def start(self) -> None:
        """Start the thread."""
        self._supervisor.start()

    def poke(self) -> None:
        """Something was plugged in: look now."""
        self._supervisor.poke()

    def stop(self) -> None:
        """Say what was accepted, for a moment at most; stop, close the port."""
        deadline = self._clock() + _LAST_WORDS
        while self._has_answer() and self._clock() < deadline:
            time.sleep(_NAP)
        self._supervisor.stop()

    @property
    def counts(self) -> Counts:
        """Frames sent, heard, bad: for benches and technicians."""
        return self._arbiter.counts

    def show_ticket(self, address: int, number: str) -> None:
        """Show a ticket's number; DeviceError `call_line.unshowable` where it has no digit."""
        self._say(Slot.TICKET, address, self._codec.ticket(address, number))

    def show_waiting(self, address: int, count: int) -> None:
        """Show how many wait."""
        self._say(Slot.WAITING, address, self._codec.waiting(address, count))

    def beep(self, address: int) -> None:
        """One short sound."""
        self._say(Slot.BEEP, address, self._codec.beep(address))

    def ask_rating(self, address: int) -> None:
        """Light the rating pad's keys."""
        self._say(Slot.RATING, address, self._codec.ask_rating(address))

    def _has_answer(self) -> bool:
        with self._lock:
            return self._arbiter.has_answer

    def _say(self, slot: Slot, address: int, data: bytes) -> None:
        with self._lock:
            self._arbiter.say(slot, address, data, self._clock())


def _nobody(_: AddressHealth) -> None:
    """No handler was given."""


class _LineDuty:
    """Reads, asks the arbiter, writes."""

    def __init__(
        self,
        transport: Transport,
        arbiter: Arbiter,
        lock: threading.Lock,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        on_press: OnPress,
        on_address: OnAddress,
    ) -> None:
        self._transport = transport
        self._arbiter = arbiter
        self._lock = lock
        self._clock = clock
        self._now = now
        self._on_press = on_press
        self._on_address = on_address
        self._fell_silent = False

    def connect(self, supervisor: Supervisor) -> Diagnosis:
        self._transport.open()
        with self._lock:
            self._arbiter.reopened(self._clock())
        if self._fell_silent:
            until = self._clock() + _PATIENCE_AT_CONNECT
            while self._is_silent():
                if self._clock() > until:
                    raise DeviceError("call_line.silent", "no address answers")
                supervisor.check()
                self._step()
            self._fell_silent = False
        return self._diagnosis()

    def work(self, supervisor: Supervisor) -> None:
        while True:
            supervisor.check()
            if self._step():
                if self._is_silent():
                    self._fell_silent = True
                    raise DeviceError("call_line.silent", "no address answers")
                supervisor.tell(self._diagnosis())

    def close(self) -> None:
        self._transport.close()

    def refused(self, error: DeviceError) -> None:
        """Nothing waits for the line: displays are state."""

    def _step(self) -> bool:
        """One look at the line; whether an address's health changed."""
        with self._lock:
            changes = self._arbiter.tick(self._clock())
            data = self._arbiter.next_frame(self._clock())
            pause = self._arbiter.pause(self._clock(), _NAP)
        if data:
            self._transport.write(data, _WRITE)
        heard = self._transport.read(256, pause)
        if heard:
            with self._lock:
                changes += self._arbiter.receive(heard, self._clock())
        told = [self._tell(change) for change in changes]
        return any(told)

    def _tell(self, change: Change) -> bool:
        if isinstance(change, PressHeard):
            self._on_press(change.press, self._answer(change.number))
            return False
        if isinstance(change, AddressChanged):
            heard_at = None
            if change.heard_at is not None:
                heard_at = self._now() - timedelta(seconds=self._clock() - change.heard_at)
            self._on_address(AddressHealth(change.address, change.ok, heard_at))
            return True
        assert_never(change)

    def _answer(self, number: int) -> Answer:
        def accept() -> None:
            with self._lock:
                self._arbiter.accept(number, self._clock())

        def decline() -> None:
            with self._lock:
                self._arbiter.decline(number)

        return Answer(accept, decline)

    def _is_silent(self) -> bool:
        with self._lock:
            return bool(self._arbiter.silent) and not self._arbiter.heard

    def _diagnosis(self) -> Diagnosis:
        with self._lock:
            silent, heard = self._arbiter.silent, self._arbiter.heard
        facts = (("heard", _numbers(heard)), ("silent", _numbers(silent)))
        if silent:
            return Diagnosis(code="call_line.address_silent", is_warning=True, facts=facts)
        return Diagnosis(facts=facts)


def _numbers(addresses: tuple[int, ...]) -> str:
    return " ".join(map(str, addresses))
