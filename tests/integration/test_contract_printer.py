"""The ticket printer passes what every kind passes."""

from typing import ClassVar

from devices.backoff import Backoff
from devices.driver import Simulator
from devices.health import Health, OnHealth
from devices.printer.driver import PrinterTimings, TicketPrinter
from devices.printer.simulator import PrinterSimulator
from devices.printer.worker import PrinterEvent, PrinterWorker
from devices.transport import parse_port
from tests.integration.device_contract import DeviceContract, Supervised


class TestPrinter(DeviceContract):
    silent_code: ClassVar[str | None] = "printer.silent"

    def simulator(self, spec: str) -> Simulator:
        return PrinterSimulator(spec)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        def hear(event: PrinterEvent) -> None:
            if isinstance(event, Health):
                on_health(event)

        return PrinterWorker(
            TicketPrinter(parse_port(port), timings=PrinterTimings(reply=0.5)),
            hear,
            poll=0.05,
            backoff=Backoff(0.05, 0.1),
        )
