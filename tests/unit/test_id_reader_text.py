"""What a card's text block says, in its four layouts; check digits; nothing personal in reprs."""

import random
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError
from devices.id_reader.events import CardRead
from devices.id_reader.identity import (
    CardKind,
    Identity,
    Sex,
    Validity,
    check_digit,
    is_number_of,
    is_valid_number,
)
from devices.id_reader.nations import NATIONS
from devices.id_reader.synthetic import encode_text, invent
from devices.id_reader.text import decode_text

TODAY = date(2026, 1, 5)


def test_published_numbers() -> None:
    assert is_valid_number("11010519491231002X")
    assert not is_valid_number("110101197608056896")


DIGITS = st.text("0123456789", min_size=17, max_size=17)


@given(DIGITS, st.integers(0, 16), st.integers(1, 9))
def test_a_wrong_digit_never_passes(first17: str, position: int, by: int) -> None:
    digit = str((int(first17[position]) + by) % 10)
    assert check_digit(first17[:position] + digit + first17[position + 1 :]) != check_digit(first17)


@given(DIGITS, st.integers(0, 15))
def test_swapped_neighbours_never_pass(first17: str, at: int) -> None:
    swapped = first17[:at] + first17[at + 1] + first17[at] + first17[at + 2 :]
    if swapped != first17:
        assert check_digit(swapped) != check_digit(first17)


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_not(text: str) -> None:
    assert not is_valid_number(text) or (len(text) == 18 and text[:17].isdigit())


@pytest.mark.parametrize(
    "text", ["", "1" * 17, "11010519491331002X", "１１０１０５１９４９１２３１００２X"]
)
def test_what_is_no_number(text: str) -> None:
    assert not is_valid_number(text)


@pytest.mark.parametrize("first17", ["", "1" * 16, "1" * 16 + "X"])
def test_a_check_digit_needs_17_digits(first17: str) -> None:
    with pytest.raises(ValueError, match="17 digits"):
        check_digit(first17)


@given(st.integers())
def test_an_invented_citizen_comes_back_from_the_card(seed: int) -> None:
    who = invent(random.Random(seed), TODAY)
    assert is_valid_number(who.number)
    assert 15 <= who.age_on(TODAY) <= 95
    block = encode_text(who)
    assert len(block) == 256
    assert decode_text(block) == who


CITIZEN = invent(random.Random(7), TODAY)


def block_of(fields: dict[int, str], flag: str = " ") -> bytes:
    """A text block laid out by byte offsets, as the readers' interface gives them."""
    block = bytearray(" ".encode("utf-16-le") * 128)
    for offset, text in {**fields, 248: flag}.items():
        encoded = text.encode("utf-16-le")
        block[offset : offset + len(encoded)] = encoded
    return bytes(block)


def number(region: str) -> str:
    first17 = f"{region}19800229012"
    return first17 + check_digit(first17)


def test_a_citizen_valid_without_end() -> None:
    who = decode_text(
        block_of(
            {
                0: "欧阳示例", 30: "2", 32: "05", 36: "19800229", 52: "演示省示例路1号",
                122: number("990101"), 158: "演示市公安局", 188: "20200101", 204: "长期",
            }
        )
    )  # fmt: skip
    assert who == Identity(
        kind=CardKind.CITIZEN, name="欧阳示例", number=number("990101"), sex=Sex.FEMALE,
        birth=date(1980, 2, 29), valid_from=date(2020, 1, 1), valid_to=None, nation="维吾尔",
        address="演示省示例路1号", issuer="演示市公安局",
    )  # fmt: skip
    assert who.age_on(date(2040, 2, 28)) == 59
    assert who.age_on(date(2040, 2, 29)) == 60
    assert who.age_on(date(2041, 2, 28)) == 60


def test_a_hong_kong_macau_taiwan_resident() -> None:
    who = decode_text(
        block_of(
            {
                0: "陈示例", 30: "1", 36: "19800229", 52: "演示省示例路2号",
                122: number("810000"), 158: "演示市公安局", 188: "20200101", 204: "20250101",
                220: "H00000000", 238: "01",
            },
            "J",
        )
    )  # fmt: skip
    assert (who.kind, who.nation, who.valid_to) == (CardKind.HMT, "", date(2025, 1, 1))
    assert who.number.startswith("81")


def test_a_foreigners_document_of_2017() -> None:
    who = decode_text(
        block_of(
            {
                0: "SAMPLE, ALEX EXAMPLE", 120: "9", 122: "GBR000000000000", 152: "GBR",
                158: "萨示例", 188: "20200101", 204: "20300101", 220: "19800229", 236: "01",
                240: "1500",
            },
            "I",
        )
    )  # fmt: skip
    assert (who.english_name, who.name) == ("SAMPLE, ALEX EXAMPLE", "萨示例")
    assert (who.nation, who.sex, who.issuer) == ("GBR", Sex.UNSTATED, "1500")
    assert who.birth == date(1980, 2, 29)


def test_a_foreigners_document_of_2023_with_an_overflowing_name() -> None:
    name = "SAMPLE, WOLFESCHLEGELSTEINHAUSEN A B C D E"
    assert len(name) > 35
    who = decode_text(
        block_of(
            {
                30: "1", 32: "01", 36: "19800229", 52: name[:35], 122: number("910000"),
                188: "20240101", 204: "20340101", 220: name[35:], 242: "DEU",
            },
            "Y",
        )
    )  # fmt: skip
    assert (who.english_name, who.name, who.nation) == (name, "", "DEU")
    assert who.masked().name == "S*"


@given(st.integers(), st.sampled_from(CardKind))
def test_each_kind_comes_back_from_the_packer(seed: int, kind: CardKind) -> None:
    who = invent(random.Random(seed), TODAY, kind)
    assert decode_text(encode_text(who)) == who
    assert who.validity_on(TODAY) is Validity.VALID


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (CardKind.CITIZEN, {"newest_address": "演示省新示例路3号"}),
        (
            CardKind.CITIZEN,
            {"newest_address": "演示省演示市示例区示例路一百号二三四"},
        ),  # over the flag
        (CardKind.HMT, {"permit": "T87654321", "issues": "12"}),
        (CardKind.FOREIGN_2017, {"version": "02", "english_name": "A" * 60}),
        (
            CardKind.FOREIGN_2023,
            {"renewals": "03", "old_number": "DEU", "english_name": "B" * 34 + " " + "C" * 11},
        ),
    ],
)
def test_fields_of_one_kind(kind: CardKind, more: dict[str, str]) -> None:
    who = msgspec.structs.replace(invent(random.Random(3), TODAY, kind), **more)
    decoded = decode_text(encode_text(who))
    assert decoded == who
    assert {name: getattr(decoded, name) for name in more} == more


@pytest.mark.parametrize(("digit", "sex"), list(zip("0129", Sex, strict=True)))
def test_sexes(digit: str, sex: Sex) -> None:
    assert decode_text(block_of({**GOOD, 30: digit})).sex is sex


@pytest.mark.parametrize(("code", "nation"), NATIONS.items())
def test_nations(code: str, nation: str) -> None:
    assert decode_text(block_of({**GOOD, 32: code})).nation == nation


@pytest.mark.parametrize(
    ("day", "validity"),
    [
        (date(2019, 12, 31), Validity.NOT_YET),
        (date(2020, 1, 1), Validity.VALID),
        (date(2040, 1, 1), Validity.VALID),
        (date(2040, 1, 2), Validity.EXPIRED),
    ],
)
def test_a_card_out_of_force_is_read_and_says_so(day: date, validity: Validity) -> None:
    who = decode_text(block_of(GOOD))
    assert who.validity_on(day) is validity
    forever = msgspec.structs.replace(who, valid_to=None)
    assert forever.validity_on(date(9999, 12, 31)) is Validity.VALID


def checked(first17: str) -> str:
    return first17 + check_digit(first17)


@pytest.mark.parametrize(
    ("kind", "number", "is_right", "is_right_leniently"),
    [
        (CardKind.CITIZEN, "11010519491231002X", True, True),
        (CardKind.CITIZEN, "110101197608056896", False, False),
        (CardKind.HMT, checked("81000019800229001"), True, True),
        (CardKind.HMT, checked("82000019800229001"), True, True),
        (CardKind.HMT, checked("83000019800229001"), True, True),
        (CardKind.HMT, checked("84000019800229001"), False, True),
        (CardKind.HMT, "81000019800229001Z", False, True),
        (CardKind.HMT, "8100001980022900", False, False),
        (CardKind.FOREIGN_2023, checked("99984019800229001"), True, True),
        (CardKind.FOREIGN_2023, checked("89984019800229001"), False, True),
        (CardKind.FOREIGN_2023, "9" * 18, False, True),
        (CardKind.FOREIGN_2017, "GBR990180022901", True, True),
        (CardKind.FOREIGN_2017, "gbr990180022901", False, False),
        (CardKind.FOREIGN_2017, "GB9990180022901", False, False),
        (CardKind.FOREIGN_2017, "GBR99018002290", False, False),
        (CardKind.FOREIGN_2017, "GBR99018002290１", False, False),
    ],
)
def test_each_kinds_numbers(
    kind: CardKind, number: str, is_right: bool, is_right_leniently: bool
) -> None:
    assert is_number_of(kind, number) is is_right
    assert is_number_of(kind, number, lenient=True) is is_right_leniently


def test_lenient_reading_takes_a_resident_whose_number_does_not_check() -> None:
    who = invent(random.Random(3), TODAY, CardKind.HMT)
    odd = msgspec.structs.replace(who, number="84" + who.number[2:])
    with pytest.raises(DeviceError, match="number_invalid"):
        decode_text(encode_text(odd))
    assert decode_text(encode_text(odd), lenient=True) == odd


GOOD = {
    0: "张示例", 30: "1", 32: "01", 36: "19800229", 52: "演示省示例路1号",
    122: number("990101"), 158: "演示市公安局", 188: "20200101", 204: "20400101",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "detail"),
    [
        ({0: "   "}, "id_reader.text_invalid", "name"),
        ({0: "\x1b@张"}, "id_reader.text_invalid", "name"),
        ({0: "张\u202e示例"}, "id_reader.text_invalid", "name"),
        ({0: "\ud800"}, "id_reader.text_invalid", "name"),
        ({30: "7"}, "id_reader.text_invalid", "sex"),
        ({32: "99"}, "id_reader.text_invalid", "nation"),
        ({36: "19810229"}, "id_reader.text_invalid", "birth"),
        ({36: "1980022 "}, "id_reader.text_invalid", "birth"),
        ({204: "长久    "}, "id_reader.text_invalid", "valid_to"),
        ({122: number("990102")[:17] + "Z"}, "id_reader.number_invalid", "citizen"),
        ({122: " " * 18}, "id_reader.number_invalid", "citizen"),
        ({248: "Q"}, "id_reader.card_unknown", "type flag"),
    ],
)
def test_a_malformed_field_is_named_never_quoted(
    change: dict[int, str], code: str, detail: str
) -> None:
    block = bytearray(block_of({k: v for k, v in GOOD.items() if k not in change}))
    for offset, text in change.items():
        encoded = text.encode("utf-16-le", "surrogatepass")
        block[offset : offset + len(encoded)] = encoded
    with pytest.raises(DeviceError) as caught:
        decode_text(bytes(block))
    assert (caught.value.code, caught.value.detail) == (code, detail)
    assert caught.value.__cause__ is None


CODES = {
    None, "id_reader.text_invalid", "id_reader.number_invalid", "id_reader.card_unknown",
}  # fmt: skip


def code_of(block: bytes) -> str | None:
    try:
        decode_text(block)
    except DeviceError as error:
        return error.code
    return None


@given(st.binary(min_size=256, max_size=256))
def test_any_block_is_an_identity_or_a_coded_error(block: bytes) -> None:
    assert code_of(block) in CODES


@given(st.integers(0, 255), st.integers(1, 255))
def test_a_damaged_card_is_an_identity_or_a_coded_error(position: int, by: int) -> None:
    block = bytearray(encode_text(CITIZEN))
    block[position] ^= by
    assert code_of(bytes(block)) in CODES


def test_a_block_of_another_size_is_refused() -> None:
    with pytest.raises(DeviceError) as caught:
        decode_text(bytes(255))
    assert caught.value.code == "id_reader.text_invalid"


def test_masked_and_repr_tell_next_to_nothing() -> None:
    masked = CITIZEN.masked()
    assert masked.name == CITIZEN.name[0] + "*"
    assert masked.number == "*" * 14 + CITIZEN.number[-4:]
    for text in (
        repr(CITIZEN), str(CITIZEN), f"{CITIZEN}", repr(CITIZEN.__rich_repr__()),
        repr(CardRead(identity=CITIZEN, photo=b"photo")),
    ):  # fmt: skip
        for secret in (CITIZEN.name, CITIZEN.number, CITIZEN.address, str(CITIZEN.birth.year)):
            assert secret not in text


def test_all_nations_are_there() -> None:
    assert len(NATIONS) == 58
    assert (NATIONS["01"], NATIONS["56"], NATIONS["97"]) == ("汉", "基诺", "其他")
    assert all(code.isdigit() and name for code, name in NATIONS.items())


def test_a_field_that_is_too_long_is_not_packed() -> None:
    with pytest.raises(ValueError, match="16 characters"):
        encode_text(msgspec.structs.replace(CITIZEN, name="长" * 16))


def test_the_card_in_the_documentation_is_a_card() -> None:
    page = (Path(__file__).parents[2] / "docs" / "devices.md").read_text()
    example = page.split("```json\n")[1].split("```")[0]
    who = msgspec.json.decode(example, type=Identity)
    assert decode_text(encode_text(who)) == who
