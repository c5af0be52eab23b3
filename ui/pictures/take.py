"""`python -m ui pictures FOLDER`: a picture of every screen in every condition, true size."""

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtQuick import QQuickWindow

import ui.board.app
import ui.caller.app
import ui.counter_screen.app
import ui.pad.app
from queue_server.domain.commands import Command
from queue_server.protocol.codec import rejected
from queue_server.protocol.messages import Read, ReadResult, Result
from ui.board.app import NOTICE
from ui.board.view import board_view
from ui.caller.desk import Keys
from ui.caller.view import Desk, caller_view
from ui.counter_screen.view import counter_screen_view
from ui.feed import Feed
from ui.inputs import Inputs, Language
from ui.languages import Translations
from ui.pad.reasons import load
from ui.pad.view import pad_screen
from ui.pictures import halls
from ui.program import close_engine, make_application, make_engine, open_window
from ui.shown import shown


class Picture(NamedTuple):
    """One picture: what to load, with what, and what to do in it before it is taken."""

    name: str
    qml: Path
    properties: dict[str, object]
    size: tuple[int, int] | None = None
    before: Callable[[QQuickWindow], None] | None = None


def pictures(language: Language) -> Iterator[Picture]:
    """Every picture in one language."""
    dictionary = load()

    def of(scenes: dict[str, halls.Maker]) -> Iterator[tuple[str, Inputs]]:
        return ((name, make(language)) for name, make in scenes.items())

    for name, inputs in of(halls.board_scenes()):
        properties: dict[str, object] = {"view": shown(board_view(inputs, NOTICE))}
        yield Picture(f"board-{name}", ui.board.app.QML, properties)
    for name, inputs in of(halls.counter_scenes("screen")):
        properties = {"view": shown(counter_screen_view(inputs))}
        yield Picture(f"screen-{name}", ui.counter_screen.app.QML, properties)
    for name, inputs, pad in halls.pad_scenes(language):
        properties = {"view": shown(pad_screen(inputs, pad, dictionary)), "touches": QObject()}
        yield Picture(f"pad-{name}", ui.pad.app.QML, properties)
    for name, inputs in of(halls.counter_scenes("caller")):
        yield caller_picture(name, inputs, Desk())
    serving, free = (halls.counter_scenes("caller")[n](language) for n in ("serving", "free"))
    refused = Desk(rejected=rejected("nobody_waiting"), identity=halls.identity())
    yield caller_picture("refused", serving, refused)
    yield caller_picture("busy", free, Desk(pending="call_next", waits=True))
    steps = halls.counter_scenes("caller")["steps"](language)
    picture = caller_picture("panel-route", steps, Desk())
    yield picture._replace(before=partial(_open_panel, "route"))
    many = halls.counter_scenes("caller")["many"](language)
    for panel in ("transfer", "pause", "walk_in", "return", "call_this", "no_show", "sign_out"):
        scene = many if panel in {"transfer", "walk_in"} else serving
        picture = caller_picture(f"panel-{panel}", scene, Desk(waiting=halls.waiting()))
        yield picture._replace(before=partial(_open_panel, panel))


def caller_picture(name: str, inputs: Inputs, desk: Desk) -> Picture:
    """The caller's window; its keys are not connected."""
    properties: dict[str, object] = {
        "view": shown(caller_view(inputs, desk)),
        "keys": Keys(Feed(), Nobody()),
    }
    return Picture(f"caller-{name}", ui.caller.app.QML, properties)


class Nobody:
    """A server that never answers."""

    def command(self, do: Command, on_result: Callable[[Result], None]) -> None:
        """Take no notice."""

    def read(self, what: Read, on_answer: Callable[[ReadResult], None]) -> None:
        """Take no notice."""


def _open_panel(name: str, window: QQuickWindow) -> None:
    window.setProperty("panel", name)


def take(picture: Picture, folder: Path, language: Language) -> Path:
    """Load one picture's window, and write what it shows."""
    application = make_application("pictures")
    engine = make_engine()
    window = open_window(engine, picture.qml, picture.properties)
    if picture.size:
        window.resize(*picture.size)
    if picture.before:
        picture.before(window)
    window.show()
    for _ in range(3):
        application.processEvents()
    path = folder / f"{picture.name}-{language}.png"
    window.grabWindow().save(str(path))
    close_engine(engine)
    return path


def main(arguments: Sequence[str]) -> int:
    """Take the pictures whose names begin with one of the words given, or all."""
    parser = argparse.ArgumentParser(prog="ui pictures", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("only", nargs="*", help="beginnings of names, such as board or pad-asked")
    parser.add_argument("--language", choices=("zh", "en"), help="one language only")
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application("pictures")
    translations = Translations(application)
    kept: list[QObject] = []
    for language in [given.language] if given.language else ("zh", "en"):
        translations.use(language)
        for picture in pictures(language):
            kept += [p for p in picture.properties.values() if isinstance(p, QObject)]
            if not given.only or picture.name.startswith(tuple(given.only)):
                print(take(picture, given.folder, language))
    return 0
