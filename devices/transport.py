"""Byte transports: where a driver meets a port. Blocking, with a time-out on every call.

A port is written `serial:/dev/ttyUSB0`, `serial:/dev/serial/by-id/…@9600`,
`serial:/dev/ttyS1@auto` (the driver probes the speed) or `tcp:HOST:PORT`.
"""

import errno
import os
import select
import socket
import time
from typing import Final, Protocol

import serial

from devices.errors import DeviceError

DEFAULT_BAUD: Final = 115200
BAUDS: Final = (115200, 57600, 38400, 19200, 9600)
_OPEN_ERRORS: Final = {
    errno.ENOENT: "port.missing",
    errno.ENXIO: "port.missing",
    errno.ENODEV: "port.missing",
    errno.EIO: "port.missing",
    errno.EACCES: "port.denied",
    errno.EPERM: "port.denied",
    errno.EBUSY: "port.busy",
    errno.EAGAIN: "port.busy",
    errno.ECONNREFUSED: "port.refused",
}


class Transport(Protocol):
    """A port that can be opened, closed and opened again. One thread uses it at a time."""

    @property
    def speeds(self) -> tuple[int, ...]:
        """Speeds the driver should probe, in order; empty where the speed is settled."""

    def open(self, speed: int | None = None) -> None:
        """Open the port, at `speed` baud if given; DeviceError `port.…` if it cannot be."""

    def close(self) -> None:
        """Close; harmless when closed."""

    def read(self, most: int, timeout: float) -> bytes:
        """At least one and at most `most` bytes, or empty after `timeout` seconds of none.

        DeviceError `port.lost` when the other side is gone.
        """

    def write(self, data: bytes, timeout: float) -> None:
        """Hand over all of `data` within `timeout` seconds, else DeviceError with `written`."""


def parse_port(port: str, *, connect_timeout: float = 3.0) -> Transport:
    """Make the transport for a PORT string (see the module); DeviceError `port.invalid`."""
    scheme, _, rest = port.partition(":")
    if scheme == "serial":
        return _parse_serial(port, rest)
    if scheme == "tcp":
        host, _, number = rest.rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        if not host:
            raise DeviceError("port.invalid", f"{port!r}: expected tcp:HOST:PORT")
        if not (number.isascii() and number.isdigit()) or not 1 <= int(number) <= 65535:
            raise DeviceError("port.invalid", f"{port!r}: the TCP port must be 1 to 65535")
        return TcpTransport(host, int(number), connect_timeout=connect_timeout)
    raise DeviceError("port.invalid", f"{port!r}: expected serial:/dev/…[@baud] or tcp:HOST:PORT")


def _parse_serial(port: str, rest: str) -> "SerialTransport":
    path, _, speed = rest.partition("@")
    if not path.startswith("/"):
        raise DeviceError("port.invalid", f"{port!r}: the device must be an absolute path")
    if "@" not in rest:
        return SerialTransport(path)
    if speed == "auto":
        return SerialTransport(path, speeds=BAUDS)
    if not (speed.isascii() and speed.isdigit()) or int(speed) not in serial.Serial.BAUDRATES:
        raise DeviceError("port.invalid", f"{port!r}: {speed!r} is not a serial speed")
    return SerialTransport(path, baud=int(speed))


class _FileTransport:
    """Reading and writing a non-blocking descriptor with poll()."""

    def _descriptor(self) -> int:
        raise NotImplementedError

    def read(self, most: int, timeout: float) -> bytes:
        fd = self._descriptor()
        if not _wait(fd, select.POLLIN, timeout):
            return b""
        try:
            data = os.read(fd, most)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise DeviceError("port.lost", str(error)) from error
        if not data:
            raise DeviceError("port.lost", "end of stream")
        return data

    def write(self, data: bytes, timeout: float) -> None:
        fd = self._descriptor()
        deadline = time.monotonic() + timeout
        view = memoryview(data)
        written = 0
        while written < len(data):
            left = deadline - time.monotonic()
            if left <= 0 or not _wait(fd, select.POLLOUT, left):
                raise DeviceError("port.stalled", f"after {written} bytes", written=written)
            try:
                written += os.write(fd, view[written:])
            except BlockingIOError:
                continue
            except OSError as error:
                raise DeviceError("port.lost", str(error), written=written) from error


def _wait(fd: int, events: int, timeout: float) -> bool:
    poller = select.poll()
    poller.register(fd, events)
    # A hang-up also counts as ready: the read or write that follows names the error.
    return bool(poller.poll(max(0.0, timeout) * 1000))


class SerialTransport(_FileTransport):
    """A serial device, 8N1, opened exclusively; pyserial sets the line, poll() moves the bytes."""

    def __init__(
        self, path: str, baud: int = DEFAULT_BAUD, *, speeds: tuple[int, ...] = ()
    ) -> None:
        self.path = path
        self.baud = baud
        self._speeds = speeds
        self._serial: serial.Serial | None = None

    def __repr__(self) -> str:
        return f"serial:{self.path}@{'auto' if self._speeds else self.baud}"

    @property
    def speeds(self) -> tuple[int, ...]:
        return self._speeds

    def open(self, speed: int | None = None) -> None:
        self.close()
        try:
            self._serial = serial.Serial(
                self.path, baudrate=speed or self.baud, timeout=0, exclusive=True
            )
        except (OSError, ValueError) as error:
            # SerialException is an OSError; it keeps errno for open, loses it for the lock.
            number = getattr(error, "errno", None)
            code = _OPEN_ERRORS.get(number or 0, "port.missing")
            if "lock" in str(error):
                code = "port.busy"
            raise DeviceError(code, str(error)) from error

    def close(self) -> None:
        port, self._serial = self._serial, None
        if port is not None:
            try:
                port.close()
            except OSError:
                return  # an unplugged adapter cannot be restored to its old settings

    def _descriptor(self) -> int:
        if self._serial is None:
            raise DeviceError("port.closed", repr(self))
        return int(self._serial.fileno())


class TcpTransport(_FileTransport):
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
            code = _OPEN_ERRORS.get(error.errno or 0, "port.unreachable")
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


class LoopbackTransport:
    """A transport for unit tests: `feed` what the device says, look at `sent`.

    `answers` maps a request to the device's reply, given at once; `fail` breaks the port.
    """

    def __init__(self, answers: dict[bytes, bytes] | None = None) -> None:
        self.sent = bytearray()
        self.writes: list[bytes] = []
        self.is_open = False
        self._answers = answers or {}
        self._inbox = bytearray()
        self._error: DeviceError | None = None

    @property
    def speeds(self) -> tuple[int, ...]:
        return ()

    def feed(self, data: bytes) -> None:
        """The device says `data`."""
        self._inbox += data

    def fail(self, error: DeviceError | None) -> None:
        """Every call raises `error` from now on; None mends the port."""
        self._error = error

    def open(self, speed: int | None = None) -> None:  # noqa: ARG002 - memory has none
        if self._error:
            raise self._error
        self.is_open = True

    def close(self) -> None:
        self.is_open = False
        self._inbox.clear()

    def read(self, most: int, timeout: float) -> bytes:  # noqa: ARG002 - what is here, now
        self._check()
        data = bytes(self._inbox[:most])
        del self._inbox[:most]
        return data

    def write(self, data: bytes, timeout: float) -> None:  # noqa: ARG002 - never blocks
        self._check()
        self.sent += data
        self.writes.append(data)
        self._inbox += self._answers.get(data, b"")

    def _check(self) -> None:
        if self._error:
            raise self._error
        if not self.is_open:
            raise DeviceError("port.closed", "loopback")
