"""One target in a process of its own: `python -m devices.fuzz.child ORDER`, the order as JSON.

With atheris, inputs are led by coverage; without it they are random changes of the seeds. What was
done is written to the order's `report` as it goes on, for libFuzzer ends the process itself.
"""

import importlib.util
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

WARM_UP: Final = 20_000
"""Inputs after which caches are full: memory is compared with what it was then."""
_NOTE_EVERY: Final = 5_000
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_SLOWEST: Final = 10  # seconds that one input may take
FAILED: Final = 77


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What to do: at most `runs` inputs (0: any number) in at most `seconds` (0: any time)."""

    name: str
    module: str
    runs: int
    seconds: float
    report: str
    keep: str
    """Folder for inputs that failed, and for the seeds under `seeds/`."""
    longest: int
    """Bytes of an input."""
    guided: bool = True
    seed: int = 1


class Report(msgspec.Struct, kw_only=True):
    """How far it came. Memory in bytes: at the warm-up, and last."""

    inputs: int = 0
    seconds: float = 0.0
    warm: int = 0
    last: int = 0
    exception: str = ""


class Meter:
    """Counts inputs and writes the report now and then."""

    def __init__(self, order: Order, run: Callable[[bytes], None]) -> None:
        self._order = order
        self._run = run
        self._began = time.monotonic()
        self.report = Report()

    def __call__(self, data: bytes) -> None:
        """One input."""
        report = self.report
        report.inputs += 1
        try:
            self._run(data)
        except Exception:
            # Reported with its input, then raised again: libFuzzer keeps the input.
            report.exception = traceback.format_exc(limit=-3)
            self.write()
            raise
        if report.inputs % _NOTE_EVERY == 0 or report.inputs == self._order.runs:
            self.write()

    def write(self) -> None:
        """Write the report."""
        self.report.seconds = round(time.monotonic() - self._began, 3)
        self.report.last = _resident()
        if self.report.inputs <= WARM_UP:
            self.report.warm = self.report.last
        path = Path(self._order.report)
        new = path.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(self.report))
        new.replace(path)


def _resident() -> int:
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * _PAGE


def run_guided(order: Order) -> None:
    """Led by coverage; does not return."""
    import atheris

    with atheris.instrument_imports(include=["devices", order.module.partition(".")[0]]):
        from devices.fuzz.targets import stands, targets_of

        target = targets_of(order.module)[order.name]
    meter = Meter(order, lambda data: stands(target, data))
    limits = [f"-runs={order.runs or -1}", f"-max_total_time={int(order.seconds)}"]
    keep = Path(order.keep)
    options = [
        f"-max_len={order.longest}", f"-timeout={_SLOWEST}", "-rss_limit_mb=1024", "-verbosity=0",
        f"-artifact_prefix={keep}/", f"-seed={order.seed}", str(keep / "seeds"),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *limits, *options], meter)
    atheris.Fuzz()


def run_random(order: Order) -> int:
    """Random changes of the seeds, where there is no atheris."""
    from devices.fuzz.targets import stands, targets_of

    target = targets_of(order.module)[order.name]
    meter = Meter(order, lambda data: stands(target, data))
    chance = random.Random(order.seed)  # noqa: S311 - must be the same again
    keep = Path(order.keep)
    seeds = [path.read_bytes() for path in sorted((keep / "seeds").iterdir())] or [b""]
    ends = time.monotonic() + (order.seconds or float("inf"))
    data = b""
    try:
        while time.monotonic() < ends and meter.report.inputs != order.runs:
            data = _changed(chance, chance.choice(seeds) if chance.random() < 0.8 else data)
            data = data[: order.longest]
            meter(data)
    except Exception:  # noqa: BLE001 - the meter has told it
        (keep / "crash-random").write_bytes(data)
        return FAILED
    meter.write()
    return 0


def _changed(chance: random.Random, data: bytes) -> bytes:
    some = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(some))
        match chance.randrange(4):
            case 0:
                some[at:at] = chance.randbytes(chance.randint(1, 8))
            case 1:
                del some[at : at + chance.randint(1, 8)]
            case 2:
                some[at : at + 1] = bytes((chance.randrange(256),))
            case _:
                some[at:at] = some[: chance.randint(0, 16)]
    return bytes(some)


def main() -> int:
    """Carry the order out."""
    order = msgspec.json.decode(sys.argv[1], type=Order)
    if order.guided and importlib.util.find_spec("atheris"):
        run_guided(order)
    return run_random(order)


if __name__ == "__main__":
    sys.exit(main())
