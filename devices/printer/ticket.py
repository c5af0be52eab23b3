"""`hall ticket`: a slip as the printer would get it, or as a picture, with no printer at all."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from devices.errors import DeviceError
from devices.printer.escpos import PAPERS, Cut, Qr, Style
from devices.printer.layout import Bilingual, Slip
from devices.printer.template import DEFAULT_FILE
from devices.printer.text import Charset
from devices.printer.typeset import Typesetter

HALL = "政务服务大厅/Government Service Hall"
SERVICE = "综合业务/General services"
TAKEN_AT = "2026-01-05T09:30:00"


def main(arguments: Sequence[str] | None = None) -> int:
    """Render one slip; 0, 1 after a device error told on stderr, 2 after wrong arguments."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.show_template:
        sys.stdout.write(DEFAULT_FILE.read_text())
        return 0
    try:
        slip = slip_of(given)
    except ValueError as error:
        parser.error(str(error))
    try:
        typesetter = Typesetter(
            PAPERS[given.width],
            Style(charset=Charset(given.charset), qr=Qr(given.qr), cut=Cut(given.cut)),
            given.template,
        )
        missing = _write(typesetter, slip, given.format, given.out)
    except DeviceError as error:
        print(f"{error}\n{error.fault.zh}\n{error.fault.en}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{given.out}: {error}", file=sys.stderr)
        return 1
    if missing:
        names = " ".join(f"U+{ord(character):04X}" for character in missing)
        print(f"字库缺字，以〓代替 · no font has, so 〓 stands for: {names}", file=sys.stderr)
    return 0


def _write(typesetter: Typesetter, slip: Slip, form: str, out: Path | None) -> tuple[str, ...]:
    page = typesetter.compose(slip)
    if form == "json":
        data = msgspec.json.format(msgspec.json.encode(page), indent=1) + b"\n"
    elif form == "png":
        from io import BytesIO

        buffer = BytesIO()
        typesetter.preview(slip).save(buffer, "PNG", dpi=(203, 203))
        data = buffer.getvalue()
    else:
        data = typesetter.encode(slip).data
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        out.write_bytes(data)
    return page.missing


def slip_of(given: argparse.Namespace) -> Slip:
    """The slip that the arguments describe; ValueError where it cannot be."""
    name = given.name
    if name and given.mask:
        name = f"{name[0]}*"
    return Slip(
        hall=both(given.hall),
        area=both(given.area),
        department=both(given.department),
        service=both(given.service),
        number=given.number,
        ahead=given.ahead,
        taken_at=datetime.fromisoformat(given.taken_at),
        wait=_wait(given.wait) if given.wait else None,
        priority=both(given.priority) if given.priority else None,
        notices=tuple(both(notice) for notice in given.note),
        qr=given.link or None,
        name=name or None,
        reprint=given.reprint,
    )


def both(text: str) -> Bilingual:
    """`中文/English`: split where Chinese stands before a slash and none behind it."""
    for at in (place for place, character in enumerate(text) if character == "/"):
        zh, en = text[:at].strip(), text[at + 1 :].strip()
        if _has_chinese(zh) and en and not _has_chinese(en):
            return Bilingual(zh, en)
    return Bilingual(text)


def _has_chinese(text: str) -> bool:
    return any(character >= "\u2e80" for character in text)


def _wait(text: str) -> Bilingual:
    low, dash, high = text.partition("-")
    if not (low.isdecimal() and (high.isdecimal() if dash else not high)):
        raise ValueError(f"--wait {text!r}: expected LOW-HIGH or MINUTES")
    if not dash or int(low) == int(high):
        return Bilingual(f"预计等待约{int(low)}分钟", f"about {int(low)} minutes")
    if int(low) > int(high):
        raise ValueError(f"--wait {text!r}: LOW is more than HIGH")
    return Bilingual(
        f"预计等待约{int(low)}至{int(high)}分钟", f"about {int(low)} to {int(high)} minutes"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hall ticket",
        description="不用打印机，生成一张号票。文字可写作 中文/English。 "
        "Renders a ticket with no printer. Texts may be written 中文/English.",
    )
    add = parser.add_argument
    add("--number", default="", metavar="A012", help="号码 required but for --show-template")
    add("--service", default=SERVICE, help="业务")
    add("--name", default="", help="姓名，原样打印 printed as given")
    add("--mask", action="store_true", help="姓名只留姓 only the name's first character: 王*")
    add("--ahead", type=int, default=0, metavar="N", help="前方人数 people ahead")
    add("--wait", default="", metavar="LOW-HIGH", help="预计等待分钟 minutes")
    add("--hall", default=HALL, help="大厅")
    add("--area", default="", help="区域")
    add("--department", default="", help="部门")
    add("--priority", default="", help="优先原因 why it has priority")
    add("--note", action="append", default=[], help="提示，可多次 a notice; repeatable")
    add("--link", "--qr-text", default="", help="二维码内容 what the QR code says; none without")
    add(
        "--qr", choices=[q.value for q in Qr], default="native", help="二维码由打印机生成或以图打印"
    )
    add("--taken-at", default=TAKEN_AT, metavar="ISO", help=f"取号时间, {TAKEN_AT}")
    add("--reprint", action="store_true", help="补打")
    add("--template", type=Path, metavar="FILE", help="号票模板 TOML")
    add("--show-template", action="store_true", help="打印出厂模板 print the shipped template")
    add("--width", type=int, choices=sorted(PAPERS), default=80, help="纸宽 mm")
    add("--charset", choices=[c.value for c in Charset], default="gbk", help="打印机自带字库")
    add("--cut", choices=[c.value for c in Cut], default="partial", help="切纸")
    add("--format", choices=["escpos", "png", "json"], default="escpos")
    add("--out", type=Path, metavar="FILE", help="默认标准输出 standard output unless given")
    return parser


if __name__ == "__main__":
    sys.exit(main())
