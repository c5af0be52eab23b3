"""A cable between driver and simulator that can be muted and made to say anything."""

import socket
import threading
from contextlib import suppress

from devices.simulated_port import Link, SimulatedPort


class NoisyLine:
    """Serves `spec` (pty or tcp) and carries every connection on to `host`'s TCP `far_port`."""

    def __init__(self, spec: str, far_port: str) -> None:
        scheme, host, number = far_port.split(":")
        assert scheme == "tcp", "the line's far end is a simulator on TCP"
        self._far = (host, int(number))
        self._wires: list[_Wire] = []
        self._changed = threading.Condition()
        self._requests = 0
        self.is_mute = False
        """Whether what the device says is lost."""
        self._near = SimulatedPort(spec, self._connect)

    @property
    def port(self) -> str:
        """The PORT string for the driver; after `start`."""
        return self._near.port

    def start(self) -> None:
        """Lay the cable."""
        self._near.start()

    def stop(self) -> None:
        """Take it away."""
        self._near.stop()

    def say(self, data: bytes) -> None:
        """The driver hears this."""
        for wire in [*self._wires]:
            wire.link.send(data)

    def tell(self, data: bytes) -> None:
        """The device hears this."""
        for wire in [*self._wires]:
            with suppress(OSError):
                wire.far.sendall(data)

    def wait_for_request(self, timeout: float) -> bool:
        """Until the driver has said something more; False where it did not."""
        with self._changed:
            goal = self._requests + 1
            return self._changed.wait_for(lambda: self._requests >= goal, timeout)

    def heard(self) -> None:
        """A wire carried something from the driver."""
        with self._changed:
            self._requests += 1
            self._changed.notify_all()

    def _connect(self, link: Link) -> "_Wire":
        wire = _Wire(self, link, socket.create_connection(self._far, 10))
        self._wires.append(wire)
        return wire


class _Wire:
    def __init__(self, line: NoisyLine, link: Link, far: socket.socket) -> None:
        self.link = link
        self.far = far
        self._line = line
        self._lock = threading.Lock()
        self._is_closed = False
        threading.Thread(target=self._carry, name="noisy-line", daemon=True).start()

    def receive(self, data: bytes) -> None:
        self._line.heard()
        with suppress(OSError):
            self.far.sendall(data)

    def closed(self) -> None:
        with self._lock:  # the descriptor may be another's from now on
            self._is_closed = True
        with suppress(OSError):
            self.far.shutdown(socket.SHUT_RDWR)

    def _carry(self) -> None:
        with self.far:
            while True:
                try:
                    data = self.far.recv(65536)
                except OSError:
                    return
                if not data:
                    return
                with self._lock:
                    if not self._is_closed and not self._line.is_mute:
                        self.link.send(data)
