"""`python -m kiosk pictures DIR`: every screen at its true size, offscreen."""

import argparse
import os
import sys
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickWindow

from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.app import QML
from kiosk.model import Model
from kiosk.password import hashed
from kiosk.preview import Preview
from kiosk.qr import picture as code_picture
from kiosk.scenes import Scene, scenes
from kiosk.states import Limits
from kiosk.view import Place
from ui.inputs import Language
from ui.languages import Translations
from ui.program import close_engine, make_application, make_engine, open_window

SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
LOOKS: dict[str, tuple[i.AnyInput, ...]] = {
    "zh": (),
    "en": (i.SetLanguage("en"),),
    "large": (i.SetLarge(True),),
    "large-en": (i.SetLarge(True), i.SetLanguage("en")),
    "reach": (i.SetReach(True),),
    "reach-en": (i.SetReach(True), i.SetLanguage("en")),
}


class Nobody:
    """No hands: pictures are taken of states, nothing is done."""

    def perform(self, effect: fx.AnyEffect) -> None:
        """Leave it."""


def picture(scene: Scene, size: tuple[int, int], look: tuple[i.AnyInput, ...], file: Path) -> None:
    """Play a scene and write its picture."""
    application = make_application("pictures")
    engine = make_engine()
    translations = Translations(application)

    def speak(language: Language) -> None:
        translations.use(language, engine)

    model = Model(Limits(exit_hash=hashed("0"), face_check=True), Place(), Nobody(), speak=speak)
    preview = Preview()
    preview.serve(engine)
    preview.show(drawing(face=scene.name.startswith("face")))
    properties: dict[str, object] = {"view": model.view, "kiosk": model, "preview": preview}
    window = open_window(engine, QML, properties)
    window.resize(*size)
    for event in look:
        model.feed(event)
    scene.play(model)
    settle(window)
    window.grabWindow().save(str(file))
    close_engine(engine)
    translations.use("zh")


def drawing(*, face: bool) -> bytes:
    """What an invented camera sees, as a JPEG: a drawn head, or a slip with a code. No person."""
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(QColor("#8795A6"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if face:
        painter.setBrush(QColor("#33445A"))
        painter.drawEllipse(40, 190, 240, 160)
        painter.setBrush(QColor("#D9C3AE"))
        painter.drawEllipse(110, 45, 100, 135)
    else:
        painter.setBrush(QColor("#F2F2EE"))
        painter.drawRect(95, 30, 130, 210)
        code = QImage()
        code.loadFromData(b64decode(code_picture("01JD8Q6T1C4Z8W3").partition(",")[2]))
        painter.drawImage(QRect(115, 70, 90, 90), code)
    painter.end()
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(kept, "JPG")  # type: ignore[call-overload]  # the stub wants bytes, Qt a str
    return bytes(kept.data().data())


def settle(window: QQuickWindow) -> None:
    """Let layouts and pictures come to rest."""
    application = make_application("pictures")
    for _ in range(6):
        application.processEvents()
    window.update()
    application.processEvents()


def main(arguments: Sequence[str]) -> int:
    """Take the pictures whose scene begins with one of the words given, or all."""
    parser = argparse.ArgumentParser(prog="hall kiosk pictures", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("only", nargs="*", help="beginnings of scenes' names, such as ticket")
    parser.add_argument("--look", choices=LOOKS, action="append", help="only in this look")
    parser.add_argument("--size", choices=SIZES, action="append", help="only in this format")
    given = parser.parse_intermixed_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen = [s for s in scenes() if not given.only or s.name.startswith(tuple(given.only))]
    jobs = [
        (scene, size, look)
        for scene in chosen
        for size in given.size or SIZES
        for look in given.look or LOOKS
    ]
    for done, (scene, size, look) in enumerate(jobs, 1):
        file = given.folder / f"kiosk-{scene.name}-{size}-{look}.png"
        picture(scene, SIZES[size], LOOKS[look], file)
        if sys.stderr.isatty():
            print(f"\r{done}/{len(jobs)} {file.name:60}", end="", file=sys.stderr)
    print(f"{len(jobs)} 张画面 pictures: {given.folder}")
    return 0
