"""A true Writer on a true Log in a folder, driven batch by batch without an event loop."""

import threading
from contextlib import closing
from pathlib import Path
from typing import Any

from queue_server.domain import commands as c
from queue_server.domain.values import Area, AreaId, Ms, ServiceId
from queue_server.gateway.ports import Who
from queue_server.protocol.messages import Result
from queue_server.store.batch import LogRow
from queue_server.store.log import Log
from queue_server.store.personal import Sealer
from queue_server.store.sqlite import open_reader
from queue_server.writer import CallJob, CommandJob, Commit, Writer
from tests.unit import domain_hall as h

API = Who(program="api", role="integration", name="api")
MANAGER = Who(program="boss", role="manager", name="boss")
DAY_ONE = "2026-03-02"


class WriterDesk:
    """Plays the desk: keeps documents and announcements as commits bring them."""

    def __init__(self, folder: Path, *, keep_personal_days: int = 7) -> None:
        self.folder = folder
        self.now = h.START
        self.commits: list[Commit] = []
        self.documents: dict[str, bytes] = {}
        self.ended = threading.Event()
        self.keep_personal_days = keep_personal_days
        self.writer: Writer
        self._ids = 0
        self.open()

    def open(self) -> None:
        """Begin on what the folder holds."""
        self.log = Log(self.folder, "test")
        self.sealer = Sealer(self.folder / "personal.key")
        self.writer = Writer(
            self.log,
            self.sealer,
            lambda: Ms(self.now),
            self._publish,
            keep_personal_days=self.keep_personal_days,
            ended=self.ended.set,
        )
        self.documents = self.writer.all_documents()
        self.writer.start()

    def _publish(self, commit: Commit) -> None:
        self.commits.append(commit)
        self.documents |= commit.documents
        for answer in commit.answers:
            answer.reply(answer.result)

    def batch(self, *asked: tuple[Who, str, c.Command]) -> list[Result]:
        """Commands that the writer takes together; their answers."""
        gate, results = threading.Event(), [None] * len(asked)
        answered = threading.Semaphore(0)

        def reply_to(place: int) -> Any:
            def reply(result: Result) -> None:
                results[place] = result  # type: ignore[call-overload]
                answered.release()

            return reply

        self.writer.put(CallJob(lambda _: gate.wait(), lambda *_: None))
        for place, (who, key, do) in enumerate(asked):
            self.writer.put(CommandJob(who, key, do, reply_to(place)))
        gate.set()
        for _ in asked:
            assert answered.acquire(timeout=30), "a command was never answered"
        return results  # type: ignore[return-value]

    def do(self, *commands: c.Command) -> list[Result]:
        """Commands of one batch under fresh ids."""
        return self.batch(*((who_asks(do), self.new_id(), do) for do in commands))

    def new_id(self) -> str:
        self._ids += 1
        return f"id-{self.now}-{self._ids}"

    def ask(self, run: Any) -> Any:
        """Run something in the writer's thread."""
        told: list[Any] = []
        done = threading.Event()

        def take(answer: object, error: BaseException | None) -> None:
            told.append((answer, error))
            done.set()

        self.writer.put(CallJob(run, take))
        assert done.wait(30), "the writer never called back"
        answer, error = told[0]
        if error is not None:
            raise error
        return answer

    def logged(self) -> list[LogRow]:
        """Every event of the log, in order, as anybody may read it beside the server."""
        with closing(open_reader(self.folder / "hall.db")) as db:
            rows = db.execute(
                "SELECT seq, day, epoch, at, who, type, data FROM events ORDER BY seq"
            )
            return [LogRow(*row) for row in rows]

    def restart(self) -> None:
        """Stop, and begin again on the same folder."""
        self.writer.stop()
        self.open()

    def define(self, **changes: object) -> None:
        """Everything of the rules' small hall."""
        self.do(
            c.DefineHall(settings=h.settings(**changes)),
            c.DefineArea(area=Area(id=AreaId("hall"), name=h.text("Hall"))),
            *(c.DefineService(service=one) for one in h.SERVICES),
            *(c.DefineProfile(profile=one) for one in h.PROFILES),
            *(c.DefineCounter(counter=one) for one in h.COUNTERS),
            *(c.DefineStaff(staff=one) for one in h.STAFF),
        )


def who_asks(do: c.Command) -> Who:
    """Somebody who may."""
    manages = isinstance(do, c.OpenDay | c.CloseDay | c.SignOut) or "Define" in type(do).__name__
    return MANAGER if manages else API


def issue(service: str = "tax", **fields: Any) -> c.IssueTicket:
    return c.IssueTicket(service=ServiceId(service), **fields)
