"""A driver that touches the running window as a citizen would, told what to do line by line.

Lines: `take SERVICE [card|none|NUMBER [agree|decline]]` (the last answers the question of the
face), `check_in card|CODE|scanned` (the first of several appointments), `track NUMBER`,
`progress` (of a ticket whose code was just scanned), `reprint` (its slip), `touch NAME` (an
item's objectName), `outcome` (of touches that ask for a ticket), `wait SECONDS`, `quit`. Answers
are JSON lines on stdout: `ticket` when the number stands on the screen, `slip` when its printing
has ended, `refused`, `progress`, and `stuck` where the screen did not come to where the line wanted
it. Every touch is a press and a release on the middle of an item that is visible and enabled.
"""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.model import Model
from kiosk.states import (
    AnyPage,
    Arrive,
    Confirm,
    FaceAsk,
    Home,
    Issued,
    Issuing,
    Refused,
    Track,
    offered,
)

PATIENCE = 15.0
"""Seconds a line may take before it is said to be stuck."""
UNDRAWN = 0.3
"""Seconds after which a change that led to no new frame is taken to be drawn."""
LOOK = 5
"""Milliseconds between two looks at a screen that has not moved yet."""


class Driver(QObject):
    """Reads lines in a thread, touches in the GUI thread, one line after another."""

    ended = Signal()
    _came = Signal(object)

    def __init__(self, window: QQuickWindow, model: Model, source: str) -> None:
        super().__init__(window)
        self._window = window
        self._model = model
        self._source = source
        self._lines: list[str] = []
        self._over = False
        self._steps: Iterator[bool] | None = None
        self._waited = 0.0
        self._line = ""
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._go)
        self._drawn = False
        self._undrawn = 0.0
        window.frameSwapped.connect(self._draw)
        model.moved.connect(self._move)
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to read."""
        threading.Thread(target=self._read, name="script", daemon=True).start()
        self._timer.start()

    def _read(self) -> None:
        if self._source == "-":
            for line in sys.stdin:
                self._came.emit(line)
        else:
            for line in Path(self._source).read_text("utf-8").splitlines():
                self._came.emit(line)
        self._came.emit(None)

    def _draw(self) -> None:
        self._drawn = True

    def _move(self) -> None:
        self._drawn = False
        self._undrawn = 0.0

    def _take(self, line: str | None) -> None:
        if line is None:
            self._over = True
        elif line.strip() and not line.startswith("#"):
            self._lines.append(line.strip())

    def _go(self) -> None:
        """Advance the line at hand; each step says whether it got on."""
        if self._steps is None:
            if not self._lines:
                if self._over:
                    self._timer.stop()
                    self.ended.emit()
                return
            self._line = self._lines.pop(0)
            self._steps = self._play(self._line.split())
            self._waited = 0.0
        moved = next(self._steps, None)
        if moved is None:
            self._steps = None
        elif moved:
            self._waited = 0.0
        else:
            self._waited += LOOK / 1000
            if self._waited > PATIENCE:
                _say(event="stuck", line=self._line, page=self._model.view.now.page)
                self._steps = None

    def _page(self) -> AnyPage:
        return self._model.kiosk.session.page

    def _play(self, words: list[str]) -> Iterator[bool]:
        match words:
            case ["take", service]:
                yield from self._take_ticket(service, "none")
            case ["take", service, way]:
                yield from self._take_ticket(service, way)
            case ["take", service, way, ("agree" | "decline") as face]:
                yield from self._take_ticket(service, way, face)
            case ["check_in", way]:
                yield from self._check_in(way)
            case ["outcome"]:
                yield from self._outcome()
            case ["progress"]:
                yield from self._progress("")
            case ["reprint"]:
                yield from self._reprint()
            case ["track", number]:
                yield from self._track(number)
            case ["touch", name]:
                yield from self._touch(name)
            case ["wait", seconds]:
                yield from self._wait(float(seconds))
            case ["quit"]:
                self._lines.clear()
                self._over = True
            case _:
                _say(event="unknown", line=self._line)

    def _take_ticket(self, service: str, way: str, face: str = "agree") -> Iterator[bool]:
        yield from self._to_home()
        yield from self._touch("begin")
        wanted = next((s for s in offered(self._model.kiosk) if s.id == service), None)
        if wanted is None:
            _say(event="refused", code="unknown_service")
            yield from self._touch("home")
            return
        if self._model.view.now.choose.departments:
            yield from self._turn_to(f"department:{wanted.department.zh}")
        yield from self._turn_to(f"service:{service}")
        if wanted.identity != "none":
            yield from self._identify(way)
        while not isinstance(page := self._page(), Confirm | Refused):
            if isinstance(page, FaceAsk):
                yield from self._touch(f"face_{face}")
            yield False
        if isinstance(page, Refused):
            yield from self._tell()
            return
        yield from self._touch("confirm")
        while isinstance(self._page(), Confirm | Issuing):
            yield False
        yield from self._tell()

    def _check_in(self, way: str) -> Iterator[bool]:
        if way == "scanned":
            while isinstance(self._page(), Home):
                yield False
        else:
            yield from self._to_home()
            yield from self._touch("arrive")
            yield from self._touch("card" if way == "card" else "number")
            if way != "card":
                for character in way:
                    yield from self._touch(f"key:{character}")
                yield from self._touch("submit")
        while not isinstance(page := self._page(), Issued | Refused):
            if isinstance(page, Arrive) and page.found:
                yield from self._touch(f"appointment:{page.found[0].serial}")
            yield False
        yield from self._tell()

    def _outcome(self) -> Iterator[bool]:
        while not isinstance(self._page(), Issued | Refused):
            yield False
        yield from self._tell()

    def _identify(self, way: str) -> Iterator[bool]:
        if way in ("none", "card"):
            yield from self._touch("card" if way == "card" else "without")
            return
        yield from self._touch("number")
        for character in way:
            yield from self._touch(f"key:{character}")
        yield from self._touch("submit")

    def _tell(self) -> Iterator[bool]:
        page = self._page()
        if isinstance(page, Refused):
            _say(event="refused", code=page.code, number=page.number)
            yield from self._touch("finish")
            return
        if not isinstance(page, Issued):
            return
        _say(
            event="ticket",
            number=page.number,
            ticket=page.ticket,
            service=page.service.id,
            ahead=page.ahead,
        )
        while isinstance(page, Issued) and page.printing == "printing":
            yield False
            page = self._page()
        if isinstance(page, Issued):
            _say(event="slip", number=page.number, state=page.printing, code=page.print_code)
            yield from self._touch("finish")

    def _track(self, number: str) -> Iterator[bool]:
        yield from self._to_home()
        yield from self._touch("track")
        for character in number:
            yield from self._touch(f"key:{character}")
        yield from self._touch("submit")
        yield from self._progress(number)
        yield from self._touch("home")

    def _progress(self, number: str) -> Iterator[bool]:
        while True:
            page = self._page()
            if isinstance(page, Track) and (page.answer or page.problem):
                break
            yield False
        answer = page.answer
        if answer is None:
            _say(event="refused", code=page.problem, number=number)
        else:
            _say(event="progress", number=answer.number, state=answer.state, ahead=answer.ahead)

    def _reprint(self) -> Iterator[bool]:
        yield from self._touch("print_again")
        while isinstance(page := self._page(), Track) and page.printing in ("", "printing"):
            yield False
        if isinstance(page, Track):
            number = page.answer.number if page.answer else ""
            _say(event="slip", number=number, state=page.printing, code=page.print_code)
        yield from self._touch("home")

    def _to_home(self) -> Iterator[bool]:
        if self._model.view.now.page != "home":
            yield from self._touch("home")
        while not self._model.view.now.canTake:
            yield False

    def _turn_to(self, name: str) -> Iterator[bool]:
        """Touch a tile, turning pages until it is there: onwards, then back."""
        onwards = True
        yield False  # a page is laid out before anybody could touch it
        while self._find(name) is None:
            following = self._find("next" if onwards else "previous")
            if following is None:
                onwards = not onwards
            else:
                self._tap(following)
                yield True
            yield False
        yield from self._touch(name)

    def _touch(self, name: str) -> Iterator[bool]:
        item = self._find(name)
        while item is None or not self._stands():
            yield False
            item = self._find(name)
        self._tap(item)
        yield True

    def _stands(self) -> bool:
        """Whether the last change has been drawn; one that draws nothing is waited for shortly."""
        self._undrawn += LOOK / 1000
        return self._drawn or self._undrawn > UNDRAWN

    def _wait(self, seconds: float) -> Iterator[bool]:
        for _ in range(int(seconds * 1000 / LOOK)):
            yield True

    def _find(self, name: str) -> QQuickItem | None:
        return find(self._window, name)

    def _tap(self, item: QQuickItem) -> None:
        tap(self._window, item)


def find(window: QQuickWindow, name: str) -> QQuickItem | None:
    """The item of this objectName that a finger could touch now."""
    waiting = [window.contentItem()]
    while waiting:
        item = waiting.pop()
        if not item.isVisible() or not item.isEnabled():
            continue
        if item.objectName() == name:
            return item
        waiting += item.childItems()
    return None


def tap(window: QQuickWindow, item: QQuickItem) -> None:
    """Press and release the middle of an item, through the window as the touch screen does."""
    place = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, held in (
        (QEvent.Type.MouseButtonPress, left),
        (QEvent.Type.MouseButtonRelease, none),
    ):
        event = QMouseEvent(
            kind, place, window.mapToGlobal(place), left, held, Qt.KeyboardModifier.NoModifier
        )
        QGuiApplication.sendEvent(window, event)


def _say(**fields: object) -> None:
    print(msgspec.json.encode(fields).decode(), flush=True)
