"""What every kind's driver and simulator pass together, on a pty and over TCP.

A kind's `test_contract_KIND.py` has one class that inherits DeviceContract and supplies its pieces:

    class TestScanner(DeviceContract):
        silent_code = None                      # a scanner is silent by nature
        garbage = bytes(range(256))

        def simulator(self, spec: str) -> Simulator: ...
        def driver(self, port: str, on_health: OnHealth) -> Supervised: ...

Give the driver short time-outs and `Backoff(0.05, 0.1)`, so that a test takes a second.
"""

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Protocol

import pytest

from devices.driver import Simulator
from devices.health import Health, OnHealth, State
from tests.integration.noisy_line import NoisyLine

PATIENCE = 30.0


class Supervised(Protocol):
    """A driver at work: a Supervisor, or what holds one."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Healths:
    """What a driver said of its device, in order; called in its thread."""

    def __init__(self) -> None:
        self.all: list[Health] = []
        self._changed = threading.Condition()

    def __call__(self, health: Health) -> None:
        with self._changed:
            assert not self.all or self.all[-1] != health, "nothing is said twice"
            self.all.append(health)
            self._changed.notify_all()

    def until(self, fits: Callable[[list[State]], bool]) -> None:
        """Wait until the states so far fit."""
        with self._changed:
            came = self._changed.wait_for(lambda: fits(self.states), PATIENCE)
        assert came, f"so far: {self.all}"

    @property
    def states(self) -> list[State]:
        """The states, a change of facts alone left out."""
        found: list[State] = []
        for health in [*self.all]:
            if not found or found[-1] is not health.state:
                found.append(health.state)
        return found


class DeviceContract(ABC):
    """See the module. Each test runs for each of `ports`."""

    ports: ClassVar[tuple[str, ...]] = ("pty", "tcp")
    garbage: ClassVar[bytes] = bytes(range(256)) * 8
    """Said to the driver, and to the device, while they are at work."""
    silent_code: ClassVar[str | None]
    """The code after which a device that no longer answers is gone; None where it never answers."""
    well: ClassVar[State] = State.OK
    """How the simulated device is when nothing is wrong."""

    @abstractmethod
    def simulator(self, spec: str) -> Simulator:
        """A simulator, not started, on `pty:LINK` or `tcp`."""

    @abstractmethod
    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        """The kind's driver, not started, with short time-outs, on a PORT."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        if "spec" in metafunc.fixturenames:
            metafunc.parametrize("spec", self.ports, indirect=True)

    @pytest.fixture
    def spec(self, request: pytest.FixtureRequest, tmp_path: Path) -> str:
        return f"pty:{tmp_path}/device" if request.param == "pty" else "tcp"

    @pytest.fixture(autouse=True)
    def _no_thread_failed(self, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
        yield
        errors = [r for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
        assert not errors, [record.getMessage() for record in errors]

    @contextmanager
    def plugged(self, spec: str) -> Iterator[Simulator]:
        simulator = self.simulator(spec)
        simulator.start()
        try:
            yield simulator
        finally:
            simulator.stop()

    @contextmanager
    def working(self, port: str) -> Iterator[Healths]:
        """A driver that has found its device well."""
        with self.started(port) as healths:
            healths.until(lambda states: self.well in states)
            yield healths

    @contextmanager
    def started(self, port: str) -> Iterator[Healths]:
        healths = Healths()
        driver = self.driver(port, healths)
        driver.start()
        try:
            yield healths
        finally:
            stop_in_time(driver)

    @contextmanager
    def noisy(self, spec: str) -> Iterator[NoisyLine]:
        """A line of this kind before a simulator on TCP."""
        with self.plugged("tcp") as simulator:
            line = NoisyLine(spec, simulator.port)
            line.start()
            try:
                yield line
            finally:
                line.stop()

    def test_it_connects_and_says_well_once(self, spec: str) -> None:
        with self.plugged(spec) as simulator, self.working(simulator.port) as healths:
            time.sleep(0.2)
            assert healths.states == [self.well]
            assert healths.all[0].since.tzinfo is not None

    def test_an_unplug_is_said_once_and_the_return_once(self, spec: str) -> None:
        with self.plugged(spec) as simulator, self.working(simulator.port) as healths:
            for _ in range(2):
                said = len(healths.states)
                simulator.stop()
                healths.until(lambda states, n=said: len(states) > n)  # type: ignore[misc]
                time.sleep(0.3)  # several tries fail, in silence
                simulator.start()
                healths.until(lambda states, n=said: len(states) > n + 1)  # type: ignore[misc]
            assert healths.states == [self.well, State.GONE, self.well, State.GONE, self.well]
            gone = [health for health in healths.all if health.state is State.GONE][-1]
            assert gone.code is not None
            assert healths.all[-1].code is None or self.well is not State.OK
            assert healths.all[-1].last_error == gone.code, "what was wrong is still known"

    def test_a_device_not_there_at_first_is_found_later(self, spec: str) -> None:
        simulator = self.simulator(spec)
        simulator.start()  # so that its port is known
        port = simulator.port
        simulator.stop()
        with self.started(port) as healths:
            healths.until(lambda states: State.GONE in states)
            simulator.start()
            healths.until(lambda states: self.well in states)
            assert healths.states == [State.GONE, self.well]
        simulator.stop()

    def test_silence_is_told_with_its_code(self, spec: str) -> None:
        if self.silent_code is None:
            return
        with self.noisy(spec) as line, self.working(line.port) as healths:
            line.is_mute = True
            healths.until(lambda states: State.GONE in states)
            assert healths.all[-1].code == self.silent_code
            line.is_mute = False
            healths.until(lambda states: states[-1] is self.well)
            assert healths.states == [self.well, State.GONE, self.well]

    def test_garbage_harms_nothing(self, spec: str) -> None:
        with self.noisy(spec) as line, self.working(line.port) as healths:
            for make_noise in (line.say, line.tell):
                for noise in (self.garbage, b"\x00", b"\xff" * 5000):
                    make_noise(noise)
                    line.wait_for_request(0.3)
            healths.until(lambda states: states[-1] is self.well)
        # What was made of the noise is no device: the true one is still found behind it.
        with self.plugged(spec) as simulator, self.working(simulator.port):
            pass

    def test_it_stops_in_time_while_it_waits_for_an_answer(self, spec: str) -> None:
        with self.noisy(spec) as line:
            healths = Healths()
            driver = self.driver(line.port, healths)
            driver.start()
            healths.until(lambda states: self.well in states)
            line.is_mute = True
            line.wait_for_request(0.5)
            stop_in_time(driver)

    def test_it_stops_in_time_where_nothing_is(self, spec: str) -> None:
        simulator = self.simulator(spec)
        simulator.start()
        port = simulator.port
        simulator.stop()
        healths = Healths()
        driver = self.driver(port, healths)
        driver.start()
        healths.until(lambda states: State.GONE in states)
        stop_in_time(driver)


def stop_in_time(driver: Supervised) -> None:
    """Stop a driver; it must be done within some seconds whatever it waits for."""
    stopper = threading.Thread(target=driver.stop, daemon=True)
    stopper.start()
    stopper.join(PATIENCE / 2)
    assert not stopper.is_alive(), "the driver did not stop"
