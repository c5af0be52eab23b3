"""How many examples a property is tried with: as many as are worth CI's minutes, or a night's.

`./hall test --hypothesis-profile deep` tries ten times as many of each.
"""

from typing import Final

from hypothesis import settings

USUAL: Final = 100
DEEP: Final = 1000


def register() -> None:
    """Make both profiles known, and use the usual one. No profile has a deadline: speed is the
    bench's matter, and a busy machine fails no property."""
    settings.register_profile("hall", deadline=None, max_examples=USUAL)
    settings.register_profile("deep", deadline=None, max_examples=DEEP)
    settings.load_profile("hall")


def examples(usual: int) -> int:
    """So many, in a deep run ten times as many."""
    return usual * settings().max_examples // USUAL
