"""Finding a service by pinyin initials or by the same letters on telephone keys (T9).

GB 2312 orders its 3,755 common characters by their pinyin, so a character's initial follows from
its place in the code (GB/T 2312-1980, rows 16 to 55); no dictionary is needed. Characters beyond
those rows match any letter, and characters of more than one reading match each of them: a search
rather shows one service too many than none.
"""

from bisect import bisect_right

from queue_server.domain.values import Text

_LETTERS = "abcdefghjklmnopqrstwxyz"
_FIRSTS = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
"""The first character of each letter's run."""
_LAST = 0xD7F9  # 座, the end of the ordered rows
_STARTS = [int.from_bytes(character.encode("gb2312"), "big") for character in _FIRSTS]
_READINGS = {
    "便": "bp", "藏": "cz", "曾": "cz", "差": "c", "长": "cz", "朝": "cz", "车": "cj", "乘": "cs",
    "重": "zc", "传": "cz", "单": "ds", "调": "dt", "弹": "dt", "度": "d", "给": "gj", "行": "xh",
    "和": "h", "还": "hh", "会": "hk", "降": "jx", "校": "xj", "解": "jx", "卡": "kq", "乐": "ly",
    "率": "ls", "区": "qo", "参": "cs", "厦": "sx", "什": "s", "省": "sx", "石": "sd", "属": "sz",
    "提": "td", "系": "xj", "种": "zc", "折": "zs", "宅": "z", "著": "z", "遗": "yw",
}  # fmt: skip
_KEYS = dict(zip("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999", strict=True))


def initials(text: str) -> tuple[str, ...]:
    """For each letter, digit or Chinese character the letters it may be typed as.

    An empty string means any. Punctuation and spaces are left out.
    """
    return tuple(_initial(character) for character in text.lower() if character.isalnum())


def _initial(character: str) -> str:
    if character.isascii():
        return character
    if character in _READINGS:
        return _READINGS[character]
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _STARTS[0] <= code <= _LAST:
        return ""
    return _LETTERS[bisect_right(_STARTS, code) - 1]


def matches(name: Text, query: str) -> bool:
    """Whether the name holds the query: as initials, as T9 digits, or as English text."""
    wanted = query.lower()
    if not wanted:
        return True
    keys = initials(name.zh)
    for start in range(len(keys) - len(wanted) + 1):
        if all(_fits(keys[start + i], typed) for i, typed in enumerate(wanted)):
            return True
    english = name.en.lower()
    return wanted in english or wanted in "".join(_KEYS.get(each, each) for each in english)


def _fits(letters: str, typed: str) -> bool:
    return not letters or typed in letters or any(_KEYS.get(each) == typed for each in letters)
