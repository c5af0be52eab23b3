"""PORT strings: how a configuration names a port."""

import re
from typing import Final

from devices.errors import DeviceError
from devices.transport.base import Transport
from devices.transport.serial_port import BAUDS, SerialTransport, is_serial_speed
from devices.transport.tcp import TcpTransport
from devices.transport.usb_port import UsbTransport

_EXPECTED: Final = "serial:/dev/…[@baud], tcp:HOST:PORT or usb:VID:PID[:SERIAL]"
_USB: Final = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})(?::(\S+))?", re.ASCII | re.IGNORECASE)


def parse_port(port: str, *, connect_timeout: float = 3.0) -> Transport:
    """Make the transport for a PORT string (see the package); DeviceError `port.invalid`."""
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
    if scheme == "usb":
        return _parse_usb(port, rest)
    raise DeviceError("port.invalid", f"{port!r}: expected {_EXPECTED}")


def _parse_serial(port: str, rest: str) -> SerialTransport:
    path, _, speed = rest.partition("@")
    if not path.startswith("/"):
        raise DeviceError("port.invalid", f"{port!r}: the device must be an absolute path")
    if "@" not in rest:
        return SerialTransport(path)
    if speed == "auto":
        return SerialTransport(path, speeds=BAUDS)
    if not is_serial_speed(speed):
        raise DeviceError("port.invalid", f"{port!r}: {speed!r} is not a serial speed")
    return SerialTransport(path, baud=int(speed))


def _parse_usb(port: str, rest: str) -> UsbTransport:
    found = _USB.fullmatch(rest)
    if found is None:
        raise DeviceError("port.invalid", f"{port!r}: expected usb:VID:PID[:SERIAL], four hex each")
    return UsbTransport(int(found[1], 16), int(found[2], 16), found[3])
