"""A USB device's interface with bulk endpoints: chosen, taken from the kernel, given back."""

import errno
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from devices.errors import DeviceError

if TYPE_CHECKING:
    from usb.core import Device, Endpoint, Interface

_PRINTER: Final = 0x07
_VENDOR: Final = 0xFF
_BULK: Final = 0x02


class Claimed:
    """A claimed interface with its endpoints; `source` is missing on printers that only listen."""

    def __init__(
        self, device: "Device", number: int, sink: "Endpoint", source: "Endpoint | None"
    ) -> None:
        self.device = device
        self.number = number
        self.sink = sink
        self.source = source
        self.is_kernels = False

    def release(self) -> None:
        """Give the interface back; harmless when the device is gone."""
        import usb.core
        import usb.util

        with suppress(usb.core.USBError):
            usb.util.release_interface(self.device, self.number)
        if self.is_kernels:
            with suppress(usb.core.USBError, NotImplementedError):
                self.device.attach_kernel_driver(self.number)
        usb.util.dispose_resources(self.device)


def claim(device: "Device") -> Claimed:
    """Claim the interface that suits best; USBError, or DeviceError where none has endpoints."""
    import usb.core
    import usb.util

    try:
        configuration = device.get_active_configuration()
    except usb.core.USBError as error:
        if error.errno in (errno.EACCES, errno.ENODEV):
            raise
        device.set_configuration()  # nobody has chosen one yet
        configuration = device.get_active_configuration()
    usable = sorted(_usable(iter(configuration)), key=lambda found: found[0])
    if not usable:
        raise DeviceError("port.missing", f"no bulk endpoint on {device.idVendor:04x}")
    _, interface, sink, source = usable[0]
    claimed = Claimed(device, interface.bInterfaceNumber, sink, source)
    try:
        if device.is_kernel_driver_active(claimed.number):
            device.detach_kernel_driver(claimed.number)
            claimed.is_kernels = True
    except NotImplementedError:
        pass  # an operating system that has no such thing
    try:
        usb.util.claim_interface(device, claimed.number)
        if interface.bAlternateSetting:
            device.set_interface_altsetting(claimed.number, interface.bAlternateSetting)
    except usb.core.USBError:
        claimed.release()
        raise
    return claimed


def _usable(
    interfaces: "Iterator[Interface]",
) -> "Iterator[tuple[tuple[int, ...], Interface, Endpoint, Endpoint | None]]":
    """Interfaces with a bulk endpoint to write to, and their ranks: printers first."""
    for interface in interfaces:
        bulk = [end for end in interface if end.bmAttributes & 0x03 == _BULK]
        sink = next((end for end in bulk if not end.bEndpointAddress & 0x80), None)
        source = next((end for end in bulk if end.bEndpointAddress & 0x80), None)
        if sink is None:
            continue
        ranks = {_PRINTER: 0, _VENDOR: 1}
        kind = ranks.get(interface.bInterfaceClass, 2)
        rank = (kind, source is None, interface.bInterfaceNumber, interface.bAlternateSetting)
        yield rank, interface, sink, source


def unstall(claimed: Claimed, end: "Endpoint") -> bool:
    """Clear a halted endpoint; False where that failed."""
    import usb.core

    try:
        claimed.device.clear_halt(end.bEndpointAddress)
    except usb.core.USBError:
        return False
    return True
