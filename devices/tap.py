"""A port between a program and its device, through which a recording is made."""

import logging
import threading

from devices.errors import DeviceError
from devices.health import Diagnosis, Health
from devices.simulated_port import Link, SimulatedPort
from devices.supervisor import Supervisor
from devices.transport import Transport
from devices.transport.record import Recorder, RecordingTransport

log = logging.getLogger(__name__)

_SLICE = 0.2  # seconds until a silent port is looked at anew
_WRITE = 10.0


class Tap:
    """Serves `spec` (pty or tcp) to a program and carries all to `transport` and back.

    A device that is lost is opened again; the program hears nothing meanwhile. The speed is the
    transport's own: a port that has to be probed for it is named with it.
    """

    def __init__(self, spec: str, transport: Transport, recorder: Recorder) -> None:
        self._transport = RecordingTransport(transport, recorder)
        self._links: list[Link] = []
        self._lock = threading.Lock()
        self._near = SimulatedPort(spec, self._session)
        self._supervisor = Supervisor("tap", self, _told)

    @property
    def port(self) -> str:
        """The PORT string for the program; after `start`."""
        return self._near.port

    def start(self) -> None:
        """Open both ends; DeviceError where the device cannot be opened now."""
        self._transport.open()
        self._near.start()
        self._supervisor.start()

    def stop(self) -> None:
        """Close both ends."""
        self._near.stop()
        self._supervisor.stop()

    def connect(self, supervisor: Supervisor) -> Diagnosis:
        """Open the device again after a loss."""
        if supervisor.health is not None:
            self._transport.open()
        return Diagnosis()

    def work(self, supervisor: Supervisor) -> None:
        """Carry what the device says to the program."""
        while True:
            supervisor.check()
            data = self._transport.read(65536, _SLICE)
            with self._lock:
                for link in self._links:
                    link.send(data)

    def close(self) -> None:
        """Close the device."""
        self._transport.close()

    def refused(self, error: DeviceError) -> None:
        """The device is still away."""

    def _session(self, link: Link) -> "_TapSession":
        with self._lock:
            self._links.append(link)
        return _TapSession(self, link)

    def carry(self, data: bytes) -> None:
        """What the program says, to the device; lost where there is none."""
        try:
            self._transport.write(data, _WRITE)
        except DeviceError as error:
            log.info("tap: %s", error)

    def leave(self, link: Link) -> None:
        """A program closed its connection."""
        with self._lock:
            self._links.remove(link)


class _TapSession:
    def __init__(self, tap: Tap, link: Link) -> None:
        self._tap = tap
        self._link = link

    def receive(self, data: bytes) -> None:
        self._tap.carry(data)

    def closed(self) -> None:
        self._tap.leave(self._link)


def _told(health: Health) -> None:
    """The supervisor's log line is enough."""
