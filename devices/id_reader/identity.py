"""Who a card says its holder is, and how little of it may be shown."""

from datetime import date
from enum import StrEnum
from typing import Final, assert_never

import msgspec

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_LENGTH: Final = 18


class CardKind(StrEnum):
    """Which document it is; the flag at byte 248 of the text block says so."""

    CITIZEN = "citizen"
    HMT = "hmt"
    """Residence permit for Hong Kong, Macau and Taiwan residents."""
    FOREIGN_2017 = "foreign-2017"
    FOREIGN_2023 = "foreign-2023"


class Sex(StrEnum):
    """As coded on the card (GB/T 2261.1)."""

    UNKNOWN = "unknown"
    MALE = "male"
    FEMALE = "female"
    UNSTATED = "unstated"


class Validity(StrEnum):
    """Whether a document is in force on some day. One that is not is read all the same."""

    VALID = "valid"
    NOT_YET = "not-yet"
    EXPIRED = "expired"


class MaskedIdentity(msgspec.Struct, frozen=True):
    """What may be shown: surname and *, the last four characters of the number."""

    name: str
    number: str


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """A card's text. Its repr says only which document it is.

    `nation` is a nation's Chinese name for citizens, a country code (ISO 3166 alpha-3) for
    foreigners, empty otherwise. `valid_to` is None for 长期, valid without end. The last fields are
    of one kind each: `newest_address` (citizens; up to 18 characters), `permit` number and `issues`
    (hmt), `version` (foreign-2017), `renewals` and `old_number` (foreign-2023; the link to the
    number held before).
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
    newest_address: str = ""
    permit: str = ""
    issues: str = ""
    version: str = ""
    renewals: str = ""
    old_number: str = ""

    def __repr__(self) -> str:
        return f"Identity({self.kind.value}, …)"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return [("kind", self.kind.value)]

    def masked(self) -> MaskedIdentity:
        """The form for screens and paper; without a Chinese name the English one's first letter."""
        name = self.name or self.english_name
        return MaskedIdentity(name[:1] + "*", "*" * max(0, len(self.number) - 4) + self.number[-4:])

    def validity_on(self, day: date) -> Validity:
        """In force from the first to the last day printed, both included."""
        if day < self.valid_from:
            return Validity.NOT_YET
        if self.valid_to is not None and day > self.valid_to:
            return Validity.EXPIRED
        return Validity.VALID

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


def is_number_of(kind: CardKind, number: str, *, lenient: bool = False) -> bool:
    """Whether `number` is one that a document of `kind` can have.

    Residents of Hong Kong and Macau 81, 82, of Taiwan 83; the 2023 document 9; these carry the
    citizen check digit (? no published source: `lenient` leaves check and first digits out). That
    of 2017 is the country's three letters and twelve digits.
    """
    match kind:
        case CardKind.CITIZEN:
            return is_valid_number(number)
        case CardKind.HMT | CardKind.FOREIGN_2023:
            if lenient:
                first17 = number[:-1]
                return len(number) == _LENGTH and first17.isascii() and first17.isdigit()
            prefixes = ("9",) if kind is CardKind.FOREIGN_2023 else ("81", "82", "83")
            return number.startswith(prefixes) and is_valid_number(number)
        case CardKind.FOREIGN_2017:
            letters, digits = number[:3], number[3:]
            is_country = letters.isascii() and letters.isalpha() and letters.isupper()
            return is_country and len(digits) == 12 and digits.isascii() and digits.isdigit()
        case _:
            assert_never(kind)
