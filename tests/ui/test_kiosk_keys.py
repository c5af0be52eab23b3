"""A scanner that is a keyboard, beside people's own keys: QTest's key clicks on the true window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from devices.scanner.codes import classify
from devices.scanner.keyboard import KeyTimings
from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.keys import KeyScanner
from kiosk.states import Track, Who
from tests.ui.test_kiosk_window import Booth
from ui.program import close_engine

TICKET = "0193a0e1-2b3c-7d4e-8f50-112233445566"
NUMBER = "11010519491231002X"


class Wedge:
    """A booth with a scanner on its keyboard; time is the events' own stamps."""

    def __init__(self, booth: Booth) -> None:
        self.booth = booth
        self.scans: list[str] = []
        self.keys = KeyScanner(booth.window, KeyTimings())
        self.keys.scanned.connect(self._scanned)
        self.at = 10_000

    def _scanned(self, text: str) -> None:
        self.scans.append(text)
        self.booth.model.feed(i.Scanned(classify(text)))

    def press(self, text: str, *, gap: int) -> None:
        for character in text:
            self.at += gap
            key = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character.upper()))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                shift = Qt.KeyboardModifier.ShiftModifier
                modifiers = shift if character.isupper() else Qt.KeyboardModifier.NoModifier
                event = QKeyEvent(kind, key, modifiers, character)
                event.setTimestamp(self.at)
                QGuiApplication.sendEvent(self.booth.window, event)


@pytest.fixture
def wedge(qtbot: QtBot) -> Iterator[Wedge]:
    made = Wedge(Booth())
    yield made
    close_engine(made.booth.engine)


def test_a_scanned_slip_opens_its_ticket(wedge: Wedge) -> None:
    wedge.press(TICKET + "\r", gap=4)
    assert wedge.scans == [TICKET]
    asked = [e for e in wedge.booth.notes.effects if isinstance(e, fx.AskProgress)]
    assert [e.ticket for e in asked] == [TICKET]


def test_qt_key_clicks_in_one_burst_are_a_scan(wedge: Wedge) -> None:
    for character in TICKET:
        QTest.keyClick(wedge.booth.window, Qt.Key(ord(character.upper())))
    QTest.keyClick(wedge.booth.window, Qt.Key.Key_Return)
    assert wedge.scans == [TICKET]


def test_a_scan_neither_types_nor_touches_what_has_the_focus(wedge: Wedge) -> None:
    booth = wedge.booth
    booth.touch("begin", "department:不动产", "service:s2", "number", "key:1", "key:1")
    wedge.press(NUMBER + "\r", gap=3)
    page = booth.model.kiosk.session.page
    assert isinstance(page, Who)
    assert page.digits == NUMBER, "the code replaces what was typed, and Enter submits nothing"
    assert wedge.scans == [NUMBER]


def test_a_persons_keys_come_through_one_by_one(wedge: Wedge, qtbot: QtBot) -> None:
    booth = wedge.booth
    booth.touch("track")
    wedge.press("a12", gap=180)

    def typed() -> None:
        page = booth.model.kiosk.session.page
        assert isinstance(page, Track)
        assert page.typed == "A12"

    qtbot.waitUntil(typed, timeout=30_000)
    assert wedge.scans == []
    wedge.press("\r", gap=300)
    qtbot.waitUntil(
        lambda: any(isinstance(e, fx.AskProgress) for e in booth.notes.effects), timeout=30_000
    )


def test_touches_and_scans_do_not_disturb_each_other(wedge: Wedge) -> None:
    booth = wedge.booth
    booth.touch("track", "key:A")
    wedge.press("A012\r", gap=5)
    assert [e.ticket for e in booth.notes.effects if isinstance(e, fx.AskProgress)] == ["A012"]
