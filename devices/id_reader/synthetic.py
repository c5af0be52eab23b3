"""Invented card holders with valid numbers, and the text block a card would hold of them.

The block is packed field after field, not by the offsets that the reader's decoder uses, so that
each checks the other. No one here exists: the region codes are of no county in use.
"""

import random
from datetime import date, timedelta
from typing import Final

from devices.id_reader.identity import CardKind, Identity, Sex, check_digit
from devices.id_reader.nations import NATIONS

_REGION: Final = "990101"  # no province begins with 99
_SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN: Final = "安宁平和文明华建国春夏秋冬山川江海云雨晨曦子轩梓涵欣怡佳慧志强丽娟秀英"
_SEX_DIGIT: Final = {Sex.UNKNOWN: "0", Sex.MALE: "1", Sex.FEMALE: "2", Sex.UNSTATED: "9"}


def invent(chance: random.Random, today: date) -> Identity:
    """A citizen between 16 and 95 years old on `today`."""
    birth = today - timedelta(days=chance.randint(16 * 366, 95 * 365))
    sex = chance.choice((Sex.MALE, Sex.FEMALE))
    order = chance.randint(0, 499) * 2 + (1 if sex is Sex.MALE else 0)
    first17 = f"{_REGION}{birth:%Y%m%d}{order:03d}"
    valid_from = today.replace(day=1) - timedelta(days=chance.randint(30, 3000))
    is_old = (today.year - birth.year) >= 46
    given = "".join(chance.choice(_GIVEN) for _ in range(chance.randint(1, 2)))
    return Identity(
        kind=CardKind.CITIZEN,
        name=chance.choice(_SURNAMES) + given,
        number=first17 + check_digit(first17),
        sex=sex,
        nation=chance.choice(tuple(NATIONS.values())),
        birth=birth,
        address=f"演示省演示市示例路{chance.randint(1, 999)}号",
        issuer="演示市公安局",
        valid_from=valid_from,
        valid_to=None if is_old else date(valid_from.year + 20, valid_from.month, 1),
    )


def encode_text(who: Identity) -> bytes:
    """The 256-byte text block of `who`'s document; ValueError if a field is too long."""
    sex = _SEX_DIGIT[who.sex]
    birth = f"{who.birth:%Y%m%d}"
    start = f"{who.valid_from:%Y%m%d}"
    end = f"{who.valid_to:%Y%m%d}" if who.valid_to else "长期"
    codes = {name: code for code, name in NATIONS.items()}
    if who.kind is CardKind.CITIZEN:
        return _pack(
            (who.name, 15), (sex, 1), (codes[who.nation], 2), (birth, 8), (who.address, 35),
            (who.number, 18), (who.issuer, 15), (start, 8), (end, 8), ("", 14), (" ", 1), ("", 3),
        )  # fmt: skip
    if who.kind is CardKind.HMT_RESIDENT:
        return _pack(
            (who.name, 15), (sex, 1), ("", 2), (birth, 8), (who.address, 35), (who.number, 18),
            (who.issuer, 15), (start, 8), (end, 8), ("H00000000", 9), ("01", 2), ("", 3),
            ("J", 1), ("", 3),
        )  # fmt: skip
    if who.kind is CardKind.FOREIGNER_2017:
        return _pack(
            (who.english_name, 60), (sex, 1), (who.number, 15), (who.nation, 3), (who.name, 15),
            (start, 8), (end, 8), (birth, 8), ("01", 2), (who.issuer, 4), ("I", 1), ("", 3),
        )  # fmt: skip
    return _pack(
        (who.name, 15), (sex, 1), ("01", 2), (birth, 8), (who.english_name[:35], 35),
        (who.number, 18), ("", 15), (start, 8), (end, 8), (who.english_name[35:], 11),
        (who.nation, 3), ("Y", 1), ("", 3),
    )  # fmt: skip


def _pack(*fields: tuple[str, int]) -> bytes:
    packed = b""
    for text, length in fields:
        if len(text) > length:
            raise ValueError(f"{len(text)} characters in a field of {length}")
        packed += text.ljust(length).encode("utf-16-le")
    return packed
