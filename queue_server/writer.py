"""The one writer: takes commands one by one, commits many together, and only then answers.

It runs in its own thread and alone touches the hall and the log. What it has committed it hands to
the event loop as a `Commit`: results, changed documents, announcements. If a commit fails, nothing
was said, and the hall is built anew from the log: memory never runs ahead of disk.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from .almanac import ALMANAC
from .calls import Calls
from .clock import Clock
from .documents import Moment, all_topics, document
from .domain.apply import apply
from .domain.commands import Command
from .domain.context import By, Given
from .domain.hall import Hall
from .domain.limits import next_change
from .domain.values import Ms
from .draft import Draft
from .gateway.permissions import may
from .gateway.ports import Who
from .protocol.codec import rejected
from .protocol.ids import new_uuid
from .protocol.messages import Result
from .protocol.views import CallView
from .ranges import Ranges
from .store.batch import StoredResult
from .store.log import CHECKPOINT_LATEST_PAGES, CHECKPOINT_PAGES, Log
from .store.personal import Sealer
from .store.sqlite import DatabaseError, IntegrityError

log = logging.getLogger(__name__)

MOST_IN_A_BATCH = 256
QUEUES_EVERY = 0.25
"""Seconds between two documents of the waiting queues: they are coalesced."""
IDLE_AFTER = 0.2
"""Seconds without a command after which the log is tidied."""
LOOK_AT_CLOCK = 1.0
"""Seconds between two looks whether opening hours have changed."""
REFUSE_AFTER_FAILURE = 0.5
"""Seconds in which a store that just failed is not tried again."""


class Answered(NamedTuple):
    """One command's answer, with the callback that wants it."""

    reply: Callable[[Result], None]
    result: Result


class Commit(NamedTuple):
    """What became durable together."""

    seq: int
    answers: list[Answered]
    documents: dict[str, bytes]
    announcements: list[CallView]
    day_began: int = 0
    """`seq` of the day's opening, if among them."""


class CommandJob(NamedTuple):
    """A command, who asks, and where its answer goes."""

    who: Who
    id: str
    do: Command
    reply: Callable[[Result], None]


class CallJob(NamedTuple):
    """Run something between two commits, in the writer's thread."""

    run: Callable[["Writer"], object]
    done: Callable[[object, BaseException | None], None]


class _Stop(NamedTuple):
    pass


Job = CommandJob | CallJob | _Stop


class Writer:
    """Owns the hall. `publish` is called in the writer's thread after each commit.

    `ended` is called there where the thread can go on no more (the log cannot be read again, or a
    bug): the server must end then, and begin anew from the log.
    """

    def __init__(
        self,
        log_: Log,
        sealer: Sealer,
        clock: Clock,
        publish: Callable[[Commit], None],
        *,
        keep_personal_days: int = 7,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self.log = log_
        self.sealer = sealer
        self.hall = Hall()
        self.calls = Calls()
        self.ranges: Ranges | None = None
        """Of waiting times, as last told; None where the hall makes no estimates."""
        self.seq = 0
        self._clock = clock
        self._latest = Ms(0)
        self._publish = publish
        self._ended = ended
        self._keep_personal_days = keep_personal_days
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._queues_due = 0.0
        self._queues_dirty = False
        self._hours_change: Ms | None = None
        """When opening hours change next."""
        self._unmerged = 0
        self._idle_at = 0.0
        self._refuse_until = 0.0
        self.failure = ""
        """Why the store cannot be written now; read by other threads."""
        self._replay()
        self.epoch = log_.next_epoch()

    # --- from any thread ---

    def start(self) -> None:
        """Begin taking jobs."""
        self._thread.start()

    def put(self, job: Job) -> None:
        """Hand in a job. Commands are done in the order of handing in, calls after those before."""
        self._jobs.put(job)

    def stop(self) -> None:
        """Finish what was handed in, then end and close the log."""
        self._jobs.put(_Stop())
        self._thread.join()

    # --- the writer's thread ---

    def all_documents(self) -> dict[str, bytes]:
        """Every document, as the hall stands."""
        at = self._moment()
        return {
            t: document(self.hall, self.calls, t, self.ranges, at=at) for t in all_topics(self.hall)
        }

    def tell_ranges(self, ranges: Ranges) -> None:
        """Show these from now on."""
        self._queues_dirty |= self.ranges is None or ranges.differ(self.ranges)
        self.ranges = ranges

    def _replay(self) -> None:
        hall, calls, seq, at = Hall(), Calls(), 0, Ms(0)
        for seq, at, event in self.log.today():
            apply(hall, event, seq, at)
            calls.take(hall, event, seq, at)
        self.hall, self.calls, self.seq = hall, calls, seq
        self._latest = max(self._latest, at)

    def _run(self) -> None:
        try:
            self._work()
        except BaseException:
            log.critical("the writer cannot go on; the server ends", exc_info=True)
            self._ended()
        finally:
            self.log.close()

    def _work(self) -> None:
        while True:
            jobs = self._next_jobs()
            stopping = any(isinstance(job, _Stop) for job in jobs)
            commands = [job for job in jobs if isinstance(job, CommandJob)]
            if commands:
                self._do(commands)
            for job in jobs:
                if isinstance(job, CallJob):
                    self._call(job)
            if stopping:
                return

    def _next_jobs(self) -> list[Job]:
        """Wait for work; meanwhile tell the queues when due, and checkpoint when idle."""
        due = []
        if self._queues_dirty:
            due.append(self._queues_due)
        if self._unmerged >= CHECKPOINT_PAGES:
            due.append(self._idle_at)
        if self._hours_change is not None:
            due.append(time.monotonic() + LOOK_AT_CLOCK)
        try:
            wait = max(0.0, min(due) - time.monotonic()) if due else None
            jobs = [self._jobs.get(timeout=wait)]
        except queue.Empty:
            self._meanwhile()
            return []
        while len(jobs) < MOST_IN_A_BATCH:
            try:
                jobs.append(self._jobs.get_nowait())
            except queue.Empty:
                break
        return jobs

    def _meanwhile(self) -> None:
        now = time.monotonic()
        if self._hours_change is not None and self._clock() >= self._hours_change:
            self._queues_dirty = True
        if self._queues_dirty and now >= self._queues_due:
            self._publish(Commit(self.seq, [], self._queues_document(), []))
        if self._unmerged >= CHECKPOINT_PAGES and now >= self._idle_at:
            self._checkpoint()

    def _checkpoint(self) -> None:
        try:
            self.log.checkpoint()
        except DatabaseError as error:
            # What was committed is safe in the WAL; the next commit meets the full disk itself.
            log.warning("the log could not be tidied: %s", error)
        self._unmerged = 0

    def _call(self, job: CallJob) -> None:
        try:
            answer = job.run(self)
        except BaseException as error:  # noqa: BLE001  it belongs to who asked
            job.done(None, error)
        else:
            job.done(answer, None)

    def _do(self, jobs: list[CommandJob]) -> None:
        """Decide, commit and tell one batch of commands."""
        if self._refusing():
            self._answer_known(jobs)
            return
        draft = Draft(
            self.hall,
            self.calls,
            self.sealer,
            self.seq,
            self.epoch,
            self._keep_personal_days,
            self.ranges,
            self.log.personal,
        )
        try:
            stored = self.log.results([job.id for job in jobs])
            answers = [self._take(job, stored.get(job.id), draft) for job in jobs]
            if draft.rows:
                self.log.commit(draft.rows)
        except Exception as error:
            if isinstance(error, DatabaseError) and not isinstance(error, IntegrityError):
                self._failed(jobs, error)
            else:
                log.exception("a batch of %d commands failed; the hall is read anew", len(jobs))
                self._one_by_one(jobs)
            return
        self.seq = draft.seq
        documents = self._changed_documents(draft)
        self._publish(Commit(self.seq, answers, documents, draft.announcements, draft.day_began))
        self._unmerged = self.log.unmerged()
        self._idle_at = time.monotonic() + IDLE_AFTER
        if self._unmerged >= CHECKPOINT_LATEST_PAGES:
            self._checkpoint()

    def _one_by_one(self, jobs: list[CommandJob]) -> None:
        """After a bug, found by Python or by the tables' constraints: only its own command pays."""
        self._replay()
        if len(jobs) == 1:
            self._answer_all(jobs, "internal", {})
            return
        for job in jobs:
            self._do([job])

    def _take(self, job: CommandJob, stored: StoredResult | None, draft: Draft) -> Answered:
        known = draft.known(job.id, job.do, stored)
        if known is not None:
            return Answered(job.reply, known)
        if not may(job.who, job.do, self.hall):
            return Answered(job.reply, Result(id=job.id, rejected=rejected("not_allowed")))
        now = self._latest = max(self._clock(), self._latest)
        given = Given(
            now=now,
            by=By(program=job.who.program, manager=job.who.role == "manager"),
            new_id=_new_id,
            person_key=self.sealer.person_key,
            almanac=ALMANAC,
        )
        who = f"{job.who.role}:{job.who.program}"
        return Answered(job.reply, draft.take(job.id, job.do, given, who))

    # --- when the disk says no ---

    def _refusing(self) -> bool:
        if not self.failure:
            return False
        if time.monotonic() < self._refuse_until:
            return True
        try:
            self.log.probe()
        except DatabaseError as error:
            self.failure = str(error)
            self._refuse_until = time.monotonic() + REFUSE_AFTER_FAILURE
            return True
        log.warning("the store can be written again")
        self.failure = ""
        return False

    def _failed(self, jobs: list[CommandJob], error: Exception) -> None:
        log.error("the store cannot be written (%s); the hall is read anew", error)
        self.failure = str(error)
        self._refuse_until = time.monotonic() + REFUSE_AFTER_FAILURE
        self._replay()
        self._answer_known(jobs)

    def _answer_known(self, jobs: list[CommandJob]) -> None:
        """Retries get their first answer even now: it must not seem that nothing was done."""
        try:
            stored = self.log.results([job.id for job in jobs])
        except DatabaseError:
            stored = {}
        draft = Draft(self.hall, self.calls, self.sealer, self.seq, self.epoch, 0)
        refused = rejected("store_unavailable", {"detail": self.failure})
        answers = []
        for job in jobs:
            first = draft.known(job.id, job.do, stored.get(job.id))
            answers.append(Answered(job.reply, first or Result(id=job.id, rejected=refused)))
        self._publish(Commit(self.seq, answers, {}, []))

    def _answer_all(self, jobs: list[CommandJob], code: str, details: dict[str, str]) -> None:
        refused = rejected(code, details)
        answers = [Answered(job.reply, Result(id=job.id, rejected=refused)) for job in jobs]
        self._publish(Commit(self.seq, answers, {}, []))

    # --- documents ---

    def _changed_documents(self, draft: Draft) -> dict[str, bytes]:
        if draft.hall_changed:
            self._queues_told()
            return self.all_documents()
        at = self._moment()
        documents = {t: document(self.hall, self.calls, t, at=at) for t in draft.topics}
        self._queues_dirty = self._queues_dirty or draft.touched
        if self._queues_dirty and time.monotonic() >= self._queues_due:
            documents |= self._queues_document()
        return documents

    def _queues_document(self) -> dict[str, bytes]:
        self._queues_told()
        return {"queues": document(self.hall, self.calls, "queues", self.ranges, at=self._moment())}

    def _moment(self) -> Moment:
        return Moment(self._clock(), ALMANAC)

    def _queues_told(self) -> None:
        self._hours_change = next_change(self.hall, self._clock(), ALMANAC)
        self._queues_due = time.monotonic() + QUEUES_EVERY
        self._queues_dirty = False


def _new_id() -> str:
    return new_uuid().hex
