"""Which of the caller's keys can be pressed, by the state of the counter and the line."""

from typing import Literal, get_args

from queue_server.protocol.views import CounterView
from ui.inputs import Inputs

KeyName = Literal[
    "sign_in",
    "sign_out",
    "call_next",
    "call_this",
    "call_back",
    "recall",
    "no_show",
    "return",
    "start",
    "end",
    "hold",
    "transfer",
    "walk_in",
    "pause",
    "resume",
    "rating",
    "route",
    "branch",
    "join",
    "leave",
]
NAMES: tuple[KeyName, ...] = get_args(KeyName)


def possible(inputs: Inputs, counter: CounterView | None) -> frozenset[KeyName]:
    """The keys that mean something now; the server still has the last word."""
    if counter is None or not inputs.connected:
        return frozenset()
    if counter.staff is None:
        return frozenset({"sign_in"})
    open_ = inputs.hall is not None and inputs.hall.day is not None
    if not open_:
        return frozenset({"sign_out"})
    paused = bool(counter.pause_reason)
    keys: set[KeyName] = {"sign_out", "resume" if paused else "pause"}
    if counter.no_shows:
        keys.add("return")
    if counter.ticket is not None:
        keys |= _with_ticket(inputs, counter)
    elif not paused:
        keys |= {"call_next", "call_this", "walk_in"}
        if inputs.hall is not None and any(route.joint for route in inputs.hall.routes):
            keys.add("join")
        if counter.held:
            keys.add("call_back")
    if counter.rating != "rated" and _served_somebody(counter):
        keys.add("rating")
    return frozenset(keys)


def _with_ticket(inputs: Inputs, counter: CounterView) -> set[KeyName]:
    assert counter.ticket is not None
    distinct = inputs.hall is not None and inputs.hall.start_distinct
    if counter.ticket.joint:
        joint: set[KeyName] = {"recall", "end", "leave"}
        return joint | _choosing(inputs, counter)
    keys: set[KeyName] = {"hold", "transfer"}
    keys |= _choosing(inputs, counter)
    if counter.ticket.state == "serving":
        keys.add("end")
        if not distinct and not counter.ticket.walk_in:
            keys |= {"recall", "no_show"}
    else:
        keys |= {"recall", "no_show", "start"}
    return keys


def _choosing(inputs: Inputs, counter: CounterView) -> set[KeyName]:
    """The keys that change what follows this step."""
    keys: set[KeyName] = set()
    if inputs.hall is not None and inputs.hall.routes:
        keys.add("route")
    if counter.ticket is not None and counter.ticket.branches:
        keys.add("branch")
    return keys


def _served_somebody(counter: CounterView) -> bool:
    if counter.ticket is not None:
        return counter.ticket.state == "serving"
    return counter.counts.served > 0
