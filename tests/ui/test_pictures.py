"""Every screen in every condition: it loads without a warning and nothing runs out of it."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from tests.ui.windows import Screen, is_text
from ui.inputs import Language
from ui.languages import Translations
from ui.pictures.take import Picture, pictures

STYLE = Path(__file__).parents[2] / "ui" / "qml" / "Hall" / "Style.qml"
NAMES = [p.name for p in pictures("zh")]


@pytest.fixture
def language(request: pytest.FixtureRequest, qapp: QGuiApplication) -> Iterator[Language]:
    translations = Translations(qapp)
    translations.use(request.param)
    yield request.param
    translations.use("zh")


@pytest.mark.parametrize("language", ["zh", "en"], indirect=True)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_out_of_the_window(name: str, language: Language) -> None:
    picture = next(p for p in pictures(language) if p.name == name)
    screen = Screen(picture.qml, picture.properties)
    try:
        if picture.before:
            picture.before(screen.window)
            screen.settle()
        screen.window.grabWindow()  # lays out what has just appeared
        assert list(_outside(screen)) == []
    finally:
        screen.close()


def _outside(screen: Screen) -> Iterator[str]:
    room = QRectF(-1, -1, screen.window.width() + 2, screen.window.height() + 2)
    for item in screen.items():
        if is_text(item) and item.property("text") and not _scrolls(item):
            width = min(item.width(), float(item.property("contentWidth")))
            place = item.mapRectToScene(QRectF(0, 0, width, item.height()))
            # A numeral's line is higher than its digits, and may reach beyond them.
            numeral = item.metaObject().className().startswith("Numeral")
            inside = room.contains(place.center()) if numeral else room.contains(place)
            if not inside or place.left() < room.left() or place.right() > room.right():
                yield f"{item.property('text')}: {place}"


def _scrolls(item: QQuickItem) -> bool:
    parent: QQuickItem | None = item
    while parent is not None:
        if parent.inherits("QQuickFlickable"):
            return True
        parent = parent.parentItem()
    return False


def test_every_picture_has_a_name_of_its_own() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert all(isinstance(p, Picture) for p in pictures("en"))


def colours() -> dict[str, str]:
    """Name to colour, as in the style."""
    return dict(re.findall(r'property color (\w+): "(#\w{6})"', STYLE.read_text("utf-8")))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, after WCAG 2."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        *[(i, g, 7.0) for i, g in product(("text", "muted", "actionText"), ("ground", "panel"))],
        ("actionText", "actionTint", 7.0),
        ("text", "actionTint", 7.0),
        ("muted", "actionTint", 7.0),
        ("wrongText", "wrongTint", 7.0),
        ("doneText", "doneTint", 7.0),
        ("doneText", "actionTint", 7.0),
        ("inverse", "action", 7.0),
        ("inverse", "wrong", 4.5),
        ("faint", "panel", 4.5),
        ("faint", "ground", 4.5),
        ("done", "doneTint", 4.5),
        ("action", "actionTint", 4.5),
    ],
)
def test_contrast(ink: str, ground: str, least: float) -> None:
    found = colours()
    assert contrast(found[ink], found[ground]) >= least
