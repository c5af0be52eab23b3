"""Serial ports: pyserial sets the line, poll() moves the bytes."""

from pathlib import Path
from typing import Final

import serial

from devices.errors import DeviceError
from devices.transport.base import OPEN_ERRORS
from devices.transport.descriptor import DescriptorTransport

DEFAULT_BAUD: Final = 115200
BAUDS: Final = (115200, 57600, 38400, 19200, 9600)


def is_serial_speed(text: str) -> bool:
    """Whether this is a speed that serial ports know, in digits."""
    return text.isascii() and text.isdigit() and int(text) in serial.Serial.BAUDRATES


class SerialTransport(DescriptorTransport):
    """A serial device, 8N1, opened exclusively. A name in /dev/serial is followed at each open."""

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
            code = OPEN_ERRORS.get(number or 0, "port.missing")
            if "lock" in str(error):
                code = "port.busy"
            elif number is None and Path(self.path).exists():
                code = "port.not_serial"
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
