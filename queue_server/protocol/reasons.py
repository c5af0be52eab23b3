"""Reading why a ticket was called: the read, and its answer."""

import msgspec

from ..domain.values import CounterId, Day, EndReason, Ms, ServiceId, TicketId, Why


class ReadWhy(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="why"):
    """Every call of a ticket with its reason; for managers and other systems."""

    ticket: str
    """Its id, or its number of the day."""
    day: Day | None = None
    """An earlier business day; the open or last one where not given."""


class CallReason(msgspec.Struct, frozen=True, omit_defaults=True):
    """One call, in a sentence of each language and as it is on record."""

    at: Ms
    counter: CounterId
    service: ServiceId
    zh: str
    en: str
    why: Why
    counter_number: int | None = None
    step: int = 1
    """Which step of its route, from 1."""
    joint: bool = False
    """Whether the counter joined a visit that another served (多窗联办)."""
    ended_at: Ms | None = None
    ended: EndReason | None = None
    """How it ended there; absent while it goes on."""


class Reasons(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="why"):
    """The calls of a ticket in their order; none where it was not called yet."""

    ticket: TicketId
    number: str
    day: Day
    calls: tuple[CallReason, ...] = ()
