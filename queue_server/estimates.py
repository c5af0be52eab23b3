"""Keeps the estimator of waiting times: a child process that reads the log by itself.

The server asks at most once a second, never waits for an answer to do anything else, and shows no
range once the last one is too old. A child that dies or falls silent is started again, later each
time. docs/adr/0013-the-estimator-is-a-child.md
"""

import asyncio
import contextlib
import logging
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path

import msgspec

from .clock import Clock
from .waits.told import Ask, Told

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
"""Where the child finds this package."""
AT_ONCE = 1.0
"""Seconds between two questions while the hall moves; …"""
AT_REST = 5.0
"""… and while it does not: ages grow all the same."""
STALE = 15.0
"""Seconds after which an answer may not be shown any more."""
SILENT = 120.0
"""Seconds without an answer after which the child is taken to hang. Its first one may take long."""
LINE_BYTES = 16 * 1024 * 1024
WELL_AFTER = 60.0
"""Seconds of answering after which an earlier failure is forgotten."""


class Estimates:
    """`tell` is given each answer, or None where nothing may be shown; it must not block."""

    def __init__(
        self,
        path: Path,
        hall: str,
        clock: Clock,
        seq: Callable[[], int],
        news: asyncio.Event,
        tell: Callable[[Told | None], None],
    ) -> None:
        self._command = (
            *(sys.executable, "-m", "queue_server.waits", "serve", "--log", str(path)),
            *("--hall", hall, "--kept", str(path.with_name("waits.model"))),
        )
        self._clock = clock
        self._seq = seq
        self._news = news
        self._tell = tell
        self._withdrawal: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()

    async def run(self) -> None:
        """For ever; cancel to end, and the child with it."""
        failures = 0
        while True:
            began = time.monotonic()
            child = await self._start()
            if child is not None:
                try:
                    await self._ask_on(child)
                except (OSError, EOFError, TimeoutError, msgspec.DecodeError, ValueError) as error:
                    log.warning("the estimator of waiting times failed: %r", error)
                finally:
                    self._withdraw()
                    await _end(child)
            failures = 1 if time.monotonic() - began > WELL_AFTER else failures + 1
            await asyncio.sleep(pause(failures))

    async def _start(self) -> Process | None:
        try:
            return await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, cwd=ROOT, limit=LINE_BYTES
            )
        except OSError as error:
            log.warning("the estimator of waiting times cannot be started: %s", error)
            return None

    async def _ask_on(self, child: Process) -> None:
        assert child.stdin is not None
        assert child.stdout is not None
        encoder = msgspec.json.Encoder()
        decoder = msgspec.json.Decoder(Told)
        while True:
            self._news.clear()
            child.stdin.write(encoder.encode(Ask(self._seq(), self._clock())) + b"\n")
            line = await asyncio.wait_for(child.stdout.readline(), SILENT)
            if not line:
                raise EOFError("it ended")
            self._told(decoder.decode(line))
            await asyncio.sleep(AT_ONCE)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), AT_REST - AT_ONCE)

    def _told(self, told: Told) -> None:
        if self._withdrawal is not None:
            self._withdrawal.cancel()
        self._withdrawal = self._loop.call_later(STALE, self._withdraw)
        self._tell(told)

    def _withdraw(self) -> None:
        """Nothing is shown rather than something old."""
        if self._withdrawal is not None:
            self._withdrawal.cancel()
            self._withdrawal = None
        self._tell(None)


def pause(failures: int) -> float:
    """Seconds until the next start: 1, 2, 4, … up to five minutes."""
    return min(300.0, 2.0 ** min(failures - 1, 10))


async def _end(child: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.kill()
    await child.wait()
