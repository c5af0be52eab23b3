"""What every transport is, and what opening one may fail with."""

import errno
from typing import Final, Protocol

OPEN_ERRORS: Final = {
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
