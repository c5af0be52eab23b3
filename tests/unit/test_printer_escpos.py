"""A slip's bytes: golden files, GB18030, rare characters, QR, cut, no command from a text."""

import shutil
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from devices.printer import raster
from devices.printer.escpos import PAPER_58, PAPER_80, PAPERS, Paper, Qr, Style
from devices.printer.layout import Bilingual, Line, Slip
from devices.printer.paper import Decoder, PrintedSlip
from devices.printer.raster import FONTS, NotoRasteriser
from devices.printer.text import Charset, balanced, clean, is_in, width_of, wrap
from devices.printer.typeset import Typesetter
from tests.effort import examples

GOLDEN = Path(__file__).parents[1] / "data" / "printer"
NOTO = NotoRasteriser()
SETTERS = {width: Typesetter(paper, rasteriser=NOTO) for width, paper in PAPERS.items()}

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


SLIPS = {"plain": PLAIN, "full": FULL}


def printed(data: bytes) -> PrintedSlip:
    (slip,) = Decoder().feed(data, 1)
    assert isinstance(slip, PrintedSlip)
    return slip


def encode_slip(slip: Slip, paper: Paper) -> bytes:
    return SETTERS[paper.millimetres].encode(slip).data


@pytest.mark.parametrize("width", PAPERS)
@pytest.mark.parametrize(("name", "slip"), SLIPS.items())
def test_bytes_are_the_golden_ones(name: str, slip: Slip, width: int) -> None:
    golden = bytes.fromhex((GOLDEN / f"{name}-{width}.hex").read_text())
    data = SETTERS[width].encode(slip).data
    assert data == golden
    assert data == SETTERS[width].encode(slip).data


@pytest.mark.parametrize("paper", PAPERS.values(), ids=map(str, PAPERS))
@pytest.mark.parametrize("slip", [PLAIN, FULL])
def test_the_paper_says_what_the_slip_says(slip: Slip, paper: Paper) -> None:
    paper_slip = printed(encode_slip(slip, paper))
    assert paper_slip.number == slip.number
    assert (paper_slip.unknown, paper_slip.rasters, paper_slip.is_cut) == ((), 0, True)
    assert paper_slip.qr == ((slip.qr,) if slip.qr else ())
    page = SETTERS[paper.millimetres].compose(slip)
    expected = [line for line in page.elements if isinstance(line, Line)]
    assert [line.text for line in paper_slip.lines] == list(page.texts)
    assert [(line.width, line.height) for line in paper_slip.lines] == [
        (line.size, line.size) for line in expected
    ]
    assert [line.align for line in paper_slip.lines] == [line.align for line in expected]
    assert [line.bold for line in paper_slip.lines] == [line.bold for line in expected]
    assert "?" not in paper_slip.text.replace("call?", "")


def test_bytes_follow_the_vectors_of_the_command_reference() -> None:
    data = encode_slip(FULL, PAPER_80)
    assert data.startswith(b"\x1b@\x1c&")
    assert data.endswith(b"\x1bd\x06\x1dV\x01")
    assert FULL.qr
    assert (
        bytes.fromhex("1d286b04003141320 01d286b0300314306 1d286b0300314530".replace(" ", ""))
        + b"\x1d(k" + bytes((len(FULL.qr) + 3, 0)) + b"1P0" + FULL.qr.encode()
        + b"\x1d(k\x03\x001Q0"
    ) in data  # fmt: skip
    assert "，抵押、注销".encode("gb18030") in data


def test_every_mode_is_set_back_behind_its_line() -> None:
    data = encode_slip(FULL, PAPER_58)
    for command, normal in ((b"\x1ba", 0), (b"\x1bE", 0), (b"\x1d!", 0)):
        modes = [part[0] for part in data.split(command)[1:]]
        assert modes
        assert modes[1::2] == [normal] * (len(modes) // 2)
        assert normal not in modes[::2]


def test_the_number_is_as_large_as_the_paper_allows() -> None:
    for length in range(1, 12):
        number = "A" * length
        slip = printed(encode_slip(msgspec.structs.replace(PLAIN, number=number), PAPER_58))
        (line,) = [line for line in slip.lines if line.text == number]
        assert slip.number == number
        assert line.width == min(8, 32 // length)


def with_name(name: str) -> Slip:
    return msgspec.structs.replace(PLAIN, number="B001", name=name)


BLOCKS = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2FA1F),
    st.characters(min_codepoint=0x30000, max_codepoint=0x323AF),
    st.characters(min_codepoint=0xF900, max_codepoint=0xFAFF),
)


@settings(deadline=None, max_examples=examples(300))
@given(BLOCKS)
def test_every_surname_is_printed_or_drawn_or_told_as_missing(surname: str) -> None:
    encoded = SETTERS[80].encode(with_name(surname + "*"))
    slip, bare = printed(encoded.data), printed(encode_slip(with_name("张*"), PAPER_80))
    assert slip.unknown == ()
    assert "?" not in slip.text
    if is_in(Charset.GBK, surname):
        assert surname + "*" in slip.text
    elif encoded.missing:
        assert encoded.missing == (surname,)
        assert "〓*" in slip.text
        assert "〓表示本机字库没有的字" in slip.text
    else:
        assert slip.rasters == 1
        assert slip.raster_dots > 50
        assert len(slip.lines) == len(bare.lines) - 1


@pytest.mark.parametrize("name", ["𠮷", "㼆", "䶮", "㛃", "﨑", "⻌", "豈", "café"])
def test_what_gbk_lacks_is_drawn(name: str) -> None:
    encoded = SETTERS[58].encode(with_name(name))
    slip = printed(encoded.data)
    assert encoded.missing == ()
    assert slip.rasters == (0 if is_in(Charset.GBK, name) else 1)


@pytest.mark.parametrize("name", ["堃", "喆", "犇", "赟", "“张”—李…·￥（王）"])
def test_what_gbk_holds_leaves_as_text(name: str) -> None:
    slip = printed(encode_slip(with_name(name), PAPER_58))
    assert slip.rasters == 0
    assert name in slip.text.replace("\n", "")


def test_a_gb2312_printer_has_the_rest_drawn() -> None:
    old = Typesetter(PAPER_80, Style(charset=Charset.GB2312), rasteriser=NOTO)
    slip = printed(old.encode(with_name("张喆")).data)
    assert slip.rasters == 1
    assert "张喆" not in slip.text


MISSING_FONTS = [path for path in FONTS if not path.is_file()]


@pytest.mark.skipif(
    bool(MISSING_FONTS),
    reason=f"NOT INSTALLED (packaging/apt.txt): {' '.join(map(str, MISSING_FONTS))}",
)
@pytest.mark.parametrize(
    ("extension", "sample"),
    {
        "B": (0x20000, 0x20BB7, 0x23456, 0x28000, 0x2A6D6),
        "C": (0x2A700, 0x2AE8B, 0x2B734),
        "D": (0x2B740, 0x2B7A9, 0x2B81D),
        "E": (0x2B820, 0x2C1D5, 0x2CC56, 0x2CEA1),
        "F": (0x2CEB0, 0x2D544, 0x2EBE0),
        "G": (0x30000, 0x30EDD, 0x30EDE, 0x3106C),
        "H": (0x31350, 0x31351, 0x323AF),
    }.items(),
)
def test_names_of_every_extension_are_drawn(extension: str, sample: tuple[int, ...]) -> None:
    pictures = set()
    for point in sample:
        encoded = SETTERS[80].encode(with_name(chr(point) + "*"))
        assert encoded.missing == (), f"U+{point:X} of extension {extension}"
        slip = printed(encoded.data)
        assert slip.rasters == 1
        assert slip.raster_dots > 50
        pictures.add(encoded.data)
    assert len(pictures) == len(sample)


def test_a_name_of_extension_i_is_visibly_missing_and_told() -> None:
    encoded = SETTERS[80].encode(with_name("\U0002ebf0*"))
    if NOTO.can_draw("\U0002ebf0"):
        pytest.skip("A font on this machine has extension I")
    assert encoded.missing == ("\U0002ebf0",)
    assert "〓*" in printed(encoded.data).text
    assert "〓表示本机字库没有的字" in printed(encoded.data).text


@pytest.mark.parametrize("private", ["\ue000", "\U000f1234", "\U0010ffff", "\ud800"])
def test_a_character_that_means_nothing_shows_as_missing(private: str) -> None:
    slip = printed(encode_slip(with_name(private + "三"), PAPER_80))
    assert "〓三" in slip.text


def test_a_compatibility_ideograph_stays_itself() -> None:
    assert clean("\ufa19豈") == "\ufa19豈"
    assert clean("cafe\u0301") == "caf\u00e9"
    assert clean("a\u200b\u202eb\x1b@\n") == "ab@ "


def test_without_the_font_a_rare_name_is_told_as_missing(tmp_path: Path) -> None:
    bare = Typesetter(PAPER_80, rasteriser=NotoRasteriser(tmp_path / "absent.ttc"))
    assert not bare.has_fonts
    encoded = bare.encode(with_name("𠮷*"))
    assert encoded.missing == ("𠮷",)
    assert "〓*" in printed(encoded.data).text


def test_a_second_font_draws_what_the_first_lacks() -> None:
    latin = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    both = NotoRasteriser(latin, *NOTO._paths)
    assert both.can_draw("𠮷")
    assert not NotoRasteriser(latin).can_draw("𠮷")
    assert both(Line("𠮷"), 384).tobytes() == NOTO(Line("𠮷"), 384).tobytes()


def test_a_font_of_the_administrator_draws_what_the_others_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    armenian = "\u0533"
    assert not NOTO.can_draw(armenian)
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    (tmp_path / "own").mkdir()
    shutil.copy("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", tmp_path / "own")
    monkeypatch.setattr(raster, "LOCAL_FONTS", tmp_path)
    assert NotoRasteriser().can_draw(armenian)
    assert NotoRasteriser().can_draw("𠮷")


@pytest.mark.parametrize("size", [1, 2, 4])
def test_drawn_characters_are_as_large_as_printed_ones(size: int) -> None:
    picture = NOTO(Line("𠮷國", size), 384)
    left, top, right, bottom = ImageChops.invert(picture.convert("L")).getbbox() or (0, 0, 0, 0)
    assert 0.8 * 48 * size < right - left <= 48 * size
    assert 0.8 * 24 * size < bottom - top <= 24 * size


def test_a_drawn_line_fits_the_paper_and_is_black_on_white() -> None:
    picture = NOTO(Line("𠮷" * 60, 2), 384)
    assert picture.size[0] == 384
    black = picture.tobytes()
    assert 0 < sum(byte.bit_count() for byte in black) < len(black) * 8


@given(st.characters(exclude_categories=["Cs"]))
def test_what_leaves_as_text_takes_two_bytes_at_most(character: str) -> None:
    for charset in Charset:
        if is_in(charset, character):
            assert len(character.encode("gb18030")) == (1 if character.isascii() else 2)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(deadline=None, max_examples=examples(100))
@given(TEXTS, TEXTS, TEXTS, st.sampled_from(Qr))
def test_no_text_can_carry_a_command_or_overflow_the_paper(
    service: str, notice: str, name: str, qr: Qr
) -> None:
    slip = msgspec.structs.replace(
        PLAIN, service=Bilingual(service, service), number="C123",
        notices=(Bilingual(notice),), name=name, qr="https://hall.example/t/1",
    )  # fmt: skip
    for paper in PAPERS.values():
        setter = Typesetter(paper, Style(qr=qr), rasteriser=NOTO)
        data = setter.encode(slip).data
        for real_time in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
            assert real_time not in data
        result = printed(data)
        assert result.unknown == ()
        assert result.number == "C123"
        assert len(result.qr) == (qr is Qr.NATIVE)
        for line in result.lines:
            assert width_of(line.text) * line.width <= paper.columns
        for element in setter.compose(slip).elements:
            if isinstance(element, Line):
                assert 0 < width_of(element.text) * element.size <= paper.columns
                if not is_in(Charset.GBK, element.text):
                    assert NOTO(element, paper.dots).width <= paper.dots


@given(st.text(st.sampled_from("ab 你好，。c-1"), max_size=80), st.integers(4, 48))
@example("“你好”，", 4)
def test_wrapping_loses_nothing_and_fits(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(0 < width_of(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_english_breaks_between_words() -> None:
    assert wrap("Please watch the screens", 12) == ["Please watch", "the screens"]


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert wrap("过号可复号。", 10) == ["过号可复", "号。"]


def test_no_single_character_is_left_over() -> None:
    assert wrap("演示市政务服务大厅", 16) == ["演示市政务服务大", "厅"]
    assert balanced("演示市政务服务大厅", 16) == ["演示市政务", "服务大厅"]


def test_a_slip_refuses_what_cannot_be_a_ticket() -> None:
    for wrong in (
        {"number": ""},
        {"number": "甲001"},
        {"number": "A\x1b@"},
        {"ahead": -1},
        {"qr": "https://hall.example/\x10\x04\x01"},
        {"qr": "q" * 301},
    ):
        with pytest.raises(ValueError, match=r"ticket number|zero people|QR code"):
            msgspec.structs.replace(PLAIN, **wrong)
