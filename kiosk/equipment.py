"""The kiosk's printer and card reader: their threads, and one signal each into the GUI."""

import threading
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, Qt, Signal, Slot

from devices.errors import FAULTS
from devices.health import Health, State
from devices.id_reader.driver import IdReader
from devices.id_reader.events import CardFailed, CardRead, CardRemoved, ReaderEvent
from devices.id_reader.sam import reader_transport
from devices.printer.driver import TicketPrinter
from devices.printer.worker import JobState, PrinterEvent, PrinterWorker
from devices.transport import parse_port
from kiosk import inputs as i
from kiosk.qr import picture
from kiosk.states import Printer
from queue_server.domain.values import Holder, Ms
from queue_server.protocol.views import DeviceReport

if TYPE_CHECKING:
    from devices.printer.layout import Slip

NEAR_END = ("printer.paper_near_end", "打印纸将尽", "Paper is running low")


class Equipment(QObject):
    """What stands in the cabinet. `happened` carries the flow's inputs, `changed` the reports.

    Ports are written as `devices.transport.parse_port` reads them; an empty one is not fitted.
    """

    happened = Signal(object)
    changed = Signal(object)
    _printer_said = Signal(object)
    _reader_said = Signal(object)

    def __init__(self, printer: str, reader: str, paper: str = "80") -> None:
        super().__init__()
        self._names = {"printer": printer, "id_reader": reader}
        self._paper = paper
        self._reports: dict[str, DeviceReport] = {}
        queued = Qt.ConnectionType.QueuedConnection
        self._printer_said.connect(self._hear_printer, queued)
        self._reader_said.connect(self._hear_reader, queued)
        self._printer = self._reader = None
        if printer:
            port = TicketPrinter(parse_port(printer))
            self._printer = PrinterWorker(port, self._printer_said.emit)
        if reader:
            self._reader = IdReader(
                reader_transport(reader), self._reader_said.emit, listening=False
            )
        self._warm = threading.Thread(target=_warm_up, args=(paper,), name="warm-up", daemon=True)

    def start(self) -> None:
        """Open the ports and make the first slip quick."""
        self._warm.start()
        if self._printer:
            self._printer.start()
        if self._reader:
            self._reader.start()

    def stop(self) -> None:
        """Close the ports."""
        for worker in (self._printer, self._reader):
            if worker:
                worker.stop()

    def print(self, job_id: str, slip: "Slip") -> None:
        """Send a slip to the printer; `happened` tells what becomes of the job."""
        if self._printer:
            self._printer.submit(job_id, _encode(slip, self._paper), reprint=slip.reprint)

    def read_cards(self, on: bool) -> None:
        """Read a card when one is laid, or none."""
        if self._reader:
            self._reader.listen(on)

    @Slot(object)
    def _hear_printer(self, event: PrinterEvent) -> None:
        match event:
            case JobState(job_id, state, code):
                self.happened.emit(i.JobMoved(job_id, state.value, code or ""))
            case Health(state=state, since=since, code=code):
                is_here, low = state is not State.GONE, state is State.WARNING
                trouble = None if low else code
                self.happened.emit(i.PrinterSeen(Printer(True, is_here, trouble or "")))
                self._report("printer", since, is_here, trouble, low=low)
            case _:
                assert_never(event)

    @Slot(object)
    def _hear_reader(self, event: ReaderEvent) -> None:
        match event:
            case CardRead(identity=card):
                name = card.name or card.english_name
                holder = Holder(name=name, number=card.number, birth=card.birth.isoformat())
                self.happened.emit(i.CardRead(holder))
            case CardFailed(code):
                self.happened.emit(i.CardFailed(code))
            case CardRemoved():
                self.happened.emit(i.CardLifted())
            case Health(state=state, since=since, code=code):
                works = state in (State.OK, State.WARNING)
                self.happened.emit(i.ReaderSeen(works, code or ""))
                self._report("id_reader", since, state is not State.GONE, code)
            case _:
                assert_never(event)

    def _report(
        self, kind: str, since: datetime, connected: bool, code: str | None, *, low: bool = False
    ) -> None:
        fault = FAULTS.get(code or "")
        report = DeviceReport(
            kind=kind,
            name=self._names[kind],
            state="gone" if not connected else "failed" if code else "warning" if low else "ok",
            since=Ms(int(since.timestamp() * 1000)),
            code=code or (NEAR_END[0] if low else ""),
            zh=fault.zh if fault else NEAR_END[1] if low else "",
            en=fault.en if fault else NEAR_END[2] if low else "",
        )
        self._reports[kind] = report
        self.changed.emit(tuple(self._reports.values()))


def _encode(slip: "Slip", paper: str) -> bytes:
    # Loading the printer's profiles takes a third of a second: not before the first frame.
    from devices.printer.escpos import PAPER_58, PAPER_80, encode_slip
    from devices.printer.raster import NotoRasteriser

    return encode_slip(slip, PAPER_58 if paper == "58" else PAPER_80, NotoRasteriser())


def _warm_up(paper: str) -> None:
    """Load what the first ticket needs, aside."""
    picture("t")
    from devices.printer.layout import Bilingual, Slip

    text = Bilingual("号票", "Ticket")
    now = datetime.now().astimezone()
    _encode(
        Slip(
            hall=text, area=text, department=text, service=text,
            number="A001", ahead=0, taken_at=now, qr="t",
        ),
        paper,
    )  # fmt: skip
