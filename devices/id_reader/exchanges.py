"""What went over a simulated reader's line, and how much of a time was the line's own."""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

FIND: Final = 0x2001
FOUND: Final = 0x9F
_BITS: Final = 10  # start, eight, stop


class Exchange(msgspec.Struct, frozen=True):
    """A request and its reply: `size` bytes in all, done at `at_ns` of CLOCK_MONOTONIC."""

    at_ns: int
    command: int
    status: int
    size: int

    def line_ns(self, baud: int) -> int:
        """What the bytes alone take, in nanoseconds."""
        return self.size * _BITS * 1_000_000_000 // baud


class ExchangeFile:
    """Writes each exchange as a JSON line at once. No data: what a card says is nowhere in it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=0)

    def __call__(self, command: int, status: int, size: int) -> None:
        """As IdReaderSimulator.on_exchange."""
        one = Exchange(time.monotonic_ns(), command, status, size)
        self._file.write(msgspec.json.encode(one) + b"\n")


def read_exchanges(lines: bytes) -> list[Exchange]:
    """What an ExchangeFile wrote."""
    return [msgspec.json.decode(line, type=Exchange) for line in lines.splitlines()]


def since_found(exchanges: Iterable[Exchange], laid_ns: int, until_ns: int) -> list[Exchange]:
    """The first "found" after `laid_ns` and all that followed it before `until_ns`."""
    after = [one for one in exchanges if laid_ns <= one.at_ns <= until_ns]
    is_found = [one.command == FIND and one.status == FOUND for one in after]
    return after[is_found.index(True) :] if any(is_found) else []


def over_wire_ns(exchanges: Iterable[Exchange], laid_ns: int, known_ns: int, baud: int) -> int:
    """From the reader's first "found" to `known_ns`, less the line's time for what lies between.

    ValueError where no card was found.
    """
    since = since_found(exchanges, laid_ns, known_ns)
    if not since:
        raise ValueError("no card was found in this time")
    return known_ns - since[0].at_ns - sum(one.line_ns(baud) for one in since[1:])
