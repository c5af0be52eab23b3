"""What stands in the cabinet: reader, printer, scanner, camera; their signals into the GUI."""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never

import msgspec
from PySide6.QtCore import QObject, Qt, Signal, Slot

from devices.camera.options import CameraOptions
from devices.errors import DeviceError
from devices.health import Health, State
from devices.hotplug import Hotplug, poking
from devices.id_reader.driver import IdReader
from devices.id_reader.events import CardFailed, CardRead, CardRemoved, ReaderEvent
from devices.id_reader.sam import reader_transport
from devices.printer.options import PrinterOptions
from devices.printer.worker import JobState, PrinterEvent, PrinterWorker
from devices.scanner.codes import DEFAULT, CodePatterns, classify
from devices.scanner.driver import ScanFailed, Scanned, Scanner, ScannerEvent, ScannerOptions
from devices.supervisor import Supervisor
from devices.transport import parse_port
from kiosk import inputs as i
from kiosk import states
from kiosk.press import Press
from kiosk.reports import report
from kiosk.sight import Decode, Sight
from queue_server.domain.values import Holder
from queue_server.protocol.views import DeviceReport

if TYPE_CHECKING:
    from devices.printer.layout import Slip

log = logging.getLogger(__name__)

KEYBOARD = "keyboard"
"""The port of a scanner that types what it reads."""


class Cabinet(msgspec.Struct, frozen=True, kw_only=True):
    """What is fitted, each by its PORT; empty is not fitted."""

    printer: PrinterOptions = PrinterOptions()
    reader: str = ""
    scanner: ScannerOptions = ScannerOptions()
    patterns: CodePatterns = DEFAULT
    camera: CameraOptions = CameraOptions()
    decode: Decode | None = None
    """How a chip's photograph is read; None where faces are not compared."""


class Equipment(QObject):
    """`happened` carries the flow's inputs, `changed` the reports of all devices."""

    happened = Signal(object)
    changed = Signal(object)
    _printer_said = Signal(object)
    _reader_said = Signal(object)
    _scanner_said = Signal(object)

    def __init__(self, cabinet: Cabinet) -> None:
        super().__init__()
        self._patterns = cabinet.patterns
        self._press = Press(cabinet.printer)
        self._reports: dict[str, DeviceReport] = {}
        self._ports = {
            "printer": ("escpos", cabinet.printer.port),
            "id_reader": ("sam", cabinet.reader),
            "scanner": ("serial", cabinet.scanner.port),
            "camera": ("opencv", cabinet.camera.port),
        }
        queued = Qt.ConnectionType.QueuedConnection
        self._printer_said.connect(self._hear_printer, queued)
        self._reader_said.connect(self._hear_reader, queued)
        self._scanner_said.connect(self._hear_scanner, queued)
        self._printer: PrinterWorker | None = None
        self._reader: IdReader | None = None
        self._scanner: Supervisor | None = None
        self._types = cabinet.scanner.port == KEYBOARD
        self.sight: Sight | None = None
        if cabinet.printer.port:
            self._printer = cabinet.printer.worker(self._printer_said.emit)
        if cabinet.reader:
            transport = reader_transport(cabinet.reader)
            self._reader = IdReader(transport, self._reader_said.emit, listening=False)
        if cabinet.scanner.port and not self._types:
            port = parse_port(cabinet.scanner.port)
            duty = Scanner(port, self._scanner_said.emit, cabinet.scanner)
            self._scanner = Supervisor("scanner", duty, self._scanner_said.emit)
        if cabinet.camera.port:
            self.sight = Sight(cabinet.camera, cabinet.decode)
            self.sight.happened.connect(self.happened)
            self.sight.scanned.connect(self.scanned)
            self.sight.health.connect(self._hear_camera)
        self._hotplug = Hotplug(poking(self._workers()))
        self._warm = threading.Thread(target=self._press.warm_up, name="warm-up", daemon=True)

    def start(self) -> None:
        """Open the ports and make the first slip quick."""
        self._warm.start()
        if self._types:
            self.happened.emit(i.ScannerSeen(states.Scanner(fitted=True, connected=True)))
        for worker in self._workers():
            worker.start()
        self._hotplug.start()

    def stop(self) -> None:
        """Close the ports."""
        self._hotplug.stop()
        for worker in self._workers():
            worker.stop()

    def _workers(self) -> list[PrinterWorker | IdReader | Supervisor | Sight]:
        every = (self._reader, self._printer, self._scanner, self.sight)
        return [worker for worker in every if worker is not None]

    def print(self, job_id: str, slip: "Slip") -> None:
        """Send a slip to the printer; `happened` tells what becomes of the job."""
        if self._printer is None:
            return
        try:
            data = self._press.encode(slip)
        except DeviceError as error:
            log.warning("slip: %s", error)
            self.happened.emit(i.JobMoved(job_id, "failed", error.code))
            return
        self._printer.submit(job_id, data, reprint=slip.reprint)

    def read_cards(self, on: bool) -> None:
        """Read a card when one is laid, or none."""
        if self._reader:
            self._reader.listen(on)

    def use_camera(self, use: states.CameraUse) -> None:
        """Open the camera for this, or close it."""
        if self.sight:
            self.sight.use(use)

    def forget_photo(self) -> None:
        """A card's photograph goes from memory."""
        if self.sight:
            self.sight.forget()

    @Slot(str)
    def scanned(self, text: str) -> None:
        """A text from whatever reads codes here."""
        self.happened.emit(i.Scanned(classify(text, self._patterns)))

    @Slot(object)
    def _hear_printer(self, event: PrinterEvent) -> None:
        match event:
            case JobState(job_id, state, code):
                self.happened.emit(i.JobMoved(job_id, state.value, code or ""))
            case Health():
                self._hear("printer", event, i.PrinterSeen, states.Printer)
            case _:
                assert_never(event)

    @Slot(object)
    def _hear_reader(self, event: ReaderEvent) -> None:
        match event:
            case CardRead(identity=card, photo=photo):
                name = card.name or card.english_name
                holder = Holder(name=name, number=card.number, birth=card.birth.isoformat())
                held = self.sight.hold(photo) if self.sight else False
                until = card.valid_to.isoformat() if card.valid_to else ""
                self.happened.emit(i.CardRead(holder, held, until))
            case CardFailed(code):
                self.happened.emit(i.CardFailed(code))
            case CardRemoved():
                self.happened.emit(i.CardLifted())
            case Health(state=state, code=code):
                works = state in (State.OK, State.WARNING)
                self.happened.emit(i.ReaderSeen(works, "" if works else code or ""))
                self._report("id_reader", event)
            case _:
                assert_never(event)

    @Slot(object)
    def _hear_scanner(self, event: Health | ScannerEvent) -> None:
        match event:
            case Scanned(text):
                self.scanned(text)
            case ScanFailed(code):
                log.info("not scanned: %s", code)
            case Health():
                self._hear("scanner", event, i.ScannerSeen, states.Scanner)
            case _:
                assert_never(event)

    @Slot(object)
    def _hear_camera(self, health: Health) -> None:
        self._hear("camera", health, i.CameraSeen, states.Camera)

    def _hear(
        self,
        kind: str,
        health: Health,
        seen: Callable[[states.D], i.AnyInput],
        device: Callable[[bool, bool, str], states.D],
    ) -> None:
        works = health.state in (State.OK, State.WARNING)
        is_here = health.state is not State.GONE
        self.happened.emit(seen(device(True, is_here, "" if works else health.code or "")))
        self._report(kind, health)

    def _report(self, kind: str, health: Health) -> None:
        driver, port = self._ports[kind]
        self._reports[kind] = report(kind, driver, port, health)
        self.changed.emit(tuple(self._reports.values()))
