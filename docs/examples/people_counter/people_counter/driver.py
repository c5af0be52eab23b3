"""The port: asks every few seconds, tells what changed. One thread, the supervisor's."""

import time
from collections.abc import Callable
from typing import Annotated

import msgspec

from devices.driver import DeviceOptions
from devices.errors import DeviceError
from devices.health import Diagnosis
from devices.supervisor import Supervisor
from devices.transport import parse_port
from people_counter.protocol import Counts, Refused, parser, request


class CounterOptions(DeviceOptions, frozen=True, kw_only=True):
    """A table of configuration; each field has a type, a default and a description."""

    unit: Annotated[int, msgspec.Meta(description="从站地址 unit", ge=1, le=247)] = 1
    register: Annotated[int, msgspec.Meta(description="首个寄存器 first register", ge=0)] = 0
    every: Annotated[float, msgspec.Meta(description="查询间隔 asked every, s", gt=0)] = 5.0
    answer: Annotated[float, msgspec.Meta(description="应答时限 answers within, s", gt=0)] = 0.5


class Line:
    """The counter on its port, asked one question at a time."""

    def __init__(self, options: CounterOptions) -> None:
        self._options = options
        self._port = parse_port(options.port)

    def open(self) -> None:
        """DeviceError `port.…` where it cannot be."""
        self._port.open()

    def close(self) -> None:
        """Harmless when closed."""
        self._port.close()

    def ask(self, check: Callable[[], None]) -> Counts:
        """The counts now. DeviceError `driver.silent`; `driver.options` where the device refuses.

        `check` is called at least every tenth of a second and may raise.
        """
        replies = parser(self._options.unit)
        while self._port.read(4096, 0):
            check()  # what came unasked is no answer
        self._port.write(request(self._options.unit, self._options.register), 1.0)
        deadline = time.monotonic() + self._options.answer
        while (left := deadline - time.monotonic()) > 0:
            check()
            for event in replies.feed(self._port.read(4096, min(left, 0.1))):
                if isinstance(event, Counts):
                    return event
                if isinstance(event, Refused):
                    raise DeviceError("driver.options", f"refused, reason {event.reason}")
        raise DeviceError("driver.silent", f"unit {self._options.unit}")


class PeopleCounter:
    """A Duty: Supervisor opens it, keeps it at work, and says gone and back once."""

    def __init__(self, options: CounterOptions, on_counts: Callable[[Counts], None]) -> None:
        self._every = options.every
        self._line = Line(options)
        self._on_counts = on_counts
        self._told: Counts | None = None

    def connect(self, supervisor: Supervisor) -> Diagnosis:
        self._line.open()
        self._tell(self._line.ask(supervisor.check))
        return Diagnosis()

    def work(self, supervisor: Supervisor) -> None:
        while True:
            supervisor.pause(self._every)
            self._tell(self._line.ask(supervisor.check))

    def close(self) -> None:
        self._line.close()

    def refused(self, error: DeviceError) -> None:
        """Nobody waits for an answer of this device."""

    def _tell(self, counts: Counts) -> None:
        if counts != self._told:
            self._told = counts
            self._on_counts(counts)
