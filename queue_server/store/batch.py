"""What the log keeps and gives back: rows of its tables, and all that one commit writes."""

from typing import NamedTuple

from ..domain.booking import Booking
from ..domain.hall import Ticket, Transaction
from ..domain.values import CounterId, EndReason, Ms, ServiceId, Why


class LogRow(NamedTuple):
    """One event as kept: `data` is its JSON."""

    seq: int
    day: str
    epoch: int
    at: Ms
    who: str
    type: str
    data: str


class StoredResult(NamedTuple):
    """The first answer to a command, and a fingerprint of the command it belonged to."""

    fingerprint: bytes
    result: str


class NamedTicket(NamedTuple):
    """A ticket of some day."""

    id: str
    number: str


class KeptCall(NamedTuple):
    """One call of a ticket, or a counter's joining of its visit, and how that ended."""

    at: Ms
    counter: CounterId
    service: ServiceId
    why: Why
    stop: int
    """Which step of its route, from 0."""
    joint: bool
    ended_at: Ms | None
    reason: EndReason | None


class PersonalRow(NamedTuple):
    """Sealed personal data of a ticket or transaction."""

    subject: str
    kind: str
    nonce: bytes
    sealed: bytes


class IdentityRead(NamedTuple):
    """Who was shown the name behind a ticket: program, counter and the clerk signed in there."""

    at: Ms
    day: str
    program: str
    counter: str | None
    staff: str | None
    ticket: str


class Batch:
    """What one commit writes. Rows of tickets, transactions and bookings are their last
    state."""

    def __init__(self) -> None:
        self.events: list[LogRow] = []
        self.tickets: dict[str, tuple[str, Ticket]] = {}
        self.transactions: dict[str, tuple[str, Transaction]] = {}
        self.whys: dict[str, Why] = {}
        """Why the tickets of new transactions were called."""
        self.bookings: dict[str, Booking] = {}
        self.results: list[tuple[str, bytes, int, int, str]] = []
        self.personal: list[tuple[str, PersonalRow]] = []
        self.waits: list[tuple[object, ...]] = []
        """What was said of waiting to whom: columns of `shown_waits`."""
        self.forgotten: list[tuple[str, str]] = []
        """Sealed data that is needed no more: subject and kind."""
        self.purge_before: str | None = None

    def __bool__(self) -> bool:
        return bool(self.events or self.results)
