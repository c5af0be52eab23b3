"""Which devices a kiosk's or a station's TOML file names, whatever else is in it."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec.structs import fields

from devices.doctor.finding import Finding, Fitted, failed, todo
from devices.errors import DeviceError
from devices.registry import Registry

_TABLES: Final = {"call_line": "call-line", "led": "led", "voice": "voice"}
_KEYS: Final = {
    "printer": "printer",
    "reader": "id-reader",
    "scanner": "scanner",
    "camera": "camera",
}
_TYPES: Final = "keyboard"
"""A kiosk's scanner that types has no port to ask."""


def read_config(path: Path) -> Mapping[str, object] | Finding:
    """The file's tables, or why they cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return todo(
            "config", f"配置文件不能读取：{path}", f"The configuration cannot be read: {path}",
            detail=str(error),
        )  # fmt: skip


def fitted_in(
    tables: Mapping[str, object], where: str, registry: Registry
) -> Iterator[Fitted | Finding]:
    """Every device named: `printer = "tcp:…"` of a kiosk, `[[led]]` of a station."""
    for key, kind in _KEYS.items():
        port = tables.get(key)
        if isinstance(port, str) and port and (key, port) != ("scanner", _TYPES):
            settings = tables.get(f"{key}_settings")
            values = dict(settings) if isinstance(settings, dict) else {}
            yield _fitted(f"{where}: {key}", kind, {**values, "port": port}, registry)
    for key, kind in _TABLES.items():
        entries = tables.get(key)
        for number, values in enumerate(entries if isinstance(entries, list) else [], 1):
            if isinstance(values, dict):
                yield _fitted(f"{where}: {key} {number}", kind, values, registry)


def _fitted(
    where: str, kind: str, values: Mapping[str, object], registry: Registry
) -> Fitted | Finding:
    name = values.get("driver")
    try:
        driver = registry.get(kind, str(name) if name else None)
    except DeviceError as error:
        return failed(where, error)
    known = {field.encode_name for field in fields(driver.options)}
    return Fitted(
        where=where,
        driver=driver,
        values={key: value for key, value in values.items() if key in known},
    )
