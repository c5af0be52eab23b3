"""A template's mistakes are all told, in both languages; what it can express is expressed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.call_line.codec import Said
from devices.call_line.events import Key, KeyPressed, Rated
from devices.checksum import crc16_arc
from devices.errors import DeviceError
from devices.led.text import Line
from devices.resync import BadFrame
from devices.template.config import TemplateError
from devices.template.template import SHIPPED, load_template, read_template

GOOD = """
kind = "led"
encoding = "gbk"
[frames]
text = "02 [ {address} ( {text} ) ] {checksum} 03"
"""


def problems(text: str) -> list[str]:
    with pytest.raises(TemplateError) as caught:
        load_template(text)
    assert caught.value.code == "template.invalid"
    for problem in caught.value.problems:
        assert problem.zh
        assert problem.en
        assert not problem.zh.isascii()
    return [problem.where for problem in caught.value.problems]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_is_right(name: str) -> None:
    assert read_template(name).file.name


def test_all_mistakes_at_once() -> None:
    wrong = """
    kind = "led"
    encoding = "no-such"
    full_width = "("
    new_line = "0G"
    baud = 1
    colours = { red = "2" }
    escape = { "A5" = "", "1" = "02 03" }
    digits = { ticket = { width = 2, least = 3, fill = "XX", zero = "FF" } }
    letters = { AB = "1", C = "x" }
    [frames]
    clear = "02 {nothing} {checksum}"
    other = "02 [ ] ] 0"
    """
    assert problems(wrong) == [
        "encoding",
        "full_width",
        "new_line",
        "colours.red",
        "escape.A5",
        "escape.1",
        "digits.ticket",
        "digits.ticket.zero",
        "digits.ticket.fill",
        "letters.AB",
        "letters.C",
        "baud",
        "frames.text",
        "frames.clear",
        "frames.clear",
        "frames.other",
        "frames.other",
        "frames.other",
    ]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ("kind = 1", "file"),
        ("kind = ", "file"),
        ('kind = "led"\nnonsense = 1\n[frames]\ntext = "02"', "file"),
        ('kind = "led"\n[frames]\ntext = ""', "frames.text"),
        ('kind = "led"\n[frames]\ntext = "02 {text} {ticket}"', "frames.text"),
        ('kind = "led"\n[frames]\ntext = "02 {text} {length}"', "frames.text"),
        ('kind = "led"\n[frames]\ntext = "02 [ {text} {checksum} ]"', "frames.text"),
        ('kind = "led"\n[frames]\ntext = "02 \'号\'"', "frames.text"),
        ('kind = "call-line"\n[frames]\n', "frames"),
        ('kind = "led"\n[frames]\ntext = "02"\n[inbound]\nframe = "02 {body} 03"', "inbound"),
        ('kind = "call-line"\n[frames]\n[inbound]\nframe = "{body} 03"', "inbound.frame"),
        ('kind = "call-line"\n[frames]\n[inbound]\nframe = "02 {body}"', "inbound.frame"),
        (
            'kind = "call-line"\n[frames]\n[inbound]\nframe = "02 {body} 03"\nacknowledge = "x"',
            "inbound",
        ),
        (
            """
            kind = "call-line"
            inbound = { frame = "02 {body} 03", events = [{ body = "1", rating = true }] }
            [frames]
            """,
            "inbound.events[0].body",
        ),
    ],
)
def test_each_mistake_says_where(wrong: str, where: str) -> None:
    assert where in problems(wrong)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(TemplateError, match="cannot be read"):
        read_template("/nowhere/at/all.toml")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('checksum = { kind = "sum8" }', "02 01 37 38 70 03"),
        ('checksum = { kind = "xor" }', "02 01 37 38 0E 03"),
    ],
)
def test_checksums_of_one_byte(rule: str, expected: str) -> None:
    assert load_template(rule + GOOD).text(1, (Line("78"),)).data == bytes.fromhex(expected)


@pytest.mark.parametrize("endian", ["little", "big"])
def test_crc_and_length_of_two_bytes_with_escapes(endian: str) -> None:
    template = load_template(
        f"""
        kind = "led"
        length = {{ size = 2, endian = "{endian}", add = 3 }}
        checksum = {{ kind = "crc16-arc", endian = "{endian}" }}
        escape = {{ "7E" = "7D 01", "7D" = "7D 02" }}
        [frames]
        text = "7E < [ {{address}} {{length}} ( {{text}} ) ] {{checksum}} > 7E"
        """
    )
    body = bytes((1,)) + (3 + 3).to_bytes(2, endian) + b"}~A"  # type: ignore[arg-type]
    body += crc16_arc(body).to_bytes(2, endian)  # type: ignore[arg-type]
    escaped = body.replace(b"}", b"}\x02").replace(b"~", b"}\x01")
    assert template.text(1, (Line("}~A"),)).data == b"~" + escaped + b"~"


def test_a_text_too_long_for_its_length_is_refused() -> None:
    template = load_template('kind = "led"\n[frames]\ntext = "02 {length} ( {text} )"')
    with pytest.raises(DeviceError, match="unencodable"):
        template.text(1, (Line("x" * 256),))


PAD = """
kind = "call-line"
checksum = { kind = "xor" }
escape = { "02" = "1B 02", "03" = "1B 03", "1B" = "1B 1B" }
[frames]
beep = "02 < [ {address:02d} 'B' ] {checksum} > 03"
ok = "02 < [ {address:02d} 'K' {value} ] {checksum} > 03"
[inbound]
frame = "02 < [ {address:02d} {body} ] {checksum} > 03"
acknowledge = "ok"
events = [
    { body = "'R' {value}", rating = true },
    { body = "'C' {digits}", key = "confirm" },
]
zero = "30"
"""


@given(st.integers(0, 99), st.integers(0, 255), st.binary(max_size=4))
def test_a_board_of_another_make(address: int, value: int, noise: bytes) -> None:
    template = load_template(PAD)

    def framed(body: bytes) -> bytes:
        inner = f"{address:02d}".encode() + body
        check = 0
        for byte in inner:
            check ^= byte
        inner += bytes((check,))
        escaped = b"".join(b"\x1b" * (byte in (2, 3, 0x1B)) + bytes((byte,)) for byte in inner)
        return b"\x02" + escaped + b"\x03"

    raw = framed(b"R" + bytes((value,)))
    parser = template.parser()
    noise = noise.replace(b"\x02", b"")
    found = [item for byte in noise + raw for item in parser.feed(bytes((byte,)))]
    said = [item for item in found if isinstance(item, Said)]
    assert [item.press for item in said] == [Rated(address, value)]
    assert said[0].answer == framed(b"K" + bytes((value,)))
    (said_key,) = template.parser().feed(framed(b"C42"))
    assert isinstance(said_key, Said)
    assert said_key.press == KeyPressed(address, Key.CONFIRM, 42)


def test_a_spoilt_frame_of_it() -> None:
    found = load_template(PAD).parser().feed(b"\x0201R5\x00\x03")
    assert [item for item in found if isinstance(item, BadFrame)]
    assert not [item for item in found if isinstance(item, Said)]


@pytest.mark.parametrize("frame", ["''", "[ ]", "< ( ) >", "   "])
def test_a_frame_of_nothing(frame: str) -> None:
    wrong = f'kind = "call-line"\ninbound = {{ frame = "{frame}" }}\n[frames]\nbeep = "{frame}"'
    found = problems(wrong)
    assert "frames.beep" in found
    assert "inbound.frame" in found
