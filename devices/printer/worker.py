"""The thread that owns the printer's port: jobs one by one, a watch on its state, reopening."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.printer.driver import JobOutcome, PrintState, TicketPrinter
from devices.printer.protocol import PrinterStatus

log = logging.getLogger(__name__)


class PrinterState(msgspec.Struct, frozen=True):
    """Said once per change. `code` is why it cannot print; `status` is None while it is gone."""

    connected: bool
    since: datetime
    code: str | None
    status: PrinterStatus | None


class JobState(msgspec.Struct, frozen=True):
    """A job went on to `state`. Every job ends in exactly one of printed, unknown, failed."""

    job_id: str
    state: PrintState
    code: str | None = None


PrinterEvent = PrinterState | JobState


class _Job(msgspec.Struct, frozen=True):
    job_id: str
    data: bytes
    submitted_at: float


class PrinterWorker:
    """Runs a TicketPrinter in its own thread; `on_event` is called in that thread.

    A job is pending from `submit` on; its first event is `printing`. With the printer gone a job
    makes one attempt to reopen the port and else fails at once: no backlog prints hours later.
    A job that waited longer than `patience` seconds behind others fails as `printer.job_expired`.
    """

    def __init__(
        self,
        printer: TicketPrinter,
        on_event: Callable[[PrinterEvent], None],
        *,
        poll: float = 1.0,
        patience: float = 30.0,
        backoff: Backoff | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._printer = printer
        self._on_event = on_event
        self._poll = poll
        self._patience = patience
        self._backoff = backoff or Backoff()
        self._now = now
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._state: PrinterState | None = None
        self._thread = threading.Thread(target=self._supervise, name="printer", daemon=True)
        self._stopping = threading.Event()
        self._delay = 0.0
        self._failed_at = 0.0
        self._failed_code = "printer.not_connected"

    def start(self) -> None:
        """Start the thread; the first event is the printer's state."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the job at hand, fail those behind it as `printer.stopped`, close the port."""
        self._stopping.set()
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def submit(self, job_id: str, data: bytes) -> None:
        """Queue one slip's bytes; from any thread, never blocks. The id comes back in events."""
        self._jobs.put(_Job(job_id, data, time.monotonic()))

    def _supervise(self) -> None:
        while not self._stopping.is_set():
            try:
                self._run()
            except Exception:
                log.exception("printer thread failed; starting it again")
                self._stopping.wait(self._backoff.next())
        self._printer.close()
        while not self._jobs.empty():
            if job := self._jobs.get_nowait():
                self._on_event(JobState(job.job_id, PrintState.FAILED, "printer.stopped"))

    def _run(self) -> None:
        self._connect()
        while not self._stopping.is_set():
            try:
                job = self._jobs.get(timeout=self._poll if self._connected else self._delay)
            except queue.Empty:
                self._watch()
                continue
            if job:
                self._print(job)

    @property
    def _connected(self) -> bool:
        return self._state is not None and self._state.connected

    def _connect(self) -> str | None:
        """Try to open; the code of the failure, None when the printer answered."""
        try:
            status = self._printer.open()
        except DeviceError as error:
            self._gone(error)
            return error.code
        self._backoff.reset()
        self._say(PrinterState(True, self._now(), status.problem, status))
        return None

    def _watch(self) -> None:
        if not self._connected:
            self._connect()
            return
        try:
            status = self._printer.query_status()
        except DeviceError as error:
            self._gone(error)
        else:
            self._say(PrinterState(True, self._now(), status.problem, status))

    def _print(self, job: _Job) -> None:
        if time.monotonic() > job.submitted_at + self._patience:
            self._on_event(JobState(job.job_id, PrintState.FAILED, "printer.job_expired"))
            return
        if not self._connected and (code := self._reconnect_for(job)):
            self._on_event(JobState(job.job_id, PrintState.FAILED, code))
            return
        self._on_event(JobState(job.job_id, PrintState.PRINTING))
        outcome = None
        try:
            outcome = self._attempt(job)
        finally:
            # Even a bug in the driver leaves the job with one true end.
            state, code = (
                (outcome.state, outcome.code)
                if outcome is not None
                else (PrintState.UNKNOWN, "printer.silent")
            )
            self._on_event(JobState(job.job_id, state, code))
        if outcome.code and _is_lost(outcome.code):
            self._gone(DeviceError(outcome.code, "while printing"))
        elif status := self._printer.status:
            self._say(PrinterState(True, self._now(), status.problem, status))

    def _attempt(self, job: _Job) -> JobOutcome:
        """Print. A connection found dead before the first byte is opened anew, once."""
        outcome = self._printer.print_slip(job.data)
        is_untouched = outcome.state is PrintState.FAILED and outcome.written == 0
        if not (is_untouched and outcome.code and _is_lost(outcome.code)):
            return outcome
        self._gone(DeviceError(outcome.code, "before printing"))
        if code := self._connect():
            return JobOutcome(PrintState.FAILED, code)
        return self._printer.print_slip(job.data)

    def _reconnect_for(self, job: _Job) -> str | None:
        """Why the printer cannot be had; a try that failed since the job came is answer enough."""
        if self._failed_at > job.submitted_at:
            return self._failed_code
        return self._connect()

    def _gone(self, error: DeviceError) -> None:
        self._printer.close()
        self._delay = self._backoff.next()
        self._failed_at, self._failed_code = time.monotonic(), error.code
        if self._state is None or self._state.connected:
            log.warning("printer gone: %s", error)
        self._say(PrinterState(False, self._now(), error.code, None))

    def _say(self, new: PrinterState) -> None:
        """Tell a change once; while gone, another reason for being gone is no change."""
        old = self._state
        if old is not None and (
            not (old.connected or new.connected)
            or (old.connected, old.code, old.status) == (new.connected, new.code, new.status)
        ):
            return
        if old is not None and new.connected and not old.connected:
            log.info("printer is back")
        self._state = new
        self._on_event(new)


def _is_lost(code: str) -> bool:
    return code.startswith("port.") or code == "printer.silent"
