"""What queue server and estimator say to each other: JSON, a line a question and a line an answer.

Light on purpose: this is all of the estimator that the queue server imports.
"""

from typing import Literal

import msgspec

COVERAGE_PERCENT = 80
"""How often the truth is to lie within a range."""

How = Literal["learned", "plain"]
"""`learned` from earlier days; `plain`: what recent waits were, while there are too few days."""


class Ask(msgspec.Struct, frozen=True):
    """How does the hall stand? The log holds everything up to `seq`; `now` is the hall's clock."""

    seq: int
    now: int


class ServiceRange(msgspec.Struct, frozen=True):
    """For who joins a service's queue now, s. `is_ahead`: with a head start, as the elderly."""

    service: str
    is_ahead: bool
    low_s: int
    high_s: int
    mean_s: float | None = None


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the estimator knows at `seq`. A service or ticket without a range is not in it."""

    seq: int
    at: int
    """The clock that was asked with."""
    how: How = "plain"
    services: tuple[ServiceRange, ...] = ()
    tickets: dict[str, tuple[int, int]] = {}
    """What is left to wait for each, from lowest to highest, s."""
    day_mean_s: float | None = None
    last_ten_s: float | None = None
    """What the two plain estimates say of who joins now; None before anybody was called."""
    took_ms: float = 0.0
