"""Ticket and counter numbers as clips, and clips back as numbers. Pure.

A ticket number is said letter by letter and digit by digit. A counter of 1 to 200 is said as a
number (三, 二十一, 一百零五), a name such as A12 by its letters and then its number.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from devices.errors import DeviceError
from devices.voice.clips import CLIPS

LONGEST: Final = 16
"""Most characters of a number that is still worth saying."""
HIGHEST_NUMBER: Final = 200
_SILENT: Final = frozenset(" -–—_./#·:()")
_RUNS: Final = re.compile(r"[A-Z]|[0-9]+")


def normal(text: str) -> str:
    """Letters and digits of `text` in capitals, its silent marks kept as one `-` between digits.

    DeviceError `voice.unspeakable` where a character has no sound in the pack, or nothing has.
    """
    kept: list[str] = []
    is_apart = False
    for char in unicodedata.normalize("NFKC", text).upper():
        if char.isascii() and char.isalnum():
            if is_apart and kept and kept[-1].isdigit() and char.isdigit():
                kept.append("-")
            kept.append(char)
            is_apart = False
        elif char in _SILENT:
            is_apart = True
        else:
            raise DeviceError("voice.unspeakable", f"{char!r} has no clip")
    count = sum(char != "-" for char in kept)
    if not 0 < count <= LONGEST:
        raise DeviceError("voice.unspeakable", f"{count} letters and digits")
    return "".join(kept)


def ticket_clips(ticket: str, *, one_as_yao: bool = False) -> tuple[str, ...]:
    """A ticket number in Mandarin, 号 included: A012 is A, 零, 一, 二号."""
    chars = [char for char in normal(ticket) if char != "-"]
    names = ["1y" if char == "1" and one_as_yao else char for char in chars]
    return _with_number_word([f"zh_{name}" for name in names])


def ticket_clips_en(ticket: str) -> tuple[str, ...]:
    """A ticket number in English."""
    return tuple(f"en_{char}" for char in normal(ticket) if char != "-")


def counter_clips(counter: str) -> tuple[str, ...]:
    """A counter's number or name in Mandarin, 号 included: 21 is 二十, 一号."""
    names: list[str] = []
    for run, value in _runs(counter):
        names += [f"zh_{part}" for part in (_zh_number(value) if value else run)]
    return _with_number_word(names)


def counter_clips_en(counter: str) -> tuple[str, ...]:
    """A counter's number or name in English, at the end of its sentence: 21 is twenty, one."""
    names: list[str] = []
    for run, value in _runs(counter):
        names += [f"en_{part}" for part in (_en_number(value) if value else run)]
    last = f"{names[-1]}f"
    return (*names[:-1], last if last in CLIPS else names[-1])


def read_back(clips: Sequence[str]) -> str:
    """The letters and digits that a listener writes down on hearing a number's clips.

    The inverse of the functions above: what is lost in speech is lost here too.
    """
    written: list[str] = []
    total = 0
    is_counting = False

    def put_down() -> None:
        nonlocal total, is_counting
        if is_counting:
            written.append(str(total))
        total, is_counting = 0, False

    for clip in clips:
        language, _, name = clip.partition("_")
        name = _bare(language, name)
        if not name:
            continue
        if not name[0].isdigit():
            put_down()
            written.append(name)
            continue
        value = 10 if name == "1x10" else 1 if name == "1y" else int(name)
        if value >= 10:
            total += value
            is_counting = True
        elif is_counting and value == 0:
            continue  # 一百零五: the zero is how the number is read
        elif is_counting:
            total += value
            put_down()
        else:
            written.append(str(value))
    put_down()
    return "".join(written)


def _bare(language: str, name: str) -> str:
    if name in ("n", "f"):
        return ""
    if len(name) > 1 and name[-1] == ("n" if language == "zh" else "f"):
        return name[:-1]
    return name


def _with_number_word(names: list[str]) -> tuple[str, ...]:
    whole = f"{names[-1]}n"
    return (*names[:-1], whole) if whole in CLIPS else (*names, "zh_n")


def _runs(counter: str) -> list[tuple[str, int]]:
    """Letters and digits singly, but a number at the end whole, with its value; else value 0."""
    name = normal(counter)
    runs = _RUNS.findall(name)
    last = runs[-1]
    is_number = last[0] in "123456789" and int(last) <= HIGHEST_NUMBER and "-" not in name
    return [*((run, 0) for run in runs[:-1]), (last, int(last) if is_number else 0)]


def _zh_number(value: int) -> list[str]:
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    parts = [f"{hundreds}00"] if hundreds else []
    if hundreds and rest and not tens:
        parts.append("0")
    if tens:
        parts.append("1x10" if tens == 1 and hundreds else f"{tens}0")
    return parts + ([str(units)] if units else [])


def _en_number(value: int) -> list[str]:
    if value == HIGHEST_NUMBER:
        return ["200"]
    hundreds, rest = divmod(value, 100)
    parts = ["100"] if hundreds else []
    if rest >= 20:
        tens, units = divmod(rest, 10)
        return [*parts, f"{tens}0", *([str(units)] if units else [])]
    return [*parts, str(rest)] if rest else parts
