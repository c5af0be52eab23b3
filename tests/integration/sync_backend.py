"""Starts the true backend as its users do, and looks into its database from outside."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENEROUS = 60.0


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + GENEROUS
    while not true():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.02)


def start(*command: str, output: Path | None = None) -> subprocess.Popen[bytes]:
    """A Python module of this checkout as a process; output is added to the file."""
    with (output or Path(os.devnull)).open("ab") as file:
        return subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, stdout=file, stderr=subprocess.STDOUT
        )


class BackendProcess:
    """`hall backend` with a folder of its own; the same port each time it is started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "backend" / "backend.sqlite3"
        self.ca = folder / "ca.pem"
        self.token = folder / "token"
        self.token.write_text("a-token-of-the-tests\n")
        self.output = folder / "backend.out"
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.output.write_bytes(b"")
        self.process = start(
            *("simulation", "backend", "--port", str(self.port)),
            *("--folder", str(self.database.parent), "--tls-self-signed"),
            *("--token-file", str(self.token), "--ca-out", str(self.ca)),
            output=self.output,
        )
        until(lambda: "backend https://" in self.said(), "the backend's first line")
        line = next(line for line in self.said().splitlines() if line.startswith("backend "))
        self.port = int(line.rpartition(":")[2])

    def said(self) -> str:
        process = self.process
        assert process is not None
        assert process.poll() is None, self.output.read_text()
        return self.output.read_text()

    def stop(self, number: signal.Signals = signal.SIGKILL) -> int:
        """Send a signal; the exit code."""
        process, self.process = self.process, None
        if process is None:
            return 0
        process.send_signal(number)
        return process.wait(GENEROUS)

    def rows(self, columns: str = "seq") -> list[tuple[object, ...]]:
        """What is in its database, in order of arrival on disk."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30) as database:
            rows = database.execute(f"SELECT {columns} FROM events ORDER BY rowid").fetchall()
        database.close()
        return rows

    def seqs(self) -> list[int]:
        return [seq for (seq,) in self.rows() if isinstance(seq, int)]
