"""The pad's states and what moves it between them. No clock, no I/O: time is an argument.

A rating is never invented: without a touch nothing is sent. Once a face was touched the rating is
the citizen's, so it is sent even if they walk away from the question about reasons.
"""

from typing import assert_never, cast

import msgspec

from queue_server.domain.commands import DeclineRating, Rate
from queue_server.domain.values import Ms, TransactionId
from queue_server.protocol.messages import Rejected
from queue_server.protocol.views import RatingAsked


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the states."""


class Resting(State, frozen=True, kw_only=True):
    """Nothing is asked, or what was asked was let go."""


class Asked(State, frozen=True, kw_only=True):
    """The five faces are shown until `until`."""

    asked: RatingAsked
    until: Ms


class Reasons(State, frozen=True, kw_only=True):
    """A face was touched; reasons of its level may be added until `until`."""

    asked: RatingAsked
    level: int
    until: Ms
    chosen: tuple[str, ...] = ()


class Sending(State, frozen=True, kw_only=True):
    """The answer is on its way; `rated` is false where the citizen declined."""

    asked: RatingAsked
    rated: bool


class Told(State, frozen=True, kw_only=True):
    """Thanks, or the kind words of a refusal, until `until`."""

    until: Ms
    rated: bool = True
    rejected: Rejected | None = None


PadState = Resting | Asked | Reasons | Sending | Told


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """How long each state stays without a touch, in ms."""

    asked: int = 40_000
    reasons: int = 25_000
    told: int = 4_000


class Pad(msgspec.Struct, frozen=True, kw_only=True):
    """The state, and the last question dealt with, so that it is not shown again."""

    state: PadState = Resting()
    dealt: tuple[TransactionId, Ms] | None = None
    send: Rate | DeclineRating | None = None
    """To be sent because of the last step."""


def question(pad: Pad, asked: RatingAsked | None, now: Ms, times: Times) -> Pad:
    """The server asks `asked`, or asks nothing any more."""
    pad = msgspec.structs.replace(pad, send=None)
    current = getattr(pad.state, "asked", None)
    if current is not None and asked is not None and _key(current) == _key(asked):
        return pad
    match pad.state:
        case Reasons() as state:
            return _rate(pad, state)
        case Sending():
            return pad
        case Resting() | Asked() | Told():
            if asked is not None and _key(asked) != pad.dealt:
                return msgspec.structs.replace(
                    pad, state=Asked(asked=asked, until=_later(now, times.asked))
                )
            return msgspec.structs.replace(pad, state=Resting()) if current else pad
        case _:
            assert_never(pad.state)


def touch_face(pad: Pad, level: int, now: Ms, times: Times) -> Pad:
    """A face is touched; the first time, or again to change the level."""
    if isinstance(pad.state, Asked | Reasons) and 1 <= level <= 5:
        state = Reasons(asked=pad.state.asked, level=level, until=_later(now, times.reasons))
        return msgspec.structs.replace(pad, state=state, send=None)
    return msgspec.structs.replace(pad, send=None)


def touch_reason(pad: Pad, code: str, now: Ms, times: Times) -> Pad:
    """A reason is chosen, or un-chosen."""
    match pad.state:
        case Reasons(chosen=chosen) as state:
            kept = tuple(c for c in chosen if c != code)
            chosen = kept if len(kept) < len(chosen) else (*chosen, code)
            later = _later(now, times.reasons)
            state = msgspec.structs.replace(state, chosen=chosen, until=later)
            return msgspec.structs.replace(pad, state=state, send=None)
        case _:
            return msgspec.structs.replace(pad, send=None)


def touch_submit(pad: Pad) -> Pad:
    """The reasons are complete."""
    if isinstance(pad.state, Reasons):
        return _rate(pad, pad.state)
    return msgspec.structs.replace(pad, send=None)


def touch_back(pad: Pad, now: Ms, times: Times) -> Pad:
    """Back to the faces."""
    if isinstance(pad.state, Reasons):
        state = Asked(asked=pad.state.asked, until=_later(now, times.asked))
        return msgspec.structs.replace(pad, state=state, send=None)
    return msgspec.structs.replace(pad, send=None)


def touch_decline(pad: Pad) -> Pad:
    """The citizen would rather not."""
    if isinstance(pad.state, Asked):
        asked = pad.state.asked
        return Pad(
            state=Sending(asked=asked, rated=False),
            dealt=_key(asked),
            send=DeclineRating(transaction=asked.transaction),
        )
    return msgspec.structs.replace(pad, send=None)


def answered(pad: Pad, rejected: Rejected | None, now: Ms, times: Times) -> Pad:
    """The server answered what was sent."""
    if isinstance(pad.state, Sending):
        until = _later(now, times.told)
        state = Told(until=until, rated=pad.state.rated, rejected=rejected)
        return msgspec.structs.replace(pad, state=state, send=None)
    return msgspec.structs.replace(pad, send=None)


def pass_time(pad: Pad, now: Ms) -> Pad:
    """Nobody touched anything until `now`."""
    match pad.state:
        case Asked() as state if now >= state.until:
            return Pad(state=Resting(), dealt=_key(state.asked))
        case Reasons() as state if now >= state.until:
            return _rate(pad, state)
        case Told() as state if now >= state.until:
            return msgspec.structs.replace(pad, state=Resting(), send=None)
        case _:
            return msgspec.structs.replace(pad, send=None)


def _rate(pad: Pad, state: Reasons) -> Pad:
    return msgspec.structs.replace(
        pad,
        state=Sending(asked=state.asked, rated=True),
        dealt=_key(state.asked),
        send=Rate(transaction=state.asked.transaction, level=state.level, reasons=state.chosen),
    )


def _key(asked: RatingAsked) -> tuple[TransactionId, Ms]:
    return asked.transaction, asked.at


def _later(now: Ms, by: int) -> Ms:
    return cast(Ms, now + by)
