"""Invented card holders with valid numbers, and the text block a card would hold of them.

The block is packed field after field, not by the offsets that the reader's decoder uses, so that
each checks the other. No one here exists: the region codes are of no county in use.
"""

import random
from datetime import date, timedelta
from typing import Final, assert_never

from msgspec.structs import replace

from devices.id_reader.identity import CardKind, Identity, Sex, check_digit
from devices.id_reader.nations import NATIONS

_REGION: Final = "990101"  # no province begins with 99
_SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN: Final = "安宁平和文明华建国春夏秋冬山川江海云雨晨曦子轩梓涵欣怡佳慧志强丽娟秀英"
_ENGLISH: Final = ("ALEX", "SAM", "ROBIN", "KIM", "CHRIS", "ANDREA", "MARIA ANNA", "JEAN LUC")
_COUNTRIES: Final = ("GBR", "DEU", "FRA", "KOR", "JPN", "USA", "BRA", "ZAF")
_SEX_DIGIT: Final = {Sex.UNKNOWN: "0", Sex.MALE: "1", Sex.FEMALE: "2", Sex.UNSTATED: "9"}


def invent(chance: random.Random, today: date, kind: CardKind = CardKind.CITIZEN) -> Identity:
    """Somebody between 16 and 95 years old on `today`, with a document of `kind` in force."""
    birth = today - timedelta(days=chance.randint(16 * 366, 95 * 365))
    sex = chance.choice((Sex.MALE, Sex.FEMALE))
    order = chance.randint(0, 499) * 2 + (1 if sex is Sex.MALE else 0)
    valid_from = today.replace(day=1) - timedelta(days=chance.randint(30, 3000))
    is_old = (today.year - birth.year) >= 46
    given = "".join(chance.choice(_GIVEN) for _ in range(chance.randint(1, 2)))
    who = Identity(
        kind=kind,
        name=chance.choice(_SURNAMES) + given,
        number=_numbered(f"{_REGION}{birth:%Y%m%d}{order:03d}"),
        sex=sex,
        nation=chance.choice(tuple(NATIONS.values())),
        birth=birth,
        address=f"演示省演示市示例路{chance.randint(1, 999)}号",
        issuer="演示市公安局",
        valid_from=valid_from,
        valid_to=None if is_old else date(valid_from.year + 20, valid_from.month, 1),
    )
    return _with_document(who, chance) if kind is not CardKind.CITIZEN else who


def _numbered(first17: str) -> str:
    return first17 + check_digit(first17)


def _with_document(who: Identity, chance: random.Random) -> Identity:
    """The same person, not a citizen."""
    number, country = who.number, chance.choice(_COUNTRIES)
    ends = date(who.valid_from.year + 10, who.valid_from.month, 1)
    english = f"{chance.choice(_ENGLISH)} SAMPLE".replace("MARIA", "MARIA WILHELMINA ALEXANDRINA")
    if who.kind is CardKind.HMT:
        region = chance.choice(("810000", "820000", "830000"))
        letter = {"81": "H", "82": "M", "83": "T"}[region[:2]]
        return replace(
            who, nation="", number=_numbered(region + number[6:17]), issues="01",
            permit=f"{letter}{chance.randrange(10**8):08d}", valid_to=ends,
        )  # fmt: skip
    foreign = replace(who, english_name=english, nation=country, address="", valid_to=ends)
    if who.kind is CardKind.FOREIGN_2017:
        digits = f"9901{who.birth:%y%m%d}{chance.randrange(100):02d}"
        return replace(foreign, number=country + digits, issuer="9901", version="01")
    first6 = f"999{chance.randrange(1000):03d}"
    return replace(foreign, number=_numbered(first6 + number[6:17]), issuer="", renewals="01")


def encode_text(who: Identity) -> bytes:
    """The 256-byte text block of `who`'s document; ValueError if a field is too long."""
    sex = _SEX_DIGIT[who.sex]
    birth = f"{who.birth:%Y%m%d}"
    start = f"{who.valid_from:%Y%m%d}"
    end = f"{who.valid_to:%Y%m%d}" if who.valid_to else "长期"
    codes = {name: code for code, name in NATIONS.items()}
    match who.kind:
        case CardKind.CITIZEN:
            return _pack(
                (who.name, 15), (sex, 1), (codes[who.nation], 2), (birth, 8), (who.address, 35),
                (who.number, 18), (who.issuer, 15), (start, 8), (end, 8), (who.newest_address, 18),
            )  # fmt: skip
        case CardKind.HMT:
            return _pack(
                (who.name, 15), (sex, 1), ("", 2), (birth, 8), (who.address, 35), (who.number, 18),
                (who.issuer, 15), (start, 8), (end, 8), (who.permit, 9), (who.issues, 2), ("", 3),
                ("J", 1), ("", 3),
            )  # fmt: skip
        case CardKind.FOREIGN_2017:
            return _pack(
                (who.english_name, 60), (sex, 1), (who.number, 15), (who.nation, 3), (who.name, 15),
                (start, 8), (end, 8), (birth, 8), (who.version, 2), (who.issuer, 4), ("I", 1),
                ("", 3),
            )  # fmt: skip
        case CardKind.FOREIGN_2023:
            return _pack(
                (who.name, 15), (sex, 1), (who.renewals, 2), (birth, 8),
                (who.english_name[:35], 35), (who.number, 18), ("", 15), (start, 8), (end, 8),
                (who.english_name[35:], 11), (who.nation, 3), ("Y", 1), (who.old_number, 3),
            )  # fmt: skip
        case _:
            assert_never(who.kind)


def _pack(*fields: tuple[str, int]) -> bytes:
    packed = b""
    for text, length in fields:
        if len(text) > length:
            raise ValueError(f"{len(text)} characters in a field of {length}")
        packed += text.ljust(length).encode("utf-16-le")
    return packed
