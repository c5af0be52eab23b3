"""The card reader's duty: wait for cards, read each once, say what happened."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.health import Diagnosis, Health
from devices.id_reader import protocol as p
from devices.id_reader.events import CardFailed, CardRemoved, ReaderEvent
from devices.id_reader.sam import ReaderTimings, Sam, Wanted
from devices.supervisor import Supervisor
from devices.transport import Transport

log = logging.getLogger(__name__)

_CORRUPT_IN_A_ROW: Final = 5
_CORRUPT: Final = frozenset({"id_reader.corrupt", "id_reader.checksum", "id_reader.length"})
_READER_BROKEN: Final = frozenset(
    {
        "id_reader.sam_unauthorised",
        "id_reader.sam_failed",
        "id_reader.not_permitted",
        "id_reader.bad_command",
        "id_reader.unknown_command",
        "id_reader.request_rejected",
    }
)


class IdReader:
    """Runs one reader in a supervisor's thread; `on_event` is called in that thread.

    A reader whose module answers but cannot work is `failed`; one that does not answer is `gone`,
    and is opened again with growing delays.
    """

    def __init__(
        self,
        transport: Transport,
        on_event: Callable[[ReaderEvent], None],
        *,
        timings: ReaderTimings | None = None,
        wanted: Wanted | None = None,
        fastest: bool = False,
        backoff: Backoff | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        listening: bool = True,
    ) -> None:
        self._duty = _CardWatch(transport, on_event, timings, wanted, fastest, listening)
        self._supervisor = Supervisor("id-reader", self._duty, on_event, backoff=backoff, now=now)
        self._duty.sam.check = self._supervisor.check

    @property
    def sam_number(self) -> str | None:
        """The module's number, once connected; None where the reader does not tell it."""
        return self._duty.sam.number

    @property
    def health(self) -> Health | None:
        """What was said of it last."""
        return self._supervisor.health

    def start(self) -> None:
        """Start the thread; the first event says whether the reader is there."""
        self._supervisor.start()

    def listen(self, on: bool) -> None:
        """Read cards, or only watch that the reader is there: nobody's card is read unasked."""
        self._duty.is_listening = on
        self._supervisor.poke()

    def poke(self) -> None:
        """Something was plugged in: try again now."""
        self._supervisor.poke()

    def stop(self) -> None:
        """End the thread and close the port."""
        self._supervisor.stop()


class _CardWatch:
    """A Duty: polls until the reader fails. A card is read once, then must be lifted."""

    def __init__(
        self,
        transport: Transport,
        on_event: Callable[[ReaderEvent], None],
        timings: ReaderTimings | None,
        wanted: Wanted | None,
        fastest: bool,
        is_listening: bool,
    ) -> None:
        self._timings = timings or ReaderTimings()
        self._wanted = wanted or Wanted()
        self._on_event = on_event
        self.sam = Sam(transport, self._timings, fastest=fastest)
        self.is_listening = is_listening
        # A card that was dealt with; a reconnection does not make it a new one.
        self._is_lying = False
        self._may_find_at = 0.0

    def connect(self, supervisor: Supervisor) -> Diagnosis:  # noqa: ARG002 - a Duty's shape
        return self.sam.connect()

    def close(self) -> None:
        self.sam.close()

    def refused(self, error: DeviceError) -> None:
        """Nothing waits for a reader but the next card."""

    def work(self, supervisor: Supervisor) -> None:
        corrupt = 0
        while True:
            left = self._may_find_at - time.monotonic()
            is_looking = self.is_listening or self._is_lying
            if is_looking and left > 0:
                supervisor.pause(left)  # a poke may ask for no more than what is allowed
                continue
            if is_looking:
                self._may_find_at = time.monotonic() + self._timings.poll
            try:
                reply = self.sam.exchange(p.FIND_CARD if is_looking else p.STATUS)
                if reply.error in _CORRUPT:
                    raise DeviceError(reply.error, "said the module")
                corrupt = 0
            except DeviceError as error:
                corrupt += 1
                if error.code not in _CORRUPT or corrupt >= _CORRUPT_IN_A_ROW:
                    raise
            else:
                self._heed(supervisor, reply)
                if is_looking:
                    self._look(supervisor, reply)
            if not (self.is_listening or self._is_lying):
                supervisor.pause(self._timings.poll)

    def _heed(self, supervisor: Supervisor, reply: p.Reply) -> None:
        """Say when the module becomes unable to work, or able again."""
        code = reply.error if reply.error in _READER_BROKEN else None
        health = supervisor.health
        if health is not None and health.code != code:
            supervisor.tell(self.sam.describe(code))

    def _look(self, supervisor: Supervisor, found: p.Reply) -> None:
        is_there = (
            found.status not in (p.NO_CARD, p.NOT_SELECTED) and found.error not in _READER_BROKEN
        )
        if is_there and not self._is_lying and self.is_listening:
            self._is_lying = True
            try:
                self._read(supervisor, found)
            finally:
                self._may_find_at = time.monotonic() + self._timings.poll
        elif not is_there and self._is_lying:
            self._is_lying = False
            self._on_event(CardRemoved())

    def _read(self, supervisor: Supervisor, found: p.Reply) -> None:
        event: ReaderEvent
        try:
            if found.error:
                raise DeviceError(found.error, f"SW3 {found.status:02X}")
            event = self.sam.read(self._wanted)
        except DeviceError as error:
            log.info("card not read: %s", error)
            event = CardFailed(error.code)
            if error.code.startswith("port.") or error.code == "id_reader.silent":
                self._on_event(event)
                raise
            if error.code in _READER_BROKEN:
                supervisor.tell(self.sam.describe(error.code))
        if self.is_listening:  # who asked may have gone while the card was being read
            self._on_event(event)
