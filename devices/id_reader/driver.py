"""The card reader's port: a thread that waits for cards, reads each once, says what happened."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import msgspec

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.id_reader.identity import Identity
from devices.id_reader.protocol import (
    FIND_CARD,
    NO_CARD,
    READ_CARD,
    SAM_NUMBER,
    SELECT_CARD,
    STATUS,
    BadFrame,
    FrameParser,
    Reply,
    sam_number,
    split_card,
)
from devices.id_reader.text import decode_text
from devices.transport import Transport

log = logging.getLogger(__name__)

_STOP_SLICE: Final = 0.2  # seconds after which a blocked read looks whether to stop
_CORRUPT_IN_A_ROW: Final = 5
_READER_BROKEN: Final = frozenset(
    {"id_reader.sam_unauthorised", "id_reader.sam_failed", "id_reader.silent"}
)


class ReaderState(msgspec.Struct, frozen=True):
    """The reader is gone or back; said once per change. `code` is why it is gone."""

    connected: bool
    since: datetime
    code: str | None


class CardRead(msgspec.Struct, frozen=True):
    """A card was laid and read. `photo` is the chip's WLF code, undecoded."""

    identity: Identity
    photo: bytes

    def __repr__(self) -> str:
        return f"CardRead({self.identity!r})"


class CardFailed(msgspec.Struct, frozen=True):
    """A card was laid but not read; it must be lifted and laid again."""

    code: str


class CardRemoved(msgspec.Struct, frozen=True):
    """The card that was read, or failed, is gone."""


ReaderEvent = ReaderState | CardRead | CardFailed | CardRemoved


class ReaderTimings(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds. The module wants no polling faster than 300 ms, 2 s for a header, 5 s for all."""

    poll: float = 0.3
    header: float = 2.0
    reply: float = 5.0
    write: float = 2.0


class _Stopped(Exception):  # noqa: N818 - not an error
    """`stop` was called while waiting."""


class IdReader:
    """Runs one reader in its own thread; `on_event` is called in that thread.

    A reader that does not answer is closed and opened again with growing delays.
    """

    def __init__(
        self,
        transport: Transport,
        on_event: Callable[[ReaderEvent], None],
        *,
        timings: ReaderTimings | None = None,
        backoff: Backoff | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        listening: bool = True,
    ) -> None:
        self._transport = transport
        self._on_event = on_event
        self._timings = timings or ReaderTimings()
        self._backoff = backoff or Backoff()
        self._now = now
        self._parser = FrameParser()
        self._stopping = threading.Event()
        self._listening = listening
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._supervise, name="id-reader", daemon=True)
        self._connected: bool | None = None
        # A card that was dealt with; a reconnection does not make it a new one.
        self._is_lying = False
        self._sam_number: str | None = None

    @property
    def sam_number(self) -> str | None:
        """The module's number, once connected; None where the reader does not tell it."""
        return self._sam_number

    def start(self) -> None:
        """Start the thread; the first event says whether the reader is there."""
        self._thread.start()

    def listen(self, on: bool) -> None:
        """Read cards, or only watch that the reader is there: nobody's card is read unasked."""
        self._listening = on
        self._wake.set()

    def stop(self) -> None:
        """End the thread and close the port."""
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _supervise(self) -> None:
        while not self._stopping.is_set():
            try:
                self._connect()
                self._watch_cards()
            except _Stopped:
                break
            except DeviceError as error:
                self._say(connected=False, error=error)
            except Exception:
                log.exception("ID reader thread failed; starting it again")
            self._transport.close()
            self._stopping.wait(self._backoff.next())
        self._transport.close()

    def _say(self, *, connected: bool, error: DeviceError | None = None) -> None:
        if connected == self._connected:
            return
        if error:
            log.warning("ID reader gone: %s", error)
        self._connected = connected
        self._on_event(ReaderState(connected, self._now(), error.code if error else None))

    def _connect(self) -> None:
        speeds = self._transport.speeds
        for position, speed in enumerate(speeds or (None,), 1):
            self._transport.open(speed)
            try:
                self._expect(self._exchange(STATUS))
                break
            except DeviceError as error:
                is_last = position >= len(speeds)
                if is_last or error.code not in ("id_reader.silent", "id_reader.corrupt"):
                    raise
        number = self._exchange(SAM_NUMBER)
        self._sam_number = sam_number(number.data) if number.is_ok else None
        self._backoff.reset()
        self._say(connected=True)

    def _watch_cards(self) -> None:
        """Poll until the reader fails. A card is read once, then must be lifted."""
        corrupt = 0
        while True:
            is_looking = self._listening or self._is_lying
            try:
                found = self._exchange(FIND_CARD if is_looking else STATUS)
                if found.status != NO_CARD:
                    self._expect(found)
                corrupt = 0
            except DeviceError as error:
                corrupt += 1
                if error.code != "id_reader.corrupt" or corrupt >= _CORRUPT_IN_A_ROW:
                    raise
                self._pause()
                continue
            if not is_looking:
                self._pause()
                continue
            if found.is_ok and not self._is_lying and self._listening:
                self._is_lying = True
                self._read()
            elif not found.is_ok and self._is_lying:
                self._is_lying = False
                self._on_event(CardRemoved())
            self._pause()

    def _read(self) -> None:
        try:
            self._expect(self._exchange(SELECT_CARD))
            reply = self._exchange(READ_CARD)
            self._expect(reply)
            blocks = split_card(reply.data)
            if blocks is None:
                raise DeviceError("id_reader.corrupt", f"{len(reply.data)} bytes of card")
            event: ReaderEvent = CardRead(decode_text(blocks.text), blocks.photo)
        except DeviceError as error:
            if error.code.startswith("port.") or error.code in _READER_BROKEN:
                self._on_event(CardFailed(error.code))
                raise
            log.info("card not read: %s", error)
            event = CardFailed(error.code)
        if self._listening:  # who asked may have gone while the card was being read
            self._on_event(event)

    def _expect(self, reply: Reply) -> None:
        if reply.error:
            raise DeviceError(reply.error, f"SW3 {reply.status:02X}")

    def _exchange(self, request: bytes) -> Reply:
        """One request, one reply. DeviceError `id_reader.silent` or `.corrupt`, or the port's."""
        self._parser.reset()
        if self._stopping.is_set():
            raise _Stopped
        while self._transport.read(4096, 0.0):
            # A late reply to an earlier request.
            if self._stopping.is_set():
                raise _Stopped
        self._transport.write(request, self._timings.write)
        began = time.monotonic()
        has_begun = False
        while True:
            limit = self._timings.reply if has_begun else self._timings.header
            left = began + limit - time.monotonic()
            if left <= 0:
                code = "id_reader.corrupt" if has_begun else "id_reader.silent"
                raise DeviceError(code, f"{self._parser.pending} bytes of a reply")
            data = self._transport.read(4096, min(left, _STOP_SLICE))
            if self._stopping.is_set():
                raise _Stopped
            has_begun = has_begun or bool(data)
            for event in self._parser.feed(data):
                if isinstance(event, BadFrame):
                    raise DeviceError("id_reader.corrupt", event.reason)
                return event

    def _pause(self) -> None:
        self._wake.wait(self._timings.poll)
        self._wake.clear()
        if self._stopping.is_set():
            raise _Stopped
