"""What ids and names may be made of."""

import re
import unicodedata

from .ids import Text

_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


def id_problem(value: str) -> str:
    """What is wrong with an id, in English, or empty."""
    return "" if _ID.fullmatch(value) else "1 to 32 letters, digits, - or _"


def text_problem(text: Text) -> str:
    """What is wrong with a name in two languages, in English, or empty."""
    if not (1 <= len(text.zh.strip()) <= 60 and 1 <= len(text.en.strip()) <= 120):
        return "zh 1 to 60 and en 1 to 120 characters"
    return "a control character" if has_control(text.zh + text.en) else ""


def has_control(text: str) -> bool:
    """Whether a printer or screen could take part of a name for an order."""
    return any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in text)
