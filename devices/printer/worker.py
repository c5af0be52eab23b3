"""The thread that owns the printer's port: jobs one by one, a watch on its state, reopening."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.health import Diagnosis, Health
from devices.printer.driver import JobOutcome, PrintState, TicketPrinter, is_lost
from devices.printer.journal import Entry, Journal
from devices.supervisor import Supervisor

log = logging.getLogger(__name__)


class JobState(msgspec.Struct, frozen=True):
    """A job went on to `state`. Every job ends in exactly one of printed, unknown, failed."""

    job_id: str
    state: PrintState
    code: str | None = None


PrinterEvent = Health | JobState


class _Job(msgspec.Struct, frozen=True):
    job_id: str
    data: bytes
    submitted_at: float
    is_second_try: bool = False


class PrinterWorker:
    """A printer under a Supervisor; `on_event` is called in its thread, but by `stop` for what
    then still waits.

    A job is pending from `submit` on; its first event is `printing`. With the printer gone a job
    makes one attempt to reopen the port and else fails at once: no backlog prints hours later.
    A job that waited longer than `patience` seconds behind others fails as `printer.job_expired`.

    `journal` outlives the program: a job id it knows as printing, printed or unknown is answered
    with that state and never printed again, unless the caller says that it is a reprint.
    """

    def __init__(
        self,
        printer: TicketPrinter,
        on_event: Callable[[PrinterEvent], None],
        *,
        poll: float = 1.0,
        patience: float = 30.0,
        backoff: Backoff | None = None,
        journal: Journal | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._printer = printer
        self._on_event = on_event
        self._poll = poll
        self._patience = patience
        self._journal = journal or Journal()
        self._now = now
        self._lock = threading.Lock()
        self._jobs: deque[_Job] = deque()
        self._supervisor = Supervisor("printer", self, on_event, backoff=backoff, now=now)

    @property
    def health(self) -> Health | None:
        """What was said last of the printer; None before the first try ended."""
        return self._supervisor.health

    def start(self) -> None:
        """Start the thread; before its first event come the ends of jobs a restart cut short.

        DeviceError `printer.journal` where the journal cannot be kept.
        """
        for entry in self._journal.open(self._now(), timedelta(seconds=self._patience)):
            self._on_event(JobState(entry.job, entry.state, entry.code))
        self._supervisor.start()

    def stop(self) -> None:
        """Finish the job at hand, fail those behind it as `printer.stopped`, close the port."""
        self._supervisor.stop()
        self._fail_waiting("printer.stopped")
        self._journal.close()

    def poke(self) -> None:
        """Something was plugged in: look now."""
        self._supervisor.poke()

    def submit(self, job_id: str, data: bytes, *, reprint: bool = False) -> None:
        """Queue one slip's bytes; from any thread. The id comes back in events.

        `reprint`: somebody asked for this paper again, and it says so on itself.
        """
        known = self._journal.find(job_id)
        if known is not None and known.state is not PrintState.FAILED and not reprint:
            log.warning("job %s is %s already: not printed again", job_id, known.state)
            self._on_event(JobState(job_id, known.state, known.code))
            return
        if not self._keep(JobState(job_id, PrintState.PENDING)):
            self._on_event(JobState(job_id, PrintState.FAILED, "printer.journal"))
            return
        with self._lock:
            self._jobs.append(_Job(job_id, data, time.monotonic()))
        self._supervisor.poke()

    def connect(self, supervisor: Supervisor) -> Diagnosis:  # noqa: ARG002 - Duty's shape
        """Open the port and ask."""
        self._printer.open()
        return self._printer.diagnosis

    def work(self, supervisor: Supervisor) -> None:
        """Jobs first; between them a look at the printer every `poll` seconds."""
        while True:
            supervisor.check()
            if job := self._next():
                self._print(job)
                supervisor.tell(self._printer.diagnosis)
                continue
            supervisor.pause(self._poll)
            if not self._jobs:
                self._printer.query_status()
                supervisor.tell(self._printer.diagnosis)

    def close(self) -> None:
        """Close the port."""
        self._printer.close()

    def refused(self, error: DeviceError) -> None:
        """The printer is not there: what waits fails now."""
        self._fail_waiting(error.code)

    def _next(self) -> _Job | None:
        with self._lock:
            return self._jobs.popleft() if self._jobs else None

    def _fail_waiting(self, code: str) -> None:
        while job := self._next():
            self._end(JobState(job.job_id, PrintState.FAILED, code))

    def _print(self, job: _Job) -> None:
        """Print. A connection found dead before the first byte is opened anew, once."""
        if not job.is_second_try:
            if time.monotonic() > job.submitted_at + self._patience:
                self._end(JobState(job.job_id, PrintState.FAILED, "printer.job_expired"))
                return
            begun = JobState(job.job_id, PrintState.PRINTING)
            if not self._keep(begun):
                # Without its record this paper could come out twice after a restart.
                self._end(JobState(job.job_id, PrintState.FAILED, "printer.journal"))
                return
            self._on_event(begun)
        # Even a bug in the driver leaves the job with one true end.
        outcome = JobOutcome(PrintState.UNKNOWN, "printer.silent")
        is_put_back = False
        try:
            outcome = self._printer.print_slip(job.data)
            is_untouched = outcome.state is PrintState.FAILED and is_lost(outcome.code)
            is_put_back = is_untouched and not job.is_second_try
        finally:
            if is_put_back:
                with self._lock:
                    self._jobs.appendleft(msgspec.structs.replace(job, is_second_try=True))
                self._supervisor.poke()
            else:
                self._end(JobState(job.job_id, outcome.state, outcome.code))
        if outcome.code and is_lost(outcome.code):
            raise DeviceError(outcome.code, "while printing")

    def _end(self, state: JobState) -> None:
        self._keep(state)
        self._on_event(state)

    def _keep(self, job: JobState) -> bool:
        try:
            self._journal.write(Entry(job.job_id, job.state, self._now(), job.code))
        except DeviceError:
            log.exception("the printer's journal is not written")
            return False
        return True
