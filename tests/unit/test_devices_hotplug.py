"""Hot-plug: who waits is woken; where udev is not, nothing happens. And the rules it follows."""

import fnmatch
import logging
import queue
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices.hotplug import Hotplug, Plugged, poking, udev_events

RULES = Path(__file__).resolve().parents[2] / "packaging" / "udev" / "60-hall.rules"
TOKEN = re.compile(r'([A-Z]+(?:\{[\w/]+\})?)(==|!=|\+=|=)"([^"]*)"')
MATCHES = {"SUBSYSTEM", "SUBSYSTEMS", "KERNEL"}


@dataclass
class Event:
    action: str | None
    device_node: str | None
    subsystem: str | None = "tty"


class Events:
    """What udev would say; an OSError as it goes away."""

    def __init__(self) -> None:
        self.coming: queue.Queue[Event | None] = queue.Queue()

    def poll(self, timeout: float) -> Event | None:
        try:
            event = self.coming.get(timeout=timeout)
        except queue.Empty:
            return None
        if event is None:
            raise OSError("udev went away")
        return event


class Waiting:
    def __init__(self) -> None:
        self.pokes = 0

    def poke(self) -> None:
        self.pokes += 1


def test_what_comes_and_goes_is_told() -> None:
    events = Events()
    told: queue.Queue[Plugged] = queue.Queue()
    hotplug = Hotplug(told.put, lambda: events)
    hotplug.start()
    for event in (
        Event("add", "/dev/ttyUSB0"),
        Event("bind", "/dev/ttyUSB0"),
        Event("add", None),
        Event("remove", "/dev/video0", "video4linux"),
    ):
        events.coming.put(event)
    assert told.get(timeout=30) == Plugged("/dev/ttyUSB0", "tty", True)
    assert told.get(timeout=30) == Plugged("/dev/video0", "video4linux", False)
    hotplug.stop()
    assert told.empty()


def test_udev_may_go_away(caplog: pytest.LogCaptureFixture) -> None:
    events = Events()
    hotplug = Hotplug(lambda plugged: None, lambda: events)
    hotplug.start()
    events.coming.put(None)
    deadline = time.monotonic() + 30
    while "udev is gone" not in caplog.text and time.monotonic() < deadline:
        time.sleep(0.01)
    hotplug.stop()
    assert "udev is gone: udev went away" in caplog.text


def test_without_udev_it_says_so_once_and_does_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr("devices.hotplug._UDEV", tmp_path / "control")
    assert udev_events() is None
    hotplug = Hotplug(lambda plugged: None)
    hotplug.start()
    hotplug.stop()
    assert "no hot-plug" in caplog.text


def test_everyone_is_poked() -> None:
    waiting = [Waiting(), Waiting()]
    poking(waiting)(Plugged("/dev/ttyUSB0", "tty", True))
    assert [one.pokes for one in waiting] == [1, 1]


Rule = list[tuple[str, str, str]]


def rules() -> list[Rule]:
    found = []
    for line in RULES.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            parts = [part.strip() for part in line.split(", ")]
            tokens = [TOKEN.fullmatch(part) for part in parts]
            assert all(tokens), line
            found.append([(t[1], t[2], t[3]) for t in tokens if t])
    return found


def is_match(key: str, operator: str) -> bool:
    return operator in ("==", "!=")


def applied(**device: str) -> dict[str, str]:
    """What the rules assign to a device, told as `ATTR_idVendor`, `ENV_DEVTYPE`, `KERNEL`."""
    result: dict[str, str] = {}
    for rule in rules():
        matches = [token for token in rule if is_match(*token[:2])]
        names = [re.sub(r"\{(.*)\}", r"_\1", key) for key, _, _ in matches]
        if all(
            any(fnmatch.fnmatchcase(device.get(name, ""), one) for one in pattern.split("|"))
            for name, (_, _, pattern) in zip(names, matches, strict=True)
        ):
            result |= {key: value for key, op, value in rule if not is_match(key, op)}
    return result


def test_each_rule_matches_first_and_then_assigns() -> None:
    for rule in rules():
        kinds = [is_match(key, operator) for key, operator, _ in rule]
        assert kinds == sorted(kinds, reverse=True), rule
        assert any(kinds)
        assert not all(kinds)


def test_the_rules_know_our_devices() -> None:
    usb = {"SUBSYSTEM": "usb", "ENV_DEVTYPE": "usb_device"}
    reader = applied(**usb, ATTR_idVendor="0400", ATTR_idProduct="c35a")
    assert (reader["GROUP"], reader["SYMLINK"]) == ("plugdev", "hall/id-reader")
    printer = applied(**usb, ENV_ID_USB_INTERFACES=":070102:")
    assert (printer["GROUP"], printer["SYMLINK"]) == ("lp", "hall/printer")
    assert applied(**usb, ENV_ID_USB_INTERFACES=":030101:", ATTR_idVendor="0400") == {}
    adapter = applied(SUBSYSTEM="tty", SUBSYSTEMS="usb", KERNEL="ttyACM3")
    assert adapter["ENV{ID_MM_DEVICE_IGNORE}"] == "1"
    assert applied(SUBSYSTEM="tty", KERNEL="ttyS0") == {}
    assert applied(SUBSYSTEM="video4linux", KERNEL="video0")["GROUP"] == "video"
