"""What the line tells its owner: keys, ratings, and which addresses are heard."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Key(StrEnum):
    """A key of the caller. `confirm` comes with the number that was typed before it."""

    CALL = "call"
    RECALL = "recall"
    ASK_RATING = "ask_rating"
    PAUSE = "pause"
    TRANSFER = "transfer"
    CONFIRM = "confirm"


ABANDON, HOLD, CALL_BACK = 6, 0, 3
"""Numbers before `Key.CONFIRM` that stand for a verb: no-show, hold, call a held ticket back."""


class KeyPressed(msgspec.Struct, frozen=True, tag="key"):
    """A clerk pressed `key`; `number` is what was typed before it, None where nothing was."""

    address: int
    key: Key
    number: int | None = None


class Rated(msgspec.Struct, frozen=True, tag="rated"):
    """A citizen pressed a rating; `value` is the pad's own number (5 is best on a pad of five)."""

    address: int
    value: int


class AddressHealth(msgspec.Struct, frozen=True, tag="address"):
    """Said once per change. `ok`: it was heard or has acknowledged; not ok: it left a message
    unacknowledged. `heard_at` is the last sound of it, None where it was never heard."""

    address: int
    ok: bool
    heard_at: datetime | None


Press = KeyPressed | Rated
"""What a person did, to be acknowledged."""
