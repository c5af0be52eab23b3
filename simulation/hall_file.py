"""Writing a queue server's `hall.toml` from definitions."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from queue_server.domain.values import Catalogue


def write_hall_file(
    path: Path,
    catalogue: Catalogue,
    *,
    hall: str = "simulated",
    folder: Path | str = "data",
    more: Mapping[str, Mapping[str, Any]] | None = None,
) -> Path:
    """Write the configuration of a server on free ports of this machine; returns `path`.

    `folder` is where its database is kept, from `path`'s folder where relative. `more` adds to or
    overrides whole tables, such as `{"limits": {…}, "sync": {…}}`.
    """
    table: dict[str, Any] = {
        "hall": {"id": hall},
        "doors": {"host": "127.0.0.1", "push_port": 0, "http_port": 0},
        "store": {"folder": str(folder)},
        "catalogue": msgspec.to_builtins(catalogue),
    }
    for name, values in (more or {}).items():
        table[name] = {**table.get(name, {}), **values}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_toml(table), "utf-8")
    return path


def to_toml(table: Mapping[str, Any]) -> str:
    """TOML of nested tables, arrays of tables, texts, numbers, booleans and lists of those."""
    lines: list[str] = []
    _table(lines, table, ())
    return "\n".join(lines).lstrip("\n") + "\n"


def _table(lines: list[str], table: Mapping[str, Any], where: tuple[str, ...]) -> None:
    inner = {k: v for k, v in table.items() if isinstance(v, Mapping) and _is_long(v)}
    arrays = {k: v for k, v in table.items() if _is_tables(v)}
    lines += [f"{k} = {_value(v)}" for k, v in table.items() if k not in inner and k not in arrays]
    for name, value in inner.items():
        path = (*where, name)
        lines += ["", f"[{'.'.join(path)}]"]
        _table(lines, value, path)
    for name, values in arrays.items():
        path = (*where, name)
        for value in values:
            lines += ["", f"[[{'.'.join(path)}]]"]
            lines += [f"{k} = {_value(v)}" for k, v in value.items()]


def _is_long(table: Mapping[str, Any]) -> bool:
    """Whether it gets lines of its own; a text in two languages stays on one."""
    return not all(isinstance(value, str) for value in table.values()) or "zh" not in table


def _is_tables(value: object) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and bool(value)
        and all(isinstance(one, Mapping) for one in value)
    )


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
        case Mapping():
            return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in value.items()) + " }"
        case Sequence():
            return "[" + ", ".join(_value(one) for one in value) + "]"
        case _:
            raise TypeError(f"not for TOML: {value!r}")
