"""A slip's bytes: golden files, GB18030, rare characters, QR, cut, no command from a text."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.errors import DeviceError
from devices.printer.escpos import PAPER_58, PAPER_80, Paper, encode_slip, in_gbk
from devices.printer.layout import Bilingual, Line, Slip, compose, width_of, wrap
from devices.printer.paper import Decoder, PrintedSlip
from devices.printer.raster import NotoRasteriser

GOLDEN = Path(__file__).parents[1] / "data" / "printer"
NOTO = NotoRasteriser()
PAPERS = {"58": PAPER_58, "80": PAPER_80}

PLAIN = Slip(
    hall=Bilingual("演示市政务服务大厅", "Demo City Service Hall"),
    area=Bilingual("一层A区", "Floor 1, area A"),
    department=Bilingual("公安局", "Public Security"),
    service=Bilingual("居民身份证换领", "ID card renewal"),
    number="A008",
    ahead=3,
    taken_at=datetime(2026, 1, 5, 9, 30),  # noqa: DTZ001 - printed as given
)
FULL = Slip(
    hall=PLAIN.hall,
    area=PLAIN.area,
    department=PLAIN.department,
    service=Bilingual("不动产登记，抵押、注销", "Property registration"),
    number="VIP012",
    ahead=0,
    taken_at=datetime(2026, 12, 31, 16, 59, 59),  # noqa: DTZ001
    wait=Bilingual("约 10–25 分钟", "about 10–25 minutes"),
    priority=Bilingual("优先：年满60周岁", "Priority: aged 60 or over"),
    notices=(
        Bilingual("过号：三位以内可复号。", "Missed your call? Tell any counter."),
        Bilingual("“号票”当日有效！", "Valid today only."),
    ),
    qr="https://hall.example/t/7f3k9",
    name="张*",
    reprint=True,
)


def refuse(line: Line, dots: int) -> Image.Image:
    raise AssertionError(f"nothing here needs a picture: {line.text!r} at {dots}")


def printed(data: bytes) -> PrintedSlip:
    (slip,) = Decoder().feed(data, 1)
    assert isinstance(slip, PrintedSlip)
    return slip


@pytest.mark.parametrize("width", PAPERS)
@pytest.mark.parametrize(("name", "slip"), [("plain", PLAIN), ("full", FULL)])
def test_bytes_are_the_golden_ones(name: str, slip: Slip, width: str) -> None:
    golden = bytes.fromhex((GOLDEN / f"{name}-{width}.hex").read_text())
    assert encode_slip(slip, PAPERS[width], refuse) == golden


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
@pytest.mark.parametrize("slip", [PLAIN, FULL])
def test_the_paper_says_what_the_slip_says(slip: Slip, paper: Paper) -> None:
    paper_slip = printed(encode_slip(slip, paper, refuse))
    assert paper_slip.number == slip.number
    assert paper_slip.unknown == ()
    assert paper_slip.is_cut
    assert paper_slip.qr == ((slip.qr,) if slip.qr else ())
    expected = [line for line in compose(slip, paper.columns) if isinstance(line, Line)]
    assert [line.text for line in paper_slip.lines] == [line.text for line in expected]
    assert [line.width for line in paper_slip.lines if line.text] == [
        line.size for line in expected if line.text
    ]
    assert "?" not in paper_slip.text.replace("call?", "")


def test_bytes_follow_the_vectors_of_the_command_reference() -> None:
    data = encode_slip(FULL, PAPER_80, refuse)
    assert data.startswith(b"\x1b@\x1c&")
    assert data.endswith(b"\x1bd\x06\x1dV\x01")
    assert bytes.fromhex("1d286b04003141320" + "0" + "1d286b0300314306") in data
    assert b"\x1d(k\x03\x001Q0" in data
    assert "，抵押、注销".encode("gb18030") in data


def test_the_number_is_as_large_as_the_paper_allows() -> None:
    (number,) = [
        line for line in compose(PLAIN, 32) if isinstance(line, Line) and line.text == PLAIN.number
    ]
    assert number.size == 8
    for length in range(1, 12):
        slip = Slip(
            hall=PLAIN.hall, area=PLAIN.area, department=PLAIN.department, service=PLAIN.service,
            number="A" * length, ahead=0, taken_at=PLAIN.taken_at,
        )  # fmt: skip
        assert printed(encode_slip(slip, PAPER_58, refuse)).number == "A" * length


def with_name(name: str) -> Slip:
    return Slip(
        hall=PLAIN.hall, area=PLAIN.area, department=PLAIN.department, service=PLAIN.service,
        number="B001", ahead=1, taken_at=PLAIN.taken_at, name=name,
    )  # fmt: skip


BLOCKS = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2FA1F),
    st.characters(min_codepoint=0x30000, max_codepoint=0x323AF),
    st.characters(min_codepoint=0xF900, max_codepoint=0xFAFF),
)


@settings(deadline=None, max_examples=150)
@given(BLOCKS)
def test_every_surname_is_in_gbk_or_drawn(surname: str) -> None:
    slip = printed(encode_slip(with_name(surname + "*"), PAPER_80, NOTO))
    bare = printed(encode_slip(with_name("张*"), PAPER_80, NOTO))
    assert slip.unknown == ()
    assert "?" not in slip.text
    if slip.rasters:
        assert slip.raster_dots > 50
        assert len(slip.lines) == len(bare.lines) - 1
    else:
        (line,) = [line for line in slip.lines if line.text.endswith("*")]
        assert in_gbk(line.text)


def test_a_rare_surname_is_drawn_and_an_unknown_one_shows_as_missing() -> None:
    assert not in_gbk("𠮷")
    assert NOTO.can_draw("𠮷")
    assert not NOTO.can_draw("\U000323af")
    missing = NOTO(Line("\U000323af*"), 64)
    assert missing.tobytes() == NOTO(Line("〓*"), 64).tobytes()
    assert missing.tobytes() != NOTO(Line("𠮷*"), 64).tobytes()


def test_a_drawn_line_fits_the_paper_and_is_black_on_white() -> None:
    picture = NOTO(Line("𠮷" * 60, 2), 384)
    assert picture.size[0] == 384
    black = picture.tobytes()
    assert 0 < sum(byte.bit_count() for byte in black) < len(black) * 8


def test_without_the_font_a_rare_name_is_an_error_and_a_common_one_prints(tmp_path: Path) -> None:
    absent = NotoRasteriser(tmp_path / "absent.ttc")
    with pytest.raises(DeviceError) as caught:
        encode_slip(with_name("𠮷*"), PAPER_80, absent)
    assert caught.value.code == "printer.font_missing"
    assert "张*" in printed(encode_slip(with_name("张*"), PAPER_80, absent)).text


@given(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]))
def test_gbk_characters_are_two_bytes_and_the_same_in_gb18030(character: str) -> None:
    if in_gbk(character):
        assert len(character.encode("gb18030")) <= 2


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(deadline=None, max_examples=100)
@given(TEXTS, TEXTS, TEXTS)
def test_no_text_can_carry_a_command(service: str, notice: str, name: str) -> None:
    slip = Slip(
        hall=PLAIN.hall, area=PLAIN.area, department=PLAIN.department,
        service=Bilingual(service, service), number="C123", ahead=2, taken_at=PLAIN.taken_at,
        notices=(Bilingual(notice),), name=name, qr="https://hall.example/t/1",
    )  # fmt: skip
    for paper in PAPERS.values():
        data = encode_slip(slip, paper, NOTO)
        for real_time in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
            assert real_time not in data
        result = printed(data)
        assert result.unknown == ()
        assert result.number == "C123"
        assert len(result.qr) == 1


@given(st.text(st.sampled_from("ab 你好，。c-1"), max_size=80), st.integers(4, 48))
def test_wrapping_loses_nothing_and_fits(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(0 < width_of(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_english_breaks_between_words() -> None:
    assert wrap("Please watch the screens", 12) == ["Please watch", "the screens"]


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert wrap("过号可复号。", 10) == ["过号可复", "号。"]


def test_a_slip_refuses_what_cannot_be_a_ticket() -> None:
    for number in ("", "甲001", "A\x1b@"):
        with pytest.raises(ValueError, match="ticket number"):
            Slip(
                hall=PLAIN.hall, area=PLAIN.area, department=PLAIN.department,
                service=PLAIN.service, number=number, ahead=0, taken_at=PLAIN.taken_at,
            )  # fmt: skip
