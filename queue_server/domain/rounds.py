"""Counting for ratios and caps: the fixed round of a ratio, the last calls under a cap."""

from functools import lru_cache

from .rules import Cap

LONGEST_ROUND = 60
"""Most turns in a round: the sum of a ratio's weights, their common divisor taken out."""
LONGEST_CAP = 60
"""Most calls that a cap looks back on."""


@lru_cache(maxsize=256)
def round_of(weights: tuple[int, ...]) -> tuple[int, ...]:
    """Whose turn it is, turn by turn, as evenly as may be: 2 : 1 gives (0, 1, 0).

    Each turn every group gains its weight, the one with the most has the turn and pays the sum
    ("smooth weighted round robin"). With two groups any stretch of the endless round is within one
    turn of the ratio, exclusive; with more, any stretch is within two, and from its beginning
    within one for the ratios in use: no order does better for all ratios of three.
    """
    total = sum(weights)
    gained = [0] * len(weights)
    turns = []
    for _ in range(total):
        gained = [had + weight for had, weight in zip(gained, weights, strict=True)]
        turn = gained.index(max(gained))
        gained[turn] -= total
        turns.append(turn)
    return tuple(turns)


def has_room(cap: Cap, last: int) -> bool:
    """Whether one more call is within the cap, by its `last` contested calls as bits."""
    return last.bit_count() < cap.calls


def noted(cap: Cap, last: int, taken: bool) -> int:
    """The last contested calls with one more, as many as the next look needs."""
    return (last << 1 | taken) & ((1 << (cap.of - 1)) - 1)
