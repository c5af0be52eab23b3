"""`python -m kiosk pictures DIR`: every screen at its true size, offscreen."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtQuick import QQuickWindow

from kiosk import inputs as i
from kiosk.app import QML
from kiosk.model import Model
from kiosk.password import hashed
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

    def perform(self, effect: i.AnyEffect) -> None:
        """Leave it."""


def picture(scene: Scene, size: tuple[int, int], look: tuple[i.AnyInput, ...], file: Path) -> None:
    """Play a scene and write its picture."""
    application = make_application("pictures")
    engine = make_engine()
    translations = Translations(application)

    def speak(language: Language) -> None:
        translations.use(language, engine)

    model = Model(Limits(exit_hash=hashed("0")), Place(), Nobody(), speak=speak)
    window = open_window(engine, QML, {"view": model.view, "kiosk": model})
    window.resize(*size)
    for event in look:
        model.feed(event)
    scene.play(model)
    settle(window)
    window.grabWindow().save(str(file))
    close_engine(engine)
    translations.use("zh")


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
