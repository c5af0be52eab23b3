"""Whether the text of a work profile is right, with the line of each mistake; what it changes."""

import difflib
import re
import tomllib
from collections.abc import Sequence
from typing import Literal, cast

import msgspec

from ..domain.hall import Hall
from ..domain.profile_check import profile_problems
from ..domain.values import Profile, ProfileId, Text
from ..toml_lines import Lines, lines_of
from ..toml_typed import build
from .condition_words import profile_words

MOST_TOLD = 50
LONGEST = 20_000
"""Characters of a profile's text."""
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_GIVEN = re.compile(r"[（(](值|可用) (\w+): (.*)[）)]$")
_WANTED = re.compile(r"Expected `(\w+)")
_KINDS = {
    "int": "整数",
    "str": "文字（加引号）",
    "bool": " true 或 false",
    "array": "列表 […]",
    "object": "表 {…}",
}


class Mistake(msgspec.Struct, frozen=True):
    """One thing wrong, and where; `line` from 1, None where it is in no line."""

    line: int | None
    path: str
    zh: str
    en: str


class Sentence(msgspec.Struct, frozen=True):
    """One line of a profile in words, and whether a change keeps, drops or adds it."""

    mark: Literal["same", "gone", "new"]
    zh: str
    en: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a profile, checked. `profile` is what to define, where nothing is wrong."""

    mistakes: tuple[Mistake, ...] = ()
    profile: Profile | None = None
    changes: tuple[Sentence, ...] = ()
    is_new: bool = False
    is_same: bool = False
    """Whether it is the profile in force already."""


def check(hall: Hall, text: str, wanted: ProfileId | None) -> Checked:
    """Check a profile's text; `wanted` is the profile it is to replace, None for a new one."""
    if len(text) > LONGEST:
        return _one(None, "", f"太长，最多 {LONGEST} 字", f"too long: at most {LONGEST} characters")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _one(_line_of(str(error), text), "", f"不是 TOML：{error}", f"not TOML: {error}")
    except RecursionError:
        return _one(None, "", "嵌套太深", "nested too deeply")
    lines = lines_of(text)
    wrong: list[str] = []
    profile = cast("Profile | None", build(Profile, table, "", wrong))
    if wrong or profile is None:
        return Checked(mistakes=tuple(_typed(one, lines) for one in wrong[:MOST_TOLD]))
    problems = [(one.path, one.zh, one.en) for one in profile_problems(profile, hall)]
    if wanted is not None and profile.id != wanted:
        problems.insert(0, ("id", f"编号须仍为 {wanted}", f"must stay {wanted}"))
    if wanted is None and profile.id in hall.profiles:
        problems.insert(0, ("id", "已有此编号，请另起", "there is one of this id already"))
    if problems:
        found = (Mistake(lines.of(path), path, zh, en) for path, zh, en in problems)
        return Checked(mistakes=tuple(found))
    before = hall.profiles.get(profile.id)
    return Checked(
        profile=profile,
        changes=changes(_words(before, hall) if before else (), _words(profile, hall)),
        is_new=before is None,
        is_same=before == profile,
    )


def changes(before: Sequence[Text], after: Sequence[Text]) -> tuple[Sentence, ...]:
    """Both side by side: what stays, what goes, what comes."""
    found: list[Sentence] = []
    matcher = difflib.SequenceMatcher(
        None, [one.zh for one in before], [one.zh for one in after], autojunk=False
    )
    for kind, old, old_end, new, new_end in matcher.get_opcodes():
        if kind == "equal":
            found += [Sentence("same", one.zh, one.en) for one in after[new:new_end]]
            continue
        found += [Sentence("gone", one.zh, one.en) for one in before[old:old_end]]
        found += [Sentence("new", one.zh, one.en) for one in after[new:new_end]]
    return tuple(found)


def _words(profile: Profile, hall: Hall) -> tuple[Text, ...]:
    name = Text(zh=f"名称：{profile.name.zh}", en=f"Name: {profile.name.en}")
    return (name, *profile_words(profile, hall.services))


def _one(line: int | None, path: str, zh: str, en: str) -> Checked:
    return Checked(mistakes=(Mistake(line, path, zh, en),))


def _line_of(error: str, text: str) -> int:
    """The line tomllib names; where it says "at end of document", the last."""
    found = _AT_LINE.search(error)
    return int(found[1]) if found else max(1, len(text.splitlines()))


def _typed(mistake: str, lines: Lines) -> Mistake:
    """A mistake as `toml_typed` words it: `path: Chinese / English (Chinese English: value)`."""
    path, _, words = mistake.partition(": ")
    zh, _, en = words.partition(" / ")
    given = _GIVEN.search(en)
    if wanted := _WANTED.match(en):
        zh = f"{zh}：须为{_KINDS.get(wanted[1], wanted[1])}"
    if given is None:
        return Mistake(lines.of(path), path, zh, en or zh)
    said, said_en, value = given.groups()
    en = f"{en[: given.start()].strip()} ({said_en}: {value})"
    return Mistake(lines.of(path), path, f"{zh}（{said}：{value}）", en)
