"""The event log with its read tables, outbox and results, written in one transaction a batch."""

import contextlib
import fcntl
import logging
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from ..domain.events import Event
from ..domain.values import Day, Ms, Why
from .appointments import (
    APPOINTMENT,
    KeptAppointment,
    appointment_row,
    read_appointment,
    read_appointments,
)
from .batch import Batch, IdentityRead, KeptCall, NamedTicket, PersonalRow, StoredResult
from .errors import broken_log, in_use, not_a_database, other_hall
from .file_marks import read_file_marks, write_file_marks
from .rows import (
    EVENT,
    OUTBOX,
    PERSONAL,
    RESULT,
    ROWS_AT_ONCE,
    TICKET,
    TRANSACTION,
    WAIT,
    Insert,
    is_at_counter,
    ticket_row,
    transaction_row,
)
from .schema import migrate
from .sqlite import CACHE_BYTES, Connection, DatabaseError, OperationalError, open_writer

log = logging.getLogger(__name__)

WAL_BYTES = 16 * 1024 * 1024
"""Size the WAL is given at the start and keeps: writing within a file is durable in a fraction of
the time that growing it takes."""
FREE_FOR_WAL = 4
"""How many times that must be free on the disk."""
CHECKPOINT_PAGES = 256
"""Pages in the WAL from which an idle writer copies them into the database."""
CHECKPOINT_LATEST_PAGES = 1024
"""Pages from which even a busy writer does. Few at a time: everybody waits while it copies, and
many short waits are better than a few long ones."""

KEPT_RESULTS = 7 * 24 * 3600 * 1000
"""Milliseconds for which an answer is kept for retries; then it goes with a day's closing."""

_events = msgspec.json.Decoder(Event)
_whys = msgspec.json.Decoder(Why)


class Log:
    """The hall's database in `folder`, held alone: a second server on it is refused."""

    def __init__(self, folder: Path, hall: str, *, outbox: bool = True) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = folder / "hall.db"
        self.hall = hall
        self._outbox = outbox
        self._lock = _take_lock(folder)
        try:
            self._db: Connection = open_writer(self.path)
            try:
                migrate(self._db)
                self._check_hall()
                self._stretch_wal()
            except BaseException:
                self._db.close()
                raise
        except DatabaseError as error:
            os.close(self._lock)
            raise not_a_database(str(self.path), str(error)) from error
        except BaseException:
            os.close(self._lock)
            raise

    def _check_hall(self) -> None:
        row = self._db.execute("SELECT value FROM meta WHERE name = 'hall'").fetchone()
        if row is None:
            self._db.execute("INSERT INTO meta VALUES ('hall', ?)", (self.hall,))
        elif row[0] != self.hall:
            raise other_hall(row[0], self.hall)

    def _stretch_wal(self) -> None:
        """Give the WAL its size, by a large change that is taken back."""
        with contextlib.suppress(OSError):
            if self.path.with_name("hall.db-wal").stat().st_size >= WAL_BYTES:
                return
        free = shutil.disk_usage(self.path.parent).free
        if free < FREE_FOR_WAL * WAL_BYTES:  # a nearly full disk has better uses for its last bytes
            log.warning("the log is not given its size: %d MB free", free >> 20)
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute("CREATE TABLE stretch (zeros BLOB)")
            # What fits into the cache does not reach the file before it is taken back.
            size = WAL_BYTES + CACHE_BYTES
            self._db.execute("INSERT INTO stretch VALUES (zeroblob(?))", (size,))
        except OperationalError as error:
            # A full disk: met, and told, again at the first command.
            log.warning("the log could not be given its size: %s", error)
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def next_epoch(self) -> int:
        """The epoch of this run of the server, one above the last one's."""
        row = self._db.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchone()
        epoch = int(row[0]) + 1 if row else 1
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('epoch', ?)", (str(epoch),))
        return epoch

    def today(self) -> Iterator[tuple[int, Ms, Event]]:
        """Events since the last day was opened, or all where none was. Raises `StoreError`."""
        start = self._db.execute(
            "SELECT max(seq) FROM events WHERE hall = ? AND type = 'day_opened'", (self.hall,)
        ).fetchone()[0]
        expected = start or 1
        for seq, at, data in self._db.execute(
            "SELECT seq, at, data FROM events WHERE hall = ? AND seq >= ? ORDER BY seq",
            (self.hall, expected),
        ):
            if seq != expected:
                raise broken_log(f"{expected}…{seq - 1} missing")
            expected += 1
            try:
                yield seq, at, _events.decode(data)
            except msgspec.DecodeError as error:
                raise broken_log(f"{seq}: {error}") from error

    def results(self, command_ids: list[str]) -> dict[str, StoredResult]:
        """The durable answers to those of these commands that had one."""
        # Filled up with NULL, which is equal to nothing, so that few statements are prepared.
        missing = -len(command_ids) % ROWS_AT_ONCE if len(command_ids) > 1 else 0
        wanted = [*command_ids, *[None] * missing]
        marks = ", ".join("?" * len(wanted))
        rows = self._db.execute(
            f"SELECT id, fingerprint, result FROM results WHERE id IN ({marks})",  # noqa: S608
            wanted,
        )
        return {found: StoredResult(fingerprint, text) for found, fingerprint, text in rows}

    def commit(self, batch: Batch) -> None:
        """Write a batch, durably, or raise and leave nothing of it."""
        run, many = self._db.execute, self._insert
        run("BEGIN IMMEDIATE")
        try:
            many(EVENT, [(self.hall, *row) for row in batch.events])
            if self._outbox:
                many(OUTBOX, [(self.hall, row.seq) for row in batch.events])
            many(TICKET, [ticket_row(day, t) for day, t in batch.tickets.values()])
            ended_first = sorted(batch.transactions.values(), key=is_at_counter)
            rows = [transaction_row(day, t, batch.whys.get(t.id)) for day, t in ended_first]
            many(TRANSACTION, rows)
            many(APPOINTMENT, [appointment_row(b) for b in batch.bookings.values()])
            many(RESULT, batch.results)
            if batch.personal:
                many(PERSONAL, [(day, *row) for day, row in batch.personal])
            if batch.waits:
                many(WAIT, batch.waits)
            for row in batch.forgotten:
                run("DELETE FROM personal WHERE subject = ? AND kind = ?", row)
            if batch.purge_before is not None:
                run("DELETE FROM personal WHERE day < ?", (batch.purge_before,))
                run("DELETE FROM results WHERE at < ?", (batch.events[-1].at - KEPT_RESULTS,))
            run("COMMIT")
        except BaseException:
            with contextlib.suppress(Exception):  # the first error is the one to tell
                if self._db.in_transaction:
                    run("ROLLBACK")
            raise

    def _insert(self, sql: Insert, rows: Sequence[tuple[object, ...]]) -> None:
        whole = len(rows) - len(rows) % ROWS_AT_ONCE
        for first in range(0, whole, ROWS_AT_ONCE):
            values = [value for row in rows[first : first + ROWS_AT_ONCE] for value in row]
            self._db.execute(sql.many, values)
        if whole < len(rows):
            self._db.executemany(sql.one, rows[whole:])

    def ticket_of(self, day: str, wanted: str) -> NamedTicket | None:
        """A ticket of `day` by its id or number, or None."""
        row = self._db.execute(
            "SELECT id, number FROM tickets WHERE day = ?1 AND number = ?2"
            " UNION ALL SELECT id, number FROM tickets WHERE id = ?3 AND day = ?1 LIMIT 1",
            (day, wanted.strip().upper(), wanted),
        ).fetchone()
        return None if row is None else NamedTicket(*row)

    def calls_of(self, ticket: str) -> list[KeptCall]:
        """The calls of a ticket, and who joined its visit, in their order."""
        rows = self._db.execute(
            "SELECT called_at, counter, service, why, stop, joint, ended_at, reason"
            " FROM transactions WHERE ticket = ? ORDER BY step",
            (ticket,),
        )
        return [
            KeptCall(at, counter, service, _whys.decode(why), stop, bool(joint), ended_at, reason)
            for at, counter, service, why, stop, joint, ended_at, reason in rows
        ]

    def appointment(self, serial: str) -> KeptAppointment | None:
        """What became of an appointment of any day, or None."""
        return read_appointment(self._db, serial)

    def appointments(self, day: Day, after: str, limit: int) -> tuple[KeptAppointment, ...]:
        """A day's appointments with serials beyond `after`, in the order of these."""
        return read_appointments(self._db, day, after, limit)

    def personal(self, subject: str, kind: str) -> PersonalRow | None:
        """Sealed personal data, or None."""
        row = self._db.execute(
            "SELECT subject, kind, nonce, sealed FROM personal WHERE subject = ? AND kind = ?",
            (subject, kind),
        ).fetchone()
        return None if row is None else PersonalRow(*row)

    def note_identity_read(self, row: IdentityRead) -> None:
        """Durably note that personal data was shown."""
        self._db.execute("INSERT INTO identity_reads VALUES (?, ?, ?, ?, ?, ?)", row)

    def key_mark(self) -> str | None:
        """The mark of the key that personal data was last sealed with; None at first."""
        row = self._db.execute("SELECT value FROM meta WHERE name = 'key'").fetchone()
        return row[0] if row else None

    def set_key_mark(self, mark: str) -> None:
        """Note which key personal data is sealed with from now on."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('key', ?)", (mark,))

    def file_marks(self) -> dict[str, str]:
        """What the hall's file said when it was last put in force: marks by definition."""
        return read_file_marks(self._db)

    def set_file_marks(self, marks: Mapping[str, str]) -> None:
        """Keep what the file says now."""
        write_file_marks(self._db, marks)

    def acknowledged(self) -> int:
        """How far the management backend has confirmed."""
        row = self._db.execute("SELECT value FROM meta WHERE name = 'acknowledged'").fetchone()
        return int(row[0]) if row else 0

    def acknowledge(self, seq: int) -> None:
        """Note what the management backend holds and empty the outbox up to there."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('acknowledged', ?)", (str(seq),))
            self._db.execute("DELETE FROM outbox WHERE hall = ? AND seq <= ?", (self.hall, seq))
            self._db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(Exception):
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
            raise

    def probe(self) -> None:
        """Raise where the database cannot be written now (a full disk, a lost mount)."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute(
                "INSERT OR REPLACE INTO meta VALUES ('probe', zeroblob(0) || hex(randomblob(4096)))"
            )
        finally:
            with contextlib.suppress(Exception):
                self._db.execute("ROLLBACK" if self._db.in_transaction else "SELECT 1")

    def unmerged(self) -> int:
        """Pages in the WAL that are not yet in the database."""
        _, pages, merged = self._db.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
        return int(pages - merged)

    def checkpoint(self) -> None:
        """Copy the WAL into the database; it is written from its beginning again afterwards."""
        self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        """Checkpoint and let go of the folder."""
        with contextlib.suppress(Exception):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._db.close()
        os.close(self._lock)


def _take_lock(folder: Path) -> int:
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise in_use(str(folder)) from None
    return handle
