"""Ports are read from sysfs; here from one laid out as a kiosk's kernel does."""

import os
from pathlib import Path

import pytest

from devices.ports import FoundPort, Holder, find_ports, holders_of
from devices.probing import fitting
from devices.registry import find_drivers
from tests.unit.test_devices_registry import ECHO, driver


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(f"{text}\n")
    return folder


def link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Two UARTs (one not there), a USB adapter, an ID reader, a printer, a hub, a camera."""
    devices = tmp_path / "sys/devices"
    bus = tmp_path / "sys/bus/usb/devices"
    tty = tmp_path / "sys/class/tty"
    for name, kind in (("ttyS0", "4"), ("ttyS1", "0")):
        write(tty / name / "device")
        write(tty / name, type=kind)
    write(tty / "tty1")
    adapter = write(
        devices / "usb1/1-1", idVendor="1a86", idProduct="7523", product="USB Serial",
        manufacturer="QinHeng", bDeviceClass="ff", busnum="1", devnum="3", serial="A1",
    )  # fmt: skip
    write(adapter / "1-1:1.0" / "ttyUSB0", nothing="")
    link(tty / "ttyUSB0" / "device", adapter / "1-1:1.0" / "ttyUSB0")
    reader = write(
        devices / "usb1/1-2", idVendor="1234", idProduct="abcd", bDeviceClass="00", busnum="1",
        devnum="12",
    )  # fmt: skip
    write(reader / "1-2:1.0", bInterfaceClass="00")
    printer = write(
        devices / "usb1/1-3", idVendor="0416", idProduct="5011", product="POS80", serial="P9",
        bDeviceClass="00", busnum="1", devnum="4",
    )  # fmt: skip
    write(printer / "1-3:1.0", bInterfaceClass="07")
    write(printer / "1-3:1.0/usbmisc/lp0")
    hub = write(
        devices / "usb1/1-4", idVendor="1d6b", idProduct="0002", bDeviceClass="09", busnum="1",
        devnum="1",
    )  # fmt: skip
    for one in (adapter, reader, printer, hub):
        link(bus / one.name, one)
    write(tmp_path / "sys/class/video4linux/video0", name="Front camera")
    for node in ("ttyS0", "ttyUSB0", "video0"):
        write(tmp_path / "dev", **{node: ""})
    link(tmp_path / "dev/serial/by-id/usb-QinHeng_A1", Path("../../ttyUSB0"))
    link(tmp_path / "dev/serial/by-path/pci-0-usb-1", Path("../../ttyUSB0"))
    kiosk = write(tmp_path / "proc/77", comm="kiosk")
    link(kiosk / "fd/5", Path("/dev/ttyUSB0"))
    link(kiosk / "fd/6", Path("/dev/usb/lp0"))
    link(kiosk / "fd/7", Path("socket:[1]"))
    write(tmp_path / "proc/self")
    return tmp_path


def test_ports_are_told_with_stable_names_and_holders(machine: Path) -> None:
    kiosk = (Holder(77, "kiosk"),)
    assert find_ports(machine) == [
        FoundPort(port="video:/dev/video0", kind="camera", node="/dev/video0",
                  title="Front camera"),
        FoundPort(port="serial:/dev/ttyS0", kind="serial", node="/dev/ttyS0"),
        FoundPort(port="serial:/dev/serial/by-id/usb-QinHeng_A1", kind="serial",
                  node="/dev/ttyUSB0", title="QinHeng USB Serial", vendor=0x1A86, product=0x7523,
                  serial_number="A1", holders=kiosk),
        FoundPort(port="usb:0416:5011:P9", kind="usb", node="/dev/bus/usb/001/004", title="POS80",
                  vendor=0x0416, product=0x5011, serial_number="P9", is_printer=True,
                  holders=kiosk),
        FoundPort(port="usb:1234:abcd", kind="usb", node="/dev/bus/usb/001/012", vendor=0x1234,
                  product=0xABCD),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("port", "holders"),
    [
        ("serial:/dev/ttyUSB0@9600", 1),
        ("serial:/dev/serial/by-id/usb-QinHeng_A1", 1),
        ("serial:/dev/ttyS0", 0),
        ("serial:nonsense", 0),
        ("usb:0416:5011", 1),
        ("usb:0416:5011:P9", 1),
        ("usb:0416:5012", 0),
        ("tcp:127.0.0.1:9100", 0),
    ],
)
def test_a_holder_is_found_by_any_name_of_the_port(machine: Path, port: str, holders: int) -> None:
    assert len(holders_of(port, machine)) == holders


def test_we_do_not_hold_a_port_against_ourselves(machine: Path) -> None:
    link(machine / f"proc/{os.getpid()}/fd/3", Path("/dev/ttyS0"))
    assert not holders_of("serial:/dev/ttyS0", machine)


def test_a_hung_up_or_foreign_machine_is_no_error(tmp_path: Path) -> None:
    assert find_ports(tmp_path) == []


def test_drivers_fit_by_usb_number_or_class(machine: Path) -> None:
    drivers = [
        *find_drivers([ECHO]).drivers.values(),
        driver("printer", "x"),
        driver("camera", "y"),
    ]
    assert {port.port: fitting(port, drivers) for port in find_ports(machine)} == {
        "video:/dev/video0": ("camera.y",),
        "serial:/dev/ttyS0": (),
        "serial:/dev/serial/by-id/usb-QinHeng_A1": (),
        "usb:0416:5011:P9": ("printer.x",),
        "usb:1234:abcd": ("echo.plain",),
    }
