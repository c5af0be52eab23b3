"""Options of a window program: one TOML file, overridden by arguments; all mistakes at once.

Each option is a field of a struct, with type, default and description; an argument's name is the
field's with dashes, a TOML key is the field's own.
"""

import argparse
import os
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_type_hints
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from ui.inputs import Language

GEOMETRY = re.compile(r"(\d{2,5})x(\d{2,5})(?:\+(-?\d{1,5})\+(-?\d{1,5}))?")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What every program with a window can be told. Raises `ValueError` for what cannot be."""

    server: Annotated[str, Meta(description="排队服务器地址 queue server: ws://主机:端口")] = (
        "ws://127.0.0.1:8700"
    )
    token: Annotated[str, Meta(description="本终端的令牌 this program's token (HALL_TOKEN)")] = ""
    token_file: Annotated[str, Meta(description="存令牌的文件 file holding the token")] = ""
    ca_file: Annotated[str, Meta(description="wss 的根证书 root certificate for wss")] = ""
    language: Annotated[Language, Meta(description="界面语言 language: zh, en")] = "zh"
    geometry: Annotated[str, Meta(description="窗口 window: WIDTHxHEIGHT[+X+Y]")] = ""
    fullscreen: Annotated[bool, Meta(description="全屏 whole screen")] = False
    screenshot: Annotated[
        str, Meta(description="存画面的 PNG，收到 SIGUSR1 时也存 picture file, also on SIGUSR1")
    ] = ""
    after: Annotated[
        float, Meta(description="几秒后存画面，0 为不自动存 seconds until the picture; 0: never")
    ] = 0.0

    def mistakes(self) -> list[str]:
        """What is wrong with values that have the right type; programs add their own."""
        found = []
        parts = urlsplit(self.server)
        if parts.scheme not in {"ws", "wss"} or not parts.hostname:
            found.append(f"server: 不是 ws:// 或 wss:// 地址 not such an address: {self.server}")
        if not self.token:
            found.append("token: 没有令牌 missing (--token, --token-file, HALL_TOKEN)")
        if self.geometry and not GEOMETRY.fullmatch(self.geometry):
            found.append(f"geometry: 须为 WIDTHxHEIGHT[+X+Y]: {self.geometry}")
        if self.ca_file and not Path(self.ca_file).is_file():
            found.append(f"ca_file: 没有此文件 no such file: {self.ca_file}")
        if self.screenshot and not Path(self.screenshot).resolve().parent.is_dir():
            found.append(f"screenshot: 没有此目录 no such folder: {self.screenshot}")
        if self.after < 0:
            found.append(f"after: 须不小于 0 must not be negative: {self.after}")
        return found


O = TypeVar("O", bound=Options)  # noqa: E741


class Mistakes(Exception):  # noqa: N818
    """Everything that is wrong with a configuration, one line each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read(
    kind: type[O], program: str, arguments: Sequence[str], environment: Mapping[str, str]
) -> O:
    """The options of `program`. Raises `Mistakes` with all of them; `--help` exits."""
    given, lines = _arguments(kind, program, arguments)
    values: dict[str, Any] = {}
    if file := given.pop("config", None):
        values = _file(kind, Path(file), lines)
    values |= given
    lines += _take_token(values, environment)
    hints = get_type_hints(kind, include_extras=True)
    typed: dict[str, Any] = {}
    for name, value in values.items():
        try:
            typed[name] = msgspec.convert(value, hints[name], strict=not isinstance(value, str))
        except msgspec.ValidationError as error:
            lines.append(f"{name}: {error}: {value!r}")
    whole = kind(**typed)
    lines += [m for m in whole.mistakes() if m.partition(":")[0] not in _named(lines)]
    if lines:
        raise Mistakes(lines)
    return whole


def read_or_exit(kind: type[O], program: str, arguments: Sequence[str]) -> O:
    """`read` with this process's environment; mistakes are printed and end the program."""
    try:
        return read(kind, program, arguments, os.environ)
    except Mistakes as error:
        print(f"{program}: 配置有误 configuration mistakes:", file=sys.stderr)
        for line in error.lines:
            print(f"  {line}", file=sys.stderr)
        raise SystemExit(2) from None


def _named(lines: list[str]) -> set[str]:
    return {line.partition(":")[0] for line in lines}


def _arguments(
    kind: type[Options], program: str, arguments: Sequence[str]
) -> tuple[dict[str, Any], list[str]]:
    parser = argparse.ArgumentParser(prog=f"hall {program}", allow_abbrev=False)
    parser.add_argument("--config", metavar="FILE", help="TOML 配置文件 configuration file")
    hints = get_type_hints(kind, include_extras=True)
    tables: list[str] = []
    for field in msgspec.structs.fields(kind):
        notes = [a for a in get_args(hints[field.name])[1:] if isinstance(a, Meta)]
        text = (notes[0].description or "") if notes else ""
        if isinstance(field.default, msgspec.Struct):
            tables.append(f"[{field.name}] {text}")
            continue
        name = "--" + field.name.replace("_", "-")
        default = "" if field.default in {"", None} else f" [{field.default}]"
        if get_args(hints[field.name])[:1] == (bool,):
            parser.add_argument(name, action=argparse.BooleanOptionalAction, help=text)
        else:
            parser.add_argument(name, metavar="…", help=(text + default).replace("%", "%%"))
    if tables:
        parser.epilog = "配置文件中的表 tables of the file: " + "; ".join(tables)
    found, unknown = parser.parse_known_args(arguments)
    given = {k: v for k, v in vars(found).items() if v is not None}
    return given, [f"{word}: 没有此选项 no such option" for word in unknown]


def _file(kind: type[Options], path: Path, lines: list[str]) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        lines.append(f"config: {path}: {error}")
        return {}
    known = {field.name for field in msgspec.structs.fields(kind)}
    lines += [f"{key}: 没有此选项 no such option ({path})" for key in values if key not in known]
    return {key: value for key, value in values.items() if key in known}


def _take_token(values: dict[str, Any], environment: Mapping[str, str]) -> list[str]:
    """Settle where the token comes from: the option, else its file, else the environment."""
    if values.get("token"):
        return []
    file = values.get("token_file")
    if not isinstance(file, str) or not file:
        values["token"] = environment.get("HALL_TOKEN", "")
        return []
    try:
        values["token"] = Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        return [f"token_file: {error}", "token: "]
    return []
