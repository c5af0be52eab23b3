"""The durable record of print jobs: what may not be printed twice, also after a restart.

One JSON line a change: job id, state, when. No text of a slip, no name. Written through to the
disk before the bytes leave, so a job found `printing` at the start has an unknown outcome.
"""

import logging
import os
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Annotated, Final

import msgspec

from devices.errors import DeviceError
from devices.printer.driver import PrintState

log = logging.getLogger(__name__)

KEEP: Final = timedelta(days=2)
"""Older entries are dropped; a ticket is worth nothing after its day."""
_TIDY_LINES: Final = 30_000  # three a job: rewritten about once a week in a busy hall


class Entry(msgspec.Struct, frozen=True):
    """A job as last seen."""

    job: str
    state: PrintState
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    code: str | None = None


class Journal:
    """`path` is made with its folder; None keeps the record in memory only.

    DeviceError `printer.journal` where the file cannot be written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self._lines = 0
        self._jobs: dict[str, Entry] = {}
        self._lock = threading.Lock()

    def open(self, now: datetime, patience: timedelta) -> list[Entry]:
        """Read what was; the jobs left half-way, each with the end it gets now.

        `printing` becomes unknown; `pending` fails, as expired where older than `patience`.
        """
        if self._path is None:
            return []
        with self._lock:
            self._jobs = {entry.job: entry for entry in _read(self._path)}
            ended = [end for e in self._jobs.values() if (end := _end(e, now, patience))]
            self._jobs |= {entry.job: entry for entry in ended}
            self._tidy(now)
        return ended

    def find(self, job: str) -> Entry | None:
        """The job as last written."""
        return self._jobs.get(job)

    def write(self, entry: Entry) -> None:
        """Keep `entry`; on the disk when this returns, but for `pending`: nothing is lost with it.

        From any thread.
        """
        with self._lock:
            self._jobs[entry.job] = entry
            self._lines += 1
            if self._lines > _TIDY_LINES:
                self._tidy(entry.at)
            elif self._path is not None:
                self._append(entry)

    def _append(self, entry: Entry) -> None:
        if self._file is None:
            raise DeviceError("printer.journal", f"{self._path} is not open")
        try:
            self._file.write(msgspec.json.encode(entry) + b"\n")
            self._file.flush()
            if entry.state is not PrintState.PENDING:
                os.fsync(self._file.fileno())
        except OSError as error:
            raise DeviceError("printer.journal", str(error)) from error

    def _tidy(self, now: datetime) -> None:
        """Forget what is old; write the rest anew, whole or not at all."""
        self._jobs = {e.job: e for e in self._jobs.values() if now - e.at < KEEP}
        self._lines = len(self._jobs)
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_name(self._path.name + ".new")
            with fresh.open("wb") as file:
                file.writelines(msgspec.json.encode(e) + b"\n" for e in self._jobs.values())
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
            self.close()
            self._file = self._path.open("ab")
        except OSError as error:
            raise DeviceError("printer.journal", str(error)) from error

    def close(self) -> None:
        """Close the file; harmless when closed."""
        file, self._file = self._file, None
        if file is not None:
            file.close()


def _read(path: Path) -> list[Entry]:
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise DeviceError("printer.journal", str(error)) from error
    entries = []
    for line in lines:
        try:
            entries.append(msgspec.json.decode(line, type=Entry))
        except (msgspec.DecodeError, UnicodeDecodeError):  # the power went while it was written
            log.warning("%s: a broken line is left out", path)
    return entries


def _end(entry: Entry, now: datetime, patience: timedelta) -> Entry | None:
    if entry.state is PrintState.PRINTING:
        return Entry(entry.job, PrintState.UNKNOWN, now, "printer.interrupted")
    if entry.state is PrintState.PENDING:
        code = "printer.job_expired" if now - entry.at > patience else "printer.stopped"
        return Entry(entry.job, PrintState.FAILED, now, code)
    return None
