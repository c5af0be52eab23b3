"""The 256-byte text block of a card: four layouts of UTF-16LE fields.

Offsets and lengths in bytes, after the readers' published interface; those of the documents for
foreigners of 2023 are to be confirmed with a real card.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from devices.errors import DeviceError
from devices.id_reader.blocks import TEXT_SIZE
from devices.id_reader.identity import CardKind, Identity, Sex, is_valid_number
from devices.id_reader.nations import NATIONS

_FLAG: Final = 248
_FOREVER: Final = "长期"

Layout = Mapping[str, tuple[int, int]]

_COMMON: Final = {"valid_from": (188, 16), "valid_to": (204, 16)}
_CITIZEN: Final[Layout] = {
    "name": (0, 30), "sex": (30, 2), "nation": (32, 4), "birth": (36, 16), "address": (52, 70),
    "number": (122, 36), "issuer": (158, 30), **_COMMON,
}  # fmt: skip
_LAYOUTS: Final[dict[CardKind, Layout]] = {
    CardKind.CITIZEN: _CITIZEN,
    CardKind.HMT_RESIDENT: {field: at for field, at in _CITIZEN.items() if field != "nation"},
    CardKind.FOREIGNER_2017: {
        "english_name": (0, 120), "sex": (120, 2), "number": (122, 30), "country": (152, 6),
        "name": (158, 30), "birth": (220, 16), "issuer": (240, 8), **_COMMON,
    },
    CardKind.FOREIGNER_2023: {
        "name": (0, 30), "sex": (30, 2), "birth": (36, 16), "english_name": (52, 70),
        "number": (122, 36), "english_rest": (220, 22), "country": (242, 6), **_COMMON,
    },
}  # fmt: skip
_KINDS: Final = {
    " ": CardKind.CITIZEN,
    "J": CardKind.HMT_RESIDENT,
    "I": CardKind.FOREIGNER_2017,
    "Y": CardKind.FOREIGNER_2023,
}
_SEXES: Final = {"0": Sex.UNKNOWN, "1": Sex.MALE, "2": Sex.FEMALE, "9": Sex.UNSTATED}


def decode_text(block: bytes) -> Identity:
    """The identity in a text block.

    DeviceError `id_reader.text_invalid` names the field that is malformed, never its content;
    `id_reader.number_invalid` when the check digit does not fit.
    """
    if len(block) != TEXT_SIZE:
        raise DeviceError("id_reader.text_invalid", f"{len(block)} bytes")
    kind = _KINDS.get(_field(block, "flag", (_FLAG, 2), strip=False))
    if kind is None:
        raise DeviceError("id_reader.card_unknown", "type flag")
    fields = {name: _field(block, name, at) for name, at in _LAYOUTS[kind].items()}
    english = fields.get("english_name", "")
    if rest := fields.get("english_rest", ""):
        # Only a full field overflows; a space at its very end was stripped with the padding.
        english = english.ljust(_LAYOUTS[kind]["english_name"][1] // 2) + rest
    if not fields["name"] and not english:
        raise _invalid("name")
    sex = _SEXES.get(fields["sex"])
    if sex is None:
        raise _invalid("sex")
    ends = fields["valid_to"]
    return Identity(
        kind=kind,
        name=fields["name"],
        english_name=english,
        number=_number(kind, fields["number"]),
        sex=sex,
        nation=_nation(fields),
        birth=_date("birth", fields["birth"]),
        address=fields.get("address", ""),
        issuer=fields.get("issuer", ""),
        valid_from=_date("valid_from", fields["valid_from"]),
        valid_to=None if ends == _FOREVER else _date("valid_to", ends),
    )


def _invalid(field: str) -> DeviceError:
    return DeviceError("id_reader.text_invalid", field)


def _field(block: bytes, name: str, at: tuple[int, int], *, strip: bool = True) -> str:
    start, length = at
    try:
        text = block[start : start + length].decode("utf-16-le")
    except UnicodeDecodeError:
        raise _invalid(name) from None  # the error's own text would quote the card
    if any(ord(character) < 0x20 or character == "\x7f" for character in text.rstrip("\0")):
        raise _invalid(name)
    return text.rstrip("\0 ") if strip else text.replace("\0", " ")


def _date(field: str, text: str) -> date:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise _invalid(field)
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise _invalid(field) from None


def _number(kind: CardKind, number: str) -> str:
    if kind is CardKind.FOREIGNER_2017:
        # Three letters of the country, then twelve digits.
        if not (len(number) == 15 and number.isascii() and number[3:].isdigit()):
            raise _invalid("number")
    elif not is_valid_number(number):
        raise DeviceError("id_reader.number_invalid", kind.value)
    return number


def _nation(fields: Mapping[str, str]) -> str:
    if "nation" not in fields:
        return fields.get("country", "")
    nation = NATIONS.get(fields["nation"])
    if nation is None:
        raise _invalid("nation")
    return nation
