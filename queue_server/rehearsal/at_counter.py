"""How long one call of a ticket takes up counters: the one that called it, and any that join."""

from typing import NamedTuple

from ..domain.hall import Transaction
from ..domain.values import CounterId, Ms
from .record import Together


class Work(NamedTuple):
    """What a call came to."""

    transaction: Transaction
    """Of the counter that called."""
    took: int
    """Milliseconds that it was taken up."""
    together: tuple[Together, ...] = ()


class AtCounter:
    """One ticket from its call on, until it leaves the last counter that works on it."""

    def __init__(self, transaction: Transaction, at: Ms) -> None:
        self._first = transaction
        self._since: Ms | None = at
        """Since when the first counter is taken up; None while it is not."""
        self._took = 0
        self._joined: dict[CounterId, Ms] = {}
        """Further counters at work, and since when."""
        self._together: list[Together] = []

    def begins(self, counter: CounterId, at: Ms) -> None:
        """A counter takes it up: it joins, or calls it back after it was set aside."""
        if counter == self._first.counter:
            self._since = at
        else:
            self._joined[counter] = at

    def ends(self, counter: CounterId, at: Ms) -> None:
        """A counter has done its part, or sets it aside."""
        if counter in self._joined:
            since = self._joined.pop(counter)
            after = since - self._first.called_at
            self._together.append(Together(counter=counter, after=after, took=at - since))
        elif self._since is not None:
            self._took += at - self._since
            self._since = None

    def leaves(self, at: Ms) -> Work:
        """It goes on, or away: what still works on it ends."""
        for counter in (self._first.counter, *self._joined):
            self.ends(counter, at)
        return Work(self._first, self._took, tuple(self._together))
