"""Who is at a counter, and whether it can take somebody."""

from .context import Rejection
from .hall import CounterNow, Hall, Ticket
from .values import CounterId, StaffId


def known(hall: Hall, counter: CounterId) -> Rejection | None:
    """A refusal where there is no such counter."""
    if counter in hall.counters:
        return None
    return Rejection("unknown_counter", {"counter": counter[:40]})


def staffed(hall: Hall, counter: CounterId) -> tuple[CounterNow, StaffId] | Rejection:
    """The counter and who sits there, or why not."""
    unknown = known(hall, counter)
    if unknown:
        return unknown
    now = hall.counter_now(counter)
    if now.staff is None:
        return Rejection("not_signed_in", {"counter": counter})
    return now, now.staff


def ready_to_call(hall: Hall, counter: CounterId) -> StaffId | Rejection:
    """Who sits at a counter that is free, or why it takes nobody."""
    found = staffed(hall, counter)
    if isinstance(found, Rejection):
        return found
    now, staff = found
    if now.paused:
        return Rejection("counter_paused")
    if now.current is not None:
        return Rejection("counter_busy", {"number": hall.tickets[now.current].number})
    return staff


def current(hall: Hall, counter: CounterId) -> Ticket | Rejection:
    """The ticket being called or served at a staffed counter."""
    found = staffed(hall, counter)
    if isinstance(found, Rejection):
        return found
    now, _ = found
    if now.current is None:
        return Rejection("no_current_ticket")
    return hall.tickets[now.current]
