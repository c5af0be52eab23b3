"""Unified social credit codes: two published ones, and every slip of a finger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.id_reader.credit_code import credit_check, is_valid_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.text(ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize("code", ["11440232MB2D06811W", "12441500196720244T"])
def test_published_codes(code: str) -> None:
    assert is_valid_credit_code(code)
    for other in ALPHABET:
        assert is_valid_credit_code(code[:-1] + other) == (other == code[-1])


@pytest.mark.parametrize(
    "code",
    ["", "11440232MB2D06811w", "11440232MB2D06811", "11440232MB2D0681IW", "1144O232MB2D06811W"],
)
def test_what_is_no_code(code: str) -> None:
    assert not is_valid_credit_code(code)


@given(BODIES, st.integers(0, 16), st.integers(1, 30))
def test_a_wrong_character_never_passes(body: str, at: int, by: int) -> None:
    other = ALPHABET[(ALPHABET.index(body[at]) + by) % 31]
    assert credit_check(body[:at] + other + body[at + 1 :]) != credit_check(body)


@given(BODIES, st.integers(0, 15))
def test_swapped_neighbours_never_pass(body: str, at: int) -> None:
    swapped = body[:at] + body[at + 1] + body[at] + body[at + 2 :]
    assert swapped == body or credit_check(swapped) != credit_check(body)


@given(st.text(max_size=20))
def test_any_text_is_a_code_or_not(text: str) -> None:
    assert not is_valid_credit_code(text) or len(text) == 18


@pytest.mark.parametrize("body", ["", "1" * 16, "I" * 17])
def test_a_check_needs_17_of_the_alphabet(body: str) -> None:
    with pytest.raises(ValueError, match="17 characters"):
        credit_check(body)
