"""What `hall.toml` defines, and which of it a start of the server puts in force.

A definition of the file is put in force where the file's own text of it has changed since it last
was. What the hall was told in other ways since then stays (docs/adr/0014-the-file-and-the-hall.md).
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from .config import DEFAULT_SETTINGS, CatalogueConfig
from .domain import commands as c
from .domain.hall import Hall
from .domain.values import CalendarDay, Text, Value

_encode = msgspec.json.Encoder(order="deterministic").encode

REPLACED = (
    "配置文件有改动，已按文件生效，覆盖了此前下达的定义 / changed in the file, which goes before "
    "what was defined since: %s"
)
KEPT = "配置文件未改动，保留此前下达的定义 / not changed in the file, kept as defined since: %s"
GONE = "配置文件已不含，大厅中仍有效 / no longer in the file, still in force in the hall: %s"


class Definition(NamedTuple):
    """One thing that the file defines."""

    kind: str
    """`settings`, or the list it stands in."""
    number: int | None
    """Where in that list, from 0."""
    id: str
    value: Value
    command: c.Command

    @property
    def name(self) -> str:
        """`settings`, or its list and id such as `services/tax`."""
        return self.kind if self.number is None else f"{self.kind}/{self.id}"


class Start(NamedTuple):
    """What a start does with the file's definitions."""

    commands: tuple[c.Command, ...]
    """Those to be put in force, in an order in which each finds what it names."""
    marks: dict[str, str]
    """What the file says now, by name: to be kept once `commands` are done."""
    replaced: tuple[str, ...]
    """Changed in the file, and in the hall too since the file last spoke: the file goes before."""
    kept: tuple[str, ...]
    """Unchanged in the file, changed in the hall: it stays as the hall has it."""
    gone: tuple[str, ...]
    """No longer in the file, and still in force."""


def at_start(catalogue: CatalogueConfig, hall: Hall, marks: Mapping[str, str]) -> Start:
    """Compare the file with what it said when it was last put in force, `marks`."""
    commands: list[c.Command] = []
    now: dict[str, str] = {}
    replaced: list[str] = []
    kept: list[str] = []
    if catalogue.settings is None and hall.settings.name == Text(zh="", en=""):
        commands.append(c.DefineHall(settings=DEFAULT_SETTINGS))
    for one in definitions(catalogue):
        now[one.name] = mark(one.value)
        in_hall = _in_hall(hall, one.name)
        if marks.get(one.name) == now[one.name]:
            if in_hall != one.value and (in_hall is not None or not _takes_back(one.value)):
                kept.append(one.name)
            continue
        commands.append(one.command)
        was = marks.get(one.name)
        if was is not None and in_hall not in (None, one.value) and mark(in_hall) != was:
            replaced.append(one.name)
    gone = tuple(n for n in marks if n not in now and _in_hall(hall, n) is not None)
    return Start(tuple(commands), now, tuple(replaced), tuple(kept), gone)


def mark(value: Value) -> str:
    """Tells one text of a definition from another, as short as that can be done.

    Of fields at their default nothing is taken in: a newer server's new fields change no mark.
    """
    return hashlib.sha256(_encode(value)).hexdigest()[:16]


def definitions(catalogue: CatalogueConfig) -> Iterator[Definition]:
    """Everything that the file defines, each after those it names."""
    if catalogue.settings is not None:
        command: c.Command = c.DefineHall(settings=catalogue.settings)
        yield Definition("settings", None, "", catalogue.settings, command)
    for at, day in enumerate(catalogue.calendar):
        yield Definition("calendar", at, day.day, day, c.DefineCalendarDay(day=day))
    for at, area in enumerate(catalogue.areas):
        yield Definition("areas", at, area.id, area, c.DefineArea(area=area))
    for at, service in enumerate(catalogue.services):
        yield Definition("services", at, service.id, service, c.DefineService(service=service))
    for at, route in enumerate(catalogue.routes):
        yield Definition("routes", at, route.id, route, c.DefineRoute(route=route))
    for at, profile in enumerate(catalogue.profiles):
        yield Definition("profiles", at, profile.id, profile, c.DefineProfile(profile=profile))
    for at, counter in enumerate(catalogue.counters):
        yield Definition("counters", at, counter.id, counter, c.DefineCounter(counter=counter))
    for at, staff in enumerate(catalogue.staff):
        yield Definition("staff", at, staff.id, staff, c.DefineStaff(staff=staff))
    for at, plan in enumerate(catalogue.plans):
        yield Definition("plans", at, plan.id, plan, c.DefinePlan(plan=plan))


def _takes_back(value: Value) -> bool:
    """Whether a calendar day only says that nothing is said of it."""
    return isinstance(value, CalendarDay) and value.kind == "default"


def _in_hall(hall: Hall, name: str) -> Value | None:
    """What the hall has under a definition's name."""
    kind, _, key = name.partition("/")
    if kind == "settings":
        return hall.settings
    known: dict[str, Value] = getattr(hall, kind)
    return known.get(key)
