"""Which rules to try: a shipped set by name, or a file of conditions or of whole work profiles."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ..config import ANY_SERVICE
from ..domain.events import ProfileDefined, ServiceDefined
from ..domain.hall import Hall
from ..domain.profile_check import profile_problems
from ..domain.rules import Aging, Booked, Condition, First, Ratio
from ..domain.shipped_profiles import SHIPPED
from ..domain.values import Profile, ProfileId, ServiceId, Text, Value
from ..toml_lines import Lines, lines_of, with_lines
from ..toml_typed import build
from .record import Change, RecordedDay

CURRENT = "current"
SHIPPED_NAMES = {
    "strict": Text(zh="严格优先", en="strict priority"),
    "two-to-one": Text(zh="2:1", en="2:1"),
    "aging": Text(zh="候时升级", en="aging"),
}


class RulesError(Exception):
    """Every mistake, a line each, in both languages."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class ConditionsFile(Value, frozen=True):
    """A file of conditions for any work profile, such as docs/examples/profiles/ratio.toml."""

    name: Text
    conditions: tuple[Condition, ...] = ()


class Rules(NamedTuple):
    """Rules to try: conditions for every work profile, or some work profiles anew."""

    name: Text
    conditions: tuple[Condition, ...] | None = None
    profiles: tuple[Profile, ...] = ()
    lines: Lines | None = None
    source: str = ""

    def put_into(self, day: RecordedDay, only: str | None = None) -> RecordedDay:
        """The day with these rules from morning to evening, whatever was changed meanwhile.

        `only` names the one work profile to change; the others stay as they were, at each moment.
        Raises `RulesError` where the rules don't fit the hall.
        """
        replace = msgspec.structs.replace
        catalogue, events = day.catalogue, [change.event for change in day.changes]
        defined = [event.profile for event in events if isinstance(event, ProfileDefined)]
        known = {profile.id for profile in (*catalogue.profiles, *defined)}
        mistakes: list[str] = []
        if only is not None and only not in known:
            mistakes.append(f"没有策略 / no work profile {only:.40}")
        if self.profiles and not known & {profile.id for profile in self.profiles}:
            mistakes.append(
                f"{self.source}: 没有其中任何策略 / that day had none of its work profiles"
            )
        services = {service.id: service for service in catalogue.services}
        services |= {
            event.service.id: event.service for event in events if isinstance(event, ServiceDefined)
        }
        for profile in (*catalogue.profiles, *defined):
            if (new := self._anew(profile, only)) is not profile:
                mistakes += self._mistakes(new, Hall(services=services))
        if mistakes:
            raise RulesError(list(dict.fromkeys(mistakes)))

        profiles = {one.id: self._anew(one, only) for one in catalogue.profiles}
        standing, changes = dict(profiles), list[Change]()
        for change in day.changes:
            if isinstance(change.event, ProfileDefined):
                new = self._anew(change.event.profile, only)
                if standing.get(new.id) == new:
                    continue  # counting does not begin anew for what stays
                standing[new.id] = new
                change = replace(change, event=ProfileDefined(profile=new))
            changes.append(change)
        return replace(
            day,
            catalogue=replace(catalogue, profiles=tuple(profiles.values())),
            changes=tuple(changes),
        )

    def _anew(self, profile: Profile, only: str | None) -> Profile:
        """What stands in a work profile's place: itself where these rules say nothing of it."""
        if only is not None and profile.id != only:
            return profile
        given = next((one for one in self.profiles if one.id == profile.id), None)
        if given is not None or self.conditions is None:
            return given or profile
        return msgspec.structs.replace(profile, conditions=self.conditions)

    def alone(self) -> None:
        """Raises `RulesError` for what is wrong in any hall."""
        named = {key for one in self.conditions or () for key in services_named(one)}
        own = tuple(sorted(named)) or (ServiceId("any"),)
        helped = {key for one in self.conditions or () for key in getattr(one, "services", ())}
        hall = Hall(services=dict.fromkeys((*own, *helped), ANY_SERVICE))
        profile = Profile(id=ANY, name=self.name, services=own, conditions=self.conditions or ())
        mistakes = self._mistakes(profile, hall)
        if mistakes:
            raise RulesError(mistakes)

    def _mistakes(self, profile: Profile, hall: Hall) -> list[str]:
        found = []
        for problem in profile_problems(profile, hall):
            path = problem.path
            if self.profiles:
                path = f"catalogue.profiles[{self.profiles.index(profile)}].{path}"
            where = self.lines.told(path) if self.lines else ""
            here = f"（{profile.id}）" if self.conditions is not None and profile.id != ANY else ""
            found.append(f"{self.source}: {where}{path}{here}: {problem.zh} / {problem.en}")
        return found


def rules_of(wanted: str) -> Rules:
    """What a word of the command line stands for. Raises `RulesError`."""
    if wanted == CURRENT:
        return Rules(Text(zh="当日规则", en="the day's own"))
    if wanted in SHIPPED:
        return Rules(SHIPPED_NAMES[wanted], conditions=SHIPPED[wanted], source=wanted)
    path = Path(wanted)
    if path.suffix != ".toml":
        known = ", ".join([CURRENT, *SHIPPED])
        raise RulesError([f"{wanted}: 没有此规则 / no such rules (可用 known: {known}, FILE.toml)"])
    return read_rules(path)


def read_rules(path: Path) -> Rules:
    """Rules from a file: `conditions` for every work profile, or `[[catalogue.profiles]]`."""
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise RulesError([f"{path}: 无法读取 / cannot be read: {error.strerror}"]) from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise RulesError([f"{path}: 不是 TOML / not TOML: {error}"]) from error
    lines = lines_of(text)
    mistakes: list[str] = []
    if "catalogue" in table:
        given = _tables(table["catalogue"])
        profiles = tuple(
            build(Profile, one, f"catalogue.profiles[{number}].", mistakes)
            for number, one in enumerate(given)
        )
        name = Text(zh=path.name, en=path.name)
        found = Rules(name, profiles=profiles, lines=lines, source=str(path))
    else:
        read = build(ConditionsFile, table, "", mistakes)
        found = Rules(read.name, conditions=read.conditions) if read else Rules(_NO_NAME)
        found = found._replace(lines=lines, source=str(path))
    if mistakes:
        raise RulesError([f"{path}: {one}" for one in with_lines(mistakes, text)])
    return found


def is_hall(path: Path) -> bool:
    """Whether a file is a hall's configuration, as far as can be told."""
    try:
        return "conditions" not in tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return True


def services_named(condition: Condition) -> Iterator[ServiceId]:
    """The services whose tickets a condition tells apart."""
    if isinstance(condition, Ratio):
        for share in condition.shares:
            yield from share.match.services
    elif isinstance(condition, First | Booked | Aging):
        yield from condition.match.services


ANY = ProfileId("any")
_NO_NAME = Text(zh="", en="")


def _tables(catalogue: object) -> list[dict[str, Any]]:
    profiles = catalogue.get("profiles") if isinstance(catalogue, dict) else None
    return [one for one in profiles or () if isinstance(one, dict)]
