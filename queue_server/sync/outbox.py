"""What the connector asks of the store: the hall's durable events, and how far the backend is."""

from typing import Protocol

import msgspec


class OutboxEvent(msgspec.Struct, frozen=True):
    """One event of the log as it goes to the management backend."""

    seq: int
    """Gapless from 1 within the hall."""
    epoch: int
    day: str
    """The business day, an ISO date."""
    at: int
    """Milliseconds since 1970-01-01 UTC."""
    who: str
    type: str
    data: msgspec.Raw
    """The event itself, a JSON object."""


class Outbox(Protocol):
    """Events come from the log, so that even confirmed ones can be read again."""

    async def pending(self, after: int, limit: int) -> list[OutboxEvent]:
        """Up to `limit` events with `seq > after`, in order, durable ones only."""

    async def acknowledged(self) -> int:
        """The last `seq` that the backend has confirmed; 0 at first."""

    async def acknowledge(self, seq: int) -> None:
        """The backend holds everything up to `seq`. Durable when this returns."""

    async def wait(self, after: int) -> None:
        """Return once an event beyond `after` is durable."""
