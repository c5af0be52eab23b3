"""A template file: what it may hold, and everything that is wrong with it at once.

A frame is written as words: hex bytes (`FF 68`), text in quotes (`'!#'`), fields in braces
(`{address}` one byte, `{address:03d}` decimal digits, `{text}`, `{ticket}`, `{waiting}`,
`{length}`, `{checksum}`; in answers `{value}` and `{rest}`), and three kinds of brackets that say
what is covered: `[ ]` by the checksum, `( )` by the length (or by it as well the square ones),
`< >` by the escape map. See eq.toml, strip.toml and call_line.toml beside this file.
"""

import codecs
import re
import tomllib
from typing import Final, Literal

import msgspec

from devices.call_line.events import Key
from devices.errors import DeviceError
from devices.led.text import Colour


class LengthRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`{length}`: its bytes, their order, and what is added to the count of what is covered."""

    size: Literal[1, 2] = 1
    endian: Literal["little", "big"] = "little"
    add: int = 0


class ChecksumRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`{checksum}` over what is covered; the byte order matters to CRC-16/ARC alone."""

    kind: Literal["sum8", "xor", "crc16-arc"] = "sum8"
    endian: Literal["little", "big"] = "little"


class DigitsRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a number's digits are said: at least `least`, with zeros; filled up on the left to
    `width` by the byte `fill`; `zero` is the byte of the digit 0."""

    width: int = 3
    least: int = 1
    fill: str = ""
    zero: str = "30"


class EventRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a body means: the first rule that fits counts. A body is hex bytes and `{any}` (one
    byte), `{digits}` (a number's digits and blanks, perhaps none), `{value}` (a rating's byte),
    `{rest}` (anything). With neither `key` nor `rating` it means nothing."""

    body: str
    key: Key | None = None
    rating: bool = False
    acknowledge: str = ""
    """A name in `frames`, instead of the inbound default."""


class InboundRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the device says: `frame` holds `{address}` and `{body}`, and its size is known by
    `{length}` or by the bytes at its end."""

    frame: str
    events: tuple[EventRule, ...] = ()
    acknowledge: str = ""
    """`echo`, a name in `frames`, or nothing."""
    least: int = 0
    """The shortest body, bytes."""
    longest: int = 256
    """The longest frame, bytes."""
    blank: str = ""
    """The byte that stands for no digit in `{digits}`."""
    zero: str = "00"
    """The byte of the digit 0 in `{digits}`."""


class TemplateFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    kind: Literal["led", "call-line"]
    name: str = ""
    baud: int = 9600
    encoding: str = "gbk"
    full_width: str = ""
    """What of the text would command the device: a regular expression; shown full-width."""
    new_line: str = ""
    """Bytes between two lines."""
    colours: dict[Colour, str] = {}
    """Bytes before each line."""
    length: LengthRule = LengthRule()
    checksum: ChecksumRule = ChecksumRule()
    escape: dict[str, str] = {}
    digits: dict[str, DigitsRule] = {}
    letters: dict[str, str] = {}
    frames: dict[str, str]
    inbound: InboundRule | None = None


class Problem(msgspec.Struct, frozen=True):
    """One mistake: where, and what, in both languages."""

    where: str
    zh: str
    en: str


class TemplateError(DeviceError):
    """All that is wrong with a template; `detail` holds every problem in both languages."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        told = "; ".join(f"{p.where}: {p.zh} · {p.en}" for p in problems)
        super().__init__("template.invalid", told)
        self.problems = problems


FRAMES: Final = {
    "led": frozenset({"text", "clear"}),
    "call-line": frozenset({"ticket", "waiting", "beep", "ask_rating"}),
}
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}(?:\s+|$))*")


def read_file(text: str) -> TemplateFile:
    """Parse TOML and types; TemplateError says what and where."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise TemplateError((Problem("file", "不是有效的TOML", f"no TOML: {error}"),)) from error
    try:
        return msgspec.convert(table, TemplateFile)
    except (msgspec.ValidationError, RecursionError) as error:
        raise TemplateError((Problem("file", "字段有误", str(error)),)) from error


def hex_bytes(text: str) -> bytes:
    """`0D 0A` as bytes; ValueError otherwise."""
    if not _HEX.fullmatch(text.strip()):
        raise ValueError(text)
    return bytes.fromhex(text)


def check_values(file: TemplateFile) -> list[Problem]:
    """Problems of everything but the frames."""
    problems = []

    def wrong(where: str, zh: str, en: str) -> None:
        problems.append(Problem(where, zh, en))

    try:
        codec = codecs.lookup(file.encoding)
        "0□".encode(codec.name)
    except (LookupError, UnicodeError, ValueError):
        wrong("encoding", "未知的文字编码，或其中没有□", "an unknown encoding, or one without □")
    try:
        re.compile(file.full_width)
    except (re.error, RecursionError, OverflowError):
        wrong("full_width", "正则表达式有误", "no regular expression")
    for where, value in (
        ("new_line", file.new_line),
        *((f"colours.{colour}", mark) for colour, mark in file.colours.items()),
    ):
        if not _is_hex(value):
            wrong(where, "应为十六进制字节", "expected hex bytes")
    for byte, escaped in file.escape.items():
        if not _is_byte(byte) or not _is_hex(escaped) or not escaped.strip():
            wrong(f"escape.{byte}", "应为一个字节对应若干字节", "expected one byte to some bytes")
    if len({hex_bytes(v) for v in file.escape.values() if _is_hex(v)}) < len(file.escape):
        wrong("escape", "两个字节转义相同，无法还原", "two bytes have the same escape")
    for name, rule in file.digits.items():
        if not 1 <= rule.least <= rule.width <= 16:
            wrong(f"digits.{name}", "应有 1≤least≤width≤16", "expected 1 ≤ least ≤ width ≤ 16")
        if not _is_byte(rule.zero) or int(rule.zero, 16) > 0xF6:
            wrong(f"digits.{name}.zero", "应为一个字节，至多F6", "expected a byte of at most F6")
        if rule.fill and not _is_byte(rule.fill):
            wrong(f"digits.{name}.fill", "应为一个字节", "expected one byte")
    for letter, shown in file.letters.items():
        if len(letter) != 1 or not (shown.isascii() and (shown.isdigit() or not shown)):
            wrong(f"letters.{letter}", "应为一个字母对应数字", "expected one letter to digits")
    if not 50 <= file.baud <= 4_000_000:
        wrong("baud", "波特率超出范围", "no serial speed")
    if file.kind == "led" and "text" not in file.frames:
        wrong("frames.text", "缺少：LED屏必须能显示文字", "missing: a screen must show text")
    if file.kind == "call-line" and file.inbound is None and not file.frames:
        wrong("frames", "既不收也不发", "neither hears nor says anything")
    return problems + (_check_inbound(file.inbound) if file.inbound else [])


def _check_inbound(inbound: InboundRule) -> list[Problem]:
    problems = []
    if inbound.blank and not _is_byte(inbound.blank):
        problems.append(Problem("inbound.blank", "应为一个字节", "expected one byte"))
    if not _is_byte(inbound.zero) or int(inbound.zero, 16) > 0xF6:
        problems.append(Problem("inbound.zero", "应为一个字节，至多F6", "a byte of at most F6"))
    if not (0 <= inbound.least <= inbound.longest and 2 <= inbound.longest <= 4096):
        problems.append(
            Problem("inbound", "应有 least≤longest，2≤longest≤4096", "lengths out of range")
        )
    return problems


def _is_hex(text: str) -> bool:
    return bool(_HEX.fullmatch(text.strip()))


def _is_byte(text: str) -> bool:
    return _is_hex(text) and len(text.split()) == 1
