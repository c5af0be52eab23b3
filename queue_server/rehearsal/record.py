"""A recorded day: who came when and for what, how long it took, and who sat where. As JSON too."""

from pathlib import Path
from typing import Literal

import msgspec

from ..domain import events as e
from ..domain.commands import Target
from ..domain.values import (
    Catalogue,
    CounterId,
    Ms,
    Position,
    ServiceId,
    StaffId,
    TicketId,
    Value,
)


class RecordError(Exception):
    """A day that cannot be read; the message is for people, in both languages."""


class Together(Value, frozen=True):
    """A further counter's part in one call of a ticket (多窗联办)."""

    counter: CounterId
    after: int
    """Milliseconds from the call until it joined."""
    took: int
    """Milliseconds that it was taken up."""


class Leg(Value, frozen=True):
    """One call of a ticket and what followed at the counter."""

    took: int
    """Milliseconds that the counter was taken up."""
    at: Ms | None = None
    """When it was called in the record."""
    counter: CounterId | None = None
    """Where it was called in the record; None where that is not known."""
    ends: Literal["served", "no_show", "transferred"] = "served"
    to: Target | None = None
    """Of a transfer."""
    position: Position = "sorted"
    back_after: int | None = None
    """Of a no-show: milliseconds until the citizen came back."""
    together: tuple[Together, ...] = ()
    """Other counters that worked on it, too; the citizen goes on when the last has done."""


class Visit(Value, frozen=True):
    """One ticket."""

    ticket: TicketId
    number: str
    service: ServiceId
    at: Ms
    priority: int = 0
    booked_at: Ms | None = None
    legs: tuple[Leg, ...] = ()
    left_after: int | None = None
    """Milliseconds after which this citizen stopped waiting; None who did not."""


class Presence(Value, frozen=True):
    """A counter staffed and not paused, from `begin` to `end`."""

    counter: CounterId
    staff: StaffId
    begin: Ms
    end: Ms


class WalkIn(Value, frozen=True):
    """Somebody served without a ticket."""

    counter: CounterId
    at: Ms
    took: int


Defined = (
    e.HallDefined
    | e.AreaDefined
    | e.ServiceDefined
    | e.RouteDefined
    | e.ProfileDefined
    | e.CounterDefined
    | e.StaffDefined
)
"""What of a day's definitions bears on calling."""


class Change(Value, frozen=True):
    """A definition put in force while the hall was open."""

    at: Ms
    event: Defined


class RecordedDay(Value, frozen=True):
    """Everything that a day under other rules keeps of the day that was. Visits by time."""

    name: str
    catalogue: Catalogue
    """As the day began."""
    visits: tuple[Visit, ...]
    presences: tuple[Presence, ...]
    walk_ins: tuple[WalkIn, ...] = ()
    changes: tuple[Change, ...] = ()
    """In order of time."""
    left_out: int = 0
    """People of the record who are no visits here: they waited for nobody."""


def read_day(path: Path) -> RecordedDay:
    """A day from its JSON. Raises `RecordError`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=RecordedDay)
    except OSError as error:
        raise RecordError(f"{path}: 无法读取 / cannot be read: {error.strerror}") from error
    except ValueError as error:  # of msgspec, or of text that is no UTF-8
        raise RecordError(f"{path}: 不是一天的记录 / not a recorded day: {error}") from error
