"""The ticket printer's port: ask for its state, print a slip once, say truly what came of it."""

import logging
import time
from collections.abc import Callable
from enum import StrEnum
from typing import assert_never

import msgspec

from devices.errors import DeviceError
from devices.printer.protocol import (
    ENABLE_ASB,
    QUERIES,
    AutomaticStatus,
    Noise,
    PrinterStatus,
    RealtimeReply,
    StatusParser,
    status_from_replies,
)
from devices.transport import Transport

log = logging.getLogger(__name__)

_DRAIN_READS = 64  # a line that babbles for ever must not hold up a print


class PrintState(StrEnum):
    """A print job's life. `unknown`: bytes left, but whether paper came out nobody can say."""

    PENDING = "pending"
    PRINTING = "printing"
    PRINTED = "printed"
    UNKNOWN = "unknown"
    FAILED = "failed"


class JobOutcome(msgspec.Struct, frozen=True):
    """How one attempt ended: printed, unknown or failed; why, if not printed; bytes handed over."""

    state: PrintState
    code: str | None = None
    written: int = 0


class PrinterTimings(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds. `fresh`: how old a known good state may be to print without asking again."""

    fresh: float = 2.0
    reply: float = 1.0
    confirm: float = 5.0
    write: float = 10.0


class TicketPrinter:
    """Drives one printer over one transport. Blocking; used by one thread at a time.

    `print_slip` never writes a slip twice: a reprint is its caller's decision.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        timings: PrinterTimings | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._timings = timings or PrinterTimings()
        self._clock = clock
        self._parser = StatusParser()
        self._status: PrinterStatus | None = None
        self._asked_at = 0.0

    @property
    def status(self) -> PrinterStatus | None:
        """The last state the printer told, by reply or by itself; None before the first."""
        return self._status

    def open(self) -> PrinterStatus:
        """Open the port and ask for the state; DeviceError `port.…` or `printer.silent`."""
        self._parser.forget()
        self._status = None
        self._transport.open()
        self._transport.write(ENABLE_ASB, self._timings.reply)
        return self.query_status()

    def close(self) -> None:
        """Close the port."""
        self._transport.close()
        self._status = None

    def query_status(self, timeout: float | None = None) -> PrinterStatus:
        """DLE EOT 1 to 4, each answered within `timeout` seconds, else `printer.silent`."""
        self._drain()
        limit = self._timings.reply if timeout is None else timeout
        self._status = status_from_replies(
            *(self._ask(query, request, limit) for query, request in enumerate(QUERIES, 1))
        )
        self._asked_at = self._clock()
        return self._status

    def print_slip(self, data: bytes) -> JobOutcome:
        """Write `data` once and report. Nothing is written while the printer cannot print."""
        try:
            problem = self._state_before_job().problem
        except DeviceError as error:
            return JobOutcome(PrintState.FAILED, error.code)
        if problem:
            return JobOutcome(PrintState.FAILED, problem)
        try:
            self._transport.write(data, self._timings.write)
        except DeviceError as error:
            state = PrintState.UNKNOWN if error.written else PrintState.FAILED
            return JobOutcome(state, error.code, error.written)
        try:
            problem = self.query_status(self._timings.confirm).problem
        except DeviceError as error:
            return JobOutcome(PrintState.UNKNOWN, error.code, len(data))
        if problem:
            return JobOutcome(PrintState.UNKNOWN, problem, len(data))
        return JobOutcome(PrintState.PRINTED, None, len(data))

    def _state_before_job(self) -> PrinterStatus:
        """The known state if fresh and good: what the printer said by itself meanwhile counts."""
        self._drain()
        is_fresh = self._clock() - self._asked_at < self._timings.fresh
        if self._status and is_fresh and self._status.problem is None:
            return self._status
        return self.query_status()

    def _drain(self) -> None:
        """Take in what the printer said unasked. DeviceError `port.lost` if it has hung up."""
        for _ in range(_DRAIN_READS):
            data = self._transport.read(256, 0.0)
            if not data:
                return
            self._take(data, None)

    def _ask(self, query: int, request: bytes, timeout: float) -> int:
        self._parser.expect(query)
        deadline = self._clock() + timeout
        self._transport.write(request, timeout)
        while (left := deadline - self._clock()) > 0:
            data = self._transport.read(64, left)
            if data and (reply := self._take(data, query)) is not None:
                return reply
        self._parser.forget()
        raise DeviceError("printer.silent", f"no reply to DLE EOT {query}")

    def _take(self, data: bytes, query: int | None) -> int | None:
        reply = None
        for event in self._parser.feed(data):
            if isinstance(event, RealtimeReply):
                reply = event.value if event.query == query else reply
            elif isinstance(event, AutomaticStatus):
                self._status = event.status
            elif isinstance(event, Noise):
                log.debug("printer said %s unasked", event.data.hex())
            else:
                assert_never(event)
        return reply
