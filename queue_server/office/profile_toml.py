"""A work profile as TOML text, as a manager edits it; `check.py` reads it back."""

import json
from typing import Any

import msgspec

from ..domain.values import Profile


def profile_toml(profile: Profile) -> str:
    """Its whole definition, defaults left out; comments are not part of it."""
    table: dict[str, Any] = msgspec.to_builtins(profile)
    conditions = table.pop("conditions", [])
    lines = [f"{name} = {_value(value)}" for name, value in table.items()]
    for condition in conditions:
        lines += ["", "[[conditions]]"]
        lines += [f"{name} = {_value(value)}" for name, value in condition.items()]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # JSON's escapes are TOML's too; only DEL is allowed here and not there.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int():
            return str(value)
        case dict():
            inner = ", ".join(f"{name} = {_value(one)}" for name, one in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple() if any(isinstance(one, dict) for one in value):
            return "[\n" + "".join(f"    {_value(one)},\n" for one in value) + "]"
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            raise TypeError(f"no TOML for {type(value).__name__}")
