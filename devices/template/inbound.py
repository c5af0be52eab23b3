"""What a templated device says: frames in a byte stream, and what their bodies mean."""

import re
from collections.abc import Callable
from itertools import takewhile

import msgspec

from devices.call_line.codec import Said
from devices.call_line.events import KeyPressed, Press, Rated
from devices.resync import Resync
from devices.template.config import EventRule, InboundRule
from devices.template.frame import FrameTemplate, Part, Rules, checksum_of, checksum_size


class BodyRule(msgspec.Struct, frozen=True):
    """An event rule with its body as a pattern of bytes."""

    rule: EventRule
    pattern: re.Pattern[bytes]


class Meaning(msgspec.Struct, frozen=True):
    """What a body means, what was taken out of it, and by which rule."""

    press: Press | None
    rule: EventRule
    values: dict[str, bytes]


def body_pattern(parts: list[Part], blank: bytes, zero: int) -> re.Pattern[bytes]:
    """The regular expression of a body's words."""
    digits = b"".join(re.escape(bytes((zero + digit,))) for digit in range(10))
    if blank:
        digits += re.escape(blank)
    meaning = {
        "any": b"(?s:.)",
        "value": b"(?P<value>(?s:.))",
        "rest": b"(?P<rest>(?s:.*))",
        "digits": b"(?P<digits>[" + digits + b"]*)",
    }
    return re.compile(
        b"".join(
            re.escape(part.literal) if part.kind == "literal" else meaning[part.name]
            for part in parts
        )
    )


def meaning_of(
    body: bytes, address: int, rules: tuple[BodyRule, ...], inbound: InboundRule
) -> Meaning | None:
    """The first rule that fits; None where none does."""
    for one in rules:
        match = one.pattern.fullmatch(body)
        if match is None:
            continue
        values = {name: value or b"" for name, value in match.groupdict().items()}
        return Meaning(_press(one.rule, address, values, inbound), one.rule, values)
    return None


def _press(
    rule: EventRule, address: int, values: dict[str, bytes], inbound: InboundRule
) -> Press | None:
    if rule.rating:
        return Rated(address, values["value"][0])
    if rule.key is None:
        return None
    blank = bytes.fromhex(inbound.blank)
    zero = int(inbound.zero, 16)
    digits = values.get("digits", b"")
    if blank:
        digits = digits.replace(blank, b"")
    number = 0
    for digit in digits:
        number = number * 10 + digit - zero
    return KeyPressed(address, rule.key, number if digits else None)


class InboundFrames:
    """Finds and opens frames of one template."""

    def __init__(
        self,
        frame: FrameTemplate,
        rules: Rules,
        inbound: InboundRule,
        answer: Callable[[int, bytes, bytes], Said],
    ) -> None:
        """`answer(address, body, raw)` makes what is told of a good frame."""
        self._frame = frame
        self._rules = rules
        self._longest = inbound.longest
        self._least = inbound.least
        self._answer = answer
        self._body = next(i for i, part in enumerate(frame.parts) if part.name == "body")
        self._sizes = [_size(part, rules) for part in frame.parts]
        self._has_length = any(part.name == "length" for part in frame.parts)
        self._tail = _tail(frame.parts)
        self._unescape = {escaped: byte for byte, escaped in rules.escape.items()}
        self._fixed = sum(self._sizes)
        covered = range(frame.counted.start, frame.counted.end)
        self._fixed_counted = sum(self._sizes[at] for at in covered)

    def parser(self) -> Resync[Said]:
        """A fresh parser."""
        return Resync(self._find, self._open, _head(self._frame.parts))

    def _find(self, held: bytearray, at: int) -> int | None:
        """See Resync: walks the parts before the body as far as bytes are there."""
        here = at
        length: int | None = None
        for part, size in zip(self._frame.parts[: self._body], self._sizes, strict=False):
            data = bytes(held[here : here + size])
            if part.kind == "literal" and not part.literal.startswith(data):
                return 0
            if len(data) < size:
                return None
            if part.name == "length":
                value = int.from_bytes(data, self._rules.length.endian)
                if length is not None and value != length:
                    return 0
                length = value
            here += size
        if length is not None:
            body = length - self._rules.length.add - self._fixed_counted
            total = self._fixed + body
            return total if body >= self._least and total <= self._longest else 0
        end = self._end(held, here, at + self._longest)
        if end >= 0:
            return end + len(self._tail) - at
        return None if len(held) - at < self._longest else 0

    def _end(self, held: bytearray, start: int, limit: int) -> int:
        """Where the tail begins, none that is escaped; negative where it is not there yet."""
        if not self._unescape:
            return held.find(self._tail, start, limit)
        at = start
        while at + len(self._tail) <= min(len(held), limit):
            if held.startswith(self._tail, at):
                return at
            at += next((len(e) for e in self._unescape if held.startswith(e, at)), 1)
        return -1

    def _open(self, raw: bytes) -> Said | None:
        whole = raw
        if self._unescape and not self._has_length:
            opened = self._opened(raw)
            if opened is None:
                return None
            whole = opened
        sizes = [*self._sizes]
        sizes[self._body] = len(whole) - self._fixed
        if sizes[self._body] < self._least:
            return None
        chunks: list[bytes] = []
        at = 0
        for size in sizes:
            chunks.append(whole[at : at + size])
            at += size
        return self._checked(chunks, raw)

    def _checked(self, chunks: list[bytes], raw: bytes) -> Said | None:
        frame = self._frame
        counted = sum(len(c) for c in chunks[frame.counted.start : frame.counted.end])
        summed = b"".join(chunks[frame.summed.start : frame.summed.end])
        address: int | None = None
        for part, chunk in zip(frame.parts, chunks, strict=True):
            if part.kind == "literal":
                if chunk != part.literal:
                    return None
            elif part.name == "length":
                length = int.from_bytes(chunk, self._rules.length.endian)
                if length != counted + self._rules.length.add:
                    return None
            elif part.name == "checksum":
                if chunk != checksum_of(self._rules.checksum, summed):
                    return None
            elif part.name == "address":
                if part.width and not chunk.isdigit():
                    return None
                address = int(chunk) if part.width else chunk[0]
        return self._answer(address or 0, chunks[self._body], raw)

    def _opened(self, raw: bytes) -> bytes | None:
        """Escapes undone where the template has them: from the first escaped part to the last."""
        head = sum(self._sizes[: self._frame.escaped.start])
        tail = sum(self._sizes[self._frame.escaped.end :])
        inner = raw[head : len(raw) - tail]
        out = bytearray()
        at = 0
        marks = {escaped[:1] for escaped in self._unescape}
        while at < len(inner):
            for escaped, byte in self._unescape.items():
                if inner.startswith(escaped, at):
                    out.append(byte)
                    at += len(escaped)
                    break
            else:
                if inner[at : at + 1] in marks:
                    return None
                out.append(inner[at])
                at += 1
        return raw[:head] + bytes(out) + raw[len(raw) - tail :]


def _size(part: Part, rules: Rules) -> int:
    if part.kind == "literal":
        return len(part.literal)
    match part.name:
        case "length":
            return rules.length.size
        case "checksum":
            return checksum_size(rules.checksum)
        case "body":
            return 0
        case _:
            return part.width or 1


def _head(parts: tuple[Part, ...]) -> bytes:
    """The literal bytes at the beginning."""
    return b"".join(part.literal for part in takewhile(lambda p: p.kind == "literal", parts))


def _tail(parts: tuple[Part, ...]) -> bytes:
    """The literal bytes at the end."""
    tail = b""
    for part in reversed(parts):
        if part.kind != "literal":
            break
        tail = part.literal + tail
    return tail
