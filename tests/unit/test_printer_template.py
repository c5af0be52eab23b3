"""Templates: what they may say, every mistake told, bytes and picture from one page."""

import os
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from devices.errors import DeviceError
from devices.printer.escpos import PAPERS, Qr, Style, encode, raster
from devices.printer.layout import Bilingual, Code, Gap, Line, Slip, compose
from devices.printer.paper import Decoder, PrintedSlip
from devices.printer.preview import preview
from devices.printer.raster import NotoRasteriser, logo_picture, qr_rows
from devices.printer.template import Show, parse_template, read_template
from devices.printer.typeset import Typesetter

NOTO = NotoRasteriser()
SLIP = Slip(
    hall=Bilingual("演示市政务服务大厅", "Demo City Service Hall"),
    area=Bilingual("一层A区", "Floor 1, area A"),
    department=Bilingual("公安局", "Public Security"),
    service=Bilingual("居民身份证换领", "ID card renewal"),
    number="A008",
    ahead=3,
    taken_at=datetime(2026, 1, 5, 9, 30),  # noqa: DTZ001 - printed as given
    wait=Bilingual("预计等待约10至25分钟"),
    name="张*",
    notices=(Bilingual("过号：三位以内可复号。"),),
    qr="https://hall.example/t/7f3k9",
    reprint=True,
)
OWN = """
logo = "logo.png"
time_format = "%H:%M"
[[block]]
show = "logo"
[[block]]
show = "number"
size = 4
[[block]]
show = "text"
zh = "地址：示例路1号"
en = "1 Example Road"
align = "left"
[[block]]
show = "ahead"
zh = "还有{ahead}位"
english = false
[[block]]
show = "taken_at"
zh = "{time}"
"""


def refused(text: str | bytes) -> str:
    with pytest.raises(DeviceError) as caught:
        parse_template(text.encode() if isinstance(text, str) else text, Path("/nowhere"))
    assert caught.value.code == "printer.template"
    return caught.value.detail


@pytest.fixture
def own(tmp_path: Path) -> Path:
    stripes = Image.new("L", (100, 40), 255)
    stripes.paste(0, (10, 5, 90, 35))
    stripes.save(tmp_path / "logo.png")
    (tmp_path / "own.toml").write_text(OWN)
    return tmp_path / "own.toml"


def test_the_shipped_template_shows_all_that_a_slip_can_say() -> None:
    shows = {block.show for block in read_template().blocks}
    assert shows == set(Show) - {Show.LOGO}


def test_a_template_decides_what_stands_where(own: Path) -> None:
    setter = Typesetter(template=own, rasteriser=NOTO)
    assert setter.compose(SLIP).texts == (
        "A008", "地址：示例路1号", "1 Example Road", "还有3位", "09:30",
    )  # fmt: skip
    (paper,) = Decoder().feed(setter.encode(SLIP).data, 0)
    assert isinstance(paper, PrintedSlip)
    assert (paper.rasters, paper.raster_dots, paper.qr) == (1, 80 * 30, ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = [", "not TOML"),
        (b"\xff", "not TOML"),
        ("", "at least one"),
        ('[[block]]\nshow = "numbr"', "numbr"),
        ('[[block]]\nshow = "hall"', 'must show "number"'),
        ('[[block]]\nshow = "number"\nsize = 9', "<= 8"),
        ('[[block]]\nshow = "number"\nsizes = 2', "sizes"),
        ('[[block]]\nshow = "number"\nzh = "x"', "not used here"),
        ('[[block]]\nshow = "ahead"\nzh = "{waiting}"', "{ahead}"),
        ('[[block]]\nshow = "ahead"\nzh = "{ahead:>999999999}"', "{ahead}"),
        ('[[block]]\nshow = "ahead"\nzh = "{ahead.__class__}"', "{ahead}"),
        ('[[block]]\nshow = "text"', "needs zh or en"),
        ('[[block]]\nshow = "text"\nzh = "{"', "'{'"),
        ('[[block]]\nshow = "logo"', "no file is given"),
        ("logo = 3", "must be a text"),
        ('colour = "red"', "colour: unknown"),
    ],
)
def test_each_mistake_is_told(text: str | bytes, told: str) -> None:
    assert told in refused(text)


def test_all_mistakes_are_told_at_once() -> None:
    detail = refused('colour = 1\n[[block]]\nshow = "x"\n[[block]]\nshow = "text"')
    assert "colour" in detail
    assert "block 1" in detail
    assert "block 2" in detail


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_file_is_a_template_or_refused(data: bytes) -> None:
    with suppress(DeviceError):
        parse_template(data, Path("/nowhere"))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeviceError) as caught:
        read_template(tmp_path / "none.toml")
    assert caught.value.code == "printer.template"


TEXTS = st.text(st.sampled_from("ab 政务，。-𠮷é1"), max_size=30)


@given(TEXTS, TEXTS, st.sampled_from(list(PAPERS)), st.sampled_from(Qr), st.booleans())
def test_picture_and_bytes_say_the_same_in_the_same_order(
    service: str, name: str, width: int, qr: Qr, has_code: bool
) -> None:
    slip = msgspec.structs.replace(
        SLIP, service=Bilingual(service, name), name=name, qr=SLIP.qr if has_code else None
    )
    page = compose(slip, PAPERS[width].columns, read_template(), lambda _: False)
    drawn: list[str] = []
    sent: list[str] = []

    def draw(line: Line, dots: int) -> Image.Image:
        drawn.append(line.text)
        return Image.new("1", (8, 24), 1)

    def send(line: Line, dots: int) -> Image.Image:
        sent.append(line.text)
        return Image.new("1", (8, 24), 1)

    picture = preview(page, PAPERS[width], draw)
    assert picture.width == width * 8
    data = encode(page, PAPERS[width], send, style=Style(qr=qr))
    (paper,) = Decoder().feed(data, 0)
    assert isinstance(paper, PrintedSlip)
    texts = [line.text for line in paper.lines]
    assert tuple(drawn) == page.texts
    assert [text for text in drawn if text not in sent] == [t for t in texts if t not in sent]
    assert sorted(texts + sent) == sorted(drawn)
    assert ("扫码查看进度与评价" in drawn) is has_code
    assert any(isinstance(element, Code) for element in page.elements) is has_code


def test_a_reprint_says_so_and_keeps_its_number() -> None:
    first = Typesetter(rasteriser=NOTO).compose(msgspec.structs.replace(SLIP, reprint=False))
    again = Typesetter(rasteriser=NOTO).compose(SLIP)
    assert again.texts == ("【补打】号码不变", "REPRINT, the same number", *first.texts)


def test_nothing_is_as_large_as_the_number() -> None:
    for width, paper in PAPERS.items():
        page = Typesetter(paper, rasteriser=NOTO).compose(SLIP)
        lines = [element for element in page.elements if isinstance(element, Line)]
        (number,) = [line for line in lines if line.text == SLIP.number]
        assert number.size == 8, width
        assert all(line.size < number.size for line in lines if line is not number)


def test_a_gap_stands_only_with_what_it_is_above() -> None:
    bare = msgspec.structs.replace(SLIP, name=None, wait=None, reprint=False)
    gaps = [
        sum(element.dots for element in Typesetter(rasteriser=NOTO).compose(slip).elements
            if isinstance(element, Gap))
        for slip in (SLIP, bare)
    ]  # fmt: skip
    assert gaps[0] > gaps[1]


def test_the_code_in_the_picture_can_be_read() -> None:
    import zxingcpp

    for paper in PAPERS.values():
        picture = Typesetter(paper, rasteriser=NOTO).preview(SLIP)
        (found,) = zxingcpp.read_barcodes(picture.convert("L"))
        assert found.text == SLIP.qr


def test_a_photograph_is_dithered_and_line_art_is_not(tmp_path: Path) -> None:
    shades = Image.new("L", (800, 400))
    shades.putdata([x * 255 // 799 for _ in range(400) for x in range(800)])
    shades.save(tmp_path / "photo.png")
    photo = logo_picture(tmp_path / "photo.png", 576)
    assert (photo.mode, photo.height <= 240, photo.width <= 576) == ("1", True, True)
    black = sum(1 for dot in photo.get_flattened_data() if not dot)
    assert 0.3 < black / (480 * 240) < 0.7
    art = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    art.paste((0, 0, 0, 255), (25, 25, 75, 75))
    art.save(tmp_path / "art.png")
    drawn = logo_picture(tmp_path / "art.png", 576)
    assert sum(1 for dot in drawn.get_flattened_data() if not dot) == 50 * 50


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_logo_that_is_no_picture_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(DeviceError) as caught:
        logo_picture(tmp_path / "logo.png", 384)
    assert caught.value.code == "printer.logo"


def test_a_picture_is_sent_dot_by_dot_but_for_what_a_printer_would_obey() -> None:
    picture = NOTO(Line("𠮷犇", 2), 576)
    data = raster(picture, PAPERS[80])
    row_bytes, rows = (picture.width + 7) // 8, picture.height
    head = b"\x1dv0\x00" + row_bytes.to_bytes(2, "little") + rows.to_bytes(2, "little")
    assert data[:8] == head
    assert data[8:] == bytes(byte ^ 0xFF for byte in picture.tobytes())
    for second in b"\x04\x05\x14":
        wounding = Image.frombytes("1", (16, 1), bytes((0x10 ^ 0xFF, second ^ 0xFF)))
        assert raster(wounding, PAPERS[58])[8:] == bytes((0x11, second))


def test_python_escpos_comes_at_the_first_slip_and_leaves_no_folder(tmp_path: Path) -> None:
    program = """
import sys
from devices.printer.options import PrinterOptions
from devices.printer.spec import DRIVER
from devices.printer.escpos import PAPER_80, encode
from devices.printer.layout import Page
assert not {"escpos.printer", "yaml", "PIL"} & sys.modules.keys()
assert encode(Page(()), PAPER_80, None) == b"\\x1b@\\x1c&\\x1bd\\x06\\x1dV\\x01"
assert "escpos.printer" in sys.modules
"""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    environment.pop("ESCPOS_CAPABILITIES_PICKLE_DIR", None)
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, timeout=60)
    assert list(tmp_path.iterdir()) == []


def test_a_long_link_still_fits_the_narrow_paper() -> None:
    slip = msgspec.structs.replace(SLIP, qr="https://hall.example/" + "q" * 270)
    assert len(qr_rows(slip.qr or "")) > 60
    setter = Typesetter(PAPERS[58], Style(qr=Qr.RASTER), rasteriser=NOTO)
    (paper,) = Decoder().feed(setter.encode(slip).data, 0)
    assert isinstance(paper, PrintedSlip)
    assert setter.preview(slip).width == 58 * 8
