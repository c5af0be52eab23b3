"""What every program with a window shares: application, engine, window, and a clean end."""

import logging
import os
import signal
import ssl
import sys
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, QUrl
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlEngine
from PySide6.QtQuick import QQuickWindow

from ui.feed import Feed
from ui.gateway import Gateway
from ui.inputs import Language
from ui.languages import Translations
from ui.options import GEOMETRY, Options

log = logging.getLogger(__name__)

VERSION = "0.1.0"
FAMILY = "Noto Sans CJK SC"
MODULES = Path(__file__).parent / "qml"
"""Where `import Hall` is found."""


class Program:
    """One program with one window. Build it, `open` the window, `run` it."""

    def __init__(self, name: str, options: Options) -> None:
        logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
        self.options = options
        self.application = make_application(name)
        self.engine = make_engine(self.application)
        self._translations = Translations(self.application)
        self._translations.use(options.language)
        tls = None
        if options.server.startswith("wss"):
            tls = ssl.create_default_context(cafile=options.ca_file or None)
        self.gateway = Gateway(options.server, options.token, f"{name} {VERSION}", tls=tls)
        self.feed = Feed(options.language)
        self.gateway.happened.connect(self.feed.take)
        self.window: QQuickWindow | None = None

    def set_language(self, language: Language) -> None:
        """Go on in `language`, at once."""
        self._translations.use(language, self.engine)
        self.feed.speak(language)

    def open(self, qml: Path, properties: dict[str, object]) -> QQuickWindow:
        """Load the window in `qml` with its required properties, and place it."""
        self.window = open_window(self.engine, qml, properties)
        place(self.window, self.options)
        return self.window

    def run(self) -> int:
        """Run until the window closes, SIGINT or SIGTERM; the process's exit code."""
        wake = _listen_to_signals(self._signalled)
        self.feed.start()
        self.gateway.start()
        if self.options.after and self.options.screenshot:
            QTimer.singleShot(int(self.options.after * 1000), self.take_picture)
        try:
            return self.application.exec()
        finally:
            wake.setEnabled(False)
            self.gateway.stop()
            close_engine(self.engine)

    def take_picture(self) -> None:
        """Write what the window shows to the file named by `--screenshot`."""
        if self.window is None or not self.options.screenshot:
            return
        path = Path(self.options.screenshot)
        partial = path.with_name(f".{path.stem}.part.png")
        if self.window.grabWindow().save(str(partial)):
            partial.replace(path)
        else:
            log.warning("画面未存 picture not written: %s", path)

    def _signalled(self, number: int) -> None:
        if number == signal.SIGUSR1:
            self.take_picture()
        else:
            self.application.quit()


def make_application(name: str) -> QGuiApplication:
    """The process's application, in the hall's typeface."""
    # Halls' small machines have no GPU worth the name; every screen is made to do without.
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    found = QGuiApplication.instance()
    application = found if isinstance(found, QGuiApplication) else QGuiApplication(sys.argv[:1])
    application.setApplicationName(f"hall-{name}")
    application.setApplicationVersion(VERSION)
    if FAMILY not in QFontDatabase.families():
        log.warning("缺少字体 typeface missing: %s (fonts-noto-cjk)", FAMILY)
    application.setFont(QFont(FAMILY))
    return application


def make_engine(parent: QObject | None = None) -> QQmlApplicationEngine:
    """An engine that finds the hall's components."""
    engine = QQmlApplicationEngine(parent)
    engine.addImportPath(str(MODULES))
    return engine


def close_engine(engine: QQmlApplicationEngine) -> None:
    """End the windows, then their engine, while the view models still live."""
    for root in engine.rootObjects():
        shiboken6.delete(root)
    shiboken6.delete(engine)


def open_window(
    engine: QQmlApplicationEngine, qml: Path, properties: dict[str, object]
) -> QQuickWindow:
    """The window in `qml`. The properties are kept alive by the engine's window.

    Raises `RuntimeError` where the file cannot be loaded; Qt has said why on the log.
    """
    before = len(engine.rootObjects())
    for value in properties.values():
        if isinstance(value, QObject):
            QQmlEngine.setObjectOwnership(value, QQmlEngine.ObjectOwnership.CppOwnership)
    engine.setInitialProperties(properties)
    engine.load(QUrl.fromLocalFile(str(qml)))
    roots = engine.rootObjects()
    if len(roots) == before or not isinstance(roots[-1], QQuickWindow):
        raise RuntimeError(f"{qml} has no window")
    return roots[-1]


def place(window: QQuickWindow, options: Options) -> None:
    """Give the window the size and position asked for."""
    if match := GEOMETRY.fullmatch(options.geometry):
        width, height, x, y = match.groups()
        window.resize(int(width), int(height))
        if x is not None:
            window.setPosition(int(x), int(y))
    if options.fullscreen:
        window.showFullScreen()


def _listen_to_signals(act: Callable[[int], None]) -> QSocketNotifier:
    """Call `act` in the event loop for SIGINT, SIGTERM and SIGUSR1."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(reader, QSocketNotifier.Type.Read)

    def relay() -> None:
        for number in os.read(reader, 16):
            act(number)

    notifier.activated.connect(relay)
    return notifier
