"""A round over 32 addresses, against simulated units on a pty that take 9600 baud's true time.

The line has no poll frame: a round is one display said to each address and echoed by it, as after
an unplug. *Wire* is what the bytes of a round take on the line, both ways; what is above it are the
silences between frames (`gap`), the units' turn-around, and ours.
"""

import statistics
import threading
import time
from typing import Final

import msgspec

from devices.call_line.driver import CallLine
from devices.call_line.protocol import BAUD, ticket, wire_seconds
from devices.call_line.simulator import TURNAROUND, CallLineSimulator, Unit
from devices.call_line.timings import LineTimings
from devices.errors import DeviceError
from devices.transport import parse_port

ADDRESSES: Final = 32
_PATIENCE: Final = 60.0


class LineBench(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds. `gaps_ms`: silences and turn-arounds that the line needs in a round;
    `ours_ms`: what is left of the median round, the program's own. `holds`: the median
    round is at most half as long again as the wire's time, and nothing was said twice."""

    rounds: int
    addresses: int
    baud: int
    wire_ms: float
    gaps_ms: float
    round_ms: float
    worst_ms: float
    ours_ms: float
    unacknowledged: int
    holds: bool


def measure(rounds: int = 5, addresses: int = ADDRESSES) -> LineBench:
    """Show a new number at each address, `rounds` times; DeviceError if one never shows it."""
    timings = LineTimings(refresh=3600.0)
    shown = threading.Event()
    number = "000"

    def changed(_: Unit) -> None:
        if all(unit.ticket == number for unit in units.units.values()):
            shown.set()

    units = CallLineSimulator(
        "pty", addresses=range(1, addresses + 1), is_paced=True, on_change=changed
    )
    units.start()
    line = CallLine(
        parse_port(units.port),
        on_press=lambda _press, answer: answer.accept(),
        on_health=lambda _: None,
        timings=timings,
    )
    line.start()
    took = []
    try:
        for count in range(1, rounds + 1):
            number = f"{count:03d}"
            before = line.counts.acknowledged
            shown.clear()
            start = time.monotonic()
            for address in range(1, addresses + 1):
                line.show_ticket(address, number)
            if not shown.wait(_PATIENCE):
                raise DeviceError("call_line.silent", "bench")
            while line.counts.acknowledged < before + addresses:
                time.sleep(0.0005)
                if time.monotonic() > start + _PATIENCE:
                    raise DeviceError("call_line.silent", "bench")
            took.append(time.monotonic() - start)
        lost = line.counts.unacknowledged
    finally:
        line.stop()
        units.stop()
    wire = 2 * addresses * wire_seconds(len(ticket(1, "000").encode()))
    gaps = addresses * (timings.gap + TURNAROUND)
    median = statistics.median(took)
    return LineBench(
        rounds=rounds,
        addresses=addresses,
        baud=BAUD,
        wire_ms=_ms(wire),
        gaps_ms=_ms(gaps),
        round_ms=_ms(median),
        worst_ms=_ms(max(took)),
        ours_ms=_ms(median - wire - gaps),
        unacknowledged=lost,
        holds=median <= 1.5 * wire and not lost,
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
