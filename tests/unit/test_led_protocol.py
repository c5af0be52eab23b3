"""LED screens: Onbon's frames and answers, EQ and strip, text that commands nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.checksum import crc16_arc, sum8, xor8
from devices.errors import DeviceError
from devices.led.onbon_protocol import (
    CLEAR,
    PING,
    Address,
    Area,
    FrameBroken,
    FrameParser,
    FrameSeen,
    check_answer,
    encode_content,
    encode_frame,
    text_command,
)
from devices.led.plain import eq_programme, eq_text, strip_text
from devices.led.simulator import coloured_lines, decode_eq, decode_strip
from devices.led.text import Colour, Line, content_of, encode_line

HEADER = b"\xa5" * 8
addresses = st.builds(Address, screen=st.integers(0, 0xFFFF), source=st.integers(0, 0xFFFF))


def test_checksums_by_their_check_values() -> None:
    assert crc16_arc(b"123456789") == 0xBB3D
    assert sum8(b"123456789") == 0xDD
    assert xor8(b"123456789") == 0x31


@pytest.mark.parametrize(("data", "crc"), [(PING, "68 F8"), (CLEAR, "51 F8")])
def test_vectors(data: bytes, crc: str) -> None:
    head = bytes.fromhex("01 00 00 80 00 00 00 00 00 00 FE 02 05 00")
    expected = HEADER + head + data + bytes.fromhex(crc) + b"\x5a"
    assert encode_frame(data, Address()) == expected


def test_a_text_by_hand() -> None:
    area = Area(id=3, x=0, y=16, width=64, height=32, speed=5, stay=2, deletes_others=True)
    text = encode_content((Line("窗口1"),)).data
    assert text == b"\\C1" + "窗口1".encode("gb2312")
    expected = bytes.fromhex(
        "A3 06 01 01 00 FF 01 23 00"
        "00 00 80 10 80 40 80 20 80 03 00 00 00 00 00 00 00 01 01 01 00 05 02 08 00 00 00"
    )
    assert text_command(area, text, is_single_line=True) == expected + text


@given(st.binary(max_size=80), addresses, st.data())
def test_frames_at_every_split(payload: bytes, address: Address, data: st.DataObject) -> None:
    raw = encode_frame(payload, address)
    assert 0xA5 not in raw[8:-1]
    assert 0x5A not in raw[8:-1]
    cut = data.draw(st.integers(0, len(raw)))
    seen = FrameSeen(address.screen, address.source, payload)
    parser = FrameParser()
    assert parser.feed(raw[:cut]) + parser.feed(raw[cut:]) == [seen]
    single = [item for byte in raw for item in parser.feed(bytes((byte,)))]
    assert single == [seen]


@given(st.binary(max_size=40), st.integers(0, 200), st.integers(1, 255))
def test_one_wrong_byte_is_no_frame(payload: bytes, at: int, change: int) -> None:
    raw = bytearray(encode_frame(payload, Address()))
    raw[8 + at % (len(raw) - 8)] ^= change
    found = FrameParser().feed(bytes(raw) + b"\x5a")
    assert not [item for item in found if isinstance(item, FrameSeen)]


@given(st.binary(max_size=200))
def test_after_any_noise_the_next_frame_is_found(noise: bytes) -> None:
    found = FrameParser().feed(noise + encode_frame(PING, Address()))
    assert found[-1] == FrameSeen(1, 0x8000, PING)


def test_an_endless_frame_is_dropped() -> None:
    parser = FrameParser()
    found = [item for _ in range(100) for item in parser.feed(HEADER[:1] + b"x" * 100)]
    assert found == []
    found = parser.feed(HEADER + b"x" * 5000)
    assert found == [FrameBroken("too long")]


@pytest.mark.parametrize("answer", ["A0 00 00 00 00", "A0 00", "A0 00 01 00 00", "A2 00 01 02 03"])
def test_a_yes(answer: str) -> None:
    assert check_answer(PING, bytes.fromhex(answer))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("A0 01 03 00 00", "led.busy"),
        ("A0 01 04 00 00", "led.memory"),
        ("A0 01 05 00 00", "led.corrupt"),
        ("A0 01 0B 00 00", "led.corrupt"),
        ("A0 01 02", "led.rejected"),
        ("A0 01", "led.rejected"),
        ("A0 01 FF 00 00", "led.rejected"),
    ],
)
def test_a_no_has_its_code(answer: str, code: str) -> None:
    with pytest.raises(DeviceError) as caught:
        check_answer(PING, bytes.fromhex(answer))
    assert caught.value.code == code


@pytest.mark.parametrize("answer", ["", "A2", "A3 06 01", "B0 00"])
def test_something_else_is_no_answer(answer: str) -> None:
    assert not check_answer(PING, bytes.fromhex(answer))


def test_eq_by_hand() -> None:
    content = (Line("A001"), Line("3号", Colour.GREEN))
    data = eq_text(7, content).data
    assert data == b"!#007%1A001\r\n%23" + "号".encode("gbk") + b"$$"
    assert eq_text(999, ()).data == b"!#999$$"
    assert eq_programme(1) == bytes.fromhex("45 51 30 30 31 01 03 0A 00 40")


def test_strip_by_hand() -> None:
    assert strip_text(5, (Line("请"), Line("A1"))).data == b"\x40\x05\xc7\xeb A1\r"


tricky = st.lists(
    st.one_of(
        st.sampled_from(["$$", "$", "%1", "%", "!#", "\\C1", "\\n", "\r", "\n", "\u200d", "１"]),
        st.text(st.characters(codec="gb2312"), max_size=3),
    ),
    max_size=8,
).map("".join)
contents = st.lists(st.builds(Line, tricky, st.sampled_from(Colour)), min_size=1, max_size=3)


@given(contents)
def test_no_text_commands_an_eq_screen(lines: list[Line]) -> None:
    content = content_of(lines)
    held = bytearray(eq_text(1, content).data)
    ((address, shown),) = decode_eq(held)
    assert (address, bytes(held)) == (1, b"")
    assert [line.colour for line in shown] == [line.colour for line in content]


@given(contents)
def test_no_text_commands_an_onbon(lines: list[Line]) -> None:
    content = content_of(lines)
    shown = coloured_lines(encode_content(content).data.decode("gb2312"), r"\\n", r"\\C")
    assert [line.colour for line in shown] == [line.colour for line in content]
    assert not any("\\" in line.text for line in shown)


@given(contents)
def test_no_text_ends_a_strip_early(lines: list[Line]) -> None:
    held = bytearray(strip_text(1, content_of(lines)).data)
    assert len(decode_strip(held)) == 1
    assert held == b""


def test_what_has_no_picture_is_a_box_and_told() -> None:
    encoded = encode_line("𠮷田😀号", "gbk")
    assert encoded.data == "□田□号".encode("gbk")
    assert encoded.replaced == ("𠮷", "😀")
    assert encode_line("囍喆", "gb2312").replaced == ("囍", "喆")
    assert encode_line("囍喆", "gbk").replaced == ()


def test_marks_read_the_same() -> None:
    data = eq_text(1, (Line("50% US$5 !#002 %1"),)).data
    assert data[7:-2].decode("gbk") == "50% US＄5 !＃002 ％1"
    assert encode_content((Line(r"\C2"),)).data.decode("gb2312") == "\\C1＼C2"
