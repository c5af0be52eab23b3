"""The shipped templates say and hear byte for byte what the coded drivers do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.call_line.codec import CodedLine, Heard, LineCodec, Said
from devices.call_line.protocol import Frame
from devices.errors import DeviceError
from devices.led.plain import eq_text, strip_text
from devices.led.text import Colour, Line, content_of
from devices.resync import Noise
from devices.template.template import read_template

EQ = read_template("eq")
STRIP = read_template("strip")
LINE = read_template("call_line")
CODED = CodedLine()

spoilers = st.sampled_from(["$$", "$", "%1", "%", "!#", "#", "\r", "\\C1", "請", "𠮷", "é", "7"])
texts = st.lists(st.one_of(spoilers, st.text(max_size=3)), max_size=6).map("".join)
contents = st.lists(st.builds(Line, texts, st.sampled_from(Colour)), max_size=3).map(content_of)
addresses = st.integers(0, 255)


@given(st.integers(0, 999), contents)
def test_eq(address: int, content: tuple[Line, ...]) -> None:
    assert EQ.text(address, content) == eq_text(address, content)


@given(addresses, contents)
def test_strip(address: int, content: tuple[Line, ...]) -> None:
    assert STRIP.text(address, content) == strip_text(address, content)


@pytest.mark.parametrize("address", [-1, 256, 1000])
def test_both_refuse_an_address_that_does_not_fit(address: int) -> None:
    content = (Line("1"),)
    for encode in (STRIP.text, strip_text):
        with pytest.raises(DeviceError, match="unencodable"):
            encode(address, content)
    for codec in (LINE, CODED):
        with pytest.raises(DeviceError, match="unencodable"):
            codec.beep(address)


@given(addresses, st.text(alphabet="ABZ0123456789", min_size=1, max_size=9), st.integers(-5, 2000))
def test_the_host_says_the_same(address: int, number: str, count: int) -> None:
    assert LINE.waiting(address, count) == CODED.waiting(address, count)
    assert LINE.beep(address) == CODED.beep(address)
    assert LINE.ask_rating(address) == CODED.ask_rating(address)
    if re.search("[0-9]", number):
        assert LINE.ticket(address, number) == CODED.ticket(address, number)
    else:
        for codec in (LINE, CODED):
            with pytest.raises(DeviceError, match="unshowable"):
                codec.ticket(address, number)


keys = st.sampled_from([0x0B, 0x0C, 0x0D, 0x0F, 0x12, 0x13, 0x05, 0x0A, 0x14])
digits = st.lists(st.integers(0, 11), max_size=4).map(bytes)
frames = st.one_of(
    st.builds(Frame, addresses, addresses, st.binary(max_size=253)),
    st.builds(
        lambda address, function, before, key: Frame(address, function, before + bytes((key,))),
        addresses,
        st.sampled_from([0x01, 0x02, 0x03, 0x11, 0x20]),
        digits,
        keys,
    ),
).map(Frame.encode)
noises = st.one_of(
    st.binary(max_size=8),
    st.sampled_from([b"\xff", b"\xff\x68", b"\xff\x68\x05\x05\x68", b"\xff\x68\x01\x01\x68\x01"]),
)
streams = st.lists(st.one_of(frames, frames, noises), max_size=6).map(b"".join)


def heard(codec: LineCodec, pieces: list[bytes]) -> tuple[list[Heard], int]:
    """Frames good and bad in order, and how many bytes were noise."""
    parser = codec.parser()
    found: list[Heard] = []
    for piece in pieces:
        found += parser.feed(piece)
    found += parser.give_up()
    noise = sum(item.count for item in found if isinstance(item, Noise))
    return [_obeyed(item) for item in found if not isinstance(item, Noise)], noise


def _obeyed(item: Heard) -> Heard:
    """What is no press is never answered, whatever the answer would be."""
    if isinstance(item, Said) and item.press is None:
        return Said(item.address, item.raw, None, b"")
    return item


@given(streams, st.data())
def test_the_host_hears_the_same(stream: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=5)))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert heard(LINE, pieces) == heard(CODED, pieces)


@given(streams)
def test_splits_change_nothing(stream: bytes) -> None:
    single = [stream[at : at + 1] for at in range(len(stream))]
    assert heard(CODED, single) == heard(CODED, [stream])
    assert heard(LINE, single) == heard(LINE, [stream])
