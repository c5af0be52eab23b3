"""Counting for ratios and caps: the fixed round of a ratio, the last calls under a cap."""

from collections.abc import Sequence
from functools import lru_cache

from .rules import Cap, Ratio

LONGEST_ROUND = 60
"""Most turns in a round: the sum of a ratio's weights, their common divisor taken out."""
LONGEST_CAP = 60
"""Most calls that a cap looks back on."""


TRIES = 800
"""Most steps of the search for a better round; a matter of milliseconds, once for each ratio."""


@lru_cache(maxsize=256)
def round_of(weights: tuple[int, ...]) -> tuple[int, ...]:
    """Whose turn it is, turn by turn, as evenly as may be: 2 : 1 gives (0, 1, 0).

    With two groups any stretch of the endless round is within one turn of the ratio, exclusive.
    With more, within one turn where a short search finds such an order, and it does for most small
    ratios; for some, such as 6 : 4 : 1, there is none. Within two turns always.
    """
    turns = _smooth(weights)
    if _within_one(weights, turns):
        return turns
    return _searched(weights) or turns


def _smooth(weights: tuple[int, ...]) -> tuple[int, ...]:
    """Each turn every group gains its weight; the one with the most has it and pays the sum.

    Known as smooth weighted round robin. From the beginning of a round it keeps nearly within one.
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


def _within_one(weights: tuple[int, ...], turns: tuple[int, ...]) -> bool:
    """Whether every stretch of the endless round is within one turn of the ratio.

    It is enough to look inside one round: a stretch across its end lacks of whole rounds what a
    stretch inside has.
    """
    return all(_end_within_one(weights, turns[:end]) for end in range(1, len(turns) + 1))


def _end_within_one(weights: tuple[int, ...], turns: Sequence[int]) -> bool:
    """The same of the stretches that end with the last of `turns`."""
    total, counts = sum(weights), [0] * len(weights)
    for length, turn in enumerate(reversed(turns), start=1):
        counts[turn] += 1
        for count, weight in zip(counts, weights, strict=True):
            if abs(count * total - length * weight) > total:
                return False
    return True


def _searched(weights: tuple[int, ...]) -> tuple[int, ...] | None:
    """The first round within one, in a fixed order of trying; None where it is not found soon."""
    total, turns, tries = sum(weights), list[int](), 0
    untried = [_by_need(weights, turns)]
    while untried:
        if not untried[-1]:
            untried.pop()
            if turns:
                turns.pop()
            continue
        tries += 1
        if tries > TRIES:
            return None
        turns.append(untried[-1].pop())
        if not _end_within_one(weights, turns):
            turns.pop()
        elif len(turns) == total:
            return tuple(turns)
        else:
            untried.append(_by_need(weights, turns))
    return None


def _by_need(weights: tuple[int, ...], turns: Sequence[int]) -> list[int]:
    """The groups that still have turns in the round, who is most behind last."""
    total, done = sum(weights), [turns.count(group) for group in range(len(weights))]
    left = [group for group, weight in enumerate(weights) if done[group] < weight]
    return sorted(left, key=lambda g: ((len(turns) + 1) * weights[g] - done[g] * total, -g))


def hall_round(ratio: Ratio) -> str:
    """The key of a ratio counted for the hall: those of one name and the same weights share it.

    So a ratio may be changed in one profile after the other: in between each counts by itself.
    """
    return f"*{ratio.name}={':'.join(str(share.weight) for share in ratio.shares)}"


def has_room(cap: Cap, last: int) -> bool:
    """Whether one more call is within the cap, by its `last` contested calls as bits."""
    return last.bit_count() < cap.calls


def noted(cap: Cap, last: int, taken: bool) -> int:
    """The last contested calls with one more, as many as the next look needs."""
    return (last << 1 | taken) & ((1 << (cap.of - 1)) - 1)
