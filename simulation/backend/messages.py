"""What a hall sends and what it is told. docs/backend.md says the same for integrators."""

from typing import Annotated

import msgspec

from simulation.backend.refusal import Refusal

LONGEST_BATCH = 5000
"""Most events in one request."""

Positive = Annotated[int, msgspec.Meta(ge=1, lt=2**53)]
HallId = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")]
IsoDay = Annotated[str, msgspec.Meta(pattern=r"\A(\d{4}-\d{2}-\d{2})?\Z")]


class Event(msgspec.Struct, frozen=True):
    """One event; unknown fields are ignored. `day` is empty before a hall's first business day."""

    seq: Positive
    epoch: Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
    day: IsoDay
    at: Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
    who: Annotated[str, msgspec.Meta(max_length=200)]
    type: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    data: msgspec.Raw


class Batch(msgspec.Struct, frozen=True):
    """Events of one hall, consecutive by `seq`."""

    hall: HallId
    events: Annotated[list[Event], msgspec.Meta(min_length=1)]


class Accepted(msgspec.Struct, frozen=True):
    """All events up to `accepted` are held for good; `new` of this batch were not held before."""

    accepted: int
    new: int


class DayCount(msgspec.Struct, frozen=True):
    """One business day of a hall."""

    day: str
    events: int
    tickets: int
    types: dict[str, int]


class HallCount(msgspec.Struct, frozen=True):
    """What is held of one hall. `received` is Unix milliseconds."""

    hall: str
    events: int
    last_seq: int
    received: int


class HallDetail(HallCount, frozen=True):
    """The same, by day."""

    days: list[DayCount]


_batch = msgspec.json.Decoder(Batch)


def decode_batch(body: bytes) -> Batch:
    """Read and check a batch. Raises `Refusal`: bad_batch, bad_order, too_large."""
    try:
        batch = _batch.decode(body)
        for event in batch.events:
            canonical(bytes(event.data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal("bad_batch", detail=str(error)[:200]) from None
    if len(batch.events) > LONGEST_BATCH:
        raise Refusal("too_large", limit=f"{LONGEST_BATCH} events")
    for expected, event in enumerate(batch.events, batch.events[0].seq):
        if event.seq != expected:
            raise Refusal("bad_order", seq=event.seq)
    return batch


def canonical(data: bytes) -> bytes:
    """An event's JSON object with sorted keys and no spaces, so that equals look equal."""
    return msgspec.json.encode(msgspec.json.decode(data, type=dict[str, object]), order="sorted")
