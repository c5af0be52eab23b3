"""Tells people what is being measured, on standard error."""

import sys
import time


class Progress:
    """One line a part while it runs, with the seconds since the bench began."""

    def __init__(self, parts: int) -> None:
        self._parts = parts
        self._part = 0
        self._name = ""
        self._began = time.monotonic()

    def part(self, name: str) -> None:
        """The next part begins."""
        self._part += 1
        self._name = name
        self.say("…")

    def say(self, text: str) -> None:
        """Where the part is."""
        seconds = time.monotonic() - self._began
        print(
            f"[{self._part}/{self._parts}] {seconds:5.0f} s  {self._name}: {text}",
            file=sys.stderr,
            flush=True,
        )
