"""One port for several screens that only listen: each writes whole frames, one after the other."""

import threading

from devices.errors import DeviceError
from devices.transport import Transport


class SharedPort:
    """Opened by the first that needs it, closed by the last. When it is lost, it is lost for all:
    each is told at its next use, and the first to open it again opens it for all."""

    def __init__(self, port: Transport) -> None:
        self._port = port
        self._lock = threading.Lock()
        self._users: set[int] = set()
        self._is_open = False

    def seat(self) -> "Seat":
        """A transport for one more device."""
        return Seat(self)

    def open(self, user: int, speed: int | None) -> None:
        """Let `user` in."""
        with self._lock:
            if not self._is_open:
                self._port.open(speed)
                self._is_open = True
                self._users.clear()
            self._users.add(user)

    def close(self, user: int) -> None:
        """Let `user` out."""
        with self._lock:
            self._users.discard(user)
            if not self._users and self._is_open:
                self._shut()

    def read(self, user: int, most: int, timeout: float) -> bytes:
        """As Transport."""
        with self._lock:
            self._check(user)
            try:
                return self._port.read(most, timeout)
            except DeviceError:
                self._shut()
                raise

    def write(self, user: int, data: bytes, timeout: float) -> None:
        """As Transport."""
        with self._lock:
            self._check(user)
            try:
                self._port.write(data, timeout)
            except DeviceError:
                self._shut()
                raise

    def _check(self, user: int) -> None:
        if user not in self._users or not self._is_open:
            raise DeviceError("port.lost", "another device on this port lost it")

    def _shut(self) -> None:
        self._is_open = False
        self._users.clear()
        self._port.close()


class Seat:
    """A Transport: one device's share of a port."""

    def __init__(self, shared: SharedPort) -> None:
        self._shared = shared

    @property
    def speeds(self) -> tuple[int, ...]:
        """Settled by the port string."""
        return ()

    def open(self, speed: int | None = None) -> None:
        """Open the port unless another has."""
        self._shared.open(id(self), speed)

    def close(self) -> None:
        """Leave; the last one closes."""
        self._shared.close(id(self))

    def read(self, most: int, timeout: float) -> bytes:
        """What anybody on the line said."""
        return self._shared.read(id(self), most, timeout)

    def write(self, data: bytes, timeout: float) -> None:
        """One whole frame."""
        self._shared.write(id(self), data, timeout)
