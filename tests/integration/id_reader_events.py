"""A card reader's events as they come, to be waited for."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from devices.backoff import Backoff
from devices.health import Health, State
from devices.id_reader.driver import IdReader
from devices.id_reader.events import ReaderEvent
from devices.id_reader.sam import ReaderTimings, Wanted, reader_transport

T = TypeVar("T", bound=ReaderEvent)
QUICK = ReaderTimings(poll=0.02, header=0.6, reply=1.2, probe=0.05)


class Events:
    """What a reader said, in order, from its thread."""

    def __init__(self) -> None:
        self.all: list[ReaderEvent] = []
        self._queue: queue.Queue[ReaderEvent] = queue.Queue()

    def __call__(self, event: ReaderEvent) -> None:
        self.all.append(event)
        self._queue.put(event)

    def until(self, kind: type[T], fits: Callable[[T], bool] = lambda _: True) -> T:
        while True:
            event = self._queue.get(timeout=30)
            if isinstance(event, kind) and fits(event):
                return event

    def connections(self) -> list[tuple[bool, str | None]]:
        return [(e.state is State.OK, e.code) for e in self.all if isinstance(e, Health)]


@contextmanager
def reading(
    port: str,
    *,
    wanted: Wanted | None = None,
    timings: ReaderTimings = QUICK,
    fastest: bool = False,
    listening: bool = True,
) -> Iterator[tuple[IdReader, Events]]:
    """A reader at work, on a PORT, with short time-outs."""
    events = Events()
    reader = IdReader(
        reader_transport(port),
        events,
        timings=timings,
        wanted=wanted,
        fastest=fastest,
        backoff=Backoff(0.05, 0.1),
        listening=listening,
    )
    reader.start()
    try:
        yield reader, events
    finally:
        reader.stop()
