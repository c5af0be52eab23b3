"""How long to wait before trying a lost device again."""


class Backoff:
    """Doubling delays in seconds from `first` to `longest`; `reset` after a success."""

    def __init__(self, first: float = 0.5, longest: float = 10.0) -> None:
        if not 0 < first <= longest:
            raise ValueError("backoff needs 0 < first <= longest")
        self._first = first
        self._longest = longest
        self._next = first

    def next(self) -> float:
        """The delay before the coming try."""
        delay = self._next
        self._next = min(self._longest, delay * 2)
        return delay

    def reset(self) -> None:
        """The device answered: begin again with the shortest delay."""
        self._next = self._first
