"""The ticket printer's configuration, and what is built from it."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from devices.driver import DeviceOptions
from devices.errors import DeviceError
from devices.printer.driver import PrinterHabits, PrinterTimings, TicketPrinter
from devices.printer.journal import Journal
from devices.printer.protocol import Marks
from devices.printer.text import Charset
from devices.printer.worker import PrinterEvent, PrinterWorker
from devices.transport import parse_port

if TYPE_CHECKING:
    from devices.printer.typeset import Typesetter

log = logging.getLogger(__name__)

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

    def worker(self, on_event: Callable[[PrinterEvent], None]) -> PrinterWorker:
        """The printer in a thread of its own, not yet started."""
        journal = Journal(Path(self.journal) if self.journal else None)
        return PrinterWorker(self.printer(), on_event, patience=self.patience, journal=journal)

    def typesetter(self, *, fall_back: bool = False) -> "Typesetter":
        """Slip to bytes for this printer; DeviceError `printer.template`, `printer.logo`.

        With `fall_back` a template that is no good is told to the log and the shipped one is used:
        a ticket in plain dress is better than none.
        """
        from devices.printer.escpos import PAPERS, Cut, Qr, Style
        from devices.printer.typeset import Typesetter

        paper = PAPERS[self.paper]
        style = Style(charset=Charset(self.charset), qr=Qr(self.qr), cut=Cut(self.cut))
        try:
            return Typesetter(paper, style, Path(self.template) if self.template else None)
        except DeviceError:
            if not fall_back:
                raise
            log.exception("the hall's ticket template is not used")
            return Typesetter(paper, style)
