"""Trying rules on a past day: one trial at a time, in a child process, watched by whoever asks."""

import asyncio
import contextlib
import logging
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Literal

import msgspec

from ..clock import Clock
from ..domain.values import Day, Ms, Profile, ProfileId, Text
from ..rehearsal.child import STEPS, TryAnswer, TryAsk
from ..rehearsal.figures import Figures

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent.parent
"""Where the child finds this package."""
LONGEST = 600.0
"""Seconds after which a trial is given up."""
LINE_BYTES = 4 * 1024 * 1024
_SILENT = Text(
    zh="试行的进程没有完成，当日的号票可能太多；详见服务器日志",
    en="the trial's process did not finish; perhaps the day is too large. See the server's log",
)


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A trial as it stands. `none`: nothing was tried since the server started."""

    state: Literal["none", "running", "done", "failed", "stopped"] = "none"
    day: Day | None = None
    profile: ProfileId | None = None
    toml: str = ""
    """The text that was tried."""
    who: str = ""
    begun_at: Ms | None = None
    bound_minutes: int = 0
    step: int = 0
    steps: int = STEPS
    visits: int | None = None
    columns: tuple[Figures, ...] = ()
    """Side by side: the day as it was, under its own rules, under the new ones."""
    notes: tuple[Text, ...] = ()
    """What must be known to read them."""
    zh: str = ""
    en: str = ""
    """Why it failed."""


class Trials:
    """The one trial there is. Lives in the event loop."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self.now = Trial()

    def begin(self, day: Day, profile: Profile, toml: str, bound_minutes: int, who: str) -> bool:
        """Start a trial; False where another one runs."""
        if self.now.state == "running":
            return False
        self.now = Trial(
            state="running",
            day=day,
            profile=profile.id,
            toml=toml,
            who=who,
            begun_at=self._clock(),
            bound_minutes=bound_minutes,
        )
        ask = TryAsk(str(self._folder), day, profile, bound_minutes)
        self._task = asyncio.create_task(self._run(ask))
        return True

    async def stop(self) -> None:
        """End the one that runs, if any."""
        task = self._task
        if task is None or task.done():
            return
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        self.now = msgspec.structs.replace(self.now, state="stopped")

    async def _run(self, ask: TryAsk) -> None:
        try:
            async with asyncio.timeout(LONGEST):
                await self._through(ask)
        except (OSError, ValueError, TimeoutError, msgspec.DecodeError) as error:
            log.warning("a trial of rules failed: %r", error)
        finally:
            if self._is_current() and self.now.state == "running":
                self._fail(_SILENT)

    async def _through(self, ask: TryAsk) -> None:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "queue_server.rehearsal.child"),
            stdin=PIPE,
            stdout=PIPE,
            cwd=ROOT,
            limit=LINE_BYTES,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(msgspec.json.encode(ask) + b"\n")
            child.stdin.close()
            while line := await child.stdout.readline():
                self._hear(msgspec.json.decode(line, type=TryAnswer))
        finally:
            await _end(child)

    def _is_current(self) -> bool:
        """Whether no other trial began since: after its answer a process may yet be ending."""
        return self._task is asyncio.current_task()

    def _hear(self, answer: TryAnswer) -> None:
        if not self._is_current():
            return
        if answer.zh:
            self._fail(Text(zh=answer.zh, en=answer.en))
            return
        self.now = msgspec.structs.replace(
            self.now,
            state="done" if answer.columns else "running",
            step=answer.step,
            visits=answer.visits,
            columns=answer.columns,
            notes=answer.notes,
        )

    def _fail(self, why: Text) -> None:
        self.now = msgspec.structs.replace(self.now, state="failed", zh=why.zh, en=why.en)


async def _end(child: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.kill()
    await child.wait()
