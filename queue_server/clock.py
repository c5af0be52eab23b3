"""The server's clock: the machine's, or one that a simulation drives.

A driven clock is a file of three little-endian doubles, mapped by both sides: virtual time (ms
since 1970 UTC) at an anchor, the anchor (CLOCK_MONOTONIC, s), and the speed (0 stands still).
"""

import mmap
import struct
import time
from collections.abc import Callable
from pathlib import Path

from .domain.values import Ms

Clock = Callable[[], Ms]
LAYOUT = struct.Struct("<ddd")


def system_clock() -> Ms:
    """Milliseconds since 1970-01-01 UTC by the machine's clock."""
    return Ms(time.time_ns() // 1_000_000)


class DrivenClock:
    """Reads the time that another process writes into `path`."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), LAYOUT.size, access=mmap.ACCESS_READ)

    def __call__(self) -> Ms:
        """The virtual time now."""
        at, anchor, speed = LAYOUT.unpack(self._map[: LAYOUT.size])
        return Ms(int(at + (time.monotonic() - anchor) * speed * 1000))
