"""What a key of a hardware caller asks of the hall: the same commands as the caller's buttons.

A pure function of the press and of what is known. A key box has fewer keys than the caller has
buttons, so one key stands for what the clerk means at that moment; the server has the last word.

=============  =================================================================================
key            asks for
=============  =================================================================================
call           next citizen; with a ticket at the counter, ends it first. Where serving begins
               apart (`start_distinct`) and the ticket is only called: begins serving.
               Nobody signed in: signs the configured clerk in first
n, call        that ticket: called back where this counter holds it, returned where it missed it
recall         again
ask rating     a rating of this service, or of the last one
pause          pauses, or resumes
n, transfer    the ticket to counter n, or to the queue configured for n
0, 6, confirm  hold, no-show
3, confirm     the ticket held longest is called back; any other n: as n, call
=============  =================================================================================
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, assert_never

import msgspec

from devices.call_line.events import ABANDON, CALL_BACK, HOLD, Key, KeyPressed
from devices.station.world import World
from queue_server.domain import commands as c
from queue_server.domain.values import CounterId, ServiceId, StaffId
from queue_server.protocol.views import CounterView, TicketView

NOBODY: Final = "nobody_waiting"
"""Not a refusal where something else was done by the same key."""


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """One key box's counter, and how its keys are meant there."""

    counter: CounterId
    staff: StaffId | None = None
    """Signs in at the first key while nobody is signed in."""
    pause_reason: str = "短暂休息"
    queues: Mapping[int, ServiceId] = {}
    """Numbers that, before `transfer`, stand for a queue."""


class Unmeant(msgspec.Struct, frozen=True):
    """The key means nothing here: why, for the log."""

    why: str


Steps = tuple[c.Command, ...]
"""In order; one that is refused ends them."""


def meant(press: KeyPressed, desk: Desk, world: World) -> Steps | Unmeant:
    """What `press` asks for. Without the counter's document nothing is asked."""
    counter = world.counter(desk.counter)
    if counter is None:
        return Unmeant("the counter is not known")
    steps = _steps(press, desk, counter, world)
    if isinstance(steps, Unmeant) or counter.staff is not None or desk.staff is None:
        return steps
    return (c.SignIn(counter=desk.counter, staff=desk.staff), *steps)


def _steps(press: KeyPressed, desk: Desk, counter: CounterView, world: World) -> Steps | Unmeant:
    at = desk.counter
    match press.key:
        case Key.CALL:
            return _call(counter, world) if press.number is None else _that(press.number, counter)
        case Key.RECALL:
            return (c.Recall(counter=at),)
        case Key.ASK_RATING:
            return (c.RequestRating(counter=at),)
        case Key.PAUSE:
            if counter.pause_reason:
                return (c.Resume(counter=at),)
            return (c.Pause(counter=at, reason=desk.pause_reason),)
        case Key.TRANSFER:
            return _transfer(press.number, desk, world)
        case Key.CONFIRM:
            return _confirm(press.number, counter)
        case _:
            assert_never(press.key)


def _call(counter: CounterView, world: World) -> Steps:
    at = counter.id
    if counter.ticket is None:
        return (c.CallNext(counter=at),)
    if counter.ticket.state == "called" and world.hall is not None and world.hall.start_distinct:
        return (c.StartService(counter=at),)
    if counter.pause_reason:  # it pauses once this ticket is done
        return (c.EndService(counter=at),)
    return (c.EndService(counter=at), c.CallNext(counter=at))


def _confirm(number: int | None, counter: CounterView) -> Steps | Unmeant:
    match number:
        case None:
            return Unmeant("no number")
        case n if n == HOLD:
            return (c.Hold(counter=counter.id),)
        case n if n == ABANDON:
            return (c.NoShow(counter=counter.id),)
        case n if n == CALL_BACK:
            if not counter.held:
                return Unmeant("nothing is held here")
            return (c.CallBack(counter=counter.id, ticket=counter.held[0].id),)
        case n:
            return _that(n, counter)


def _that(number: int, counter: CounterView) -> Steps | Unmeant:
    """The ticket whose number has these digits; two of them are too many."""
    held = _numbered(number, counter.held)
    missed = _numbered(number, counter.no_shows)
    match held, missed:
        case [one], _:
            return (c.CallBack(counter=counter.id, ticket=one.id),)
        case [], [one]:
            return (c.ReturnTicket(ticket=one.id),)
        case [], []:
            return Unmeant(f"no ticket {number} held or missed here")
        case _:
            return Unmeant(f"several tickets {number} here")


def _numbered(number: int, tickets: Iterable[TicketView]) -> list[TicketView]:
    return [t for t in tickets if (digits := re.sub(r"\D", "", t.number)) and int(digits) == number]


def _transfer(number: int | None, desk: Desk, world: World) -> Steps | Unmeant:
    if number is None:
        return Unmeant("no number")
    to: c.Target
    if number in desk.queues:
        to = c.ToQueue(service=desk.queues[number])
    else:
        counters = world.hall.counters if world.hall else ()
        found = next((known.id for known in counters if known.number == number), None)
        if found is None:
            return Unmeant(f"no counter {number}")
        to = c.ToCounter(counter=found)
    return (c.Transfer(counter=desk.counter, to=to),)
