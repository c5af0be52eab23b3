"""The card reader's driver and simulator pass the contract of every kind."""

from devices.backoff import Backoff
from devices.driver import Simulator
from devices.health import Health, OnHealth
from devices.id_reader.driver import IdReader
from devices.id_reader.events import ReaderEvent
from devices.id_reader.sam import ReaderTimings, reader_transport
from devices.id_reader.simulator import IdReaderSimulator
from tests.integration.device_contract import DeviceContract, Supervised

QUICK = ReaderTimings(poll=0.02, header=0.6, reply=1.2, probe=0.05)


class TestIdReader(DeviceContract):
    silent_code = "id_reader.silent"

    def simulator(self, spec: str) -> Simulator:
        return IdReaderSimulator(spec)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        def tell(event: ReaderEvent) -> None:
            if isinstance(event, Health):
                on_health(event)

        return IdReader(reader_transport(port), tell, timings=QUICK, backoff=Backoff(0.05, 0.1))
