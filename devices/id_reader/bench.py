"""From card to identity, against the simulator on a pty that takes a 115200 baud line's true time.

Two figures. *Over the wire*: from the last byte of the answer "found" to the identity's event, less
what the bytes of select and read take on the line: ours alone, to be at most 100 ms. *Laid to
identity*: all that a citizen waits for; beside the wire it holds the time until the next look for
a card, which the module wants no closer than 300 ms apart (0 to 300 ms, as the card falls), and
would hold the module's own time with the card, which the simulator does not take.

The kiosk adds its next frame: with `--timing` it prints `identity_shown`, the simulator's
`--exchanges FILE` has the line's side, and `exchanges.over_wire_ns` tells the same figure up to
the screen.
"""

import math
import queue
import random
import statistics
import time
from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from devices.errors import DeviceError
from devices.health import Health
from devices.id_reader.driver import IdReader
from devices.id_reader.events import CardRead, CardRemoved, ReaderEvent
from devices.id_reader.exchanges import Exchange, since_found
from devices.id_reader.sam import ReaderTimings, reader_transport
from devices.id_reader.simulator import IdReaderSimulator, card_of
from devices.id_reader.synthetic import invent

LIMIT_MS: Final = 100.0
_PATIENCE: Final = 30.0


class Spread(msgspec.Struct, frozen=True):
    """Of many rounds, in milliseconds."""

    median: float
    p95: float
    most: float


class CardBench(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured; `holds` says whether no round was more than the limit over the wire."""

    rounds: int
    baud: int
    poll_ms: float
    wire_bytes: int
    wire_ms: float
    over_wire_ms: Spread
    poll_wait_ms: Spread
    laid_to_identity_ms: Spread
    limit_ms: float
    holds: bool


class _Watch:
    """When what happened: the simulator's thread writes, the bench reads after the identity."""

    def __init__(self) -> None:
        self.events: queue.Queue[tuple[int, ReaderEvent]] = queue.Queue()
        self.exchanges: list[Exchange] = []

    def heard(self, event: ReaderEvent) -> None:
        self.events.put((time.monotonic_ns(), event))

    def exchanged(self, command: int, status: int, size: int) -> None:
        self.exchanges.append(Exchange(time.monotonic_ns(), command, status, size))

    def until(self, kind: type[ReaderEvent]) -> int:
        """When the next event of a kind came; DeviceError `id_reader.silent` if none does."""
        while True:
            try:
                at, event = self.events.get(timeout=_PATIENCE)
            except queue.Empty:
                raise DeviceError("id_reader.silent", "bench") from None
            if isinstance(event, kind):
                return at


def _card_exchanges(watch: _Watch, laid_ns: int) -> list[Exchange]:
    """Found, selected, read. On a busy machine the simulator notes the last one after the driver
    has already taken its bytes, so it is waited for."""
    deadline = time.monotonic() + 2.0
    while True:
        since = since_found(watch.exchanges, laid_ns, time.monotonic_ns())[:3]
        if len(since) == 3 or time.monotonic() > deadline:
            return since
        time.sleep(0.002)


def measure(rounds: int = 20, *, baud: int = 115200, seed: int = 1) -> CardBench:
    """Lay `rounds` cards at random moments; about a second each."""
    chance = random.Random(seed)  # noqa: S311 - when a card falls is no secret
    watch, timings = _Watch(), ReaderTimings()
    simulator = IdReaderSimulator("pty", pace=baud)
    simulator.on_exchange = watch.exchanged
    simulator.start()
    reader = IdReader(reader_transport(simulator.port), watch.heard, timings=timings)
    reader.start()
    over, waits, wholes, sizes = [], [], [], []
    try:
        watch.until(Health)
        for _ in range(rounds):
            time.sleep(chance.uniform(0, timings.poll))
            watch.exchanges.clear()
            card = card_of(invent(chance, date(2026, 1, 5)))
            laid = time.monotonic_ns()
            simulator.lay(card)
            known = watch.until(CardRead)
            found, *rest = _card_exchanges(watch, laid)
            over.append(known - found.at_ns - sum(one.line_ns(baud) for one in rest))
            waits.append(found.at_ns - laid - found.line_ns(baud))
            wholes.append(known - laid)
            sizes.append(sum(one.size for one in rest))
            simulator.lift()
            watch.until(CardRemoved)
    finally:
        reader.stop()
        simulator.stop()
    size = max(sizes)
    return CardBench(
        rounds=rounds,
        baud=baud,
        poll_ms=timings.poll * 1000,
        wire_bytes=size,
        wire_ms=round(Exchange(0, 0, 0, size).line_ns(baud) / 1e6, 1),
        over_wire_ms=_spread(over),
        poll_wait_ms=_spread(waits),
        laid_to_identity_ms=_spread(wholes),
        limit_ms=LIMIT_MS,
        holds=max(over) <= LIMIT_MS * 1e6,
    )


def _spread(nanoseconds: Sequence[int]) -> Spread:
    ordered = sorted(one / 1e6 for one in nanoseconds)
    p95 = ordered[math.ceil(len(ordered) * 0.95) - 1]
    return Spread(*(round(x, 1) for x in (statistics.median(ordered), p95, ordered[-1])))
