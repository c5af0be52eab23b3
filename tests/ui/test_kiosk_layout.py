"""Every kiosk scene, in every look and format: nothing cut, covered, shortened or too small."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

from kiosk.app import QML
from kiosk.model import Model
from kiosk.password import hashed
from kiosk.pictures import LOOKS, SIZES, Nobody
from kiosk.scenes import scenes
from kiosk.states import Limits
from kiosk.view import Place
from tests.ui.windows import is_text
from ui.languages import Translations
from ui.program import close_engine, make_application, make_engine, open_window

SLACK = 2.0
"""Pixels by which rounding may push an edge."""
MARGIN = 20
"""Pixels that stay free below the last button."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", LOOKS)
def test_every_scene_stands_in_its_frame(qtbot: QtBot, look: str, size: str) -> None:
    application = make_application("kiosk-test")
    engine = make_engine()
    translations = Translations(application)
    translations.use("en" if look.endswith("en") else "zh")

    limits = Limits(exit_hash=hashed("0"), face_check=True)

    def new_model() -> Model:
        model = Model(limits, Place(), Nobody())
        for event in LOOKS[look]:
            model.feed(event)
        return model

    models = [new_model()]
    window = open_window(engine, QML, {"view": models[0].view, "kiosk": models[0]})
    window.resize(*SIZES[size])
    found: list[str] = []
    for scene in scenes():
        models.append(new_model())
        window.setProperty("view", models[-1].view)
        window.setProperty("kiosk", models[-1])
        scene.play(models[-1])
        _lay_out(window)
        found += [f"{scene.name}: {fault}" for fault in faults(window, large="large" in look)]
    close_engine(engine)
    translations.use("zh")
    assert not found, "\n" + "\n".join(found)


def _lay_out(window: QQuickWindow) -> None:
    """Two frames: one lays out what changed, one stands still."""
    for _ in range(2):
        make_application("kiosk-test").processEvents()
        window.grabWindow()


def faults(window: QQuickWindow, *, large: bool) -> Iterator[str]:
    """What a citizen would stumble over, in words."""
    shown = list(_visible(window.contentItem()))
    buttons = [item for item in shown if item.inherits("QQuickAbstractButton")]
    texts = [item for item in shown if is_text(item) and item.property("text")]
    footer = next(item for item in shown if item.objectName() == "footer")
    for button in buttons:
        name, place = button.objectName(), _place(button)
        if not _holds(QRectF(0, 0, window.width(), window.height() - MARGIN), place):
            yield f"button {name} cut by the window's edge: {_said(place)}"
        if not footer.isAncestorOf(button) and _meet(place, _place(footer)):
            yield f"button {name} under the footer: {_said(place)}"
        if min(place.width(), place.height()) < 119.5:
            yield f"button {name} too small: {_said(place)}"
    touched = [(button, _place(button)) for button in buttons]
    inked = [(text, _ink(text)) for text in texts]
    for (one, a), (other, b) in combinations(touched, 2):
        if _meet(a, b):
            yield f"button {one.objectName()} over {other.objectName()}"
    for text, ink in inked:
        words = text.property("text")
        for frame in _frames(text):
            if not _holds(_place(frame), ink):
                yield f"{words!r} {_said(ink)} out of {_named(frame)} {_said(_place(frame))}"
        if text.property("truncated"):
            yield f"{words!r} shortened"
        pixels = _pixels(text)
        if pixels < (54 if large else 36) - 0.5:
            yield f"{words!r} only {pixels} px"
    for (one, a), (other, b) in combinations(inked, 2):
        if _meet(a, b):
            yield f"{one.property('text')!r} over {other.property('text')!r}"
    for text, ink in inked:
        for button, place in touched:
            if _meet(ink, place) and not button.isAncestorOf(text):
                yield f"{text.property('text')!r} over button {button.objectName()}"


def _visible(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible() and item.opacity() > 0:
        yield item
        for child in item.childItems():
            yield from _visible(child)


def _place(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def _pixels(text: QQuickItem) -> float:
    """The size its letters really have, after any shrinking to fit."""
    return float(_of(text, "fontInfo.pixelSize"))


def _of(item: QQuickItem, expression: str) -> float:
    context = QQmlEngine.contextForObject(item)
    value, _ = QQmlExpression(context, item, expression).evaluate()
    return float(value)


def _ink(text: QQuickItem) -> QRectF:
    """Where its letters are, without the air above the first line and below the last."""
    width, height = float(text.property("contentWidth")), float(text.property("contentHeight"))
    level, upright = _of(text, "horizontalAlignment"), _of(text, "verticalAlignment")
    spare = text.width() - width
    x = {Qt.AlignmentFlag.AlignHCenter.value: spare / 2, Qt.AlignmentFlag.AlignRight.value: spare}
    y = {Qt.AlignmentFlag.AlignVCenter.value: (text.height() - height) / 2,
         Qt.AlignmentFlag.AlignBottom.value: text.height() - height}  # fmt: skip
    air = min(_pixels(text) * 0.25, height / 3)
    box = QRectF(x.get(int(level), 0), y.get(int(upright), 0) + air, width, height - 2 * air)
    return text.mapRectToScene(box)


def _frames(text: QQuickItem) -> Iterator[QQuickItem]:
    """The surfaces it stands on: buttons, panels, the page, the window."""
    item = text.parentItem()
    while item is not None:
        kinds = ("QQuickRectangle", "QQuickAbstractButton", "QQuickLoader", "QQuickRootItem")
        if any(item.inherits(kind) for kind in kinds):
            yield item
        item = item.parentItem()


def _holds(frame: QRectF, box: QRectF) -> bool:
    return frame.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(box)


def _meet(one: QRectF, other: QRectF) -> bool:
    both = one.intersected(other)
    return both.width() > SLACK and both.height() > SLACK


def _named(item: QQuickItem) -> str:
    return item.objectName() or str(item.metaObject().className())


def _said(box: QRectF) -> str:
    return f"[{box.left():.0f},{box.top():.0f} {box.width():.0f}×{box.height():.0f}]"
