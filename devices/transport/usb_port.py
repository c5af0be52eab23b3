"""USB bulk: printers (class 7), card readers, any vendor's pair of bulk endpoints, by libusb."""

import errno
import time
from typing import TYPE_CHECKING, Final

from devices.errors import DeviceError
from devices.transport.base import OPEN_ERRORS
from devices.transport.usb_claim import Claimed, claim, unstall

if TYPE_CHECKING:
    from usb.backend import IBackend
    from usb.core import Device, Endpoint

_CHUNK: Final = 16384
_NOT_KEPT_BACK: Final = 0.002  # libusb takes a time-out of 0 for "for ever"


class UsbTransport:
    """One interface of a USB device, claimed for us alone; the kernel's driver gets it back.

    `serial_number` tells devices of one make apart. `backend` stands in for libusb in tests.
    """

    def __init__(
        self,
        vendor: int,
        product: int,
        serial_number: str | None = None,
        *,
        backend: "IBackend | None" = None,
    ) -> None:
        self.vendor = vendor
        self.product = product
        self.serial_number = serial_number
        self._backend = backend
        self._claimed: Claimed | None = None
        self._inbox = bytearray()

    def __repr__(self) -> str:
        number = f":{self.serial_number}" if self.serial_number else ""
        return f"usb:{self.vendor:04x}:{self.product:04x}{number}"

    @property
    def speeds(self) -> tuple[int, ...]:
        return ()

    def open(self, speed: int | None = None) -> None:  # noqa: ARG002 - bulk has none
        import usb.core

        self.close()
        try:
            self._claimed = claim(self._find())
        except usb.core.NoBackendError as error:
            raise DeviceError("port.no_usb", str(error)) from error
        except usb.core.USBError as error:
            code = OPEN_ERRORS.get(error.errno or 0, "port.missing")
            raise DeviceError(code, f"{self!r}: {error}") from error

    def close(self) -> None:
        claimed, self._claimed = self._claimed, None
        self._inbox.clear()
        if claimed is not None:
            claimed.release()

    def read(self, most: int, timeout: float) -> bytes:
        claimed = self._open()
        if not self._inbox:
            if claimed.source is None:
                time.sleep(timeout)  # a printer that only listens
                return b""
            self._inbox += self._receive(claimed, claimed.source, timeout)
        data = bytes(self._inbox[:most])
        del self._inbox[:most]
        return data

    def write(self, data: bytes, timeout: float) -> None:
        import usb.core

        claimed = self._open()
        deadline = time.monotonic() + timeout
        written = 0
        while written < len(data):
            left = deadline - time.monotonic()
            if left <= 0:
                raise DeviceError("port.stalled", f"after {written} bytes", written=written)
            try:
                written += claimed.sink.write(data[written : written + _CHUNK], _milliseconds(left))
            except usb.core.USBTimeoutError:
                continue
            except usb.core.USBError as error:
                if error.errno == errno.EPIPE and unstall(claimed, claimed.sink):
                    continue
                raise DeviceError("port.lost", str(error), written=written) from error

    def _open(self) -> Claimed:
        if self._claimed is None:
            raise DeviceError("port.closed", repr(self))
        return self._claimed

    def _receive(self, claimed: Claimed, source: "Endpoint", timeout: float) -> bytes:
        import usb.core

        try:
            # Room for whole packets only: a device that has more to say would overflow.
            return bytes(source.read(source.wMaxPacketSize * 64, _milliseconds(timeout)))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            if error.errno == errno.EPIPE and unstall(claimed, source):
                return b""
            raise DeviceError("port.lost", str(error)) from error

    def _find(self) -> "Device":
        import usb.core

        found = usb.core.find(
            find_all=True, backend=self._backend, idVendor=self.vendor, idProduct=self.product
        )
        for device in found:
            if self.serial_number is None or _serial_number(device) == self.serial_number:
                return device
        raise DeviceError("port.missing", repr(self))


def _serial_number(device: "Device") -> str | None:
    import usb.core

    try:
        number: str | None = device.serial_number
    except (usb.core.USBError, ValueError):
        return None  # not ours to read, or the device has none
    return number


def _milliseconds(seconds: float) -> int:
    return int(max(_NOT_KEPT_BACK, seconds) * 1000)
