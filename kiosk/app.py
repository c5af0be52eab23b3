"""The kiosk's program: builds and joins its parts."""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QEvent, QObject, QTimer

from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.config import KioskOptions
from kiosk.equipment import KEYBOARD, Equipment
from kiosk.keys import KeyScanner
from kiosk.model import Model
from kiosk.preview import Preview
from kiosk.slip import slip
from queue_server.protocol.bookings import ReadStanding
from queue_server.protocol.messages import ReadTicket
from ui.gateway import Gateway
from ui.options import read_or_exit
from ui.program import Program

QML = Path(__file__).parent / "qml" / "Main.qml"
TICK = 250
"""Milliseconds between two looks at the clock."""


class Doing:
    """Carries the flow's effects out: commands, questions, slips, cards."""

    def __init__(self, gateway: Gateway, equipment: Equipment, leave: Callable[[], None]) -> None:
        self._gateway = gateway
        self._equipment = equipment
        self._leave = leave
        self._model: Model | None = None
        self._pending: dict[str, Callable[[], object]] = {}

    def join(self, model: Model) -> None:
        """Answers go to this model."""
        self._model = model

    def perform(self, effect: fx.AnyEffect) -> None:
        """Begin an effect."""
        model = self._model
        if model is None:
            return
        match effect:
            case fx.Issue(command_id, do):
                self._pending[command_id] = self._gateway.command(
                    do, lambda result: self._answered(command_id, i.Answered(result)), command_id
                )
            case fx.Abandon(command_id):
                if cancel := self._pending.pop(command_id, None):
                    cancel()
            case fx.AskProgress(request_id, ticket):
                self._gateway.read(
                    ReadTicket(ticket=ticket), lambda told: model.feed(i.Told(told, request_id))
                )
            case fx.AskAppointments(request_id, holder):
                self._gateway.read(
                    ReadStanding(holder=holder),
                    lambda told: model.feed(i.Told(told, request_id)),
                )
            case fx.Print():
                paper = slip(effect, model.kiosk.world.hall, model.place)
                self._equipment.print(effect.job_id, paper)
            case fx.StartReading():
                self._equipment.read_cards(True)
            case fx.StopReading():
                self._equipment.read_cards(False)
            case fx.UseCamera():
                self._equipment.use_camera(effect.use)
            case fx.ForgetPhoto():
                self._equipment.forget_photo()
            case fx.Quit():
                self._leave()
            case _:
                assert_never(effect)

    def _answered(self, command_id: str, answer: i.Answered) -> None:
        self._pending.pop(command_id, None)
        if self._model is not None:
            self._model.feed(answer)


class Stopwatch(QObject):
    """Tells on stdout when the first frame stood, when a finger left the glass, and when a card's
    holder stood on the screen.

    `touch` and `identity_shown` are CLOCK_MONOTONIC in nanoseconds, the simulators' clock too.
    """

    def __init__(self, began: float) -> None:
        super().__init__()
        self._began = began
        self._framed = False
        self._came = False
        self.released_ns = 0

    def framed(self) -> None:
        """A frame is on the screen."""
        if not self._framed:
            self._framed = True
            print(f"first frame {(time.monotonic() - self._began) * 1000:.0f}", flush=True)
        if self._came:
            self._came = False
            print(f"identity_shown {time.monotonic_ns()}", flush=True)

    def happened(self, event: object) -> None:
        """An input was taken; after a card the next frame shows whose it is."""
        self._came = self._came or isinstance(event, i.CardRead)

    def confirmed(self) -> None:
        """The last release was the one that took a ticket."""
        print(f"touch {self.released_ns}", flush=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd):
            self.released_ns = time.monotonic_ns()
        return super().eventFilter(watched, event)


class Timed:
    """Hands that also stop the watch."""

    def __init__(self, hands: Doing, watch: Stopwatch) -> None:
        self._hands = hands
        self._watch = watch

    def perform(self, effect: fx.AnyEffect) -> None:
        """Begin an effect; a ticket's touch is told once the command is on its way."""
        self._hands.perform(effect)
        if isinstance(effect, fx.Issue):
            self._watch.confirmed()


def main(arguments: Sequence[str], began: float) -> int:
    """Run the kiosk. `began` is the monotonic second at which the process started its work."""
    options = read_or_exit(KioskOptions, "kiosk", arguments)
    program = Program("kiosk", options)
    equipment = Equipment(options.cabinet())
    doing = Doing(program.gateway, equipment, program.application.quit)
    watch = Stopwatch(began)
    model = Model(
        options.limits(),
        options.place(),
        Timed(doing, watch) if options.timing else doing,
        area=options.area,
        speak=program.set_language,
    )
    doing.join(model)
    equipment.happened.connect(model.feed)
    equipment.changed.connect(program.gateway.report)
    program.gateway.happened.connect(model.take)
    ticks = QTimer(interval=TICK, parent=model)
    ticks.timeout.connect(model.tick)
    preview = equipment.sight.preview if equipment.sight else Preview()
    preview.serve(program.engine)
    window = program.open(QML, {"view": model.view, "kiosk": model, "preview": preview})
    if options.scanner == KEYBOARD:
        KeyScanner(window).scanned.connect(equipment.scanned)
    if options.timing:
        window.installEventFilter(watch)
        window.frameSwapped.connect(watch.framed)
        equipment.happened.connect(watch.happened)
    if options.script:
        from kiosk.script import Driver

        driver = Driver(window, model, options.script)
        driver.ended.connect(program.application.quit)
        QTimer.singleShot(0, driver.start)
    ticks.start()
    # The ports wait for the first frame: a screen that stands is worth more than one second.
    QTimer.singleShot(0, equipment.start)
    try:
        return program.run()
    finally:
        equipment.stop()
        sys.stdout.flush()
