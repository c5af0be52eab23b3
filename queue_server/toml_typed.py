"""Typed values from TOML tables, every mistake found and told with its place."""

import types
import typing
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec


def build(kind: type[Any], table: dict[str, Any], where: str, mistakes: list[str]) -> Any:  # noqa: ANN401
    """Build a struct field by field, so that every mistake is found and not just the first."""
    hints = get_type_hints(kind, include_extras=True)
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name in table:
        if name not in fields:
            known = ", ".join(fields)
            mistakes.append(f"{where}{name}: 没有此项 / no such option (可用 known: {known})")
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if name not in table:
            if field.required:
                mistakes.append(f"{where}{name}: 缺少 / missing")
            continue
        before = len(mistakes)
        value = _value(hints[field.name], table[name], f"{where}{name}", mistakes)
        if len(mistakes) == before:
            values[field.name] = value
    missing = [f.name for f in fields.values() if f.required and f.name not in values]
    return None if missing else kind(**values)


def _value(kind: Any, value: Any, where: str, mistakes: list[str]) -> Any:  # noqa: ANN401
    options = get_args(kind) if get_origin(kind) in (typing.Union, types.UnionType) else (kind,)
    inner = next((o for o in options if o is not type(None)), kind)
    kinds = _kinds(kind)
    if kinds and isinstance(value, dict):
        return _tagged(kinds, value, where, mistakes)
    if _is_struct(inner) and isinstance(value, dict):
        return build(inner, value, f"{where}.", mistakes)
    item = get_args(inner)[0] if get_origin(inner) is tuple else None
    if (_is_struct(item) or _kinds(item)) and isinstance(value, list):
        return tuple(
            _value(item, one, f"{where}[{number}]", mistakes) for number, one in enumerate(value)
        )
    try:
        return msgspec.convert(value, kind, strict=True, dec_hook=_path)
    except msgspec.ValidationError as error:
        mistakes.append(f"{where}: 类型不符 / {error}（值 value: {value!r:.60}）")
        return None


def _is_struct(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _kinds(kind: object) -> dict[str, type[msgspec.Struct]]:
    """The structs of a union of several, by the `type` that tells them apart."""
    options = [one for one in get_args(kind) if _is_struct(one)]
    return {one.__struct_config__.tag: one for one in options} if len(options) > 1 else {}


def _tagged(
    kinds: dict[str, type[msgspec.Struct]], value: dict[str, Any], where: str, mistakes: list[str]
) -> Any:  # noqa: ANN401
    """One of several kinds of table, by its `type`."""
    name = value.get("type")
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        known = ", ".join(kinds)
        mistakes.append(
            f"{where}.type: 须为其一 / must be one of {known}（值 value: {name!r:.60}）"
        )
        return None
    rest = {key: one for key, one in value.items() if key != "type"}
    return build(kind, rest, f"{where}.", mistakes)


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str) and value:
        return Path(value)
    raise ValueError("expected a path")
