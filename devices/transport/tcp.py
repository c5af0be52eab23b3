"""TCP: network printers and screens, serial servers."""

import socket

from devices.errors import DeviceError
from devices.transport.base import OPEN_ERRORS
from devices.transport.descriptor import DescriptorTransport


class TcpTransport(DescriptorTransport):
    """A device behind a TCP port (network printers, serial servers)."""

    def __init__(self, host: str, port: int, *, connect_timeout: float = 3.0) -> None:
        self.host = host
        self.port = port
        self._connect_timeout = connect_timeout
        self._socket: socket.socket | None = None

    def __repr__(self) -> str:
        return f"tcp:{self.host}:{self.port}"

    @property
    def speeds(self) -> tuple[int, ...]:
        return ()

    def open(self, speed: int | None = None) -> None:  # noqa: ARG002 - a socket has none
        self.close()
        try:
            link = socket.create_connection((self.host, self.port), self._connect_timeout)
        except OSError as error:
            code = OPEN_ERRORS.get(error.errno or 0, "port.unreachable")
            raise DeviceError(code, f"{self!r}: {error}") from error
        link.setblocking(False)
        # A slip leaves at once; a peer that lost its power is noticed within the minute.
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 20)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 10)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
        self._socket = link

    def close(self) -> None:
        link, self._socket = self._socket, None
        if link is not None:
            link.close()

    def _descriptor(self) -> int:
        if self._socket is None:
            raise DeviceError("port.closed", repr(self))
        return self._socket.fileno()
