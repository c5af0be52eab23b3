"""A run of events as one request body."""

import gzip
import re
from collections.abc import Sequence

import msgspec

from queue_server.sync.outbox import OutboxEvent

HALL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""A hall's id stands in addresses and file names, so it is plain."""

_encoder = msgspec.json.Encoder()


class LogIncompleteError(Exception):
    """The log does not go on where it must; `expected` is the missing `seq`."""

    def __init__(self, expected: int) -> None:
        super().__init__(f"event {expected} is not in the log")
        self.expected = expected


class Batch(msgspec.Struct, frozen=True):
    """Events `first` to `last` of one hall, encoded."""

    first: int
    last: int
    body: bytes
    oldest: int
    """When the first of them happened, Unix milliseconds."""

    @property
    def size(self) -> int:
        """How many events."""
        return self.last - self.first + 1

    def compressed(self) -> bytes:
        """The body as gzip; the same batch gives the same bytes."""
        return gzip.compress(self.body, compresslevel=5, mtime=0)


def make_batch(
    hall: str, after: int, events: Sequence[OutboxEvent], max_events: int, max_bytes: int
) -> Batch:
    """As many of `events` as fit, at least one; they must follow `after` without a gap.

    Raises `LogIncompleteError` where the very first is missing; a later gap ends the batch.
    """
    if not events or events[0].seq != after + 1:
        raise LogIncompleteError(after + 1)
    head = b'{"hall":' + _encoder.encode(hall) + b',"events":['
    rows: list[bytes] = []
    size = len(head) + 2
    for expected, event in enumerate(events[:max_events], after + 1):
        row = _encoder.encode(event)
        size += len(row) + 1
        if event.seq != expected or (rows and size > max_bytes):
            break
        rows.append(row)
    body = head + b",".join(rows) + b"]}"
    return Batch(first=after + 1, last=after + len(rows), body=body, oldest=events[0].at)
