"""The business day: opened and closed by command, never by the clock alone."""

import datetime

from . import commands as c
from . import events as e
from .context import Events, Given, Rejection
from .hall import Hall


def open_day(hall: Hall, command: c.OpenDay, given: Given) -> Events | Rejection:
    """Open a day later than every day before it."""
    try:
        valid = datetime.date.fromisoformat(command.day).isoformat() == command.day
    except ValueError:
        valid = False
    if not valid:
        return Rejection("bad_day", {"day": command.day[:20]})
    if hall.day is not None:
        return Rejection("day_already_open", {"day": hall.day})
    if hall.last_day is not None and command.day <= hall.last_day:
        return Rejection("day_in_past", {"day": command.day, "last": hall.last_day})
    return [e.DayOpened(day=command.day, catalogue=hall.catalogue())]


def close_day(hall: Hall, command: c.CloseDay, given: Given) -> Events | Rejection:
    """End every open ticket, sign everybody out, close the day."""
    assert hall.day is not None
    if hall.open_tickets and not command.over_open:
        return Rejection("open_tickets", {"count": str(len(hall.open_tickets))})
    closed: Events = [
        e.TicketClosed(ticket=ticket, reason="closed_at_day_end") for ticket in hall.open_tickets
    ]
    closed += [
        e.SignedOut(counter=counter, staff=staff, forced=True)
        for staff, counter in hall.seats.items()
    ]
    return [*closed, e.DayClosed(day=hall.day)]
