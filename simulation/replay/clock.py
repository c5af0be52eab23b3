"""The replayed day's time, written into the file from which the server reads it.

The layout is that of the queue server's driven clock: three little-endian doubles, the virtual
time (ms since 1970 UTC) at an anchor, the anchor (CLOCK_MONOTONIC, s), and the speed.
"""

import asyncio
import datetime as dt
import mmap
import struct
import time
from pathlib import Path
from zoneinfo import ZoneInfo

HALL_ZONE = ZoneInfo("Asia/Shanghai")
"""Whose clock hangs in a hall that says nothing else, as the replayed one: 8:00 of the record is
8:00 there, whatever zone this machine is in."""
LAYOUT = struct.Struct("<ddd")


class DayClock:
    """Seconds of the day that is played, from the hall's midnight.

    With a `speed` time runs at so many times the real one; without, it stands still and moves when
    told, from one thing that happens to the next.
    """

    def __init__(self, path: Path, day: dt.date, begin: float, speed: float | None) -> None:
        midnight = dt.datetime.combine(day, dt.time(), HALL_ZONE)
        self._midnight = midnight.timestamp()
        self._wanted = speed
        self._speed: float | None = None
        self._at = begin
        self._anchor = time.monotonic()
        path.write_bytes(bytes(LAYOUT.size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), LAYOUT.size)
        self._write()

    def start(self) -> None:
        """Until now time stood still while everything was made ready; from now on it runs."""
        self._speed = self._wanted
        self._anchor = time.monotonic()
        self._write()

    @property
    def now(self) -> float:
        """The second of the day it is now."""
        if self._speed is None:
            return self._at
        return self._at + (time.monotonic() - self._anchor) * self._speed

    async def reach(self, second: float) -> None:
        """Wait until it is `second`; returns at once where that is past."""
        if self._speed is None:
            if second > self._at:
                self._at = second
                self._write()
            return
        await asyncio.sleep(max(0.0, second - self.now) / self._speed)

    def close(self) -> None:
        """Let go of the file; the server keeps the last time."""
        self._map.close()

    def _write(self) -> None:
        # One assignment copies whole words: a reader meets the old time or the new one.
        at = (self._midnight + self._at) * 1000
        self._map[:] = LAYOUT.pack(at, self._anchor, self._speed or 0.0)
