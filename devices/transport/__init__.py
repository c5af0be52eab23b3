"""Byte transports: where a driver meets a port. Blocking, with a time-out on every call.

A port is written `serial:/dev/ttyUSB0`, `serial:/dev/serial/by-id/…@9600`,
`serial:/dev/ttyS1@auto` (the driver probes the speed), `tcp:HOST:PORT` or `usb:VID:PID[:SERIAL]`
(hexadecimal).
"""

from devices.transport.base import Transport
from devices.transport.loopback import LoopbackTransport
from devices.transport.port import parse_port
from devices.transport.serial_port import BAUDS, DEFAULT_BAUD, SerialTransport
from devices.transport.tcp import TcpTransport
from devices.transport.usb_port import UsbTransport

__all__ = [
    "BAUDS",
    "DEFAULT_BAUD",
    "LoopbackTransport",
    "SerialTransport",
    "TcpTransport",
    "Transport",
    "UsbTransport",
    "parse_port",
]
