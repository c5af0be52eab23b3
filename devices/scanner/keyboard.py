"""A scanner that is a keyboard, told from a person by its timing. No I/O: keys and times in.

Every key comes out again: in a `Scan`, or in a `Typed` for whoever has the focus. A key is held
back only while it may still belong to a scan: at most `gap` seconds, too short to be noticed.
"""

from typing import Annotated, Final

import msgspec
from msgspec import Meta

ENTER: Final = "\r"
TAB: Final = "\t"


class Scan(msgspec.Struct, frozen=True):
    """A scanner's text, without its terminator."""

    text: str

    def __repr__(self) -> str:
        return f"Scan({len(self.text)} characters)"


class Typed(msgspec.Struct, frozen=True):
    """A person's keys, in order, terminators among them: hand them on."""

    text: str

    def __repr__(self) -> str:
        return f"Typed({len(self.text)} characters)"


class KeyTimings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wired scanner sends a key every 1 to 16 ms, a radio one up to 40; who types fast, every
    80. Measure with the events' own time stamps: a busy window delivers late, in heaps."""

    gap: Annotated[
        float, Meta(gt=0, le=1, description="按键间隔上限 longest time between two keys, s")
    ] = 0.05
    mean_gap: Annotated[
        float, Meta(gt=0, le=1, description="平均间隔上限 longest mean of these times, s")
    ] = 0.03
    shortest: Annotated[
        int, Meta(ge=2, le=64, description="最短长度 fewest characters of a code")
    ] = 4
    longest: Annotated[
        int, Meta(ge=8, le=4096, description="最长长度 most characters of a code")
    ] = 512
    terminators: Annotated[
        str, Meta(min_length=1, max_length=4, description="结束键 keys that end a code")
    ] = "\r\n\t"


class KeyboardScanner:
    """Feed it each character key (`ENTER`, `TAB` for these keys) with its time in seconds.

    Leave out auto-repeats and keys without a character: these are a person's. Call `idle` at
    `due`, else a lone key would wait for the next.
    """

    def __init__(self, timings: KeyTimings | None = None) -> None:
        self._timings = timings or KeyTimings()
        self._held = ""
        self._first = 0.0
        self._last = 0.0
        self._is_overlong = False

    @property
    def due(self) -> float | None:
        """When `idle` should be called; None where nothing is held."""
        return self._last + self._timings.gap if self._held else None

    def feed(self, char: str, at: float) -> Scan | Typed | None:
        """One key; what is now known about it and those before."""
        timings = self._timings
        held, self._held = self._held, ""
        is_next = 0 <= at - self._last <= timings.gap
        self._last = at
        if len(char) != 1:
            return Typed(held + char)
        if self._is_overlong and is_next:
            # The rest of what was too long is no code of its own.
            self._is_overlong = char not in timings.terminators
            return Typed(char)
        self._is_overlong = False
        if char in timings.terminators:
            is_fast = is_next and at - self._first <= timings.mean_gap * len(held)
            is_scan = is_fast and len(held) >= timings.shortest
            return Scan(held) if is_scan else Typed(held + char)
        if not held or not is_next:
            self._held, self._first = char, at
            return Typed(held) if held else None
        if len(held) >= timings.longest:
            self._is_overlong = True
            return Typed(held + char)
        self._held = held + char
        return None

    def idle(self, at: float) -> Typed | None:
        """Time has passed; what is no scan any more."""
        if not self._held or self._last <= at < self._last + self._timings.gap:
            return None
        held, self._held = self._held, ""
        return Typed(held)
