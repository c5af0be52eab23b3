"""The driver `printer.escpos` for configuration and bench: options, probe, test, simulator."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from devices.driver import Driver, Simulator
from devices.health import Diagnosis, state_of
from devices.printer.options import PrinterOptions
from devices.printer.redact import SlipRedactor

if TYPE_CHECKING:
    from devices.printer.paper import PrintedSlip


def probe(options: PrinterOptions) -> Diagnosis:
    """Whether a printer answers, and how it is."""
    printer = options.printer()
    try:
        printer.open()
        return printer.diagnosis
    finally:
        printer.close()


def test(options: PrinterOptions, given: Namespace) -> Mapping[str, object]:
    """Print a sample ticket; the state before and after, and what came of it."""
    from devices.printer.layout import Bilingual, Slip

    typesetter = options.typesetter()
    sample = Bilingual("打印机测试，不是号票", "Printer test, not a ticket")
    encoded = typesetter.encode(
        Slip(
            hall=Bilingual("【测试】", "TEST"),
            area=Bilingual(""),
            department=Bilingual(""),
            service=sample,
            number=given.number,
            ahead=0,
            taken_at=datetime.now().astimezone(),
            name=given.name or None,
            notices=(Bilingual("标点：「，。：；！？（）《》“”…—·￥」"), sample),
            qr=given.link or None,
        )
    )
    printer = options.printer()
    try:
        printer.open()
        before = printer.diagnosis
        began = time.monotonic()
        outcome = printer.print_slip(encoded.data)
        seconds = time.monotonic() - began
        after = printer.diagnosis if printer.status else None
    finally:
        printer.close()
    return {
        "number": given.number,
        "job": outcome.state,
        "code": outcome.code,
        "bytes": len(encoded.data),
        "seconds": round(seconds, 3),
        "missing": [f"U+{ord(character):04X}" for character in encoded.missing],
        "rare_characters": "drawn" if typesetter.has_fonts else "〓: fonts-noto-cjk is missing",
        "before": _told(before),
        "after": _told(after) if after else None,
    }


def _told(diagnosis: Diagnosis) -> Mapping[str, object]:
    return {
        "state": state_of(diagnosis),
        "code": diagnosis.code,
        "firmware": diagnosis.firmware,
        **dict(diagnosis.facts),
    }


def add_test_arguments(parser: ArgumentParser) -> None:
    """What the sample says."""
    parser.add_argument("--number", default="T000", help="号码 the sample's number")
    parser.add_argument("--name", default="测试𠮷", help="姓名 a name, to see rare characters")
    parser.add_argument("--link", default="https://example.invalid/test", help="二维码 QR code")


def simulate(port: str, given: Namespace) -> Simulator:
    """A printer on `port`; each slip becomes a line of `--paper`."""
    from devices.printer.simulator import PrinterSimulator

    knows = {"GS a", "GS r", "GS I"} - set(given.unknown)
    return PrinterSimulator(
        port,
        on_slip=_writer(given.paper) if given.paper else None,
        knows=frozenset(knows),
    )


def add_simulate_arguments(parser: ArgumentParser) -> None:
    """Where the paper goes, and what the model does not know."""
    parser.add_argument(
        "--paper", type=Path, metavar="FILE", help="号票逐行写入 each slip as a JSON line"
    )
    parser.add_argument(
        "--unknown",
        action="append",
        default=[],
        choices=["GS a", "GS r", "GS I"],
        help="它不懂的命令 a command it does not answer; may be repeated",
    )


def _writer(path: Path) -> "Callable[[PrintedSlip], None]":
    path.touch()

    def write(slip: "PrintedSlip") -> None:
        record = {
            "number": slip.number,
            "lines": [line.text for line in slip.lines],
            "qr": list(slip.qr),
            "rasters": slip.rasters,
            "at": datetime.now(UTC).isoformat(),
            "last_byte_monotonic_ns": slip.last_byte_monotonic_ns,
        }
        with path.open("ab") as file:
            file.write(msgspec.json.encode(record) + b"\n")

    return write


DRIVER: Final = Driver(
    kind="printer",
    name="escpos",
    zh="号票打印机",
    en="ticket printer (ESC/POS)",
    options=PrinterOptions,
    probe=probe,
    test=test,
    redactor=SlipRedactor,
    test_arguments=add_test_arguments,
    simulate=simulate,
    simulate_arguments=add_simulate_arguments,
    # ? as remembered: Epson TM-T88, TM-T20II; the POS-58 and POS-80 of many makers.
    usb=((0x04B8, 0x0202), (0x04B8, 0x0E15), (0x0416, 0x5011), (0x0FE6, 0x811E), (0x0483, 0x5743)),
    is_default=True,
)
