"""A template made ready: what to write, and what the device's bytes mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec

from devices.call_line.codec import Heard, LineParser, Said
from devices.errors import DeviceError
from devices.led.text import Content, Encoded, encode_lines
from devices.resync import Noise
from devices.template.config import (
    FRAMES,
    DigitsRule,
    InboundRule,
    Problem,
    TemplateError,
    TemplateFile,
    check_values,
    hex_bytes,
    read_file,
)
from devices.template.frame import FrameTemplate, Rules, encode, parse_frame, parse_words
from devices.template.inbound import BodyRule, InboundFrames, body_pattern, meaning_of

_ALWAYS: Final = frozenset({"address", "length", "checksum"})
_VALUES: Final = {name: frozenset({name}) for name in ("text", "ticket", "waiting")}
_ANSWERS: Final = frozenset({"value", "rest", "digits"})
_BODY: Final = frozenset({"any", "value", "rest", "digits"})
SHIPPED: Final = ("eq", "strip", "call_line")


class Inbound(msgspec.Struct, frozen=True):
    """The inbound half, ready."""

    rule: InboundRule
    frame: FrameTemplate
    bodies: tuple[BodyRule, ...]


@dataclass(frozen=True)
class Template:
    """One device's language. It is a LineCodec where its kind is `call-line`."""

    file: TemplateFile
    rules: Rules
    frames: dict[str, FrameTemplate]
    inbound: Inbound | None

    def text(self, address: int, content: Content) -> Encoded:
        """A screen's bytes for these lines; DeviceError `template.unencodable`."""
        marks = re.compile(self.file.full_width) if self.file.full_width else None
        colours = {colour: hex_bytes(mark) for colour, mark in self.file.colours.items()}
        new_line = hex_bytes(self.file.new_line)
        text = encode_lines(content, self.file.encoding, marks, colours, new_line)
        name = "text" if content or "clear" not in self.frames else "clear"
        return Encoded(self._encode(name, {"address": address, "text": text.data}), text.replaced)

    def ticket(self, address: int, number: str) -> bytes:
        """Show a ticket's number; DeviceError `call_line.unshowable` without a digit."""
        shown = "".join(self.file.letters.get(char, char) for char in number)
        digits = "".join(char for char in shown if char in "0123456789")
        if not digits:
            raise DeviceError("call_line.unshowable", f"{number!r} has no digit")
        return self._encode(
            "ticket", {"address": address, "ticket": self._digits("ticket", digits)}
        )

    def waiting(self, address: int, count: int) -> bytes:
        """Show how many wait; more than the display has digits for are shown as all nines."""
        most = 10 ** self._rule("waiting").width - 1
        digits = self._digits("waiting", str(min(max(count, 0), most)))
        return self._encode("waiting", {"address": address, "waiting": digits})

    def beep(self, address: int) -> bytes:
        """One short sound."""
        return self._encode("beep", {"address": address})

    def ask_rating(self, address: int) -> bytes:
        """Ask for a rating."""
        return self._encode("ask_rating", {"address": address})

    def parser(self) -> LineParser:
        """A fresh parser of what the device says; a device that says nothing has one that finds
        nothing."""
        if self.inbound is None:
            return _Deaf()
        return self._inbound_frames.parser()

    @cached_property
    def _inbound_frames(self) -> InboundFrames:
        if self.inbound is None:
            raise AssertionError("no inbound rule")
        return InboundFrames(self.inbound.frame, self.rules, self.inbound.rule, self._said)

    def _rule(self, name: str) -> DigitsRule:
        return self.file.digits.get(name, DigitsRule())

    def _digits(self, name: str, digits: str) -> bytes:
        """A number's digits as bytes; of what is too long the last."""
        rule = self._rule(name)
        digits = digits.zfill(rule.least)[-rule.width :]
        zero = int(rule.zero, 16)
        data = bytes(zero + int(digit) for digit in digits)
        return hex_bytes(rule.fill) * (rule.width - len(digits)) + data

    def _encode(self, name: str, values: Mapping[str, bytes | int]) -> bytes:
        frame = self.frames.get(name)
        return b"" if frame is None else encode(frame, values, self.rules)

    def _said(self, address: int, body: bytes, raw: bytes) -> Said:
        if self.inbound is None:
            raise AssertionError("no inbound rule")
        rule = self.inbound.rule
        meaning = meaning_of(body, address, self.inbound.bodies, rule)
        if meaning is None or meaning.press is None:
            return Said(address, raw, None, b"")
        answer = meaning.rule.acknowledge or rule.acknowledge
        if answer == "echo":
            return Said(address, raw, meaning.press, raw)
        values: dict[str, bytes | int] = {
            "address": address,
            "value": b"",
            "rest": b"",
            "digits": b"",
        }
        values.update(meaning.values)
        try:
            return Said(address, raw, meaning.press, self._encode(answer, values))
        except DeviceError:
            return Said(address, raw, meaning.press, b"")  # an answer too long for its length


class _Deaf:
    """The parser of a device that only listens."""

    is_inside_frame = False

    def feed(self, data: bytes) -> list[Heard]:
        return [Noise(len(data))] if data else []

    def give_up(self) -> list[Heard]:
        return []


def load_template(text: str) -> Template:
    """Make a template of a file's text; TemplateError holds every mistake in both languages."""
    file = read_file(text)
    problems = check_values(file)
    frames: dict[str, FrameTemplate] = {}
    answers = _answer_names(file)
    for name, words in file.frames.items():
        allowed = _ALWAYS
        if name in FRAMES[file.kind]:
            allowed |= _VALUES.get(name, frozenset())
        elif name in answers:
            allowed |= _ANSWERS
        else:
            known = " ".join(sorted(FRAMES[file.kind]))
            problems.append(
                Problem(f"frames.{name}", f"未知的帧，可用：{known}", f"is none of {known}")
            )
        frame, wrong = parse_frame(f"frames.{name}", words, allowed)
        problems += wrong
        if frame is not None:
            frames[name] = frame
    inbound = None
    if file.inbound is not None:
        inbound, wrong = _inbound(file, file.inbound)
        problems += wrong
    if problems:
        raise TemplateError(tuple(problems))
    escape = {int(byte, 16): hex_bytes(to) for byte, to in file.escape.items()}
    return Template(file, Rules(file.length, file.checksum, escape), frames, inbound)


def read_template(name: str) -> Template:
    """A template by its path, or one of SHIPPED by its name; DeviceError `template.invalid`."""
    try:
        if name in SHIPPED:
            text = resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8")
        else:
            text = Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        problem = Problem(name or "template", "无法读取模板文件", f"cannot be read: {error}")
        raise TemplateError((problem,)) from error
    return load_template(text)


def _answer_names(file: TemplateFile) -> set[str]:
    if file.inbound is None:
        return set()
    used = {file.inbound.acknowledge, *(rule.acknowledge for rule in file.inbound.events)}
    return used - {"", "echo"}


def _inbound(file: TemplateFile, rule: InboundRule) -> tuple[Inbound | None, list[Problem]]:
    problems: list[Problem] = []

    def wrong(where: str, zh: str, en: str) -> None:
        problems.append(Problem(where, zh, en))

    if file.kind != "call-line":
        wrong("inbound", "只有call-line可以接收", "only a call-line hears")
    frame, bad = parse_frame("inbound.frame", rule.frame, _ALWAYS | {"body"})
    problems += bad
    if frame is not None:
        names = [part.name for part in frame.parts if part.kind == "field"]
        if names.count("body") != 1 or names.count("address") > 1:
            wrong(
                "inbound.frame", "须恰有一个{body}，至多一个{address}", "one {body}, one {address}"
            )
        body = next((i for i, part in enumerate(frame.parts) if part.name == "body"), 0)
        has_length = "length" in names
        if has_length and any(part.name == "length" for part in frame.parts[body:]):
            wrong("inbound.frame", "{length}须在{body}之前", "{length} comes before {body}")
        if has_length and file.escape and frame.escaped.end:
            wrong("inbound.frame", "有{length}时不能转义", "with {length} nothing is escaped")
        if has_length and not frame.counted.start <= body < frame.counted.end:
            wrong("inbound.frame", "{length}须计入{body}", "{length} must count {body}")
        if not has_length and frame.parts[-1].kind != "literal":
            wrong("inbound.frame", "须有{length}或结尾字节", "needs {length} or bytes at its end")
        if frame.parts[0].kind != "literal":
            wrong("inbound.frame", "须以固定字节开头", "must begin with fixed bytes")
        if has_length and any(part.width for part in frame.parts if part.name == "length"):
            wrong("inbound.frame", "{length}不能写成数字", "{length} has no digits")
    for name in _answer_names(file):
        if name not in file.frames:
            wrong("inbound", f"acknowledge“{name}”不在frames中", f"no frame {name!r}")
    bodies = []
    for at, event in enumerate(rule.events):
        parts, bad = parse_words(f"inbound.events[{at}].body", event.body, _BODY)
        problems += bad
        names = [part.name for part in parts if part.kind == "field"]
        if any(names.count(name) > 1 for name in _ANSWERS):
            wrong(f"inbound.events[{at}]", "字段重复", "a field twice")
        if any(part.kind in ("open", "close") or part.width for part in parts):
            wrong(f"inbound.events[{at}]", "此处不用括号和位数", "no brackets, no widths here")
        if event.rating and "value" not in names:
            wrong(f"inbound.events[{at}]", "评价须有{value}", "a rating needs {value}")
        if event.rating and event.key:
            wrong(f"inbound.events[{at}]", "不能既是按键又是评价", "a key or a rating, not both")
        if not problems:
            blank = hex_bytes(rule.blank)
            pattern = body_pattern(parts, blank, int(rule.zero, 16))
            bodies.append(BodyRule(event, pattern))
    if problems or frame is None:
        return None, problems
    return Inbound(rule, frame, tuple(bodies)), []
