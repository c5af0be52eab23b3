"""A scanner that types, and a person who does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner.fuzz import fuzz_keyboard
from devices.scanner.keyboard import ENTER, TAB, KeyboardScanner, KeyTimings, Scan, Typed

GAPS = KeyTimings()
slow = st.floats(GAPS.gap * 1.01, 5)
fast = st.floats(0, GAPS.mean_gap * 0.99)
code_text = st.text("ABC0129-:/", min_size=GAPS.shortest, max_size=80)


def played(keys: KeyboardScanner, text: str, gaps: list[float]) -> list[Scan | Typed]:
    """What comes of typing `text`, each key after its gap, then waiting."""
    at = 100.0
    events: list[Scan | Typed | None] = []
    for char, gap in zip(text, gaps, strict=True):
        at += gap
        due = keys.due
        if due is not None and due <= at:
            events.append(keys.idle(due))
        events.append(keys.feed(char, at))
    if keys.due is not None:
        events.append(keys.idle(keys.due))
    return [event for event in events if event is not None]


@given(code_text, st.data(), st.sampled_from([ENTER, "\n", TAB]))
def test_a_scanner_at_full_speed_is_one_scan(text: str, data: st.DataObject, end: str) -> None:
    gaps = data.draw(st.lists(fast, min_size=len(text) + 1, max_size=len(text) + 1))
    assert played(KeyboardScanner(), text + end, gaps) == [Scan(text)]


@given(st.text(min_size=1, max_size=40), st.data())
def test_a_person_loses_no_key_and_makes_no_scan(text: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(slow, min_size=len(text), max_size=len(text)))
    events = played(KeyboardScanner(), text, gaps)
    assert all(isinstance(event, Typed) for event in events)
    assert "".join(event.text for event in events) == text


@given(st.binary(max_size=200))
def test_at_any_pace_every_key_comes_out_once_and_in_order(data: bytes) -> None:
    fuzz_keyboard(data)


def test_a_scan_between_a_persons_keys_is_its_own() -> None:
    text = "ab" + "A012\r" + "c"
    gaps = [0.2, 0.2, 0.2, 0.01, 0.01, 0.01, 0.01, 0.2]
    events = played(KeyboardScanner(), text, gaps)
    assert events == [Typed("a"), Typed("b"), Scan("A012"), Typed("c")]


def test_a_key_is_held_no_longer_than_the_gap() -> None:
    keys = KeyboardScanner()
    assert keys.feed("a", 1.0) is None
    assert keys.due == pytest.approx(1.0 + GAPS.gap)
    assert keys.idle(1.0 + GAPS.gap / 2) is None
    assert keys.idle(1.0 + GAPS.gap) == Typed("a")
    assert keys.due is None


def test_a_quick_pair_of_keys_and_enter_is_a_persons() -> None:
    assert played(KeyboardScanner(), "ok\r", [0.0, 0.01, 0.01]) == [Typed("ok\r")]


def test_a_roll_over_the_keys_is_too_slow_for_a_scanner() -> None:
    assert played(KeyboardScanner(), "hall\r", [0.045] * 5) == [Typed("hall\r")]


def test_what_is_too_long_is_typed_and_its_rest_is_no_code() -> None:
    keys = KeyboardScanner(KeyTimings(longest=8))
    text = "x" * 9 + "A012\r"
    events = played(keys, text, [0.001] * len(text))
    assert all(isinstance(event, Typed) for event in events)
    assert "".join(event.text for event in events) == text
    assert played(keys, "A012\r", [0.001] * 5) == [Scan("A012")]


def test_a_clock_that_steps_back_loses_nothing() -> None:
    keys = KeyboardScanner()
    keys.feed("a", 10.0)
    assert keys.feed("b", 9.0) == Typed("a")
    assert keys.idle(9.0 + GAPS.gap * 2) == Typed("b")


def test_no_repr_tells_what_was_typed() -> None:
    assert "secret" not in repr(Typed("secret")) + repr(Scan("secret"))
