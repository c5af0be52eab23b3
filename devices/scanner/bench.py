"""From a serial scanner's last byte to its event, for `hall bench devices`."""

import time
from queue import Empty, SimpleQueue
from statistics import median
from typing import Final

import msgspec

from devices.errors import DeviceError
from devices.health import Health, State
from devices.scanner.driver import Scanned, Scanner, ScannerEvent, ScannerOptions
from devices.scanner.simulator import ScannerSimulator
from devices.supervisor import Supervisor
from devices.transport import parse_port

_PATIENCE: Final = 60.0


class ScanLatency(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds from a code being sent on a pty to its event; a true line adds its own time,
    a millisecond a character at 9600 baud."""

    rounds: int
    median_ms: float
    most_ms: float


def latency(rounds: int = 50) -> ScanLatency:
    """Each round another code, which ends with a line end."""
    simulator = ScannerSimulator("pty")
    simulator.start()
    events: SimpleQueue[ScannerEvent] = SimpleQueue()
    healths: SimpleQueue[Health] = SimpleQueue()
    supervisor = Supervisor(
        "scanner",
        Scanner(parse_port(simulator.port), events.put, ScannerOptions()),
        healths.put,
    )
    supervisor.start()
    took = []
    try:
        health = healths.get(timeout=_PATIENCE)
        if health.state is not State.OK:
            raise DeviceError(health.code or "scanner.silent")
        for number in range(rounds):
            text = f"A{number:03d}"
            began = time.monotonic()
            simulator.scan(text)
            event = events.get(timeout=_PATIENCE)
            took.append((time.monotonic() - began) * 1000)
            if not isinstance(event, Scanned) or event.text != text:
                raise DeviceError("scanner.unreadable")
    except Empty:
        raise DeviceError("scanner.no_code") from None
    finally:
        supervisor.stop()
        simulator.stop()
    return ScanLatency(rounds=rounds, median_ms=round(median(took), 2), most_ms=round(max(took), 2))
