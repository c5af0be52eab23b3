"""The living `Inputs` of a program: folds the gateway's events and the clock into them."""

import time
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from queue_server.domain.values import Ms
from queue_server.protocol.client import ClientEvent
from ui.inputs import Inputs, Language, fold, speak, tick

TICK = 1000
"""Milliseconds between two looks at the clock."""


class Feed(QObject):
    """Holds the inputs; `changed` says that they are new."""

    changed = Signal()

    def __init__(self, language: Language = "zh", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.inputs = Inputs(language=language, now=local_now())
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Let the clock run."""
        self._timer.start()

    @Slot(object)
    def take(self, event: ClientEvent) -> None:
        """Fold one event of the gateway."""
        self._become(fold(self.inputs, event))

    def speak(self, language: Language) -> None:
        """Go on in `language`."""
        self._become(speak(self.inputs, language))

    def _tick(self) -> None:
        self._become(tick(self.inputs, local_now()))

    def _become(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.changed.emit()


def local_now() -> Ms:
    """This machine's clock, in ms."""
    return cast(Ms, int(time.time() * 1000))
