"""Every clip of the pack by name, and the words it says. The pack's script renders this list.

Mandarin: `zh_7` is 七 inside a number, `zh_7n` is 七号 with 号 spoken in one breath, as tens and
hundreds are. English: `en_7` inside a number, `en_7f` at a sentence's end.
"""

from string import ascii_uppercase
from typing import Final

CHIME: Final = "chime"

ZH_DIGITS: Final = "零一二三四五六七八九"
EN_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
EN_TEENS: Final = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
EN_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _mandarin() -> dict[str, str]:
    numbers = {str(value): word for value, word in enumerate(ZH_DIGITS)}
    numbers["1y"] = "幺"
    numbers["10"] = "十"
    numbers["1x10"] = "一十"
    numbers.update({f"{value}0": f"{ZH_DIGITS[value]}十" for value in range(2, 10)})
    numbers.update({"100": "一百", "200": "二百"})
    said = {f"zh_{name}": word for name, word in numbers.items()}
    said.update({f"zh_{name}n": f"{word}号" for name, word in numbers.items()})
    said.update({f"zh_{letter}": letter for letter in ascii_uppercase})
    said.update(zh_please="请", zh_n="号", zh_to="到", zh_window="窗口办理", zh_again="重复呼叫")
    return said


def _english() -> dict[str, str]:
    said = {f"en_{letter}": letter for letter in ascii_uppercase}
    said.update({f"en_{value}": word for value, word in enumerate(EN_DIGITS)})
    said.update({f"en_{value}f": EN_DIGITS[value] for value in range(1, 10)})
    said.update({f"en_{value}f": word for value, word in enumerate(EN_TEENS, 10)})
    for value, word in enumerate(EN_TENS, 2):
        said[f"en_{value}0"] = said[f"en_{value}0f"] = word
    said.update(
        en_100="one hundred and",
        en_100f="one hundred",
        en_200f="two hundred",
        en_ticket="ticket",
        en_go="please go to counter",
        en_again="second call",
    )
    return said


CLIPS: Final[dict[str, str]] = {CHIME: "♪", **_mandarin(), **_english()}
