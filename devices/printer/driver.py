"""The ticket printer's port: ask for its state, print a slip once, say truly what came of it."""

import logging
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Final, TypeVar, assert_never

import msgspec

from devices.errors import DeviceError
from devices.health import Diagnosis
from devices.printer.protocol import (
    ASK_DONE,
    ASK_FIRMWARE,
    ASK_MODEL,
    ENABLE_ASB,
    QUERIES,
    AutomaticStatus,
    Done,
    Info,
    Marks,
    Noise,
    PaperState,
    PrinterStatus,
    RealtimeReply,
    StatusEvent,
    StatusParser,
    status_from_replies,
)
from devices.transport import Transport

log = logging.getLogger(__name__)

# A line that babbles for ever must not hold up a print, nor one whose reads are slow (USB).
_DRAIN_READS: Final = 64
_DRAIN_SECONDS: Final = 0.3
_LOOK_EVERY: Final = 1.0  # seconds between looks at the state while a slip is awaited
_E = TypeVar("_E", bound=StatusEvent)


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
    """Seconds. `fresh`: how old a known good state may be to print without asking again.

    `confirm`: how long after its last byte a slip may take to come out.
    """

    fresh: float = 2.0
    reply: float = 1.0
    confirm: float = 8.0
    write: float = 10.0


class PrinterHabits(msgspec.Struct, frozen=True, kw_only=True):
    """What a model does and does not. `asb`: it may be told to speak unasked. `ask_model`: it
    knows GS I (? a cheap one may print the letters). `ask_done`: it may be asked by GS r 1 whether
    a slip is out; one that does not answer when the port opens is not asked again."""

    asb: bool = True
    ask_done: bool = True
    ask_model: bool = False
    marks: Marks = Marks()


class TicketPrinter:
    """Drives one printer over one transport. Blocking; used by one thread at a time.

    `print_slip` never writes a slip twice: a reprint is its caller's decision.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        timings: PrinterTimings | None = None,
        habits: PrinterHabits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._timings = timings or PrinterTimings()
        self._habits = habits or PrinterHabits()
        self._clock = clock
        self._parser = StatusParser(self._habits.marks)
        self._status: PrinterStatus | None = None
        self._asked_at = 0.0
        self._answers_done: bool | None = None
        self._is_done = False
        self._owed = 0
        self._firmware = ""

    @property
    def status(self) -> PrinterStatus | None:
        """The last state the printer told, by reply or by itself; None before the first."""
        return self._status

    @property
    def diagnosis(self) -> Diagnosis:
        """The last state for whoever watches; DeviceError `port.closed` before the first."""
        status = self._status
        if status is None:
            raise DeviceError("port.closed", "nothing was asked yet")
        is_low = status.problem is None and status.paper is PaperState.NEAR_END
        return Diagnosis(
            code="printer.paper_near_end" if is_low else status.problem,
            is_warning=is_low,
            firmware=self._firmware,
            facts=(
                ("paper", status.paper.value),
                ("cover", "open" if status.cover_open else "closed"),
                ("cutter", "error" if status.cutter_error else "ok"),
                ("confirmed by", "GS r" if self._answers_done else "DLE EOT"),
            ),
        )

    def open(self) -> PrinterStatus:
        """Open the port and ask for the state; DeviceError `port.…` or `printer.silent`."""
        self._parser.forget()
        self._status = None
        self._answers_done = None if self._habits.ask_done else False
        self._owed = 0
        self._transport.open()
        if self._habits.asb:
            self._transport.write(ENABLE_ASB, self._timings.reply)
        status = self.query_status()
        if status.problem is None:
            self._learn()
        return status

    def close(self) -> None:
        """Close the port."""
        self._transport.close()
        self._status = None

    def query_status(self, timeout: float | None = None) -> PrinterStatus:
        """DLE EOT 1 to 4, each answered within `timeout` seconds, else `printer.silent`."""
        self._drain()
        before = self._status
        limit = self._timings.reply if timeout is None else timeout
        now = status_from_replies(
            *(self._ask(query, request, limit) for query, request in enumerate(QUERIES, 1))
        )
        if self._habits.asb and before is not None and before != now:
            # It changed and did not say so: power-cycled behind an adapter, it forgot.
            self._transport.write(ENABLE_ASB, limit)
        self._status = now
        self._asked_at = self._clock()
        return now

    def print_slip(self, data: bytes) -> JobOutcome:
        """Write `data` once and report. Nothing is written while the printer cannot print."""
        try:
            problem = self._state_before_job().problem
            if problem is None and self._answers_done is None:
                self._learn()
        except DeviceError as error:
            return JobOutcome(PrintState.FAILED, error.code)
        if problem:
            return JobOutcome(PrintState.FAILED, problem)
        job = data + ASK_DONE if self._answers_done else data
        if self._answers_done:
            self._is_done = False
            self._parser.expect_done()
        try:
            self._transport.write(job, self._timings.write)
        except DeviceError as error:
            state = PrintState.UNKNOWN if error.written else PrintState.FAILED
            return JobOutcome(state, error.code, error.written)
        try:
            problem = self._outcome()
        except DeviceError as error:
            return JobOutcome(PrintState.UNKNOWN, error.code, len(data))
        if problem:
            return JobOutcome(PrintState.UNKNOWN, problem, len(data))
        return JobOutcome(PrintState.PRINTED, None, len(data))

    def _outcome(self) -> str | None:
        """Why the slip may not be out; None when it is."""
        if not self._answers_done:
            return self.query_status(self._timings.confirm).problem
        deadline = self._clock() + self._timings.confirm
        try:
            while (left := deadline - self._clock()) > 0:
                self._wait(Done, min(left, _LOOK_EVERY))
                if not self._is_done:
                    problem = self.query_status(max(left, self._timings.reply)).problem
                    if problem:
                        return problem
                if self._is_done:
                    return self._status.problem if self._status else None
        finally:
            self._parser.forget()
            if not self._is_done:
                # Its answer may come after a refill: it must not be taken for the next slip's.
                self._owed += 1
                self._answers_done = None
        raise DeviceError("printer.silent", "no word that the slip is out")

    def _learn(self) -> None:
        """What the model answers: whether to GS r 1, and to GS I its name and version."""
        if self._answers_done is None:
            self._transport.write(ASK_DONE, self._timings.reply)
            answers = 0
            for _ in range(1 + self._owed):
                self._parser.expect_done()
                if self._wait(Done, self._timings.reply) is None:
                    break
                answers += 1
            self._parser.forget()
            self._answers_done, self._owed = answers > 0, 0
        if self._habits.ask_model and not self._firmware:
            self._firmware = " ".join(filter(None, map(self._info, (ASK_MODEL, ASK_FIRMWARE))))

    def _info(self, request: bytes) -> str:
        self._parser.expect_info()
        self._transport.write(request, self._timings.reply)
        info = self._wait(Info, self._timings.reply)
        self._parser.forget()
        return info.text if info else ""

    def _state_before_job(self) -> PrinterStatus:
        """The known state if fresh and good: what the printer said by itself meanwhile counts."""
        self._drain()
        is_fresh = self._clock() - self._asked_at < self._timings.fresh
        if self._status and is_fresh and self._status.problem is None:
            return self._status
        return self.query_status()

    def _drain(self) -> None:
        """Take in what the printer said unasked. DeviceError `port.lost` if it has hung up."""
        enough = time.monotonic() + _DRAIN_SECONDS
        for _ in range(_DRAIN_READS):
            data = self._transport.read(256, 0.0)
            if data:
                self._take(data)
            if not data or time.monotonic() > enough:
                return

    def _ask(self, query: int, request: bytes, timeout: float) -> int:
        self._parser.expect(query)
        self._transport.write(request, timeout)
        if reply := self._wait(RealtimeReply, timeout):
            return reply.value
        self._parser.forget()
        raise DeviceError("printer.silent", f"no reply to DLE EOT {query}")

    def _wait(self, kind: type[_E], timeout: float) -> _E | None:
        """The first event of `kind` within `timeout` seconds."""
        deadline = self._clock() + timeout
        while (left := deadline - self._clock()) > 0:
            if data := self._transport.read(64, left):
                for event in self._take(data):
                    if isinstance(event, kind):
                        return event
        return None

    def _take(self, data: bytes) -> list[StatusEvent]:
        events = self._parser.feed(data)
        for event in events:
            if isinstance(event, AutomaticStatus):
                self._status = event.status
            elif isinstance(event, Done):
                self._is_done = True
            elif isinstance(event, Noise):
                log.debug("printer said %s unasked", event.data.hex())
            elif not isinstance(event, RealtimeReply | Info):
                assert_never(event)
        return events


def is_lost(code: str | None) -> bool:
    """Whether `code` says that the printer is gone, rather than there and in trouble."""
    return code is not None and (code.startswith("port.") or code == "printer.silent")
