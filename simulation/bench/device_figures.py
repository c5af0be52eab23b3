"""The figures of `hall bench devices`, as the JSON file holds them. docs/bench.md says more."""

from collections.abc import Sequence

import msgspec

from devices.call_line.bench import LineBench
from devices.camera.bench import CameraRate, CodeLatency
from devices.id_reader.bench import CardBench
from devices.printer.bench import TicketFigures
from devices.scanner.bench import ScanLatency
from devices.voice.bench import VoiceBench
from simulation.bench.figures import Figure, Machine, milliseconds


class Spread(Figure, frozen=True):
    """Of many rounds, in milliseconds; percentiles by nearest rank."""

    rounds: int
    p50_ms: float
    p95_ms: float
    most_ms: float


class Card(Figure, frozen=True):
    """From a card laid to its holder known: to the driver's event, and to the kiosk's frame."""

    driver: CardBench
    screen: Spread


class Ticket(Figure, frozen=True):
    """One sort of slip, and what its bytes take on a serial line of 115200 baud."""

    slip: TicketFigures
    line_ms: float


class Camera(Figure, frozen=True):
    """Pictures searched for codes; the floor is JPEG and search alone, on one of them."""

    rates: tuple[CameraRate, ...]
    latency: CodeLatency
    floor_ms: float


class Voice(Figure, frozen=True):
    """From a call to its first sample: within the announcer, and from a caller's command on."""

    announcer: VoiceBench
    hall: Spread
    floor: Spread


class DeviceReport(msgspec.Struct, omit_defaults=True):
    """All of one run; parts not run are left out."""

    machine: Machine | None = None
    card: Card | None = None
    tickets: tuple[Ticket, ...] = ()
    scanner: ScanLatency | None = None
    camera: Camera | None = None
    voice: Voice | None = None
    line: LineBench | None = None


def spread(nanoseconds: Sequence[int]) -> Spread:
    """Of measured times. Raises `BenchError` where there are none."""
    return Spread(
        rounds=len(nanoseconds),
        p50_ms=milliseconds(nanoseconds, 50),
        p95_ms=milliseconds(nanoseconds, 95),
        most_ms=milliseconds(nanoseconds, 100),
    )
