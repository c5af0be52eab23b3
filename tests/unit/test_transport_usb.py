"""USB bulk through pyusb, on a device that speaks at libusb's place."""

import errno
from collections.abc import Iterator

import pytest
import usb.core

from devices.errors import DeviceError
from devices.transport import Transport, UsbTransport, parse_port
from tests.integration.echo_kind import EchoSimulator
from tests.unit.usb_backend import IN, OUT, Alternate, FakeUsb


def transport(device: FakeUsb, number: str | None = None) -> UsbTransport:
    return UsbTransport(device.vendor, device.product, number, backend=device)


@pytest.fixture
def simulator() -> Iterator[EchoSimulator]:
    simulator = EchoSimulator("tcp")
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def device(simulator: EchoSimulator) -> Iterator[FakeUsb]:
    _, host, port = simulator.port.split(":")
    device = FakeUsb(far=(host, int(port)))
    yield device
    device.hang_up()


def ask(port: Transport) -> bytes:
    port.write(b"?", 1)
    return port.read(4096, 5)


def code(port: Transport) -> str:
    with pytest.raises(DeviceError) as caught:
        port.open()
    return caught.value.code


def test_a_port_string_names_it() -> None:
    port = parse_port("usb:0416:C35a:P9")
    assert isinstance(port, UsbTransport)
    assert (port.vendor, port.product, port.serial_number) == (0x0416, 0xC35A, "P9")
    assert repr(parse_port("usb:0416:c35a")) == "usb:0416:c35a"
    for wrong in ("usb:", "usb:0416", "usb:416:c35a", "usb:0416:c35g", "usb:0416:c35a:"):
        with pytest.raises(DeviceError, match=r"port\.invalid"):
            parse_port(wrong)


def test_bytes_go_both_ways(device: FakeUsb) -> None:
    port = transport(device)
    port.open()
    assert ask(port) == b"ok 1.2\n"
    assert port.read(10, 0) == b""
    port.write(b"?", 1)
    assert port.read(3, 5) == b"ok "
    assert port.read(4096, 0) == b"1.2\n", "what did not fit is kept"
    port.close()
    port.close()
    with pytest.raises(DeviceError, match=r"port\.closed"):
        port.read(1, 0)


def test_a_long_slip_is_handed_over_whole(device: FakeUsb) -> None:
    device.far = None
    port = transport(device)
    port.open()
    slip = bytes(range(256)) * 300
    port.write(slip, 10)
    assert bytes(device.taken) == slip


def test_the_kernels_driver_gives_way_and_comes_back(device: FakeUsb) -> None:
    device.is_kernels = True
    port = transport(device)
    port.open()
    port.close()
    assert device.calls[:4] == ["detach", "claim 0", "release 0", "attach"]


def test_of_several_interfaces_the_printers_is_taken(device: FakeUsb) -> None:
    device.alternates = [
        Alternate(0, kind=0x03, endpoints=((0x83, 3),)),
        Alternate(1, kind=0xFF, endpoints=((0x04, 2), (0x84, 2))),
        Alternate(2, kind=0x07, endpoints=((OUT, 2),)),
        Alternate(2, kind=0x07, setting=1),
    ]
    port = transport(device)
    port.open()
    assert device.calls == ["claim 2", "setting 2 1"]
    assert ask(port) == b"ok 1.2\n"


def test_a_printer_that_only_listens_says_nothing(device: FakeUsb) -> None:
    device.alternates = [Alternate(0, endpoints=((OUT, 2), (IN, 3)))]
    port = transport(device)
    port.open()
    port.write(b"?", 1)
    assert port.read(10, 0.01) == b""


def test_a_device_is_told_by_its_serial_number(device: FakeUsb) -> None:
    transport(device, "P9").open()
    assert code(transport(device, "P8")) == "port.missing"


def test_an_unplug_is_lost_and_a_return_opens_again(device: FakeUsb) -> None:
    port = transport(device)
    port.open()
    device.is_plugged = False
    for attempt in (lambda: port.read(1, 0.1), lambda: port.write(b"?", 1)):
        with pytest.raises(DeviceError, match=r"port\.lost"):
            attempt()
    assert code(port) == "port.missing"
    device.is_plugged = True
    port.open()
    assert ask(port) == b"ok 1.2\n"


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.EBUSY, "port.busy"), (errno.EACCES, "port.denied"), (errno.ENODEV, "port.missing")],
)
def test_what_opening_fails_with(device: FakeUsb, number: int, expected: str) -> None:
    device.claim_errno = number
    assert code(transport(device)) == expected


def test_a_device_without_bulk_endpoints_is_not_ours(device: FakeUsb) -> None:
    device.alternates = [Alternate(0, kind=0x03, endpoints=((IN, 3),))]
    assert code(transport(device)) == "port.missing"


def test_a_halted_endpoint_is_cleared(device: FakeUsb) -> None:
    port = transport(device)
    port.open()
    device.stalls = 1
    assert ask(port) == b"ok 1.2\n"
    device.stalls = 1
    assert port.read(1, 0.01) == b""
    assert device.calls[-2:] == [f"clear {OUT:02x}", f"clear {IN:02x}"]


def test_a_device_that_takes_nothing_stalls(
    device: FakeUsb, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise usb.core.USBTimeoutError("write", errno=errno.ETIMEDOUT)

    port = transport(device)
    port.open()
    monkeypatch.setattr(device, "bulk_write", full)
    with pytest.raises(DeviceError) as caught:
        port.write(b"?", 0.05)
    assert (caught.value.code, caught.value.written) == ("port.stalled", 0)


def test_without_libusb_the_operator_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("usb.backend.libusb1.get_backend", lambda: None)
    monkeypatch.setattr("usb.backend.libusb0.get_backend", lambda: None)
    monkeypatch.setattr("usb.backend.openusb.get_backend", lambda: None)
    assert code(UsbTransport(1, 2)) == "port.no_usb"
