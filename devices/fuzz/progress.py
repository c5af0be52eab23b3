"""How far a run of the fuzzer is: a line now and then, with rate and time left."""

import sys
import threading
import time
from collections.abc import Callable
from typing import Final, TextIO

from devices.fuzz.child import Report

EVERY: Final = 10.0
"""Seconds between two lines."""


class Progress:
    """Collects what the targets' processes report; thread-safe.

    `runs` inputs are wanted of each of `targets` (0: any number), in about `seconds` for all (0:
    any time).
    """

    def __init__(
        self,
        targets: int,
        runs: int,
        seconds: float,
        out: TextIO = sys.stderr,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._targets = targets
        self._runs = runs
        self._seconds = seconds
        self._out = out
        self._clock = clock
        self._began = self._told = clock()
        self._running: dict[str, Report] = {}
        self._done = 0
        self._lock = threading.Lock()

    def seen(self, name: str, report: Report) -> None:
        """A target that goes on."""
        with self._lock:
            self._running[name] = report
            if self._clock() - self._told >= EVERY:
                self._told = self._clock()
                print(self.line(), file=self._out, flush=True)

    def finished(self, name: str) -> None:
        """A target that is through, or failed."""
        with self._lock:
            self._running.pop(name, None)
            self._done += 1

    def line(self) -> str:
        """Targets that are through, each that runs with its inputs and rate, time left."""
        parts = [f"[{self._done}/{self._targets}]"]
        for name, report in sorted(self._running.items()):
            rate = report.inputs / report.seconds if report.seconds else 0.0
            of = f"/{self._runs:,}" if self._runs else ""
            parts.append(f"{name} {report.inputs:,}{of} {rate:,.0f}/s")
        left = self.seconds_left()
        if left is not None:
            parts.append(f"剩余约 about {max(1, round(left / 60))} min left")
        return "  ".join(parts)

    def seconds_left(self) -> float | None:
        """By the inputs so far, or by the time that was given; None while nothing tells."""
        gone = self._clock() - self._began
        guesses = []
        if self._seconds:
            guesses.append(max(0.0, self._seconds - gone))
        if self._runs:
            share = self._done + sum(r.inputs for r in self._running.values()) / self._runs
            if share:
                guesses.append(gone * (self._targets - share) / share)
        return min(guesses, default=None)
