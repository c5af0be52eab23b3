"""The server's configuration: one TOML file, every mistake reported at once."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import msgspec

from .almanac import ALMANAC
from .domain.definitions import calendar_problems, limit_problems
from .domain.hall import Hall
from .domain.profile_check import profile_problems
from .domain.values import (
    Area,
    AreaId,
    BookingPlan,
    CalendarDay,
    Counter,
    Ms,
    Profile,
    Route,
    Service,
    ServiceId,
    Settings,
    Staff,
    Text,
)
from .limits import Limits
from .sync.batch import HALL_ID
from .sync.config import SyncConfig
from .tls import Tls
from .toml_lines import with_lines
from .toml_typed import build


class HallConfig(msgspec.Struct, frozen=True, kw_only=True):
    """The `[hall]` table."""

    id: str = "hall"
    """Short name of this hall, unique in the city; part of every event's key."""


class DoorsConfig(msgspec.Struct, frozen=True, kw_only=True):
    """The `[doors]` table: where the server listens."""

    host: str = "127.0.0.1"
    """Address to listen on; `0.0.0.0` for the hall's whole network."""
    push_port: int = 8700
    """The websocket port of the hall's programs; 0 takes a free one."""
    http_port: int = 8701
    """REST and web pages; 0 takes a free one."""
    origins: tuple[str, ...] = ()
    """Web pages from elsewhere that may open a websocket; the server's own always may."""
    public_address: str = ""
    """What a ticket's QR leads to, such as `https://hall.example`; empty: this machine's."""


class StoreConfig(msgspec.Struct, frozen=True, kw_only=True):
    """The `[store]` table."""

    folder: Path = Path("hall-data")
    """Where database, tokens and key are kept."""
    key_file: Path | None = None
    """The personal-data key; `personal.key` in the folder where not given."""
    keep_personal_days: int = 7
    """Days after which sealed personal data is purged, at a day's closing."""


class WaitsConfig(msgspec.Struct, frozen=True, kw_only=True):
    """The `[waits]` table: ranges of waiting time."""

    told: bool = True
    """Whether they are estimated and shown."""


class CatalogueConfig(msgspec.Struct, frozen=True, kw_only=True):
    """The `[catalogue]` table: definitions, put in force at the start after their text changed."""

    settings: Settings | None = None
    areas: tuple[Area, ...] = ()
    services: tuple[Service, ...] = ()
    counters: tuple[Counter, ...] = ()
    staff: tuple[Staff, ...] = ()
    profiles: tuple[Profile, ...] = ()
    calendar: tuple[CalendarDay, ...] = ()
    """Days that are other than China's public calendar says, or that it does not hold yet."""
    plans: tuple[BookingPlan, ...] = ()
    routes: tuple[Route, ...] = ()


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    hall: HallConfig = HallConfig()
    doors: DoorsConfig = DoorsConfig()
    limits: Limits = Limits()
    store: StoreConfig = StoreConfig()
    tls: Tls | None = None
    sync: SyncConfig | None = None
    waits: WaitsConfig = WaitsConfig()
    catalogue: CatalogueConfig = CatalogueConfig()


class ConfigError(Exception):
    """Everything wrong with a configuration: one line each, Chinese and English."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


Beyond = Callable[["CatalogueConfig"], list[str]]
"""Finds more mistakes in a catalogue, each beginning with its place."""


def read_config(path: Path | None, beyond: Beyond | None = None) -> Config:
    """Read `path`, or take the defaults where it is None. Raises `ConfigError`.

    `beyond` looks at the catalogue as well; what it finds is told with all the rest.
    """
    if path is None:
        return Config()
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise ConfigError([f"{path}: 无法读取 / cannot be read: {error.strerror}"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}: 不是 TOML / not TOML: {error}"]) from error
    try:
        return parse_config(table, path.parent, beyond)
    except ConfigError as error:
        raise ConfigError(with_lines(error.mistakes, text)) from error


def parse_config(
    table: dict[str, Any], base: Path = Path(), beyond: Beyond | None = None
) -> Config:
    """A configuration from its table; relative paths are relative to `base`."""
    mistakes: list[str] = []
    config = cast(Config, build(Config, table, "", mistakes))
    typed = not mistakes
    if typed:
        mistakes += _beyond_types(config)
    mistakes += profile_mistakes(table.get("catalogue"))
    if typed and beyond is not None:
        told = {one.partition(".")[0] for one in map(_within_catalogue, mistakes)}
        more = beyond(config.catalogue)
        mistakes += [m for m in more if _within_catalogue(m).partition(".")[0] not in told]
    if mistakes:
        raise ConfigError(mistakes)
    return _anchored(config, base)


def _within_catalogue(mistake: str) -> str:
    """What a mistake says after `catalogue.`: first of all the definition it is about."""
    return mistake.partition(": ")[0].removeprefix("catalogue.")


def profile_mistakes(catalogue: object) -> list[str]:
    """What is wrong with the work profiles of a `[catalogue]` table, those apart whose types are.

    Where the file defines no services the hall has them from before, and checks at the start.
    """
    if not isinstance(catalogue, dict):
        return []
    services = [one.get("id") for one in _tables(catalogue.get("services"))]
    known = Hall(services={ServiceId(one): ANY_SERVICE for one in services if isinstance(one, str)})
    found = []
    for number, table in enumerate(_tables(catalogue.get("profiles"))):
        here, wrong = f"catalogue.profiles[{number}].", list[str]()
        profile = build(Profile, table, here, wrong)
        if not wrong and known.services:
            problems = profile_problems(cast(Profile, profile), known)
            found += [f"{here}{one.path}: {one.zh} / {one.en}" for one in problems]
    return found


def _tables(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _beyond_types(config: Config) -> list[str]:
    mistakes = []
    doors, limits = config.doors, config.limits
    for name, port in (("push_port", doors.push_port), ("http_port", doors.http_port)):
        if not 0 <= port <= 65535:
            mistakes.append(f"doors.{name}: 须为 0 到 65535 / must be 0 to 65535: {port}")
    if doors.push_port and doors.push_port == doors.http_port:
        mistakes.append(f"doors: 两个端口相同 / both ports are {doors.push_port}")
    mistakes += [
        f"limits.{name}: 须大于 0 / must be more than 0"
        for name, value in msgspec.structs.asdict(limits).items()
        if not value > 0
    ]
    if config.store.keep_personal_days < 0:
        mistakes.append("store.keep_personal_days: 不得小于 0 / must not be less than 0")
    mistakes += _hours_mistakes(config.catalogue)
    if not HALL_ID.fullmatch(config.hall.id):
        zh = "须为 1 到 64 个英文字母、数字、点、- 或 _，以字母或数字开头"
        en = "must be 1 to 64 of A-Z a-z 0-9 . - _, the first a letter or digit"
        mistakes.append(f"hall.id: {zh} / {en}")
    if config.sync is not None:
        mistakes += [f"sync.{option}: {zh} / {en}" for option, zh, en in config.sync.problems()]
    return mistakes


def _hours_mistakes(catalogue: CatalogueConfig) -> list[str]:
    """Everything wrong with opening hours, limits and calendar."""
    mistakes = []
    settings = catalogue.settings
    if settings is not None:
        here = "catalogue.settings"
        mistakes += [f"{here}.{problem}" for problem in limit_problems(settings)]
        if ALMANAC.offset(settings.timezone, Ms(0)) is None:
            zone = settings.timezone
            mistakes.append(f"{here}.timezone: 没有这个时区 / no such time zone: {zone!r:.60}")
    for number, service in enumerate(catalogue.services):
        here = f"catalogue.services[{number}]"
        mistakes += [f"{here}.{problem}" for problem in limit_problems(service)]
    first: dict[str, int] = {}
    for number, day in enumerate(catalogue.calendar):
        here = f"catalogue.calendar[{number}]"
        mistakes += [f"{here}.{problem}" for problem in calendar_problems(day)]
        earlier = first.setdefault(day.day, number)
        if earlier != number:
            mistakes.append(f"{here}.day: 与 [{earlier}] 相同 / the same as [{earlier}]")
    return mistakes


def _anchored(config: Config, base: Path) -> Config:
    replace = msgspec.structs.replace
    store = replace(
        config.store,
        folder=base / config.store.folder,
        key_file=base / config.store.key_file if config.store.key_file else None,
    )
    tls = config.tls and replace(
        config.tls, certificate=base / config.tls.certificate, key=base / config.tls.key
    )
    sync = config.sync and replace(
        config.sync,
        token_file=base / config.sync.token_file,
        ca_file=base / config.sync.ca_file if config.sync.ca_file else None,
    )
    return replace(config, store=store, tls=tls, sync=sync)


DEFAULT_SETTINGS = Settings(name=Text(zh="政务服务大厅", en="Government Service Hall"))

ANY_SERVICE = Service(
    id=ServiceId(""),
    prefix="A",
    name=Text(zh="", en=""),
    department=Text(zh="", en=""),
    area=AreaId(""),
)
"""Stands for each of the file's services: of them only the ids matter to profiles."""
