"""Typed ID numbers: whether one can be right, whose birthday it holds, how it is masked."""

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

LENGTH = 18
"""Characters of a resident's ID number (GB 11643)."""


def problem(number: str) -> str:
    """Why `number` is no ID number: `number_short`, `number_wrong`, or empty when it can be one.

    GB 11643: 17 digits with a birthday in them and a check character by ISO 7064 MOD 11-2.
    """
    if len(number) < LENGTH:
        return "number_short"
    body, check = number[:17], number[17:]
    if len(number) > LENGTH or not (body.isascii() and body.isdigit()):
        return "number_wrong"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    if _CHECKS[total % 11] != check or birth(number) is None:
        return "number_wrong"
    return ""


def birth(number: str) -> date | None:
    """The birthday inside an ID number, None where it is no date."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def age(born: str, today: date) -> int | None:
    """Full years from an ISO birthday to `today`; None where `born` is no date."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return None
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def masked_number(number: str) -> str:
    """The last four characters, the rest as stars."""
    return "*" * max(0, len(number) - 4) + number[-4:]


def masked_name(name: str) -> str:
    """The first character and a star, as 张*; empty for no name."""
    return name[:1] + "*" if name else ""
