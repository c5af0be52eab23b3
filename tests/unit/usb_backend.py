"""What libusb is to pyusb, for one device that is not there; its bytes go to a TCP port."""

import errno
import socket
from array import array
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import usb.core
from usb.backend import IBackend

OUT, IN = 0x02, 0x81


@dataclass
class Alternate:
    """One setting of an interface, and its endpoints' addresses and kinds (2 is bulk)."""

    interface: int
    kind: int = 0x07
    setting: int = 0
    endpoints: tuple[tuple[int, int], ...] = ((OUT, 2), (IN, 2))


@dataclass(eq=False)
class FakeUsb(IBackend):  # type: ignore[misc]
    """One device, plugged in or not."""

    far: tuple[str, int] | None = None
    vendor: int = 0x0416
    product: int = 0x5011
    number: str = "P9"
    alternates: list[Alternate] = field(default_factory=lambda: [Alternate(0)])
    is_plugged: bool = True
    is_kernels: bool = False
    claim_errno: int = 0
    stalls: int = 0
    calls: list[str] = field(default_factory=list)
    taken: bytearray = field(default_factory=bytearray)
    packet: int = 64
    _wire: socket.socket | None = None

    def enumerate_devices(self) -> list[object]:
        return [self] if self.is_plugged else []

    def get_parent(self, dev: object) -> None:
        return None

    def get_device_descriptor(self, dev: object) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=self.vendor, idProduct=self.product,
            bcdDevice=0, iManufacturer=0, iProduct=0, iSerialNumber=3, bNumConfigurations=1,
            bus=1, address=4, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: object, config: int) -> Any:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=0, bConfigurationValue=1,
            bNumInterfaces=len({one.interface for one in self.alternates}), iConfiguration=0,
            bmAttributes=0x80, bMaxPower=50, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: object, intf: int, alt: int, config: int) -> Any:
        numbers = sorted({one.interface for one in self.alternates})
        one = [a for a in self.alternates if a.interface == numbers[intf]][alt]
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=one.interface,
            bAlternateSetting=one.setting, bNumEndpoints=len(one.endpoints),
            bInterfaceClass=one.kind, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
            extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(
        self, dev: object, ep: int, intf: int, alt: int, config: int
    ) -> Any:
        numbers = sorted({one.interface for one in self.alternates})
        one = [a for a in self.alternates if a.interface == numbers[intf]][alt]
        address, kind = one.endpoints[ep]
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=address, bmAttributes=kind,
            wMaxPacketSize=self.packet, bInterval=0, bRefresh=0, bSynchAddress=0,
            extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: object) -> object:
        self._check()
        return self

    def close_device(self, handle: object) -> None:
        self.calls.append("close")

    def set_configuration(self, handle: object, value: int) -> None:
        self._check()

    def get_configuration(self, handle: object) -> int:
        self._check()
        return 1

    def set_interface_altsetting(self, handle: object, intf: int, setting: int) -> None:
        self.calls.append(f"setting {intf} {setting}")

    def claim_interface(self, handle: object, intf: int) -> None:
        self._check()
        if self.claim_errno:
            raise usb.core.USBError("claim", errno=self.claim_errno)
        self.calls.append(f"claim {intf}")
        if self.far:
            assert self._wire is None, "claimed twice"
            self._wire = socket.create_connection(self.far, 10)

    def release_interface(self, handle: object, intf: int) -> None:
        self.hang_up()
        self._check()
        self.calls.append(f"release {intf}")

    def hang_up(self) -> None:
        if self._wire:
            self._wire.close()
            self._wire = None

    def bulk_write(self, handle: object, ep: int, intf: int, data: "array[int]", ms: int) -> int:
        self._check(ms)
        self._stall()
        some = data.tobytes()[:4096]
        self.taken += some
        if self._wire:
            self._wire.sendall(some)
        return len(some)

    def bulk_read(self, handle: object, ep: int, intf: int, buff: "array[int]", ms: int) -> int:
        self._check(ms)
        self._stall()
        assert len(buff) % self.packet == 0, "a partial packet overflows"
        if self._wire is None:
            raise usb.core.USBTimeoutError("read", errno=errno.ETIMEDOUT)
        self._wire.settimeout(ms / 1000)
        try:
            data = self._wire.recv(len(buff))
        except TimeoutError:
            raise usb.core.USBTimeoutError("read", errno=errno.ETIMEDOUT) from None
        if not data:
            self.is_plugged = False
            self._check()
        buff[: len(data)] = array("B", data)
        return len(data)

    def ctrl_transfer(
        self, handle: object, kind: int, request: int, value: int, index: int, data: Any, ms: int
    ) -> int:
        """Only string descriptors: 0 lists languages, 3 is the serial number."""
        self._check()
        text = b"\x09\x04" if value & 0xFF == 0 else self.number.encode("utf-16-le")
        answer = array("B", bytes((len(text) + 2, 3)) + text)
        data[: len(answer)] = answer
        return len(answer)

    def clear_halt(self, handle: object, ep: int) -> None:
        self._check()
        self.calls.append(f"clear {ep:02x}")

    def is_kernel_driver_active(self, handle: object, intf: int) -> bool:
        self._check()
        return self.is_kernels

    def detach_kernel_driver(self, handle: object, intf: int) -> None:
        self.calls.append("detach")

    def attach_kernel_driver(self, handle: object, intf: int) -> None:
        self._check()
        self.calls.append("attach")

    def _check(self, ms: int = 1) -> None:
        assert ms > 0, "libusb would wait for ever"
        if not self.is_plugged:
            raise usb.core.USBError("no such device", errno=errno.ENODEV)

    def _stall(self) -> None:
        if self.stalls:
            self.stalls -= 1
            raise usb.core.USBError("pipe", errno=errno.EPIPE)
