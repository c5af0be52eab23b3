"""`hall ticket`: a slip without a printer."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from devices.printer.layout import Bilingual
from devices.printer.paper import Decoder, PrintedSlip
from devices.printer.ticket import both, main


def escpos(tmp_path: Path, *arguments: str) -> PrintedSlip:
    assert main(["--out", str(tmp_path / "slip"), *arguments]) == 0
    (slip,) = Decoder().feed((tmp_path / "slip").read_bytes(), 0)
    assert isinstance(slip, PrintedSlip)
    return slip


def test_the_number_alone_is_enough(tmp_path: Path) -> None:
    slip = escpos(tmp_path, "--number", "A012")
    assert (slip.number, slip.qr, slip.unknown, slip.is_cut) == ("A012", (), (), True)
    assert "扫码" not in slip.text


def test_everything_asked_for_stands_on_the_paper(tmp_path: Path) -> None:
    slip = escpos(
        tmp_path, "--number", "B7", "--service", "社保/Insurance", "--name", "王小明", "--mask",
        "--ahead", "4", "--wait", "5-15", "--width", "58", "--link", "https://hall.example/t/1",
        "--reprint", "--taken-at", "2026-03-04T05:06:07+08:00", "--note", "过号：请咨询",
        "--priority", "优先/Priority", "--department", "人社局", "--area", "A/B区",
    )  # fmt: skip
    for text in (
        "补打", "REPRINT", "社保", "Insurance", "王*", "前方等待 4 人", "5至15分钟", "优先",
        "过号：请咨询", "人社局", "A/B区", "2026-03-04 05:06:07", "扫码查看进度与评价",
    ):  # fmt: skip
        assert text in slip.text, text
    assert "王小明" not in slip.text
    assert slip.qr == ("https://hall.example/t/1",)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("护照/Passport", "护照", "Passport"),
        ("办理/查询/Handle, ask", "办理/查询", "Handle, ask"),
        ("收费1元/次", "收费1元/次", ""),
        ("Input/Output", "Input/Output", ""),
        ("社保/", "社保/", ""),
    ],
)
def test_a_slash_parts_the_languages_and_nothing_else(text: str, zh: str, en: str) -> None:
    assert both(text) == Bilingual(zh, en)


def test_the_same_arguments_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    words = ["--number", "A012", "--name", "𠮷𬱖", "--qr", "raster", "--link", "x"]
    escpos(tmp_path, *words)
    command = [sys.executable, "-m", "devices.printer.ticket", *words]
    other = subprocess.run(command, capture_output=True, check=True)
    assert other.stdout == (tmp_path / "slip").read_bytes()
    assert other.stderr == b""


def test_a_picture_and_a_layout(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["--number", "A1", "--format", "png", "--width", "58", "--out", str(out)]) == 0
    with Image.open(out) as picture:
        assert (picture.format, picture.width) == ("PNG", 58 * 8)
    assert main(["--number", "A1", "--format", "json", "--out", str(out)]) == 0
    texts = [e["text"] for e in json.loads(out.read_bytes())["elements"] if e["is"] == "line"]
    assert "A1" in texts


def test_a_missing_character_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slip = escpos(tmp_path, "--number", "A1", "--name", "张\U000f0000")
    assert "张〓" in slip.text
    assert "U+F0000" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--number", "甲1"],
        ["--number", "A1", "--ahead", "-1"],
        ["--number", "A1", "--wait", "soon"],
        ["--number", "A1", "--wait", "20-10"],
        ["--number", "A1", "--taken-at", "yesterday"],
        ["--number", "A1", "--link", "\x10\x04\x01"],
        ["--number", "A1", "--width", "70"],
    ],
)
def test_what_is_no_ticket_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_a_template_with_mistakes_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.toml").write_text("[[block]]\nshow = 'hal'")
    assert main(["--number", "A1", "--template", str(tmp_path / "bad.toml")]) == 1
    assert "hal" in capsys.readouterr().err


def test_the_shipped_template_can_be_had_and_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--show-template"]) == 0
    (tmp_path / "own.toml").write_text(capsys.readouterr().out)
    own = escpos(tmp_path, "--number", "A1", "--template", str(tmp_path / "own.toml"))
    assert own == escpos(tmp_path, "--number", "A1")
