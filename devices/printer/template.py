"""A hall's ticket template: which blocks stand on the slip, in which order, size and words."""

import string
import tomllib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import msgspec

from devices.errors import DeviceError

DEFAULT_FILE: Final = Path(__file__).parent / "template.toml"


class Align(StrEnum):
    """Where a line stands."""

    LEFT = "left"
    CENTRE = "center"


class Show(StrEnum):
    """What a block shows; one whose ticket has nothing to say there takes no paper."""

    LOGO = "logo"
    HALL = "hall"
    AREA = "area"
    DEPARTMENT = "department"
    SERVICE = "service"
    NUMBER = "number"
    NAME = "name"
    AHEAD = "ahead"
    WAIT = "wait"
    PRIORITY = "priority"
    NOTICES = "notices"
    QR = "qr"
    TAKEN_AT = "taken_at"
    REPRINT = "reprint"
    TEXT = "text"
    RULE = "rule"


_PLACEHOLDERS: Final = {
    Show.NAME: {"name"},
    Show.AHEAD: {"ahead"},
    Show.TAKEN_AT: {"time"},
}
_WORDED: Final = {Show.NAME, Show.AHEAD, Show.QR, Show.TAKEN_AT, Show.REPRINT, Show.TEXT}


class Block(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`size` 0 is as large as fits on one line. A text too wide at its size is set smaller until
    it takes at most `lines` lines; at size 1 it takes what it needs. English is of size 1.

    `zh`, `en`: the words; `{name}`, `{ahead}`, `{time}` are filled in where the block has them.
    """

    show: Show
    size: Annotated[int, msgspec.Meta(ge=0, le=8)] = 1
    lines: Annotated[int, msgspec.Meta(ge=1, le=4)] = 1
    align: Align = Align.CENTRE
    bold: bool = False
    english: bool = True
    zh: str = ""
    en: str = ""
    above: Annotated[int, msgspec.Meta(ge=0, le=200)] = 0
    """White dots above it, where it is shown; eight to a millimetre."""


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """`logo` is the PNG's path, None without one."""

    blocks: tuple[Block, ...]
    logo: Path | None = None
    time_format: str = "%Y-%m-%d %H:%M"


def read_template(path: Path | None = None) -> Template:
    """The template in `path`, or the one shipped; DeviceError `printer.template` with every
    mistake found. A logo is looked for beside the file."""
    path = path or DEFAULT_FILE
    try:
        return parse_template(path.read_bytes(), path.parent)
    except OSError as error:
        raise DeviceError("printer.template", f"{path}: {error}") from error


def parse_template(data: bytes, folder: Path) -> Template:
    """As `read_template`, of the file's bytes."""
    try:
        given = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise DeviceError("printer.template", f"not TOML: {error}") from error
    mistakes = [
        f"{key}: unknown; known: block, logo, time_format"
        for key in given.keys() - {"block", "logo", "time_format"}
    ]
    logo = _text(given, "logo", "", mistakes)
    time_format = _text(given, "time_format", Template(blocks=()).time_format, mistakes)
    try:
        datetime(2026, 1, 5).strftime(time_format)  # noqa: DTZ001 - only its form is tried
    except ValueError as error:
        mistakes.append(f"time_format: {error}")
    blocks = _blocks(given.get("block"), mistakes)
    shows = [block.show for block in blocks]
    if shows.count(Show.NUMBER) != 1 and not any("block" in mistake for mistake in mistakes):
        mistakes.append('block: exactly one must show "number"')
    if Show.LOGO in shows and not logo:
        mistakes.append("logo: a block shows it, but no file is given")
    if mistakes:
        raise DeviceError("printer.template", "; ".join(mistakes))
    return Template(blocks=blocks, logo=folder / logo if logo else None, time_format=time_format)


def _text(given: Mapping[str, object], key: str, default: str, mistakes: list[str]) -> str:
    value = given.get(key, default)
    if isinstance(value, str) and "\0" not in value:
        return value
    mistakes.append(f"{key}: must be a text")
    return default


def _blocks(given: object, mistakes: list[str]) -> tuple[Block, ...]:
    if not isinstance(given, list) or not given:
        mistakes.append("block: at least one [[block]] is needed")
        return ()
    blocks = []
    for place, table in enumerate(given, 1):
        try:
            block = msgspec.convert(table, Block)
        except msgspec.ValidationError as error:
            mistakes.append(f"block {place}: {error}")
            continue
        mistakes += [f"block {place} ({block.show}): {wrong}" for wrong in _wrong(block)]
        blocks.append(block)
    return tuple(blocks)


def _wrong(block: Block) -> list[str]:
    wrong = []
    if block.show is Show.TEXT and not (block.zh or block.en):
        wrong.append("needs zh or en")
    for key, words in (("zh", block.zh), ("en", block.en)):
        if words and block.show not in _WORDED:
            wrong.append(f"{key} is not used here")
            continue
        try:
            parts = list(string.Formatter().parse(words))
        except ValueError as error:
            wrong.append(f"{key}: {error}")
            continue
        known = _PLACEHOLDERS.get(block.show, set())
        fields = {name for _, name, _, _ in parts if name is not None}
        if fields - known or any(spec or conversion for _, _, spec, conversion in parts):
            wrong.append(f"{key}: known are {', '.join(f'{{{name}}}' for name in known) or 'none'}")
    return wrong
