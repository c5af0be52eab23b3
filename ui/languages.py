"""The screens' two languages: Chinese is the source text, English is compiled from en.ts."""

import os
import subprocess
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QStandardPaths, QTranslator
from PySide6.QtQml import QQmlEngine

from ui.inputs import Language

TEXTS = Path(__file__).parent / "i18n" / "en.ts"


class Translations:
    """Installs and removes the English texts of an application."""

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._english = QTranslator(application)
        self._loaded = self._installed = False

    def use(self, language: Language, engine: QQmlEngine | None = None) -> None:
        """Show texts in `language`; screens of `engine` that are open change at once."""
        if language == "en" and not self._installed:
            if not self._loaded and TEXTS.exists():
                self._loaded = self._english.load(str(compiled()))
            self._installed = self._application.installTranslator(self._english)
        elif language == "zh" and self._installed:
            self._application.removeTranslator(self._english)
            self._installed = False
        if engine is not None:
            engine.retranslate()


def compiled() -> Path:
    """The English texts in Qt's binary form, made anew where older than their source."""
    folder = TEXTS.parent
    if not os.access(folder, os.W_OK):
        place = QStandardPaths.StandardLocation.GenericCacheLocation
        folder = Path(QStandardPaths.writableLocation(place)) / "hall"
        folder.mkdir(parents=True, exist_ok=True)
    target = folder / "en.qm"
    for ready in (TEXTS.with_suffix(".qm"), target):
        if ready.exists() and ready.stat().st_mtime >= TEXTS.stat().st_mtime:
            return ready
    partial = target.with_suffix(f".{os.getpid()}.qm")
    tool = Path(PySide6.__file__).parent / "lrelease"
    subprocess.run([tool, "-silent", TEXTS, "-qm", partial], check=True)
    partial.replace(target)
    return target
