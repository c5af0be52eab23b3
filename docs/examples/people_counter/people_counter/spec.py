"""What the hall's bench, doctor and configuration know of it: one Driver object."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Final

import msgspec

from devices.driver import Driver
from devices.health import Diagnosis
from devices.transport.record import Verbatim
from people_counter.driver import CounterOptions, Line
from people_counter.protocol import Counts
from people_counter.simulator import CounterSimulator


def _ask(options: CounterOptions) -> Counts:
    line = Line(options)
    try:
        line.open()
        return line.ask(lambda: None)
    finally:
        line.close()


def probe(options: CounterOptions) -> Diagnosis:
    """Whether a counter answers on the port."""
    _ask(options)
    return Diagnosis(facts=(("unit", str(options.unit)),))


def test(options: CounterOptions, given: Namespace) -> Mapping[str, object]:  # noqa: ARG001
    """The counts now."""
    found: dict[str, object] = msgspec.to_builtins(_ask(options))
    return found


def simulate_arguments(parser: ArgumentParser) -> None:
    """Where it listens."""
    parser.add_argument("--unit", type=int, default=1)


def simulate(spec: str, given: Namespace) -> CounterSimulator:
    """A counter, not started."""
    return CounterSimulator(spec, given.unit)


DRIVER: Final = Driver(
    kind="people-counter",
    name="modbus",
    zh="客流计数器（Modbus RTU）",
    en="people counter (Modbus RTU)",
    options=CounterOptions,
    probe=probe,
    test=test,
    simulate=simulate,
    simulate_arguments=simulate_arguments,
    redactor=Verbatim,  # nothing personal is on this line
    is_default=True,
)
