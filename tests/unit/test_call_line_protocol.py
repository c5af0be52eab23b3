"""The callers' line: vectors, splits, noise, numbers on a display of digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.call_line.codec import CodedLine, Said
from devices.call_line.events import ABANDON, CALL_BACK, HOLD, Key, KeyPressed, Rated
from devices.call_line.protocol import (
    KEYS,
    Frame,
    acknowledgement_of,
    beep,
    frame_parser,
    press_of,
    start_rating,
    ticket,
    waiting,
)
from devices.errors import DeviceError
from devices.resync import BadFrame, Noise


def hexed(text: str) -> bytes:
    return bytes.fromhex(text)


VECTORS = {
    "FF 68 02 02 68 01 03 04 16": beep(1),
    "FF 68 08 08 68 01 02 0A 0A 0A 00 00 08 29 16": ticket(1, "008"),
    "FF 68 03 03 68 01 11 05 17 16": Frame(1, 0x11, b"\x05"),
    "FF 68 03 03 68 01 01 05 07 16": acknowledgement_of(Frame(1, 0x11, b"\x05")),
    "FF 68 03 03 68 07 01 0B 13 16": start_rating(7),
    "FF 68 08 08 68 01 02 00 01 02 0A 0A 0A 24 16": waiting(1, 12),
}


@pytest.mark.parametrize("vector", VECTORS)
def test_vectors_both_ways(vector: str) -> None:
    assert VECTORS[vector].encode() == hexed(vector)
    assert frame_parser().feed(hexed(vector)) == [VECTORS[vector]]


@pytest.mark.parametrize(("byte", "key"), KEYS.items())
def test_each_key(byte: int, key: Key) -> None:
    assert press_of(Frame(3, 0x01, bytes((byte,)))) == KeyPressed(3, key)
    assert press_of(Frame(3, 0x20, bytes((byte,)))) == KeyPressed(3, key), "any function"


@pytest.mark.parametrize(
    ("data", "number"),
    [
        ("0F", None),
        ("06 0F", ABANDON),
        ("00 0F", HOLD),
        ("03 0F", CALL_BACK),
        ("0A 0A 0A 00 00 08 0F", 8),
        ("01 02 03 0F", 123),
    ],
)
def test_confirm_has_the_number_before_it(data: str, number: int | None) -> None:
    assert press_of(Frame(1, 1, hexed(data))) == KeyPressed(1, Key.CONFIRM, number)


@pytest.mark.parametrize("data", ["", "05", "0E", "14", "0B 0F", "FF 0C", "0C 00"])
def test_what_is_no_key_is_not_obeyed(data: str) -> None:
    assert press_of(Frame(1, 1, hexed(data))) is None


def test_a_rating_is_answered_with_another_function_and_its_own_sum() -> None:
    assert press_of(Frame(9, 0x11, b"\x04")) == Rated(9, 4)
    (said,) = CodedLine().parser().feed(hexed("FF 68 03 03 68 01 11 05 17 16"))
    assert isinstance(said, Said)
    assert said.answer == hexed("FF 68 03 03 68 01 01 05 07 16")


def test_a_key_is_echoed() -> None:
    raw = Frame(2, 1, b"\x0c").encode()
    (said,) = CodedLine().parser().feed(raw)
    assert isinstance(said, Said)
    assert said.answer == raw


@pytest.mark.parametrize(
    "wrong",
    [
        "FF 68 03 03 68 01 11 05 18 16",  # sum
        "FF 68 03 03 68 01 11 05 17 17",  # end
        "FF 68 03 03 68 01 11 04 17 16",  # data
        "FF 68 03 02 68 01 11 05 17 16",  # lengths
        "FF 68 01 01 68 01 01 16",  # no function
    ],
)
def test_a_spoilt_frame_says_nothing(wrong: str) -> None:
    good = beep(1)
    heard = frame_parser().feed(hexed(wrong) + good.encode())
    assert [item for item in heard if isinstance(item, Frame)] == [good]


@given(
    st.integers(0, 255),
    st.integers(0, 255),
    st.binary(max_size=253),
    st.integers(0, 511),
    st.integers(1, 255),
)
def test_one_wrong_byte_is_never_obeyed(
    address: int, function: int, data: bytes, at: int, change: int
) -> None:
    raw = bytearray(Frame(address, function, data).encode())
    raw[at % len(raw)] ^= change
    parser = frame_parser()
    found = parser.feed(bytes(raw)) + parser.give_up()
    # A frame inside the data is one; the frame itself is not there any more.
    assert Frame(address, function, data) not in found
    assert all(isinstance(item, BadFrame | Noise | Frame) for item in found)


@given(st.binary(max_size=20).filter(lambda noise: b"\xff" not in noise), st.integers(0, 20))
def test_noise_costs_no_frame(noise: bytes, cut: int) -> None:
    frame = ticket(5, "A123")
    parser = frame_parser()
    stream = noise + frame.encode() + noise + frame.encode()
    found = parser.feed(stream[:cut]) + parser.feed(stream[cut:])
    assert [item for item in found if isinstance(item, Frame)] == [frame, frame]
    assert sum(item.count for item in found if isinstance(item, Noise)) == 2 * len(noise)


def test_a_frame_that_never_ends_is_given_up_for_the_one_inside() -> None:
    parser = frame_parser()
    assert parser.feed(hexed("FF 68 40 40 68") + beep(1).encode()) == []
    assert parser.is_inside_frame
    assert beep(1) in parser.give_up()
    assert not parser.is_inside_frame


@pytest.mark.parametrize(
    ("number", "letters", "digits"),
    [
        ("A012", {}, "0A 0A 0A 00 01 02"),
        ("8", {}, "0A 0A 0A 00 00 08"),
        ("A012", {"A": "1"}, "0A 0A 01 00 01 02"),
        ("VIP7", {"V": "", "P": "9"}, "0A 0A 0A 00 09 07"),
        ("1234567", {}, "02 03 04 05 06 07"),
    ],
)
def test_a_number_on_six_digits(number: str, letters: dict[str, str], digits: str) -> None:
    assert ticket(1, number, letters).data == hexed(digits)


def test_a_number_without_digits_is_refused() -> None:
    with pytest.raises(DeviceError, match="unshowable"):
        ticket(1, "A")


@pytest.mark.parametrize(("count", "digits"), [(-1, "00 00 00"), (1000, "09 09 09")])
def test_a_count_beyond_the_digits(count: int, digits: str) -> None:
    assert waiting(1, count).data == hexed(digits + "0A 0A 0A")
