"""How long to wait before telling the backend again."""

from collections.abc import Callable


class Backoff:
    """Doubling delays in seconds, each spread over its upper half.

    The spread keeps a thousand halls from returning in step after one backend's restart.
    """

    def __init__(self, first: float, longest: float, random: Callable[[], float]) -> None:
        """`random` gives numbers in [0, 1)."""
        if not 0 < first <= longest:
            raise ValueError("backoff needs 0 < first <= longest")
        self._first = first
        self._longest = longest
        self._random = random
        self._next = first

    def next(self) -> float:
        """The delay before the coming try."""
        delay = self._next
        self._next = min(self._longest, delay * 2)
        return delay * (0.5 + self._random() / 2)

    def reset(self) -> None:
        """It worked: begin again with the shortest delay."""
        self._next = self._first
