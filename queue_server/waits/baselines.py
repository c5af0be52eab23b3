"""The two plain estimates that any other must beat: the day's mean so far, and the last ten."""

from collections import deque


class Baselines:
    """One day's waits as they end; before the first one both say `at_first` seconds."""

    def __init__(self, at_first: float) -> None:
        self._at_first = at_first
        self._sum = 0.0
        self._count = 0
        self._last: deque[float] = deque(maxlen=10)

    def ended(self, wait_s: float) -> None:
        """A wait came to its end at a counter."""
        self._sum += wait_s
        self._count += 1
        self._last.append(wait_s)

    @property
    def has_any(self) -> bool:
        """Whether any wait has ended."""
        return self._count > 0

    @property
    def day_mean(self) -> float:
        """Mean of the day so far, s."""
        return self._sum / self._count if self._count else self._at_first

    @property
    def last_ten(self) -> float:
        """Mean of the last ten, s."""
        return sum(self._last) / len(self._last) if self._last else self._at_first
