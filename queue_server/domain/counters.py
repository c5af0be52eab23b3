"""At the counter itself: signing in and out, pausing."""

from . import commands as c
from . import events as e
from .at_counter import known, staffed
from .context import MAX_REASON, Events, Given, Rejection, words_problem
from .hall import Hall
from .routes import joint_ended

LONGEST_PAUSE = 24 * 3600 * 1000
"""Milliseconds ahead that a pause may be said to end."""


def sign_in(hall: Hall, command: c.SignIn, given: Given) -> Events | Rejection:
    unknown = known(hall, command.counter)
    if unknown:
        return unknown
    if command.staff not in hall.staff:
        return Rejection("unknown_staff", {"staff": command.staff[:40]})
    now = hall.counter_now(command.counter)
    if now.staff == command.staff:
        return []
    if now.staff is not None:
        name = hall.staff[now.staff].name
        return Rejection("counter_taken", {"counter": command.counter, "staff": name})
    seat = hall.seats.get(command.staff)
    if seat is not None:
        return Rejection("staff_elsewhere", {"counter": seat})
    return [e.SignedIn(counter=command.counter, staff=command.staff)]


def sign_out(hall: Hall, command: c.SignOut, given: Given) -> Events | Rejection:
    found = staffed(hall, command.counter)
    if isinstance(found, Rejection):
        return found
    now, staff = found
    if command.force and not given.by.manager:
        return Rejection("no_right")
    out: Events = [e.SignedOut(counter=command.counter, staff=staff, forced=command.force)]
    if now.current is None:
        return out
    if not command.force:
        return Rejection("counter_busy", {"number": hall.tickets[now.current].number})
    ticket = hall.tickets[now.current]
    if ticket.joint:
        return [joint_ended(ticket, command.counter, "forced_sign_out"), *out]
    return [e.TicketClosed(ticket=ticket.id, reason="forced_sign_out"), *out]


def pause(hall: Hall, command: c.Pause, given: Given) -> Events | Rejection:
    """Call nobody from now on; a ticket being served is finished as usual."""
    found = staffed(hall, command.counter)
    if isinstance(found, Rejection):
        return found
    if found[0].paused:
        return Rejection("already_paused")
    reason = command.reason.strip()
    if not reason:
        return Rejection("reason_required")
    problem = words_problem("reason", reason, MAX_REASON)
    if problem:
        return problem
    if command.until is not None and not 0 < command.until - given.now <= LONGEST_PAUSE:
        return Rejection("bad_time")
    return [e.CounterPaused(counter=command.counter, reason=reason, until=command.until)]


def resume(hall: Hall, command: c.Resume, given: Given) -> Events | Rejection:
    found = staffed(hall, command.counter)
    if isinstance(found, Rejection):
        return found
    if not found[0].paused:
        return Rejection("not_paused")
    return [e.CounterResumed(counter=command.counter)]
