"""Which rules to try: a shipped set by name, or a file of conditions or of whole work profiles."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ..config import ANY_SERVICE
from ..domain.hall import Hall
from ..domain.profile_check import profile_problems
from ..domain.rules import Aging, Booked, Condition, First, Ratio
from ..domain.shipped_profiles import SHIPPED
from ..domain.values import Catalogue, Profile, ProfileId, ServiceId, Text, Value
from ..toml_lines import Lines, lines_of, with_lines
from ..toml_typed import build

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

    def put_into(self, catalogue: Catalogue, only: str | None = None) -> Catalogue:
        """The hall with these rules; `only` names the one work profile to change.

        Raises `RulesError` where they don't fit the hall.
        """
        changed = {profile.id: profile for profile in self.profiles}
        mistakes: list[str] = []
        if only is not None and only not in {profile.id for profile in catalogue.profiles}:
            mistakes.append(f"没有策略 / no work profile {only:.40}")
        if changed and not changed.keys() & {profile.id for profile in catalogue.profiles}:
            mistakes.append(
                f"{self.source}: 没有其中任何策略 / that day had none of its work profiles"
            )
        hall = Hall(services={service.id: service for service in catalogue.services})
        profiles = []
        for profile in catalogue.profiles:
            new = profile
            if only is None or profile.id == only:
                if self.conditions is not None:
                    new = msgspec.structs.replace(profile, conditions=self.conditions)
                new = changed.get(profile.id, new)
            profiles.append(new)
            if new is not profile:
                mistakes += self._mistakes(new, hall)
        if mistakes:
            raise RulesError(mistakes)
        return msgspec.structs.replace(catalogue, profiles=tuple(profiles))

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
