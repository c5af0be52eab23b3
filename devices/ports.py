"""Ports of this machine that a device may hang on, as sysfs tells them, and who holds each."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec

_PRINTER_CLASS: Final = "07"
_UNKNOWN_UART: Final = "0"  # a ttyS that the kernel made room for, with nothing behind it


class Holder(msgspec.Struct, frozen=True):
    """A process that has a port open."""

    pid: int
    program: str


class FoundPort(msgspec.Struct, frozen=True, kw_only=True):
    """A port: how to write it, what it is, who holds it (as far as this user may see)."""

    port: str
    """PORT string; a serial port's by its stable name where it has one."""
    kind: Literal["serial", "usb", "camera"]
    node: str
    """The device node: /dev/ttyUSB0, /dev/bus/usb/001/004, /dev/video0."""
    title: str = ""
    vendor: int | None = None
    product: int | None = None
    serial_number: str = ""
    is_printer: bool = False
    holders: tuple[Holder, ...] = ()


def find_ports(root: Path = Path("/")) -> list[FoundPort]:
    """Serial ports, USB devices and cameras, by kind and node; `root` holds dev, sys and proc."""
    held = _open_nodes(root)
    found = [*_serial(root, held), *_usb(root, held), *_cameras(root, held)]
    return sorted(found, key=lambda port: (port.kind, port.node))


def holders_of(port: str, root: Path = Path("/")) -> tuple[Holder, ...]:
    """Other processes that have the PORT's device open; root sees all, a user his own.

    Nobody for `tcp:`, and for a pty, whose far end holds it as well.
    """
    scheme, _, rest = port.partition(":")
    if scheme in ("serial", "video"):
        node = _real(root, Path(rest.partition("@")[0]))
        holders = () if node.startswith("/dev/pts/") else _open_nodes(root).get(node, ())
    elif scheme == "usb":
        held = _open_nodes(root)
        wanted = [part.lower() for part in port.split(":")]
        devices = (
            d for d in _usb(root, held) if d.port.lower().split(":")[: len(wanted)] == wanted
        )
        holders = next((device.holders for device in devices), ())
    else:
        return ()
    return tuple(holder for holder in holders if holder.pid != os.getpid())


def _serial(root: Path, held: dict[str, tuple[Holder, ...]]) -> Iterator[FoundPort]:
    stable = _stable_names(root)
    for entry in _entries(root / "sys/class/tty"):
        device = entry / "device"
        if not device.exists() or _text(entry / "type") == _UNKNOWN_UART:
            continue
        node = f"/dev/{entry.name}"
        usb = _usb_parent(device.resolve())
        yield FoundPort(
            port=f"serial:{stable.get(node, node)}",
            kind="serial",
            node=node,
            title=_title(usb) if usb else "",
            vendor=_hex(usb / "idVendor") if usb else None,
            product=_hex(usb / "idProduct") if usb else None,
            serial_number=_text(usb / "serial") if usb else "",
            holders=held.get(node, ()),
        )


def _usb(root: Path, held: dict[str, tuple[Holder, ...]]) -> Iterator[FoundPort]:
    for entry in _entries(root / "sys/bus/usb/devices"):
        vendor, product = _hex(entry / "idVendor"), _hex(entry / "idProduct")
        if vendor is None or product is None or _text(entry / "bDeviceClass") == "09":
            continue  # an interface, or a hub
        interfaces = list(entry.resolve().glob(f"{entry.name}:*"))
        if any(next(interface.glob("tty*"), None) for interface in interfaces):
            continue  # an adapter: told as its serial port
        node = "/dev/bus/usb/{:03d}/{:03d}".format(
            *(int(_text(entry / name) or 0) for name in ("busnum", "devnum"))
        )
        number = _text(entry / "serial")
        classes = {_text(interface / "bInterfaceClass") for interface in interfaces}
        printer_nodes = [f"/dev/usb/{lp.name}" for i in interfaces for lp in i.glob("usbmisc/lp*")]
        yield FoundPort(
            port=f"usb:{vendor:04x}:{product:04x}" + (f":{number}" if number else ""),
            kind="usb",
            node=node,
            title=_title(entry),
            vendor=vendor,
            product=product,
            serial_number=number,
            is_printer=_PRINTER_CLASS in classes,
            holders=tuple(h for name in (node, *printer_nodes) for h in held.get(name, ())),
        )


def _cameras(root: Path, held: dict[str, tuple[Holder, ...]]) -> Iterator[FoundPort]:
    for entry in _entries(root / "sys/class/video4linux"):
        node = f"/dev/{entry.name}"
        if not entry.name.startswith("video"):
            continue
        usb = _usb_parent((entry / "device").resolve())
        yield FoundPort(
            port=f"video:{node}",
            kind="camera",
            node=node,
            title=_text(entry / "name"),
            vendor=_hex(usb / "idVendor") if usb else None,
            product=_hex(usb / "idProduct") if usb else None,
            holders=held.get(node, ()),
        )


def _stable_names(root: Path) -> dict[str, str]:
    """/dev/ttyUSB0 → its name by id, else by path; our own rules' names go first."""
    names: dict[str, str] = {}
    for folder in ("dev/hall", "dev/serial/by-id", "dev/serial/by-path"):
        for link in _entries(root / folder):
            target = _real(root, Path("/") / folder / link.name)
            names.setdefault(target, f"/{folder}/{link.name}")
    return names


def _open_nodes(root: Path) -> dict[str, tuple[Holder, ...]]:
    """Device nodes that processes have open, with them. Processes of others cannot be seen."""
    held: dict[str, tuple[Holder, ...]] = {}
    for process in _entries(root / "proc"):
        if not process.name.isdigit():
            continue
        nodes = set()
        for fd in _entries(process / "fd"):
            try:
                target = str(fd.readlink())
            except OSError:
                continue
            if target.startswith("/dev/"):
                nodes.add(target)
        for node in nodes:
            holder = Holder(int(process.name), _text(process / "comm"))
            held[node] = (*held.get(node, ()), holder)
    return held


def _real(root: Path, node: Path) -> str:
    if not node.is_absolute():
        return ""
    path = (root / node.relative_to("/")).resolve()
    real = root.resolve()
    return f"/{path.relative_to(real)}" if path.is_relative_to(real) else str(path)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _hex(path: Path) -> int | None:
    try:
        return int(_text(path), 16)
    except ValueError:
        return None


def _usb_parent(device: Path) -> Path | None:
    for folder in (device, *device.parents):
        if (folder / "idVendor").exists():
            return folder
    return None


def _title(usb: Path) -> str:
    return " ".join(t for t in (_text(usb / "manufacturer"), _text(usb / "product")) if t)
