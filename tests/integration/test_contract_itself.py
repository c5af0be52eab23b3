"""The contract fails for a driver that breaks it: one that never tells, one that will not stop."""

import threading
from datetime import UTC, datetime

import pytest

from devices.backoff import Backoff
from devices.driver import Simulator
from devices.errors import DeviceError
from devices.health import Diagnosis, Health, OnHealth, State
from devices.supervisor import Supervisor
from tests.integration import device_contract
from tests.integration.device_contract import DeviceContract, Healths, Supervised
from tests.integration.echo_kind import EchoDuty, EchoOptions, EchoSimulator


class Deaf(EchoDuty):
    """Takes every silence for health."""

    def ask(self, check: object) -> Diagnosis:
        try:
            return super().ask(lambda: None)
        except DeviceError:
            return Diagnosis()


class Stubborn:
    """A driver that does not stop."""

    def __init__(self, released: threading.Event) -> None:
        self._released = released

    def start(self) -> None:
        pass

    def stop(self) -> None:
        self._released.wait()


class DeafContract(DeviceContract):
    silent_code = "printer.silent"

    def simulator(self, spec: str) -> Simulator:
        return EchoSimulator(spec)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        duty = Deaf(EchoOptions(port=port, patience=0.1))
        return Supervisor("deaf", duty, on_health, backoff=Backoff(0.05, 0.1))


def test_a_driver_that_takes_silence_for_health_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(device_contract, "PATIENCE", 1.0)
    DeafContract().test_it_connects_and_says_well_once("tcp")
    with pytest.raises(AssertionError, match="so far"):
        DeafContract().test_silence_is_told_with_its_code("tcp")


def test_a_driver_that_does_not_stop_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_contract, "PATIENCE", 0.2)
    released = threading.Event()
    with pytest.raises(AssertionError, match="did not stop"):
        device_contract.stop_in_time(Stubborn(released))
    released.set()


def test_what_is_said_twice_fails() -> None:
    healths = Healths()
    health = Health(state=State.OK, since=datetime(2026, 1, 5, tzinfo=UTC))
    healths(health)
    with pytest.raises(AssertionError, match="nothing is said twice"):
        healths(health)
