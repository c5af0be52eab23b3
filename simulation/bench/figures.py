"""The figures, as the JSON file holds them. docs/bench.md says what each means."""

import math
from collections.abc import Iterable, Sequence

import msgspec


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all figures. Times in the unit their name ends with."""


class Floor(Figure, frozen=True):
    """What the machine itself takes, in the same minutes as the measured runs."""

    fdatasync_p50_ms: float
    fdatasync_p99_ms: float
    echo_p50_ms: float
    echo_p99_ms: float


class Issue(Figure, frozen=True):
    """Tickets issued by one number of clients, each asking again once it has its answer."""

    rate: float
    p50_ms: float
    p99_ms: float
    tickets: int
    server_cpu_us: float
    """CPU of the server process for each ticket, user and system."""
    rounds: list[tuple[float, float]] = []
    """Rate and p99 of every round the figures are medians of."""


class Issues(Figure, frozen=True):
    """By number of clients."""

    clients: dict[str, Issue]
    ratio_p50: float | None = None
    """p50 of one client over (echo p50 + fdatasync p50)."""


class Call(Figure, frozen=True):
    """From a caller's command to the last board's receipt, and the floor of the same rounds."""

    p50_ms: float
    p99_ms: float
    floor_p50_ms: float
    floor_p99_ms: float
    rounds: int
    frame_bytes: int


class Calls(Figure, frozen=True):
    """By number of boards."""

    screens: dict[str, Call]


class Restart(Figure, frozen=True):
    """Starts after kill -9 on a day's database."""

    worst_s: float
    all_s: tuple[float, ...]
    cpu_s: float
    """The server's processor for a start, the median: unlike the clock it hardly depends on who
    else uses the machine."""
    events: int
    database_mb: float


class Memory(Figure, frozen=True):
    """Resident memory of the server in MB of 10⁶ bytes."""

    rss_mb: float
    alone_mb: float
    """Before the clients came."""
    clients: int


class Crash(Figure, frozen=True):
    """What kill -9 did to what was promised."""

    kills: int
    acked: int
    lost: int
    duplicates: int
    gaps: int
    retried: int
    """Commands that were sent again over another connection."""


class Kiosk(Figure, frozen=True):
    """The kiosk program, offscreen, with the simulated printer on TCP."""

    touch_to_paper_p50_ms: float
    touch_to_paper_p99_ms: float
    touches: int
    first_frame_s: float
    """From the start of the process, imports included; the worst of some cold starts."""


class Machine(Figure, frozen=True):
    """What was measured on, and how busy it was."""

    cores: int
    load_before: float
    load_after: float
    quick: bool


class Report(msgspec.Struct, omit_defaults=True):
    """All of one run; parts not run are left out."""

    machine: Machine | None = None
    floor: Floor | None = None
    issue: Issues | None = None
    call: Calls | None = None
    restart_s: float | None = None
    restart: Restart | None = None
    rss_mb: float | None = None
    rss: Memory | None = None
    crash: Crash | None = None
    kiosk: Kiosk | None = None


class BenchError(Exception):
    """A measurement that could not be made."""


def percentile(values: Iterable[float], percent: float) -> float:
    """By nearest rank: a value that was measured, none is invented between two."""
    ordered = sorted(values)
    if not ordered:
        raise BenchError("没有样本 / nothing was measured")
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def milliseconds(nanoseconds: Sequence[int], percent: float) -> float:
    """A percentile of nanoseconds, in ms to the microsecond."""
    return round(percentile(nanoseconds, percent) / 1e6, 3)
