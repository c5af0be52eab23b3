"""Windows under test: load, look, press, and a server that only takes notes."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from queue_server.domain.commands import Command
from queue_server.protocol.codec import rejected
from queue_server.protocol.messages import Outcome, Read, ReadResult, Result
from ui.program import close_engine, make_application, make_engine, open_window


class Notes:
    """A server that writes down what it is asked, and answers when told to."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.reads: list[Read] = []
        self._waiting: list[Callable[[Result], None]] = []
        self._asked: list[Callable[[ReadResult], None]] = []

    def command(self, do: Command, on_result: Callable[[Result], None]) -> None:
        self.commands.append(do)
        self._waiting.append(on_result)

    def read(self, what: Read, on_answer: Callable[[ReadResult], None]) -> None:
        self.reads.append(what)
        self._asked.append(on_answer)

    def done(self) -> None:
        """Answer the oldest command: done."""
        self._waiting.pop(0)(Result(id="1", done=Outcome()))

    def refuse(self, code: str) -> None:
        """Answer the oldest command: refused."""
        self._waiting.pop(0)(Result(id="1", rejected=rejected(code)))

    def tell(self, answer: ReadResult) -> None:
        """Answer the oldest read."""
        self._asked.pop(0)(answer)


class Screen:
    """One open window. Close it before its view models go."""

    def __init__(self, qml: Path, properties: dict[str, object]) -> None:
        make_application("test")
        self._kept = properties
        self.engine = make_engine()
        self.window: QQuickWindow = open_window(self.engine, qml, properties)
        self.window.show()
        self.settle()

    def close(self) -> None:
        close_engine(self.engine)

    def settle(self) -> None:
        """Let the window take in what changed."""
        for _ in range(4):
            QGuiApplication.processEvents()

    def items(self) -> Iterator[QQuickItem]:
        """Every visible item."""
        pending = [self.window.contentItem()]
        while pending:
            item = pending.pop()
            if item.isVisible():
                yield item
                pending += item.childItems()

    def find(self, name: str) -> QQuickItem:
        """The visible item of that object name."""
        for item in self.items():
            if item.objectName() == name:
                return item
        raise AssertionError(f"no {name} is visible")

    def shows(self, name: str) -> bool:
        return any(item.objectName() == name for item in self.items())

    def texts(self) -> list[str]:
        """Every text that can be read."""
        found = (item.property("text") for item in self.items() if is_text(item))
        return [text for text in found if text]

    def click(self, name: str) -> None:
        self.window.grabWindow()  # lays out what has just appeared
        item = self.find(name)
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        QTest.mouseClick(
            self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle
        )
        self.settle()

    def press(self, *keys: Qt.Key, shift: bool = False) -> None:
        if not self.window.isActive():
            self.window.requestActivate()
            self.settle()
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(self.window, key, held)
            self.settle()

    def type(self, words: str) -> None:
        """Type letters and digits of ASCII."""
        for letter in words:
            self.press(Qt.Key(ord(letter.upper())))

    def picture(self, name: str) -> QImage:
        """What is painted where the item stands."""
        item = self.find(name)
        corner = item.mapToScene(QPointF(0, 0)).toPoint()
        size = QPoint(int(item.width()), int(item.height()))
        whole: QImage = self.window.grabWindow()
        return whole.copy(corner.x(), corner.y(), size.x(), size.y())


def is_text(item: QQuickItem) -> bool:
    """Whether the item is a Text or TextInput."""
    return item.inherits("QQuickText") or item.inherits("QQuickTextInput")


def ink_height(picture: QImage) -> int:
    """Pixels from the highest to the lowest row that differs from the first one."""
    ground = picture.pixel(0, 0)
    rows = [
        y
        for y in range(picture.height())
        if any(picture.pixel(x, y) != ground for x in range(picture.width()))
    ]
    return rows[-1] - rows[0] + 1 if rows else 0
