"""A frame as a template writes it: words to parts, parts and values to bytes."""

import re
from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from devices.checksum import crc16_arc, sum8, xor8
from devices.errors import DeviceError
from devices.template.config import ChecksumRule, LengthRule, Problem

_WORD: Final = re.compile(
    r"\s*(?:'(?P<text>[^']*)'|(?P<hex>[0-9A-Fa-f]{2})(?![0-9A-Za-z])"
    r"|\{(?P<field>[a-z_]+)(?::0?(?P<width>[1-9])d)?\}|(?P<bracket>[\[\]()<>]))"
)
_CLOSING: Final = {"]": "[", ")": "(", ">": "<"}

Field = Literal["literal", "field", "open", "close"]


class Part(msgspec.Struct, frozen=True):
    """A literal, a field (perhaps as `width` decimal digits), or an end of what is covered."""

    kind: Field
    literal: bytes = b""
    name: str = ""
    width: int = 0


class Span(msgspec.Struct, frozen=True):
    """Parts from `start` up to `end`."""

    start: int
    end: int


class FrameTemplate(msgspec.Struct, frozen=True):
    """Parts in order, and which of them are covered by what."""

    parts: tuple[Part, ...]
    summed: Span
    counted: Span
    escaped: Span


def parse_words(where: str, text: str, fields: frozenset[str]) -> tuple[list[Part], list[Problem]]:
    """The words of a frame or a body; `fields` are the names allowed."""
    parts: list[Part] = []
    problems: list[Problem] = []
    at = 0
    text = text.strip()
    while at < len(text):
        word = _WORD.match(text, at)
        if word is None:
            rest = text[at : at + 20]
            problems.append(Problem(where, f"无法理解“{rest}”", f"not understood: {rest!r}"))
            break
        at = word.end()
        if word["text"] is not None:
            if not word["text"].isascii():
                problems.append(Problem(where, "引号内须为ASCII", "quoted text must be ASCII"))
                continue
            if word["text"]:
                parts.append(Part("literal", word["text"].encode()))
        elif word["hex"]:
            parts.append(Part("literal", bytes.fromhex(word["hex"])))
        elif word["field"]:
            name = word["field"]
            if name not in fields:
                known = " ".join(sorted(fields))
                problems.append(
                    Problem(
                        where,
                        f"未知字段{{{name}}}，可用：{known}",
                        f"{{{name}}} is none of {known}",
                    )
                )
            parts.append(Part("field", name=name, width=int(word["width"] or 0)))
        else:
            bracket = word["bracket"]
            opens = bracket not in _CLOSING
            parts.append(Part("open" if opens else "close", name=_CLOSING.get(bracket, bracket)))
    return parts, problems


def parse_frame(
    where: str, text: str, fields: frozenset[str]
) -> tuple[FrameTemplate | None, list[Problem]]:
    """A whole frame; None where it cannot be understood."""
    words, problems = parse_words(where, text, fields)
    parts: list[Part] = []
    starts: dict[str, int] = {}
    spans: dict[str, Span] = {}
    for word in words:
        if word.kind == "open":
            if word.name in starts:
                problems.append(Problem(where, f"“{word.name}”重复", f"two {word.name}"))
            starts[word.name] = len(parts)
        elif word.kind == "close":
            if word.name not in starts or word.name in spans:
                problems.append(Problem(where, "括号不成对", "brackets do not match"))
            else:
                spans[word.name] = Span(starts[word.name], len(parts))
        else:
            parts.append(word)
    if not parts:
        problems.append(Problem(where, "帧是空的", "the frame is empty"))
    if starts.keys() != spans.keys():
        problems.append(Problem(where, "括号不成对", "brackets do not match"))
    nothing = Span(0, 0)
    summed = spans.get("[", nothing)
    frame = FrameTemplate(tuple(parts), summed, spans.get("(", summed), spans.get("<", nothing))
    names = [part.name for part in frame.parts if part.kind == "field"]
    inside = [part.name for part in frame.parts[summed.start : summed.end]]
    if "checksum" in names and "[" not in spans:
        problems.append(Problem(where, "未用[ ]标出校验范围", "[ ] must say what is summed"))
    if "checksum" in inside:
        problems.append(Problem(where, "校验不能包含自身", "the checksum cannot cover itself"))
    if "length" in names and "[" not in spans and "(" not in spans:
        problems.append(Problem(where, "未用( )标出长度范围", "( ) must say what is counted"))
    return (None if problems else frame), problems


def checksum_of(rule: ChecksumRule, data: bytes) -> bytes:
    """The bytes of `{checksum}`."""
    match rule.kind:
        case "sum8":
            return bytes((sum8(data),))
        case "xor":
            return bytes((xor8(data),))
        case "crc16-arc":
            return crc16_arc(data).to_bytes(2, rule.endian)


def checksum_size(rule: ChecksumRule) -> int:
    """How many bytes `{checksum}` has."""
    return 2 if rule.kind == "crc16-arc" else 1


class Rules(msgspec.Struct, frozen=True):
    """What all frames of one template share."""

    length: LengthRule
    checksum: ChecksumRule
    escape: dict[int, bytes]


def encode(frame: FrameTemplate, values: Mapping[str, bytes | int], rules: Rules) -> bytes:
    """The frame's bytes; an int is one byte, or as many decimal digits as the field says.

    DeviceError `template.unencodable` where a value or the length does not fit.
    """
    chunks = [_chunk(part, values, rules) for part in frame.parts]
    counted = sum(len(chunk) for chunk in chunks[frame.counted.start : frame.counted.end])
    length = _number_bytes(counted + rules.length.add, rules.length.size, rules.length.endian)
    _fill(frame, chunks, "length", length)
    summed = b"".join(chunks[frame.summed.start : frame.summed.end])
    _fill(frame, chunks, "checksum", checksum_of(rules.checksum, summed))
    for at in range(frame.escaped.start, frame.escaped.end):
        chunks[at] = b"".join(rules.escape.get(byte, bytes((byte,))) for byte in chunks[at])
    return b"".join(chunks)


def _fill(frame: FrameTemplate, chunks: list[bytes], name: str, data: bytes) -> None:
    for at, part in enumerate(frame.parts):
        if part.kind == "field" and part.name == name:
            chunks[at] = data


def _chunk(part: Part, values: Mapping[str, bytes | int], rules: Rules) -> bytes:
    if part.kind == "literal":
        return part.literal
    if part.name == "length":
        return bytes(rules.length.size)
    if part.name == "checksum":
        return bytes(checksum_size(rules.checksum))
    value = values[part.name]
    if isinstance(value, bytes):
        return value
    if not part.width:
        return _number_bytes(value, 1, "little")
    digits = f"{value:0{part.width}d}"
    if value < 0 or len(digits) > part.width:
        raise DeviceError("template.unencodable", f"{part.name} {value}: {part.width} digits")
    return digits.encode()


def _number_bytes(value: int, size: int, endian: Literal["little", "big"]) -> bytes:
    try:
        return value.to_bytes(size, endian)
    except OverflowError as error:
        raise DeviceError("template.unencodable", f"{value} in {size} bytes") from error
