"""What the doctor says: one finding, one sentence in each language, and what to do."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from devices.errors import DeviceError
from devices.ports import FoundPort
from devices.registry import AnyDriver, Registry


class Verdict(StrEnum):
    """`note`: not there, and nothing that was configured needs it."""

    OK = "ok"
    NOTE = "note"
    TODO = "todo"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    topic: str
    verdict: Verdict
    zh: str
    en: str
    do: str = ""
    """A command or a step, where one helps."""
    detail: str = ""


class Fitted(msgspec.Struct, frozen=True, kw_only=True):
    """A device that a configuration names."""

    where: str
    driver: AnyDriver
    values: dict[str, object]

    @property
    def port(self) -> str:
        """Its PORT string."""
        return str(self.values.get("port", ""))


class Patient(msgspec.Struct, frozen=True, kw_only=True):
    """The machine to look at, and what is expected of it. `root` holds dev, sys, proc, etc, usr."""

    root: Path
    registry: Registry
    ports: tuple[FoundPort, ...] = ()
    fitted: tuple[Fitted, ...] = ()
    server: str = ""
    wants_faces: bool = False
    problems: tuple[Finding, ...] = ()
    """What was wrong with the configuration itself."""

    def has(self, kind: str) -> bool:
        """Whether a device of this kind is configured."""
        return any(one.driver.kind == kind for one in self.fitted)


Check = Callable[[Patient], Iterator[Finding]]


def ok(topic: str, zh: str, en: str, detail: str = "") -> Finding:
    """All is well."""
    return Finding(topic=topic, verdict=Verdict.OK, zh=zh, en=en, detail=detail)


def todo(topic: str, zh: str, en: str, do: str = "", detail: str = "") -> Finding:
    """Somebody should do something."""
    return Finding(topic=topic, verdict=Verdict.TODO, zh=zh, en=en, do=do, detail=detail)


def note(topic: str, zh: str, en: str, do: str = "", detail: str = "") -> Finding:
    """Not needed here, as far as is known."""
    return Finding(topic=topic, verdict=Verdict.NOTE, zh=zh, en=en, do=do, detail=detail)


def needed(is_needed: bool, finding: Finding) -> Finding:
    """The same as something to do where it is needed, as a note where not."""
    verdict = Verdict.TODO if is_needed else Verdict.NOTE
    return msgspec.structs.replace(finding, verdict=verdict)


def failed(topic: str, error: DeviceError, do: str = "") -> Finding:
    """What a device error says; its text already tells what to do."""
    fault = error.fault
    return todo(topic, fault.zh, fault.en, do, str(error))
