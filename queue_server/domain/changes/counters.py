"""What signing in, signing out and pauses do to a counter."""

from .. import events as e
from ..hall import Hall
from ..values import Ms
from .moves import Touched, counter_of


def signed_in(hall: Hall, event: e.SignedIn, seq: int, at: Ms) -> Touched:
    counter = counter_of(hall, event.counter)
    counter.staff, counter.signed_in_at, counter.since = event.staff, at, at
    hall.seats[event.staff] = event.counter
    return Touched(counters=(event.counter,))


def signed_out(hall: Hall, event: e.SignedOut, seq: int, at: Ms) -> Touched:
    counter = counter_of(hall, event.counter)
    counter.staff, counter.signed_in_at, counter.since = None, None, at
    counter.paused, counter.pause_reason, counter.pause_until = False, "", None
    hall.seats.pop(event.staff, None)
    return Touched(counters=(event.counter,))


def counter_paused(hall: Hall, event: e.CounterPaused, seq: int, at: Ms) -> Touched:
    counter = counter_of(hall, event.counter)
    counter.paused, counter.pause_reason, counter.pause_until = True, event.reason, event.until
    counter.since = at
    return Touched(counters=(event.counter,))


def counter_resumed(hall: Hall, event: e.CounterResumed, seq: int, at: Ms) -> Touched:
    counter = counter_of(hall, event.counter)
    counter.paused, counter.pause_reason, counter.pause_until = False, "", None
    counter.since = at
    return Touched(counters=(event.counter,))
