"""The writer when something fails under it: nothing untrue is said, nobody else pays."""

import hashlib
import threading
from pathlib import Path
from typing import Any

import pysqlite3
import pytest

from queue_server.domain import commands as c
from queue_server.domain.decide import decide as true_decide
from queue_server.domain.values import Day, TicketId
from queue_server.protocol.codec import encode
from queue_server.protocol.messages import Result
from queue_server.store.sqlite import DatabaseError, open_shared
from queue_server.writer import REFUSE_AFTER_FAILURE, CommandJob
from tests.unit import domain_hall as h
from tests.unit.writer_desk import API, MANAGER, WriterDesk, issue

FULL: Any = pysqlite3.OperationalError("database or disk is full")


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    made = WriterDesk(tmp_path)
    made.define()
    made.do(c.OpenDay(day=Day("2026-03-02")))
    made.do(c.SignIn(counter=h.COUNTERS[0].id, staff=h.STAFF[0].id))
    yield made
    made.writer.stop()


def code(result: Result) -> str:
    return result.rejected.code if result.rejected else ""


def number(result: Result) -> str | None:
    return result.done.number if result.done else None


def test_what_was_done_is_answered_even_while_the_store_refuses(
    desk: WriterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A retry whose first answer was lost must not hear that nothing was done."""
    [first] = desk.batch((API, "one", issue()))

    def fails(*_: object) -> None:
        raise FULL

    monkeypatch.setattr(desk.log, "commit", fails)
    monkeypatch.setattr(desk.log, "probe", fails)
    again, new = desk.batch((API, "one", issue()), (API, "two", issue()))
    assert again == first
    assert code(new) == "store_unavailable"
    for _ in range(2):
        again, new, other = desk.batch(
            (API, "one", issue()), (API, "two", issue()), (API, "one", issue("ask"))
        )
        assert again == first
        assert (code(new), code(other)) == ("store_unavailable", "id_reused")
        threading.Event().wait(REFUSE_AFTER_FAILURE)
    monkeypatch.undo()
    while code(result := desk.batch((API, "two", issue()))[0]) == "store_unavailable":
        threading.Event().wait(0.05)
    assert number(result) == "A002"
    assert number(desk.do(issue())[0]) == "A003"


def test_a_failed_batch_leaves_no_trace(desk: WriterDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hall, calls, seq and documents are those of the log; time does not run back."""
    desk.do(issue(), c.CallNext(counter=h.COUNTERS[0].id))
    before = desk.ask(lambda w: (w.all_documents(), w.seq, list(w.calls.announcements)))
    published = len(desk.commits)

    def fails(*_: object) -> None:
        raise FULL

    monkeypatch.setattr(desk.log, "commit", fails)
    at = desk.now
    desk.now += 60_000
    refused = desk.do(issue(), c.Recall(counter=h.COUNTERS[0].id), issue("ask"))
    assert {code(result) for result in refused} == {"store_unavailable"}
    monkeypatch.undo()
    assert desk.ask(lambda w: (w.all_documents(), w.seq, list(w.calls.announcements))) == before
    assert not any(commit.announcements for commit in desk.commits[published:])
    desk.now = at - 60_000
    while code(desk.do(issue())[0]) == "store_unavailable":
        threading.Event().wait(0.05)
    rows = desk.logged()
    assert [row.at for row in rows] == sorted(row.at for row in rows)


def test_two_copies_in_one_batch_act_once(desk: WriterDesk) -> None:
    one, two, other = desk.batch(
        (API, "same", issue()), (API, "same", issue()), (API, "same", issue("ask"))
    )
    assert one == two
    assert code(other) == "id_reused"
    desk.restart()
    assert desk.batch((API, "same", issue())) == [one]
    assert number(desk.do(issue())[0]) == "A002"


def test_a_bug_in_one_command_harms_no_other(
    desk: WriterDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def with_bug(hall: Any, do: Any, given: Any) -> Any:
        if isinstance(do, c.CancelTicket):
            raise KeyError("a bug")
        return true_decide(hall, do, given)

    monkeypatch.setattr("queue_server.draft.decide", with_bug)
    results = desk.do(issue(), c.CancelTicket(ticket=TicketId("x")), issue("ask"))
    assert [number(results[0]), code(results[1]), number(results[2])] == [
        "A001",
        "internal",
        "C001",
    ]
    assert "failed" in caplog.text


def test_a_row_the_database_refuses_harms_no_other(desk: WriterDesk) -> None:
    """A constraint that catches a bug is not a full disk: only its own command is refused."""
    other = open_shared(desk.log.path)
    other.execute(
        "INSERT INTO tickets (id, day, number, prefix, serial, service, issued_at, state)"
        " VALUES ('stray', '2026-03-02', 'A001', 'A', 1, 'tax', 0, 'ended')"
    )
    other.close()
    results = desk.do(issue("ask"), issue("tax"), issue("ask"))
    assert [number(results[0]), code(results[1]), number(results[2])] == [
        "C001",
        "internal",
        "C002",
    ]
    assert number(desk.do(issue("ask"))[0]) == "C003"


def test_a_log_that_cannot_be_read_again_ends_the_server(
    desk: WriterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Better no server, which is started again, than one that answers nobody."""

    def fails(*_: object) -> None:
        raise pysqlite3.DatabaseError("disk I/O error")

    monkeypatch.setattr(desk.log, "commit", fails)
    monkeypatch.setattr(desk.log, "today", fails)
    desk.writer.put(CommandJob(API, "x", issue(), lambda _: None))
    assert desk.ended.wait(30)


def test_commands_that_wait_at_the_end_are_done(desk: WriterDesk) -> None:
    answers: list[Result] = []
    for n in range(700):
        desk.writer.put(CommandJob(API, f"last-{n}", issue(), answers.append))
    desk.restart()
    assert [number(result) for result in answers] == [f"A{n:03d}" for n in range(1, 701)]
    assert len(desk.writer.hall.tickets) == 700


@pytest.mark.parametrize("keep", [0, 7, 10**7])
def test_any_day_can_be_closed(tmp_path: Path, keep: int) -> None:
    """The earliest of days, however long personal data is kept."""
    desk = WriterDesk(tmp_path, keep_personal_days=keep)
    try:
        desk.define()
        desk.do(c.OpenDay(day=Day("0001-01-02")))
        [closed] = desk.do(c.CloseDay())
        assert closed.rejected is None
    finally:
        desk.writer.stop()


def test_the_record_holds_nothing_a_document_number_could_be_guessed_from(
    desk: WriterDesk,
) -> None:
    """An unkeyed hash of a command would tell who came, to whoever tries all numbers."""
    do = issue(holder=h.person("110105194912310020"))
    desk.batch((API, "who", do))
    stored = open_shared(desk.log.path)
    [(fingerprint,)] = stored.execute("SELECT fingerprint FROM results WHERE id = 'who'").fetchall()
    stored.close()
    assert fingerprint != hashlib.blake2b(encode(do), digest_size=16).digest()
    desk.restart()
    assert code(desk.batch((API, "who", do))[0]) == ""
    assert code(desk.batch((API, "who", issue()))[0]) == "id_reused"


def test_what_no_role_may_is_refused_by_the_writer_too(desk: WriterDesk) -> None:
    [result] = desk.batch((MANAGER, "m", c.CallNext(counter=h.COUNTERS[0].id)))
    assert code(result) == "not_allowed"


def test_constraints_stand_in_the_database(desk: WriterDesk) -> None:
    """No ticket at two counters, no counter with two tickets, no number twice a day."""
    desk.do(issue(), c.CallNext(counter=h.COUNTERS[0].id), issue())
    other = open_shared(desk.log.path)
    [(ticket, counter)] = other.execute("SELECT ticket, counter FROM transactions").fetchall()
    row = (
        "INSERT INTO transactions (id, day, ticket, step, counter, staff, called_at, why, held)"
        " VALUES ('t', '2026-03-02', ?, 9, ?, 's', 0, '{}', 0)"
    )
    for values in ((ticket, "k9"), ("another", counter)):
        with pytest.raises(DatabaseError, match="UNIQUE"):
            other.execute(row, values)
    for table in ("tickets", "events", "results"):
        columns = "*"
        with pytest.raises(DatabaseError, match="UNIQUE"):
            other.execute(f"INSERT INTO {table} SELECT {columns} FROM {table} LIMIT 1")
    with pytest.raises(DatabaseError, match="UNIQUE"):
        other.execute("UPDATE tickets SET number = 'A001' WHERE number = 'A002'")
    other.close()
