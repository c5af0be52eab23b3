"""One connection of the HTTP door: uvicorn's, bounded in time and number.

uvicorn itself waits for ever for a request that arrives byte by byte, on as many connections as
there are; that would take the files the whole server needs.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from ..limits import Limits


class Lines:
    """The connections of one door. `line` is what uvicorn calls for each (its `http=`)."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.waiting: dict[HttpLine, None] = {}
        """Those whose request is not whole yet, longest first."""
        self.count = 0

    def line_class(self) -> type[H11Protocol]:
        """uvicorn takes a class and makes one of each connection."""
        lines = self

        class Line(HttpLine):
            def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
                super().__init__(lines, *arguments, **options)

        return Line


class HttpLine(H11Protocol):
    """Cut where a request or the fetching of its answer takes too long."""

    def __init__(self, lines: Lines, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **options)
        self._lines = lines
        self._answering: bool | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._lines.count += 1
        self._watch()
        if self._lines.count > self._lines.limits.web_connections:
            longest = next(iter(self._lines.waiting))
            del self._lines.waiting[longest]
            longest.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lines.count -= 1
        self._lines.waiting.pop(self, None)
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._answering = None
        self._watch()

    def _watch(self) -> None:
        """Start the clock of the phase the connection is in, where it came into another."""
        cycle: RequestResponseCycle | None = self.cycle
        answering = cycle is not None and not cycle.more_body and not cycle.response_complete
        if answering == self._answering or self.transport.is_closing():
            return
        self._answering = answering
        limits = self._lines.limits
        if self._timer is not None:
            self._timer.cancel()
        if answering:
            self._lines.waiting.pop(self, None)
        else:
            self._lines.waiting[self] = None
        self._timer = self.loop.call_later(
            limits.answer_seconds if answering else limits.request_seconds, self.transport.abort
        )
