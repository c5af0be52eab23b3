"""The receiving process as its orderer sees it."""

import asyncio
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import msgspec

from simulation.bench.figures import BenchError
from simulation.bench.receivers import Crowd, Seen
from simulation.processes import environment

PATIENCE = 60.0
"""Seconds in which a frame must have reached everybody."""


class Screens:
    """Connected while in its `async with` block."""

    def __init__(self, crowds: Sequence[Crowd]) -> None:
        self._crowds = crowds
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        process = self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "simulation.bench.receivers",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=environment(),
            limit=1 << 20,
            start_new_session=True,
        )
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(self._crowds) + b"\n")
        await self._line(b"ready")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()

    async def seen(self, key: str) -> Seen:
        """When everybody of a crowd had the frame of this ticket or number."""
        while True:
            seen = msgspec.json.decode(await self._line(b"{"), type=Seen)
            if seen.key == key:
                return seen

    async def _line(self, begins: bytes) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = await self._process.stdout.readline()
        if not line.startswith(begins):
            raise BenchError(f"the receivers said {line[:200]!r}")
        return line
