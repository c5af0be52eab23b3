"""An LED screen at work: what the hall says now, or that this is not known."""

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from devices.led.text import Content, Line
from devices.station.content import Words, area_content, counter_content, stale_content
from devices.station.world import World
from queue_server.domain.values import AreaId, CounterId


class Led(Protocol):
    """The screen; neither method blocks."""

    def show(self, lines: Sequence[Line]) -> None: ...
    def clear(self) -> None: ...


class Screen:
    """Shows one counter, or the last calls of one area.

    Cut off from the server it keeps its last content for `stale_after` seconds, then says that it
    is old: never a call that may long be over.
    """

    def __init__(
        self,
        led: Led,
        words: Words,
        *,
        counter: CounterId | None = None,
        area: AreaId | None = None,
        rows: int = 4,
        stale_after: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._led = led
        self._words = words
        self._counter = counter
        self._area = area
        self._rows = rows
        self._stale_after = stale_after
        self._clock = clock
        self._shown: Content | None = None

    def see(self, world: World) -> None:
        """The world after an event, or as it was, a second later."""
        content = self._content(world)
        if content == self._shown:
            return
        self._shown = content
        if content:
            self._led.show(content)
        else:
            self._led.clear()

    def _content(self, world: World) -> Content:
        if world.cut_at is not None and self._clock() - world.cut_at > self._stale_after:
            return stale_content(self._words)
        if self._counter is not None:
            return counter_content(world, self._counter, self._words)
        assert self._area is not None
        return area_content(world, self._area, self._words, self._rows)
