"""The 256-byte text block of a card: four layouts of UTF-16LE fields.

Offsets and lengths in bytes, after the readers' published interface; those of the documents for
foreigners of 2023 are to be confirmed with a real card.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from devices.errors import DeviceError
from devices.id_reader.blocks import TEXT_SIZE, is_printable
from devices.id_reader.identity import CardKind, Identity, Sex, is_number_of
from devices.id_reader.nations import NATIONS

_FLAG: Final = 248
_FOREVER: Final = "长期"

Layout = Mapping[str, tuple[int, int]]

_COMMON: Final = {"valid_from": (188, 16), "valid_to": (204, 16)}
_LAYOUTS: Final[dict[CardKind, Layout]] = {
    CardKind.CITIZEN: {
        "name": (0, 30), "sex": (30, 2), "nation": (32, 4), "birth": (36, 16),
        "address": (52, 70), "number": (122, 36), "issuer": (158, 30),
        "newest_address": (220, 36), **_COMMON,
    },
    CardKind.HMT: {
        "name": (0, 30), "sex": (30, 2), "birth": (36, 16), "address": (52, 70),
        "number": (122, 36), "issuer": (158, 30), "permit": (220, 18), "issues": (238, 4),
        **_COMMON,
    },
    CardKind.FOREIGN_2017: {
        "english_name": (0, 120), "sex": (120, 2), "number": (122, 30), "country": (152, 6),
        "name": (158, 30), "birth": (220, 16), "version": (236, 4), "issuer": (240, 8), **_COMMON,
    },
    CardKind.FOREIGN_2023: {
        "name": (0, 30), "sex": (30, 2), "renewals": (32, 4), "birth": (36, 16),
        "english_name": (52, 70), "number": (122, 36), "english_rest": (220, 22),
        "country": (242, 6), "old_number": (250, 6), **_COMMON,
    },
}  # fmt: skip
_KINDS: Final = {
    " ": CardKind.CITIZEN,
    "J": CardKind.HMT,
    "I": CardKind.FOREIGN_2017,
    "Y": CardKind.FOREIGN_2023,
}
_OF_ONE_KIND: Final = ("newest_address", "permit", "issues", "version", "renewals", "old_number")
_SEXES: Final = {"0": Sex.UNKNOWN, "1": Sex.MALE, "2": Sex.FEMALE, "9": Sex.UNSTATED}


def decode_text(block: bytes, *, lenient: bool = False) -> Identity:
    """The identity in a text block; `lenient` as `is_number_of` has it.

    DeviceError `id_reader.text_invalid` names the field that is malformed, never its content;
    `id_reader.number_invalid` when the check digit does not fit.
    """
    if len(block) != TEXT_SIZE:
        raise DeviceError("id_reader.text_invalid", f"{len(block)} bytes")
    kind = _kind(block)
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
    if not is_number_of(kind, fields["number"], lenient=lenient):
        raise DeviceError("id_reader.number_invalid", kind.value)
    ends = fields["valid_to"]
    return Identity(
        kind=kind,
        name=fields["name"],
        english_name=english,
        number=fields["number"],
        sex=sex,
        nation=_nation(fields),
        birth=_date("birth", fields["birth"]),
        address=fields.get("address", ""),
        issuer=fields.get("issuer", ""),
        valid_from=_date("valid_from", fields["valid_from"]),
        valid_to=None if ends == _FOREVER else _date("valid_to", ends),
        **{name: fields[name] for name in _OF_ONE_KIND if name in fields},
    )


def _kind(block: bytes) -> CardKind:
    flag = block[_FLAG : _FLAG + 2].decode("utf-16-le", "replace").replace("\0", " ")
    if kind := _KINDS.get(flag):
        return kind
    # A citizen's newest address of more than 14 characters runs over the flag's place (?).
    if not flag.isascii() and block[220:222].strip(b" \0"):
        return CardKind.CITIZEN
    raise DeviceError("id_reader.card_unknown", "type flag")


def _invalid(field: str) -> DeviceError:
    return DeviceError("id_reader.text_invalid", field)


def _field(block: bytes, name: str, at: tuple[int, int]) -> str:
    start, length = at
    try:
        text = block[start : start + length].decode("utf-16-le").rstrip("\0 ")
    except UnicodeDecodeError:
        raise _invalid(name) from None  # the error's own text would quote the card
    if not is_printable(text):
        raise _invalid(name)
    return text


def _date(field: str, text: str) -> date:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise _invalid(field)
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise _invalid(field) from None


def _nation(fields: Mapping[str, str]) -> str:
    if "nation" not in fields:
        return fields.get("country", "")
    nation = NATIONS.get(fields["nation"])
    if nation is None:
        raise _invalid("nation")
    return nation
