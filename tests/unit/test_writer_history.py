"""Random days through the true writer and log: what is told, kept and rebuilt is the same."""

import datetime as dt
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.hall import Hall, Ticket, Transaction
from queue_server.domain.values import (
    CounterId,
    Day,
    Staff,
    StaffId,
    TicketId,
    TransactionId,
    Why,
)
from queue_server.store.rows import ticket_row, transaction_row
from queue_server.store.sqlite import open_reader
from tests.effort import examples
from tests.unit import domain_hall as h
from tests.unit.domain_routes import ROUTES
from tests.unit.writer_desk import WriterDesk, issue

FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where syncing costs nothing: durability is tested elsewhere."""

KINDS = (
    *("issue",) * 6,
    *("call",) * 5,
    *("start", "end", "end", "no_show", "return", "hold", "call_back", "transfer", "transfer"),
    *("cancel", "remove", "call_this", "recall", "walk_in", "pause", "resume", "sign_in"),
    *("sign_out", "rate", "decline", "ask_rating", "define", "close", "open"),
    *("branch", "route", "leave", *("join",) * 4),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 2), st.integers(0, 1000)),
    min_size=5,
    max_size=60,
)


def command(hall: Hall, kind: str, place: int, pick: int) -> c.Command:
    """A command that often makes sense in `hall`."""
    counter = h.COUNTERS[place].id
    staff = h.STAFF[pick % 3].id
    service = h.SERVICES[pick % 4].id
    tickets = [*hall.tickets] or [TicketId("none")]
    transactions = [*hall.transactions] or [TransactionId("none")]
    ticket, transaction = tickets[pick % len(tickets)], transactions[pick % len(transactions)]
    now = hall.counter_now(counter)
    made: dict[str, Callable[[], Any]] = {
        "issue": lambda: issue(
            service,
            holder=h.person(f"p{pick % 50}", "1950-01-01" if pick % 7 == 0 else ""),
            priority=pick % 3,
            priority_reason="disabled" if pick % 3 else "",
        ),
        "call": lambda: c.CallNext(counter=counter),
        "start": lambda: c.StartService(counter=counter),
        "end": lambda: c.EndService(counter=counter),
        "no_show": lambda: c.NoShow(counter=counter),
        "return": lambda: c.ReturnTicket(ticket=now.no_shows[0] if now.no_shows else ticket),
        "hold": lambda: c.Hold(counter=counter),
        "call_back": lambda: c.CallBack(counter=counter, ticket=(now.held or [ticket])[0]),
        "transfer": lambda: c.Transfer(
            counter=counter,
            to=(c.ToQueue(service), c.ToCounter(h.COUNTERS[pick % 3].id), c.ToStaff(staff))[
                pick // 3 % 3
            ],
            position=("front", "sorted", "end")[pick % 3],
        ),
        "cancel": lambda: c.CancelTicket(ticket=ticket),
        "remove": lambda: c.RemoveTicket(ticket=ticket, counter=counter, reason="left"),
        "call_this": lambda: c.CallThis(counter=counter, ticket=ticket, reason="train"),
        "recall": lambda: c.Recall(counter=counter),
        "walk_in": lambda: c.WalkIn(counter=counter, service=service),
        "pause": lambda: c.Pause(counter=counter, reason="lunch"),
        "resume": lambda: c.Resume(counter=counter),
        "sign_in": lambda: c.SignIn(counter=counter, staff=staff),
        "sign_out": lambda: c.SignOut(counter=counter, force=bool(pick % 2)),
        "rate": lambda: c.Rate(
            transaction=transaction, level=1 + pick % 5, words="好" * (pick % 2)
        ),
        "decline": lambda: c.DeclineRating(transaction=transaction),
        "ask_rating": lambda: c.RequestRating(counter=counter),
        "define": lambda: (
            c.DefineProfile(profile=h.profile("few", h.SERVICES[pick % 4].id)),
            c.DefineStaff(staff=Staff(id=staff, name=f"Clerk {pick}", rights=("manage",))),
            c.DefineCounter(counter=h.counter("k3", 3 + pick % 5, "all")),
        )[pick % 3],
        "branch": lambda: c.ChooseBranch(counter=counter, branch=("extra", "stop", None)[pick % 3]),
        "route": lambda: c.SetRoute(counter=counter, route=("open", "pay", None)[pick % 3]),
        "join": lambda: c.JoinVisit(counter=counter, ticket=joinable(hall) or ticket),
        "leave": lambda: c.LeaveVisit(counter=counter),
        "close": lambda: c.CloseDay(over_open=pick % 4 > 0),
        "open": lambda: c.OpenDay(day=next_day(hall)),
    }
    built: c.Command = made[kind]()
    return built


def joinable(hall: Hall) -> TicketId | None:
    """A visit being served of which a route says that several counters may work on it."""
    return next(
        (
            t.id
            for t in hall.tickets.values()
            if t.state == "serving" and t.stops and t.stops[t.stop].joint > 1 + len(t.joint)
        ),
        None,
    )


def next_day(hall: Hall) -> Day:
    last = dt.date.fromisoformat(hall.last_day) if hall.last_day else dt.date(2026, 3, 1)
    return Day((last + dt.timedelta(days=1)).isoformat())


def make_ready(desk: WriterDesk) -> None:
    """An open day with every counter staffed."""
    hall = desk.writer.hall
    if hall.day is None:
        desk.do(c.OpenDay(day=next_day(hall)))
    desk.do(
        *(
            c.SignIn(counter=CounterId(place.id), staff=StaffId(clerk.id))
            for place, clerk in zip(h.COUNTERS, h.STAFF, strict=True)
        )
    )


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    steps=STEPS,
    sizes=st.lists(st.integers(1, 5), min_size=1, max_size=6),
    distinct=st.booleans(),
    restart_at=st.integers(0, 60),
)
def test_told_kept_and_rebuilt_are_the_same(
    steps: list[tuple[str, int, int]], sizes: list[int], distinct: bool, restart_at: int
) -> None:
    with tempfile.TemporaryDirectory(dir=FAST) as folder:
        desk = WriterDesk(Path(folder))
        try:
            desk.define(start_distinct=distinct)
            desk.do(*(c.DefineRoute(route=route) for route in ROUTES))
            make_ready(desk)
            done, turn = 0, 0
            while done < len(steps):
                size = sizes[turn % len(sizes)]
                hall = desk.writer.hall
                if hall.day is None and turn % 3 == 0:
                    make_ready(desk)
                desk.do(*(command(hall, *step) for step in steps[done : done + size]))
                if done <= restart_at < done + size:
                    compare_restart(desk)
                done, turn = done + size, turn + 1
                desk.now += 1000
                compare_documents(desk)
            compare_queues(desk)
            compare_rows(desk)
            compare_restart(desk)
            compare_log(desk)
        finally:
            desk.writer.stop()


def compare_documents(desk: WriterDesk) -> None:
    """Every document as told piece by piece is the hall's own."""
    whole = desk.ask(lambda writer: writer.all_documents())
    assert desk.documents | {"queues": b""} == whole | {"queues": b""}


def compare_queues(desk: WriterDesk) -> None:
    """The coalesced document catches up by itself."""
    queues = desk.ask(lambda writer: writer.all_documents())["queues"]
    end = time.monotonic() + 10
    while desk.documents["queues"] != queues and time.monotonic() < end:
        time.sleep(0.02)
    assert desk.documents["queues"] == queues


def compare_restart(desk: WriterDesk) -> None:
    """A restart changes nothing that is shown; only the epoch grows."""
    before, old = desk.ask(lambda w: w.all_documents()), desk.writer
    desk.restart()
    new = desk.writer
    assert desk.ask(lambda w: w.all_documents()) == before
    assert (new.seq, new.epoch) == (old.seq, old.epoch + 1)
    assert new.hall == old.hall
    assert list(new.calls.announcements) == list(old.calls.announcements)


def compare_rows(desk: WriterDesk) -> None:
    """The read tables hold today's tickets and transactions as the hall does."""
    hall = desk.writer.hall
    day = hall.last_day
    assert day is not None
    whys = _whys(desk)
    reader = open_reader(desk.log.path)
    try:
        for table, wanted in (
            ("tickets", [_ticket(day, t) for t in hall.tickets.values()]),
            ("transactions", [_transaction(day, t, whys) for t in hall.transactions.values()]),
        ):
            names = TICKET_COLUMNS if table == "tickets" else TRANSACTION_COLUMNS
            rows = reader.execute(
                f"SELECT {', '.join(names)} FROM {table} WHERE day = ?",
                (day,),
            ).fetchall()
            assert sorted(rows) == sorted(wanted)
        (twice,) = reader.execute(
            "SELECT count(*) FROM (SELECT day, prefix, serial FROM tickets"
            " GROUP BY day, prefix, serial HAVING count(*) > 1)"
        ).fetchone()
        assert twice == 0
        (kept,) = reader.execute("SELECT count(*) FROM tickets").fetchone()
        (logged,) = reader.execute(
            "SELECT count(*) FROM events WHERE type = 'ticket_issued'"
        ).fetchone()
        assert kept == logged
    finally:
        reader.close()


TICKET_COLUMNS = (
    *("id", "day", "number", "prefix", "serial", "issued_at", "priority", "priority_reason"),
    *("person", "holder", "helper", "walk_in", "service", "state", "counter", "steps"),
    *("returns", "ended_at", "end_reason"),
)
TRANSACTION_COLUMNS = (
    *("id", "day", "ticket", "number", "step", "service", "counter", "staff", "called_at"),
    *("why", "stop", "joint", "started_at", "ended_at", "reason", "held", "recalls", "rating"),
    *("rating_at", "level", "reasons"),
)


def _ticket(day: str, ticket: Ticket) -> tuple[object, ...]:
    return ticket_row(day, ticket)


def _transaction(day: str, one: Transaction, whys: dict[str, Why]) -> tuple[object, ...]:
    assert one.why == whys[one.id] or (one.why is None and one.ended_at is not None)
    return transaction_row(day, one, whys[one.id])


CALLS = (e.TicketCalled, e.JointBegun)


def _whys(desk: WriterDesk) -> dict[str, Why]:
    """Why each ticket was called, as the log has it."""
    rows = desk.logged()
    events = (msgspec.json.decode(row.data, type=e.Event) for row in rows)
    return {one.transaction: one.why for one in events if isinstance(one, CALLS)}


def compare_log(desk: WriterDesk) -> None:
    """`seq` has no gap, time never runs back, and only the last opened day is read at start."""
    rows = desk.logged()
    assert [row.seq for row in rows] == list(range(1, desk.writer.seq + 1))
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    opened = max(row.seq for row in rows if row.type == "day_opened")
    replayed = desk.ask(lambda w: [seq for seq, _, _ in w.log.today()])
    assert replayed == list(range(opened, desk.writer.seq + 1))


def test_a_ticket_sent_to_a_counter_leaves_its_line_wherever_it_goes(tmp_path: Path) -> None:
    """A counter is told at once when one that waited for it, or its clerk, waits no more."""
    desk = WriterDesk(tmp_path)
    try:
        desk.define()
        make_ready(desk)
        first, other, third = (place.id for place in h.COUNTERS)
        for to in (c.ToCounter(other), c.ToStaff(h.STAFF[1].id)):
            for take in (
                lambda key: c.CancelTicket(ticket=key),
                lambda key: c.RemoveTicket(ticket=key, counter=other, reason="left"),
                lambda key: c.CallThis(counter=third, ticket=key, reason="train"),
            ):
                [ticket] = desk.do(issue())
                assert ticket.done is not None
                desk.do(c.CallNext(counter=first))
                [sent] = desk.do(c.Transfer(counter=first, to=to))
                assert sent.rejected is None
                compare_documents(desk)
                desk.do(take(ticket.done.ticket))
                compare_documents(desk)
                desk.do(c.EndService(counter=third))
    finally:
        desk.writer.stop()
