"""What the station knows of the hall: the documents it sees, and since when they are old."""

import time
from collections.abc import Callable, Mapping
from typing import TypeVar, assert_never

import msgspec

from queue_server.domain.values import AreaId, CounterId
from queue_server.protocol.client import Changed, ClientEvent, Connected, Disconnected
from queue_server.protocol.messages import Document, Me
from queue_server.protocol.views import CallsView, CounterView, HallView, PadView, QueuesView

D = TypeVar("D", bound=Document)


class World(msgspec.Struct, frozen=True, kw_only=True):
    """Documents stay when the server goes; `cut_at` (monotonic seconds) says since when."""

    connected: bool = False
    cut_at: float | None = None
    seq: int = 0
    """The hall's last event known here."""
    clock_offset: int = 0
    """Server clock minus ours, in ms."""
    me: Me | None = None
    documents: Mapping[str, Document] = {}

    def document(self, topic: str, kind: type[D]) -> D | None:
        """The document of `topic`, or None where it has not come."""
        found = self.documents.get(topic)
        return found if isinstance(found, kind) else None

    @property
    def hall(self) -> HallView | None:
        return self.document("hall", HallView)

    def counter(self, counter: CounterId) -> CounterView | None:
        """All of one counter."""
        return self.document(f"counter/{counter}", CounterView)

    def pad(self, counter: CounterId) -> PadView | None:
        """What the counter's rating pad is asked."""
        return self.document(f"pad/{counter}", PadView)

    def calls(self, area: AreaId) -> CallsView | None:
        """The last calls of an area."""
        return self.document(f"calls/{area}", CallsView)

    def waiting(self, counter: CounterView) -> int:
        """People waiting whom this counter could call."""
        queues = self.document("queues", QueuesView)
        offered = set(counter.services)
        found = queues.queues if queues else ()
        return counter.direct_waiting + sum(q.waiting for q in found if q.service in offered)


def fold(world: World, event: ClientEvent, clock: Callable[[], float] = time.monotonic) -> World:
    """The world after `event`."""
    match event:
        case Connected():
            return World(
                connected=True,
                seq=event.seq,
                clock_offset=event.clock_offset,
                me=event.me,
                documents=dict(event.documents),
            )
        case Changed():
            documents = {**world.documents, **event.documents}
            return msgspec.structs.replace(world, seq=event.seq, documents=documents)
        case Disconnected():
            return msgspec.structs.replace(world, connected=False, cut_at=clock())
        case _:
            assert_never(event)
