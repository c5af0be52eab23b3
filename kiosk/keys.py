"""A scanner that is a keyboard: Qt's keys in, scans out, everybody else's keys handed on."""

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from devices.scanner.keyboard import ENTER, TAB, KeyboardScanner, KeyTimings, Scan, Typed

_NAMED = {Qt.Key.Key_Return: ENTER, Qt.Key.Key_Enter: ENTER, Qt.Key.Key_Tab: TAB}


class KeyScanner(QObject):
    """Watches `window`'s keys. What a person typed reaches the window a moment later, unchanged.

    Installed on a window, it is called in the GUI thread only.
    """

    scanned = Signal(str)

    def __init__(self, window: QObject, timings: KeyTimings | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._scanner = KeyboardScanner(timings)
        self._held: list[tuple[str, QKeyEvent]] = []
        self._replaying = False
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._passed)
        self._last = 0.0
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._replaying or not isinstance(event, QKeyEvent):
            return False
        character = _NAMED.get(Qt.Key(event.key()), event.text())
        modified = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if len(character) != 1 or modified or event.isAutoRepeat():
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return any(held == character for held, _ in self._held)
        if event.type() != QEvent.Type.KeyPress:
            return False
        # The event's own stamp: a busy window delivers keys late and in heaps.
        at = event.timestamp() / 1000 if event.timestamp() else time.monotonic()
        self._held.append((character, event.clone()))
        self._take(self._scanner.feed(character, at))
        self._last = at
        if self._scanner.due is not None:
            self._idle.start(int((self._scanner.due - at) * 1000) + 2)
        return True

    def _passed(self) -> None:
        if self._scanner.due is not None:
            self._take(self._scanner.idle(self._scanner.due + 0.001))

    def _take(self, known: Scan | Typed | None) -> None:
        match known:
            case Scan(text):
                self._held.clear()
                self.scanned.emit(text)
            case Typed(text):
                mine, self._held = self._held[: len(text)], self._held[len(text) :]
                self._hand_on([event for _, event in mine])
            case None:
                pass

    def _hand_on(self, events: list[QKeyEvent]) -> None:
        self._replaying = True
        try:
            for event in events:
                QCoreApplication.sendEvent(self._window, event)
                release = QKeyEvent(
                    QEvent.Type.KeyRelease, event.key(), event.modifiers(), event.text()
                )
                QCoreApplication.sendEvent(self._window, release)
        finally:
            self._replaying = False
