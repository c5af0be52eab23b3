"""What is fuzzed: `TARGETS` of each kind's fuzz.py, and what all kinds share."""

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec

from devices.errors import DeviceError
from devices.id_reader.redact import CardRedactor
from devices.printer.redact import SlipRedactor
from devices.transport.port import parse_port
from devices.transport.record import Redactor, Way, read_recording
from devices.transport.replay import Player

Target = Callable[[bytes], None]
"""Takes any bytes, returns or raises DeviceError, and keeps nothing."""

_DEVICES: Final = Path(__file__).resolve().parents[1]
_HEADER: Final = b'{"recording":1,"kind":"a","driver":"b","at":"2026-01-05T00:00:00Z"}\n'


def port_string(data: bytes) -> None:
    """A configuration's PORT; nothing is opened."""
    parse_port(data.decode("utf-8", "replace"))


def recording(data: bytes) -> None:
    """A recording's file, and its player."""
    player = Player(read_recording(_HEADER + data))
    player.begin()
    player.hear(data[:8])


def card_redactor(data: bytes) -> None:
    """What a card reader's recording leaves out: as many bytes come out as went in."""
    _redact(CardRedactor(), "in", data)


def slip_redactor(data: bytes) -> None:
    """What a printer's recording leaves out."""
    _redact(SlipRedactor(), "out", data)


def _redact(redactor: Redactor, way: Way, data: bytes) -> None:
    at = len(data) // 3
    pieces = [*redactor.take(way, data[:at]), *redactor.take(way, data[at:]), *redactor.rest()]
    assert sum(len(piece) for _, piece in pieces) == len(data)


TARGETS: Final[dict[str, Target]] = {
    "port.string": port_string,
    "recording": recording,
    "recording.card": card_redactor,
    "recording.slip": slip_redactor,
}
LONGEST: Final = {"port.string": 96}
USUAL_LONGEST: Final = 256
"""Bytes of an input, where a module's `LONGEST` says no other for a target: short inputs are many
inputs, and a longer frame can be laid over a good one."""


class Place(msgspec.Struct, frozen=True):
    """Where a target is: its name in the `TARGETS` of a module, the bytes of its longest input."""

    name: str
    module: str
    longest: int = USUAL_LONGEST


def find_targets(more: Iterable[str] = ()) -> list[Place]:
    """Every target by name; `more` modules bring others' `TARGETS`. ValueError on a twin."""
    kinds = (f"devices.{path.parent.name}.fuzz" for path in _DEVICES.glob("*/fuzz.py"))
    found: dict[str, Place] = {}
    for module in (__name__, *sorted(kinds), *more):
        longest: dict[str, int] = getattr(importlib.import_module(module), "LONGEST", {})
        for name in targets_of(module):
            if name in found:
                raise ValueError(f"{name}: in {found[name].module} and in {module}")
            found[name] = Place(name, module, longest.get(name, USUAL_LONGEST))
    return [found[name] for name in sorted(found)]


def targets_of(module: str) -> dict[str, Target]:
    """A module's `TARGETS`."""
    targets: dict[str, Target] = importlib.import_module(module).TARGETS
    return targets


def stands(target: Target, data: bytes) -> None:
    """Feed one input; only what a parser may not raise comes out."""
    try:
        target(data)
    except DeviceError as error:
        error.fault  # noqa: B018 - the code must be a known one
