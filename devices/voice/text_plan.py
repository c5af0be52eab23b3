"""Free text made ready for a speech engine: digits and letters spelled, nothing lost. Pure.

Engines read 008 as eight and drop single letters; so numbers are spelled digit by digit before they
get there, and letters by syllables that every engine has.
"""

import re
import unicodedata
from typing import Final

from devices.errors import DeviceError
from devices.voice.clips import ZH_DIGITS

LONGEST: Final = 500
"""Characters of one notice and language."""

LETTER_PINYIN: Final[dict[str, str]] = {
    "A": "ei1",
    "B": "bi4",
    "C": "sei1",
    "D": "di4",
    "E": "yi4",
    "F": "ai4 fu5",
    "G": "ji4",
    "H": "ei1 qu5",
    "I": "ai4",
    "J": "zhei4",
    "K": "kai4",
    "L": "ai4 lou5",
    "M": "ai4 mu5",
    "N": "en1",
    "O": "ou1",
    "P": "pi4",
    "Q": "kiu4",
    "R": "a4 er5",
    "S": "ai4 si5",
    "T": "ti4",
    "U": "you1",
    "V": "wei1",
    "W": "da2 bu5 liu5",
    "X": "ai4 ke5 si5",
    "Y": "wai4",
    "Z": "zei4",
}
_CLOCK: Final = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:：]([0-5]\d)(?!\d)")
_NUMBERS: Final = re.compile(rf"{_CLOCK.pattern}|\b(?=[A-Z]*\d)[A-Z0-9]+\b")
_BREAKS: Final = str.maketrans("、；：。！？（）《》“”…—·", ",,,.!?,,,,,,,, ")


def mandarin(text: str) -> str:
    """Text with its digits as 零 to 九 and its times as 点 and 分; letters stay, in capitals.

    DeviceError `voice.text` where it is empty, too long, or holds control characters.
    """
    spelled = _CLOCK.sub(_clock, _plain(text))
    return "".join(
        ZH_DIGITS[int(char)] if char in "0123456789" else char for char in spelled
    ).upper()


def english(text: str) -> str:
    """Text with its numbers, and capitals mixed with them, spelled singly; times stay as they are.

    DeviceError as for `mandarin`.
    """
    return _NUMBERS.sub(
        lambda match: match[0] if ":" in match[0] else " ".join(match[0]), _plain(text)
    )


def pinyin(text: str) -> str:
    """What espeak-ng's voice `cmn-latn-pinyin` reads: syllables with tone numbers, 5 neutral."""
    from pypinyin import Style, lazy_pinyin

    words: list[str] = []
    for run in re.findall(r"[A-Z]|[^A-Z]+", mandarin(text)):
        if run in LETTER_PINYIN:
            words.append(LETTER_PINYIN[run])
        else:
            words += lazy_pinyin(
                run.translate(_BREAKS), style=Style.TONE3, neutral_tone_with_five=True
            )
    return " ".join(" ".join(words).split())


def _plain(text: str) -> str:
    kept = " ".join(unicodedata.normalize("NFKC", text).split())
    if not 0 < len(kept) <= LONGEST:
        raise DeviceError("voice.text", f"{len(kept)} characters")
    if any(unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co") for char in kept):
        raise DeviceError("voice.text", "control characters")
    return kept


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    return f"{_number(hour)}点" + (f"{_minutes(minute)}分" if minute else "整")


def _minutes(value: int) -> str:
    return f"零{ZH_DIGITS[value]}" if value < 10 else _number(value)


def _number(value: int) -> str:
    tens, units = divmod(value, 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{ZH_DIGITS[tens]}十"
    return before + (ZH_DIGITS[units] if units or not tens else "")
