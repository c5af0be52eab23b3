"""The caller's program: builds and joins its parts."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtQuick import QQuickWindow

from ui.caller.desk import Keys
from ui.options import Options, read_or_exit
from ui.program import Program, place

QML = Path(__file__).with_name("Caller.qml")


def main(arguments: Sequence[str]) -> int:
    """Run the caller."""
    options = read_or_exit(Options, "caller", arguments)
    program = Program("caller", options)
    keys = Keys(program.feed, program.gateway)
    window = program.open(QML, {"view": keys.view, "keys": keys})
    # The staff's main system keeps the keyboard until they themselves come over.
    window.setProperty("_q_showWithoutActivating", True)
    if not options.geometry:
        _at_the_edge(window)
    if options.fullscreen:
        place(window, options)
    else:
        window.show()
    return program.run()


def _at_the_edge(window: QQuickWindow) -> None:
    """Stand at the screen's right edge, as high as it allows."""
    room = window.screen().availableGeometry()
    height = min(room.height(), window.height())
    window.resize(window.width(), height)
    window.setPosition(
        room.right() - window.width() + 1, room.top() + (room.height() - height) // 2
    )
