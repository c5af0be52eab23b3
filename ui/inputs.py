"""Everything a screen is made from, as one frozen value, and how events change it."""

from collections.abc import Mapping
from typing import Literal, TypeVar, assert_never, cast

import msgspec

from queue_server.domain.values import Ms
from queue_server.protocol.client import Changed, ClientEvent, Connected, Disconnected
from queue_server.protocol.messages import Document, Me
from queue_server.protocol.views import CallView, HallView, QueuesView

Language = Literal["zh", "en"]
D = TypeVar("D", bound=Document)


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """Documents, connection, language and clock. Documents stay when the connection goes."""

    language: Language = "zh"
    now: Ms = Ms(0)
    """The server's clock, as far as it is known."""
    clock_offset: int = 0
    """Server clock minus ours, in ms."""
    connected: bool = False
    cut_since: Ms | None = None
    """Since when the server is away, by the server's clock; None while connected or starting."""
    refused: str = ""
    """Code the server gave for sending us away, such as `bad_token`."""
    me: Me | None = None
    documents: Mapping[str, Document] = {}
    calls: tuple[CallView, ...] = ()
    """Calls announced by the last event, oldest first; empty after any other event."""

    def document(self, topic: str, kind: type[D]) -> D | None:
        """The document of `topic`, or None where it has not come."""
        found = self.documents.get(topic)
        return found if isinstance(found, kind) else None

    @property
    def hall(self) -> HallView | None:
        return self.document("hall", HallView)

    @property
    def queues(self) -> QueuesView | None:
        return self.document("queues", QueuesView)


def fold(inputs: Inputs, event: ClientEvent) -> Inputs:
    """The inputs after `event`."""
    match event:
        case Connected():
            return msgspec.structs.replace(
                inputs,
                connected=True,
                cut_since=None,
                refused="",
                me=event.me,
                documents=dict(event.documents),
                calls=event.announcements,
                clock_offset=event.clock_offset,
                now=cast(Ms, inputs.now - inputs.clock_offset + event.clock_offset),
            )
        case Changed():
            return msgspec.structs.replace(
                inputs,
                documents={**inputs.documents, **event.documents},
                calls=event.announcements,
            )
        case Disconnected():
            return msgspec.structs.replace(
                inputs,
                connected=False,
                cut_since=cast(Ms, event.since + inputs.clock_offset),
                refused=event.code,
                calls=(),
            )
        case _:
            assert_never(event)


def tick(inputs: Inputs, local: Ms) -> Inputs:
    """The inputs at `local`, our own clock's time."""
    return msgspec.structs.replace(inputs, now=cast(Ms, local + inputs.clock_offset), calls=())


def speak(inputs: Inputs, language: Language) -> Inputs:
    """The inputs in another language."""
    return msgspec.structs.replace(inputs, language=language, calls=())
