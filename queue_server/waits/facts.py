"""What happened in a hall, as much as waiting time depends on: no names, no numbers of tickets.

A day is a sequence of facts in order of time. The observer takes them one by one, so nothing that
is learned or told can look ahead.
"""

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Base of all facts. `at` is in seconds from the business day's midnight."""

    at: float


class Joined(Fact, frozen=True, kw_only=True, tag="joined"):
    """A ticket begins to wait.

    `rank_at` is its place in the order of calling: its moment, less the head start of its class;
    lower goes first. `is_ahead` marks a class with a head start.
    """

    ticket: str
    service: str
    pool: str = ""
    """Services of one pool are served by the same counters, at least partly."""
    rank_at: float
    is_ahead: bool = False
    booked_at: float | None = None
    """The time of its appointment."""


class Left(Fact, frozen=True, kw_only=True, tag="left"):
    """A waiting ticket is gone unserved: absent, given up, removed."""

    ticket: str


class Started(Fact, frozen=True, kw_only=True, tag="started"):
    """A counter calls a waiting ticket; `ticket` is empty for one who never waited (walk-in)."""

    ticket: str
    counter: str
    service: str
    pool: str = ""


class Ended(Fact, frozen=True, kw_only=True, tag="ended"):
    """A counter's service is over."""

    counter: str


class Staffed(Fact, frozen=True, kw_only=True, tag="staffed"):
    """What a counter calls from now on; no services: nobody is there, or it pauses."""

    counter: str
    services: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()


class Due(Fact, frozen=True, kw_only=True, tag="due"):
    """An appointment of today that may still be kept, or one that now is for another time."""

    booking: str
    service: str
    pool: str = ""
    due_at: float


class DueNoMore(Fact, frozen=True, kw_only=True, tag="due_no_more"):
    """An appointment became a ticket, was cancelled, missed or moved to another day."""

    booking: str


AnyFact = Joined | Left | Started | Ended | Staffed | Due | DueNoMore
