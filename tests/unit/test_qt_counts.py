"""The installed PySide6 counts references to True, False and None rightly (ADR 9)."""

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Property, QObject, Signal

TIMES = 1000


class Speaker(QObject):
    plain = Signal()
    with_object = Signal(object)

    def _get(self) -> bool:
        return True

    value = Property(bool, _get)


def drift(act: Callable[[], Any]) -> int:
    """The largest change in the three counts over many calls."""
    constants = (True, False, None)
    before = [sys.getrefcount(constant) for constant in constants]
    for _ in range(TIMES):
        act()
    after = [sys.getrefcount(constant) for constant in constants]
    return max(abs(b - a) for a, b in zip(before, after, strict=True))


def test_nothing_is_given_away() -> None:
    # Enough in hand that a wrong count fails this test and does not end the interpreter.
    kept: list[Any] = [True, False, None] * (TIMES * 10)
    speaker = Speaker()
    speaker.plain.connect(lambda: None)
    speaker.with_object.connect(lambda _: None)
    for act in (
        speaker.plain.emit,
        lambda: speaker.with_object.emit(None),
        lambda: speaker.with_object.emit(True),
        lambda: speaker.setProperty("x", True),
        lambda: speaker.property("value"),
        lambda: speaker.blockSignals(False),
    ):
        assert drift(act) < TIMES / 10
    del kept
