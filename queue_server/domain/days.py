"""The business day: opened and closed by command, never by the clock alone."""

import datetime as dt

from . import commands as c
from . import events as e
from .absences import carried, count_missed, given_back
from .context import Events, Given, Rejection
from .hall import Hall

FURTHEST = dt.timedelta(days=366)
"""A mistyped year would refuse every true day after it."""


def open_day(hall: Hall, command: c.OpenDay, given: Given) -> Events | Rejection:
    """Open a day later than every day before it, and not so far ahead that none could follow."""
    try:
        valid = dt.date.fromisoformat(command.day).isoformat() == command.day
    except ValueError:
        valid = False
    if not valid:
        return Rejection("bad_day", {"day": command.day[:20]})
    if hall.day is not None:
        return Rejection("day_already_open", {"day": hall.day})
    if hall.last_day is not None and command.day <= hall.last_day:
        return Rejection("day_in_past", {"day": command.day, "last": hall.last_day})
    today = dt.datetime.fromtimestamp(given.now / 1000, dt.UTC).date()
    if dt.date.fromisoformat(command.day) - today > FURTHEST:
        return Rejection("day_too_far", {"day": command.day})
    opened = e.DayOpened(day=command.day, catalogue=hall.catalogue())
    return [*given_back(hall, command.day), opened, *carried(hall, command.day)]


def close_day(hall: Hall, command: c.CloseDay, given: Given) -> Events | Rejection:
    """End every open ticket, sign everybody out, close the day.

    No-shows who never came back need no confirmation: their visit ends as what it was.
    """
    assert hall.day is not None
    missed = {key for key in hall.open_tickets if hall.tickets[key].state == "no_show"}
    unfinished = len(hall.open_tickets) - len(missed)
    if unfinished and not command.over_open:
        return Rejection("open_tickets", {"count": str(unfinished)})
    closed: Events = [
        e.TicketClosed(ticket=key, reason="no_show" if key in missed else "closed_at_day_end")
        for key in hall.open_tickets
    ]
    closed += [
        e.SignedOut(counter=counter, staff=staff, forced=True)
        for staff, counter in hall.seats.items()
    ]
    return [*closed, *count_missed(hall, hall.day), e.DayClosed(day=hall.day)]
