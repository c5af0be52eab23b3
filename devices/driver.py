"""What a driver says of itself, so that configuration, bench and doctor can use any kind.

A driver is an object named by an entry point of the group `hall.devices`
(`KIND.NAME = "package.module:DRIVER"`); `devices.registry` finds them.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar, runtime_checkable

import msgspec

from devices.health import Diagnosis
from devices.transport.record import Redactor


class DeviceOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of a driver's configuration: every field has a type, a default and a description
    (`Annotated[int, msgspec.Meta(description=…, ge=…)]`)."""

    port: str = ""
    """`serial:/dev/…[@baud]`, `tcp:HOST:PORT`, `usb:VID:PID`; empty where the kind needs none."""


class Simulator(Protocol):
    """A device's far end: true bytes on a true port."""

    @property
    def port(self) -> str:
        """The PORT string a driver opens; after `start`."""

    def start(self) -> None:
        """Plug it in; again after `stop`."""

    def stop(self) -> None:
        """Pull the cable."""

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What a technician can do to it by a line on stdin: `paper out`, `lay`, `lift`, …"""

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """Faults to order by `--fault NAME` or the line `fault NAME`; `none` mends."""


@runtime_checkable
class TakesText(Protocol):
    """A simulator some of whose commands take the rest of the line."""

    @property
    def texts(self) -> Mapping[str, Callable[[str], None]]:
        """By their first word: `scan` for the line `scan A012`."""


Opts = TypeVar("Opts", bound=DeviceOptions)


def no_arguments(parser: ArgumentParser) -> None:
    """A verb that needs no more than the port."""


@dataclass(frozen=True, kw_only=True)
class Driver(Generic[Opts]):
    """One driver of one kind. The callables block; they raise DeviceError and nothing else.

    `probe` opens the port, asks, closes. `test` is `hall devices test KIND`: it does the kind's one
    telling thing and returns one JSON object. `simulate` makes a simulator not yet started, on
    `pty[:LINK]` or `tcp[:PORT]`.
    """

    kind: str
    """`id-reader`, `printer`, `scanner`, `camera`, `led`, `call-line`, `voice`."""
    name: str
    """Unique within the kind: `sam`, `escpos`, `onbon`, `eq`, `strip`, `template`, …"""
    zh: str
    en: str
    options: type[Opts]
    probe: Callable[[Opts], Diagnosis]
    test: Callable[[Opts, Namespace], Mapping[str, object]]
    """What to print as JSON. A `code` in it that is not None is the fault in which it ended."""
    test_arguments: Callable[[ArgumentParser], None] = no_arguments
    simulate: Callable[[str, Namespace], Simulator] | None = None
    simulate_arguments: Callable[[ArgumentParser], None] = no_arguments
    usb: tuple[tuple[int, int], ...] = field(default=())
    """Known (vendor, product) pairs, for `hall devices list`."""
    redactor: Callable[[], Redactor] | None = None
    """Takes personal data out of a recording as it is made; without one nothing is recorded."""
    answers: bool = True
    """False where the device never answers: a probe that goes well has only opened its port."""
    is_default: bool = False
    """Taken where a kind has several drivers and none is named."""
