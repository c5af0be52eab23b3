"""The driver `printer.escpos` for configuration and bench: options, probe, test, simulator."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec

from devices.driver import DeviceOptions, Driver, Simulator
from devices.health import Diagnosis
from devices.printer.driver import PrinterHabits, PrinterTimings, TicketPrinter
from devices.printer.protocol import Marks
from devices.printer.redact import SlipRedactor
from devices.printer.text import Charset
from devices.transport import parse_port

if TYPE_CHECKING:
    from devices.printer.journal import Journal
    from devices.printer.paper import PrintedSlip
    from devices.printer.typeset import Typesetter
    from devices.printer.worker import PrinterEvent, PrinterWorker

_Seconds = Annotated[float, msgspec.Meta(gt=0, le=120)]


class PrinterOptions(DeviceOptions, frozen=True, kw_only=True):
    """An ESC/POS printer on USB, a serial line or the network (port 9100)."""

    paper: Annotated[Literal[58, 80], msgspec.Meta(description="paper width, mm")] = 80
    template: Annotated[
        str, msgspec.Meta(description="the hall's ticket template (TOML); empty: the shipped one")
    ] = ""
    qr: Annotated[
        Literal["native", "raster"],
        msgspec.Meta(description="who draws the QR code: the printer, or we"),
    ] = "native"
    charset: Annotated[
        Literal["gbk", "gb2312"],
        msgspec.Meta(description="what the printer's own font holds; all else is drawn"),
    ] = "gbk"
    cut: Annotated[
        Literal["partial", "full", "none"], msgspec.Meta(description="what ends a ticket")
    ] = "partial"
    journal: Annotated[
        str, msgspec.Meta(description="file of print jobs; empty: kept in memory only")
    ] = ""
    patience: Annotated[
        _Seconds, msgspec.Meta(description="seconds after which a waiting job expires")
    ] = 30.0
    fresh: Annotated[
        _Seconds, msgspec.Meta(description="seconds for which a good state is believed")
    ] = 2.0
    reply: Annotated[_Seconds, msgspec.Meta(description="seconds to wait for a status")] = 1.0
    confirm: Annotated[
        _Seconds, msgspec.Meta(description="seconds that a ticket may take to come out")
    ] = 8.0
    write: Annotated[_Seconds, msgspec.Meta(description="seconds to hand a ticket over")] = 10.0
    asb: Annotated[bool, msgspec.Meta(description="let it tell its state unasked (GS a)")] = True
    ask_done: Annotated[
        bool, msgspec.Meta(description="ask behind a ticket whether it is out (GS r), if answered")
    ] = True
    ask_model: Annotated[
        bool, msgspec.Meta(description="ask name and firmware (GS I); unsure on cheap printers")
    ] = False
    mark_mask: Annotated[
        int, msgspec.Meta(ge=0, le=255, description="bits that tell the answers apart (unsure)")
    ] = Marks().mask
    mark_reply: Annotated[
        int, msgspec.Meta(ge=0, le=255, description="these bits in a DLE EOT reply (unsure)")
    ] = Marks().reply
    mark_asb: Annotated[
        int, msgspec.Meta(ge=0, le=255, description="these bits in an ASB first byte (unsure)")
    ] = Marks().asb

    def printer(self) -> TicketPrinter:
        """The printer, not yet opened."""
        marks = Marks(mask=self.mark_mask, reply=self.mark_reply, asb=self.mark_asb)
        return TicketPrinter(
            parse_port(self.port),
            timings=PrinterTimings(
                fresh=self.fresh, reply=self.reply, confirm=self.confirm, write=self.write
            ),
            habits=PrinterHabits(
                asb=self.asb, ask_done=self.ask_done, ask_model=self.ask_model, marks=marks
            ),
        )

    def worker(self, on_event: "Callable[[PrinterEvent], None]") -> "PrinterWorker":
        """The printer in a thread of its own, not yet started."""
        from devices.printer.worker import PrinterWorker

        return PrinterWorker(
            self.printer(), on_event, patience=self.patience, journal=self._journal()
        )

    def typesetter(self) -> "Typesetter":
        """Slip to bytes for this printer; DeviceError `printer.template`, `printer.logo`."""
        from devices.printer.escpos import PAPERS, Cut, Qr, Style
        from devices.printer.typeset import Typesetter

        return Typesetter(
            PAPERS[self.paper],
            Style(charset=Charset(self.charset), qr=Qr(self.qr), cut=Cut(self.cut)),
            Path(self.template) if self.template else None,
        )

    def _journal(self) -> "Journal":
        from devices.printer.journal import Journal

        return Journal(Path(self.journal) if self.journal else None)


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
    from devices.health import state_of

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
    is_default=True,
)
