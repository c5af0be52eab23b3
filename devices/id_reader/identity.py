"""Who a card says its holder is, and how little of it may be shown."""

from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_LENGTH: Final = 18


class CardKind(StrEnum):
    """Which document it is; the flag at byte 248 of the text block says so."""

    CITIZEN = "citizen"
    HMT_RESIDENT = "hmt-resident"
    FOREIGNER_2017 = "foreigner-2017"
    FOREIGNER_2023 = "foreigner-2023"


class Sex(StrEnum):
    """As coded on the card (GB/T 2261.1)."""

    UNKNOWN = "unknown"
    MALE = "male"
    FEMALE = "female"
    UNSTATED = "unstated"


class MaskedIdentity(msgspec.Struct, frozen=True):
    """What may be shown: surname and *, the last four characters of the number."""

    name: str
    number: str


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """A card's text. Its repr says only which document it is.

    `nation` is a nation's Chinese name for citizens, a country code (ISO 3166 alpha-3) for
    foreigners, empty otherwise. `valid_to` is None for 长期, valid without end.
    """

    kind: CardKind
    name: str
    number: str
    sex: Sex
    birth: date
    valid_from: date
    valid_to: date | None
    english_name: str = ""
    nation: str = ""
    address: str = ""
    issuer: str = ""

    def __repr__(self) -> str:
        return f"Identity({self.kind.value}, …)"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return [("kind", self.kind.value)]

    def masked(self) -> MaskedIdentity:
        """The form for screens and paper; without a Chinese name the English one's first letter."""
        name = self.name or self.english_name
        return MaskedIdentity(name[:1] + "*", "*" * max(0, len(self.number) - 4) + self.number[-4:])

    def age_on(self, day: date) -> int:
        """Full years on `day`. Who was born on 29 February comes of age on 1 March."""
        had_birthday = (day.month, day.day) >= (self.birth.month, self.birth.day)
        return day.year - self.birth.year - (0 if had_birthday else 1)


def check_digit(first17: str) -> str:
    """The 18th character of a citizen number (GB 11643, ISO 7064 MOD 11-2)."""
    if len(first17) != _LENGTH - 1 or not (first17.isascii() and first17.isdigit()):
        raise ValueError("expected 17 digits")
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True))
    return _CHECK_DIGITS[total % 11]


def is_valid_number(number: str) -> bool:
    """Whether `number` is a citizen number: 17 digits, a calendar day within, its check digit."""
    first17 = number[:-1]
    if len(number) != _LENGTH or not (first17.isascii() and first17.isdigit()):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return number[-1] == check_digit(first17)
