"""The station's configuration: one TOML file; each device has its driver's options beside ours.

All mistakes are told at once, each with the table it is in.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from devices.driver import DeviceOptions
from devices.errors import DeviceError
from devices.registry import AnyDriver, Registry, options_of
from devices.station.content import Words, unknown_places
from devices.station.makes import can_open, check_port, may_share, spelled_port
from devices.station.rows import Unit
from devices.station.tables import LedTable, LineTable, VoiceTable
from queue_server.domain.values import AreaId, CounterId

T = TypeVar("T", bound=msgspec.Struct)


class Fitted(msgspec.Struct, frozen=True, kw_only=True):
    """One device: its driver, that driver's options, and what the station does with it."""

    kind: str
    """As on the wire: `call_line`, `led`, `voice`."""
    name: str
    driver: AnyDriver
    options: DeviceOptions


class FittedLine(Fitted, frozen=True, kw_only=True):
    """A callers' line and its units."""

    units: tuple[Unit, ...]


class FittedLed(Fitted, frozen=True, kw_only=True):
    """An LED screen, over a counter or for an area."""

    counter: CounterId | None
    area: AreaId | None
    rows: int
    stale_after: float
    words: Words


class FittedVoice(Fitted, frozen=True, kw_only=True):
    """An area's voice."""

    area: AreaId
    fresh: float


class StationOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a station is told."""

    server: str
    token: str
    ca_file: str
    lines: tuple[FittedLine, ...]
    leds: tuple[FittedLed, ...]
    voices: tuple[FittedVoice, ...]


class Mistakes(Exception):  # noqa: N818
    """Everything that is wrong with a configuration, one line each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read_file(path: Path) -> dict[str, Any]:
    """The file's tables; Mistakes where it cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Mistakes([f"config: {path}: {error}"]) from None


def read(
    tables: Mapping[str, Any], registry: Registry, environment: Mapping[str, str]
) -> StationOptions:
    """The options of a station; Mistakes with all of them."""
    reader = _Reader(registry)
    known = {"server", "token", "token_file", "ca_file", "call_line", "led", "voice"}
    for key in tables:
        if key not in known:
            reader.wrong(f"{key}: 没有此选项 no such option")
    options = StationOptions(
        server=reader.server(tables.get("server", "ws://127.0.0.1:8700")),
        token=reader.token(tables, environment),
        ca_file=reader.ca_file(tables.get("ca_file", "")),
        lines=tuple(reader.all(tables, "call_line", reader.line)),
        leds=tuple(reader.all(tables, "led", reader.led)),
        voices=tuple(reader.all(tables, "voice", reader.voice)),
    )
    reader.check_whole(options)
    if reader.mistakes:
        raise Mistakes(reader.mistakes)
    return options


class _Reader:
    """Reads the tables, gathering what is wrong."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.mistakes: list[str] = []

    def wrong(self, line: str) -> None:
        self.mistakes.append(line)

    def server(self, value: object) -> str:
        parts = urlsplit(value) if isinstance(value, str) else None
        if parts is None or parts.scheme not in {"ws", "wss"} or not parts.hostname:
            self.wrong(f"server: 不是 ws:// 或 wss:// 地址 not such an address: {value}")
        return str(value)

    def ca_file(self, value: object) -> str:
        if value and not Path(str(value)).is_file():
            self.wrong(f"ca_file: 没有此文件 no such file: {value}")
        return str(value)

    def token(self, tables: Mapping[str, Any], environment: Mapping[str, str]) -> str:
        found = tables.get("token") or ""
        file = tables.get("token_file")
        if not found and file:
            try:
                found = Path(str(file)).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                self.wrong(f"token_file: {error}")
                return ""
        found = found or environment.get("HALL_TOKEN", "")
        if not found or not isinstance(found, str):
            self.wrong("token: 没有令牌 missing (token, token_file, HALL_TOKEN)")
        return str(found)

    def all(self, tables: Mapping[str, Any], key: str, read: Any) -> list[Any]:  # noqa: ANN401
        values = tables.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
            self.wrong(f"{key}: 须写作 must be written as [[{key}]]")
            return []
        found = [read(value, f"{key}[{number}]") for number, value in enumerate(values, 1)]
        return [one for one in found if one is not None]

    def line(self, value: Mapping[str, Any], where: str) -> FittedLine | None:
        found = self._fitted(value, where, "call-line", LineTable)
        if found is None:
            return None
        table, driver, options = found
        if not table.unit:
            self.wrong(f"{where}.unit: 至少一个 at least one")
        numbers = True
        for unit in table.unit:
            for name, keys in (("levels", unit.levels), ("queues", unit.queues)):
                for key in keys:
                    if not key.isdecimal():
                        self.wrong(f"{where}.unit.{name}: 须为数字 must be a number: {key}")
                        numbers = False
        addresses = [unit.address for unit in table.unit]
        if len(set(addresses)) < len(addresses):
            self.wrong(f"{where}.unit.address: 重复 used twice: {addresses}")
        return FittedLine(
            kind="call_line",
            name=table.name or options.port,
            driver=driver,
            options=options,
            units=tuple(unit.unit() for unit in table.unit) if numbers else (),
        )

    def led(self, value: Mapping[str, Any], where: str) -> FittedLed | None:
        found = self._fitted(value, where, "led", LedTable)
        if found is None:
            return None
        table, driver, options = found
        if bool(table.counter) == bool(table.area):
            self.wrong(f"{where}: counter 与 area 须写且只写一个 exactly one of the two")
        for name in unknown_places(table.words):
            self.wrong(f"{where}.words.{name}: 有未知的占位 unknown place in braces")
        return FittedLed(
            kind="led",
            name=table.name or options.port,
            driver=driver,
            options=options,
            counter=CounterId(table.counter) if table.counter else None,
            area=AreaId(table.area) if table.area else None,
            rows=table.rows,
            stale_after=table.stale_after,
            words=table.words,
        )

    def voice(self, value: Mapping[str, Any], where: str) -> FittedVoice | None:
        found = self._fitted(value, where, "voice", VoiceTable)
        if found is None:
            return None
        table, driver, options = found
        return FittedVoice(
            kind="voice",
            name=table.name or options.port,
            driver=driver,
            options=options,
            area=AreaId(table.area),
            fresh=table.fresh,
        )

    def check_whole(self, options: StationOptions) -> None:
        """What is wrong with devices together."""
        alone = [d for d in (*options.lines, *options.leds) if not may_share(d.options)]
        ports = [d.options.port for d in (*options.lines, *options.leds)]
        for port in sorted({d.options.port for d in alone if ports.count(d.options.port) > 1}):
            self.wrong(f"port: 两个设备用同一端口 two devices on one port: {port}")
        for port in sorted({d.options.port for d in options.leds if may_share(d.options)}):
            shared = {spelled_port(d.options) for d in options.leds if d.options.port == port}
            if len(shared) > 1 and not any(d.options.port == port for d in alone):
                self.wrong(f"port: 同一端口速率不同 two speeds on one port: {sorted(shared)}")
        if not (options.lines or options.leds or options.voices) and not self.mistakes:
            self.wrong("没有设备 no device: [[call_line]], [[led]] or [[voice]]")

    def _fitted(
        self, value: Mapping[str, Any], where: str, kind: str, table: type[T]
    ) -> tuple[T, AnyDriver, DeviceOptions] | None:
        """Our part of a table, its driver, and the driver's options made from the rest."""
        ours = {field.name for field in msgspec.structs.fields(table)}
        mine = {key: v for key, v in value.items() if key in ours}
        rest = {key: v for key, v in value.items() if key not in ours}
        made: T | None = None
        try:
            made = msgspec.convert(mine, table)
        except msgspec.ValidationError as error:
            self.wrong(f"{where}: {error}")
        try:
            driver = self._registry.get(kind, str(value.get("driver") or "") or None)
            options = options_of(driver, rest)
            if not can_open(options):
                self.wrong(f"{where}: 外设站不能用此驱动 not for a station: {driver.name}")
            check_port(options)
        except DeviceError as error:
            self.wrong(f"{where}: {error.fault.zh} {error.fault.en}: {error.detail}")
            return None
        return None if made is None else (made, driver, options)
