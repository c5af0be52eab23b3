"""The same code again at once is the same laying, not a second one."""


class Repeats:
    """`is_new` is false for a text seen less than `window` seconds ago; each sight counts anew."""

    def __init__(self, window: float) -> None:
        self._window = window
        self._seen: dict[str, float] = {}

    def is_new(self, text: str, at: float) -> bool:
        """Whether to tell of `text`, seen at `at` seconds."""
        for old, when in tuple(self._seen.items()):
            if not 0 <= at - when < self._window:
                del self._seen[old]
        is_new = text not in self._seen
        self._seen[text] = at
        return is_new

    def forget(self) -> None:
        """The next sight is new: another citizen's turn."""
        self._seen.clear()
