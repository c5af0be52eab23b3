"""What a scanned text is to a hall."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.id_reader.identity import check_digit
from devices.scanner.codes import (
    AppointmentCode,
    CitizenCode,
    CodePatterns,
    TicketCode,
    UnknownCode,
    classify,
)

ID = "0192f0c1a7b87d3e9f00112233445566"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"https://hall.example/t/{ID}", TicketCode(ticket=ID)),
        (f"http://10.0.0.5:8080/ticket/{ID}/", TicketCode(ticket=ID)),
        (f"HTTPS://HALL.EXAMPLE/T/{ID.upper()}", TicketCode(ticket=ID)),
        (ID, TicketCode(ticket=ID)),
        (str(uuid.UUID(ID)), TicketCode(ticket=str(uuid.UUID(ID)))),
        ("A012", TicketCode(number="A012")),
        (" ab1034\r\n", TicketCode(number="AB1034")),
        ("YY20250612A7", AppointmentCode("YY20250612A7")),
        ("ap-123456", AppointmentCode("AP-123456")),
        ("11010519491231002X", CitizenCode("11010519491231002X")),
        ("11010519491231002x", CitizenCode("11010519491231002X")),
        ("110105194912310021", UnknownCode()),
        ("110101197608056896", UnknownCode()),
        ("", UnknownCode()),
        ("A01", UnknownCode()),
        ("Ａ０１２", UnknownCode()),
        ("https://pay.example/t/short", UnknownCode()),
        (f"https://hall.example/t/{ID}?next=evil", UnknownCode()),
        (f"javascript:x//t/{ID}", UnknownCode()),
        ("134512345678901234", UnknownCode()),
        ("285012345678901234", UnknownCode()),
    ],
)
def test_what_a_text_is(text: str, code: object) -> None:
    assert classify(text) == code


@given(st.text(max_size=600))
def test_any_text_is_something_and_a_stranger_nothing(text: str) -> None:
    code = classify(text)
    if isinstance(code, CitizenCode):
        assert code.number[-1] == check_digit(code.number[:17])


@given(st.integers(10**16, 10**17 - 1).map(str))
def test_a_birth_out_of_these_two_centuries_makes_no_citizen(first17: str) -> None:
    code = classify(first17 + check_digit(first17))
    if isinstance(code, CitizenCode):
        assert first17[6:8] in ("19", "20")
    else:
        assert code == UnknownCode()


def test_a_long_text_is_not_even_looked_at() -> None:
    assert classify("A" * 100_000 + "012") == UnknownCode()


def test_a_hall_sets_its_own_patterns() -> None:
    patterns = CodePatterns(appointment=r"BK:(\d{8})", number=r"[A-Z]\d{3}")
    assert classify("bk:20250612", patterns) == AppointmentCode("20250612")
    assert classify("AB123", patterns) == UnknownCode()


def test_a_broken_pattern_is_named() -> None:
    with pytest.raises(ValueError, match="appointment"):
        CodePatterns(appointment="(")


def test_no_repr_tells_a_number() -> None:
    assert "1949" not in repr(classify("11010519491231002X"))
