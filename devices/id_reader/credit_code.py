"""Unified social credit codes of organisations (GB 32100-2015): 18 characters, the last a check."""

from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
_WORTH: Final = {character: worth for worth, character in enumerate(_ALPHABET)}
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))


def credit_check(first17: str) -> str:
    """The 18th character; ValueError for what no code can begin with."""
    if len(first17) != len(_WEIGHTS) or not all(character in _WORTH for character in first17):
        raise ValueError("expected 17 characters of the code's alphabet")
    total = sum(
        weight * _WORTH[character] for weight, character in zip(_WEIGHTS, first17, strict=True)
    )
    return _ALPHABET[-total % 31]


def is_valid_credit_code(code: str) -> bool:
    """Whether `code` is a code: its alphabet, a region of six digits, its check character."""
    return (
        len(code) == 18
        and all(character in _WORTH for character in code)
        and code[2:8].isdigit()
        and code[-1] == credit_check(code[:-1])
    )
