"""The contract holds for the kind that the tests bring along."""

from devices.driver import Simulator
from devices.health import OnHealth
from tests.integration.device_contract import DeviceContract, Supervised
from tests.integration.echo_kind import EchoSimulator, supervised


class TestEcho(DeviceContract):
    silent_code = "printer.silent"

    def simulator(self, spec: str) -> Simulator:
        return EchoSimulator(spec)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        return supervised(port, on_health)
