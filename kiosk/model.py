"""The flow as QML sees it: touches in, one view out, effects to whoever can do them."""

import time
import uuid
from collections.abc import Callable
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.flow import step
from kiosk.fold import kiosk_view
from kiosk.states import Kiosk, Limits
from kiosk.view import KioskView, Place
from queue_server.domain.values import Ms, ServiceId
from queue_server.protocol.client import Changed, ClientEvent, Connected, Disconnected
from queue_server.protocol.messages import Document
from queue_server.protocol.views import HallView, QueuesView
from ui.feed import local_now
from ui.inputs import Language
from ui.shown import Shown, shown


class Hands(Protocol):
    """Who does what the flow wants done."""

    def perform(self, effect: fx.AnyEffect) -> None:
        """Begin it; never block."""


def _ways(value: str) -> i.AnyInput:
    match value:
        case "card" | "number" | "code" | "without" | "choose":
            return i.PickWay(value)
        case _:
            raise ValueError(value)


ACTS: dict[str, Callable[[str], i.AnyInput]] = {
    "stay": lambda _: i.Stay(),
    "home": lambda _: i.GoHome(),
    "back": lambda _: i.GoBack(),
    "finish": lambda _: i.Finish(),
    "begin": lambda _: i.Begin(),
    "track": lambda number: i.BeginTracking(number),
    "arrive": lambda _: i.BeginArriving(),
    "appointment": lambda serial: i.PickAppointment(serial),
    "department": lambda name: i.PickDepartment(name),
    "service": lambda key: i.PickService(ServiceId(key)),
    "search": lambda on: i.Search(on == "on"),
    "way": _ways,
    "helper": lambda on: i.ForSomeoneElse(on == "on"),
    "key": lambda character: i.Key(character),
    "erase": lambda everything: i.Erase(everything == "all"),
    "submit": lambda _: i.Submit(),
    "confirm": lambda _: i.ConfirmTicket(),
    "print_again": lambda _: i.PrintAgain(),
    "language": lambda code: i.SetLanguage("en" if code == "en" else "zh"),
    "large": lambda on: i.SetLarge(on == "on"),
    "reach": lambda on: i.SetReach(on == "on"),
    "help": lambda on: i.ShowHelp(on == "on"),
    "slip_seen": lambda _: i.SlipSeen(),
    "face": lambda answer: i.AnswerFace(answer == "agree"),
    "exit": lambda _: i.AskExit(),
}
"""What QML may say, and the input it means."""


class Model(QObject):
    """Holds the flow's state; all methods are for the GUI thread."""

    moved = Signal()
    """After every step that changed something."""

    def __init__(
        self,
        limits: Limits,
        place: Place,
        hands: Hands,
        *,
        area: str = "",
        speak: Callable[[Language], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.place = place
        self._hands = hands
        self._area = area
        self._speak = speak
        self._clock = clock
        self._offset = 0
        first = Kiosk(limits=limits)
        self.kiosk, _ = step(first, i.GoHome(), clock(), "")
        self.kiosk, _ = step(self.kiosk, i.SetLanguage(limits.language), clock(), "")
        self.view: Shown[KioskView] = shown(self._fold(), self)

    @Slot(str, str)
    def act(self, name: str, value: str) -> None:
        """The citizen touched something; a name QML made up raises KeyError."""
        self.feed(ACTS[name](value))

    def feed(self, event: i.AnyInput) -> None:
        """One step: effects first, since paper matters more than pixels; then what is shown."""
        if isinstance(event, i.CardRead | i.Submit):
            event = msgspec.structs.replace(event, at=self._wall())
        before = self.kiosk
        self.kiosk, effects = step(before, event, self._clock(), str(uuid.uuid4()))
        for effect in effects:
            self._hands.perform(effect)
        if self.kiosk.session.language != before.session.language:
            self._speak(self.kiosk.session.language)
        self.view.show(self._fold())
        if self.kiosk is not before:
            self.moved.emit()

    @Slot(object)
    def take(self, event: ClientEvent) -> None:
        """What the server's client tells."""
        match event:
            case Connected():
                self._offset = event.clock_offset
                area = self._area or event.me.area or ""
                self.feed(i.LineUp(area))
                self._documents(event.documents)
            case Changed():
                self._documents(event.documents)
            case Disconnected():
                self.feed(i.LineCut(Ms(event.since + self._offset), event.code))

    @Slot()
    def tick(self) -> None:
        """Time passed."""
        self.feed(i.Tick())

    def _documents(self, documents: dict[str, Document]) -> None:
        for document in documents.values():
            if isinstance(document, HallView):
                self.feed(i.HallSeen(document))
            elif isinstance(document, QueuesView):
                self.feed(i.QueuesSeen(document))

    def _fold(self) -> KioskView:
        return kiosk_view(self.kiosk, self.place, self._wall(), self._clock())

    def _wall(self) -> Ms:
        """The hall's clock."""
        return Ms(local_now() + self._offset)
