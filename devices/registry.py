"""Which drivers there are: entry points of the group `hall.devices`, ours and anybody's.

A line of a package's metadata names a Driver: `"KIND.NAME" = "package.module:OBJECT"`. What cannot
be loaded is told beside what can.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Final, cast

import msgspec

from devices.driver import DeviceOptions, Driver
from devices.errors import DeviceError

log = logging.getLogger(__name__)

GROUP: Final = "hall.devices"
KINDS: Final = ("id-reader", "printer", "scanner", "camera", "led", "call-line", "voice")

AnyDriver = Driver[DeviceOptions]
"""A driver of some kind; its options are made by `options_of`."""


class Broken(msgspec.Struct, frozen=True):
    """An entry point that gives no driver, and why."""

    name: str
    value: str
    reason: str


@dataclass(frozen=True)
class Registry:
    """The drivers by `KIND.NAME`, and what was registered in vain."""

    drivers: Mapping[str, AnyDriver] = field(default_factory=dict)
    broken: tuple[Broken, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds that have a driver, the hall's own first."""
        found = {driver.kind for driver in self.drivers.values()}
        return (*(k for k in KINDS if k in found), *sorted(found.difference(KINDS)))

    def of(self, kind: str) -> tuple[AnyDriver, ...]:
        """Every driver of a kind, the default one first, then by name."""
        found = [driver for driver in self.drivers.values() if driver.kind == kind]
        return tuple(sorted(found, key=lambda d: (not d.is_default, d.name)))

    def get(self, kind: str, name: str | None = None) -> AnyDriver:
        """The driver of this name, or the kind's default; DeviceError `driver.unknown`."""
        for driver in self.of(kind):
            if name is None or driver.name == name:
                return driver
        known = ", ".join(driver.name for driver in self.of(kind)) or "none"
        raise DeviceError("driver.unknown", f"{kind} {name or ''}; known: {known}")


def options_of(driver: AnyDriver, values: Mapping[str, object]) -> DeviceOptions:
    """The driver's options from a table of configuration or `NAME=VALUE` words.

    DeviceError `driver.options` names the option that is wrong.
    """
    try:
        return msgspec.convert(dict(values), driver.options, strict=False)
    except msgspec.ValidationError as error:
        raise DeviceError("driver.options", f"{driver.kind}.{driver.name}: {error}") from error


def find_drivers(points: Iterable[EntryPoint] | None = None) -> Registry:
    """Load every registered driver; `points` are the environment's unless given."""
    drivers: dict[str, AnyDriver] = {}
    broken: list[Broken] = []
    for point in entry_points(group=GROUP) if points is None else points:
        driver, reason = _load(point)
        if driver is not None and point.name in drivers:
            reason = "registered twice"
        elif driver is not None:
            drivers[point.name] = driver
        if reason:
            broken.append(Broken(point.name, point.value, reason))
    return Registry(dict(sorted(drivers.items())), tuple(broken))


def _load(point: EntryPoint) -> tuple[AnyDriver | None, str]:
    try:
        found: object = point.load()
    except Exception as error:
        # Whatever a stranger's module does while it is imported, the others go on.
        log.debug("driver %s", point.name, exc_info=True)
        return None, f"{type(error).__name__}: {error}"
    if not isinstance(found, Driver):
        return None, f"not a Driver but {type(found).__name__}"
    if f"{found.kind}.{found.name}" != point.name:
        return None, f"says it is {found.kind}.{found.name}"
    return cast(AnyDriver, found), ""
