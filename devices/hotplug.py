"""Devices that come and go, as udev tells: whoever waits for one need not wait for its next try."""

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Protocol

import msgspec

log = logging.getLogger(__name__)

SUBSYSTEMS: Final = ("tty", "usb", "usbmisc", "video4linux", "sound")
_UDEV: Final = Path("/run/udev/control")
_SLICE: Final = 0.5  # seconds after which the thread looks whether to stop


class Plugged(msgspec.Struct, frozen=True):
    """A device node was added or removed."""

    node: str
    """/dev/ttyUSB0, /dev/bus/usb/001/004, …"""
    subsystem: str
    is_added: bool


class Pokable(Protocol):
    """What waits for a device: a Supervisor."""

    def poke(self) -> None:
        """Try again now."""


class Event(Protocol):
    """A device of udev's, as pyudev gives it."""

    @property
    def action(self) -> str | None: ...
    @property
    def device_node(self) -> str | None: ...
    @property
    def subsystem(self) -> str | None: ...


class Events(Protocol):
    """Where events come from: pyudev's Monitor."""

    def poll(self, timeout: float) -> Event | None:
        """The next event, or None after `timeout` seconds; OSError when udev is gone."""


def udev_events() -> Events | None:
    """Udev's events from now on; None, told in the log, where nobody sends any."""
    try:
        import pyudev

        if not _UDEV.exists():
            raise FileNotFoundError(f"{_UDEV} is not there")
        monitor = pyudev.Monitor.from_netlink(pyudev.Context(), source="udev")
        for subsystem in SUBSYSTEMS:
            monitor.filter_by(subsystem)
        monitor.start()
    except (ImportError, OSError) as error:
        log.info("no hot-plug: udev cannot be asked (%s)", error)
        return None
    found: Events = monitor
    return found


class Hotplug:
    """Calls `on_plugged` in its own thread for each node that comes or goes, as udev has named it.

    Where there is no udev (a container) it says so once in the log and does nothing: supervisors
    then find a device at their next try, up to ten seconds later.
    """

    def __init__(
        self,
        on_plugged: Callable[[Plugged], None],
        open_events: Callable[[], Events | None] = udev_events,
    ) -> None:
        self._on_plugged = on_plugged
        self._open_events = open_events
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen from now on."""
        events = self._open_events()
        if events is not None:
            self._thread = threading.Thread(
                target=self._run, args=(events,), name="hotplug", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Stop listening."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, events: Events) -> None:
        while not self._stopping.is_set():
            try:
                device = events.poll(_SLICE)
            except OSError as error:
                log.warning("udev is gone: %s", error)
                return
            if device is not None and device.device_node and device.action in ("add", "remove"):
                is_added = device.action == "add"
                self._on_plugged(Plugged(device.device_node, device.subsystem or "", is_added))


def poking(supervisors: Iterable[Pokable]) -> Callable[[Plugged], None]:
    """A callback for Hotplug: whatever came or went, everyone looks at once.

    Which device it is each finds out by its own stable name (/dev/serial/by-id/…, usb:VID:PID),
    which is followed anew at each open.
    """
    all_of_them = tuple(supervisors)

    def poke(plugged: Plugged) -> None:
        log.info("%s %s", plugged.node, "added" if plugged.is_added else "removed")
        for supervisor in all_of_them:
            supervisor.poke()

    return poke
