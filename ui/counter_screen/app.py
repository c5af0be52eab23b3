"""The counter screen's program: builds and joins its parts."""

from collections.abc import Sequence
from pathlib import Path

from ui.counter_screen.view import counter_screen_view
from ui.options import Options, read_or_exit
from ui.program import Program
from ui.shown import shown

QML = Path(__file__).with_name("CounterScreen.qml")


def main(arguments: Sequence[str]) -> int:
    """Run the screen over one counter."""
    program = Program("screen", read_or_exit(Options, "screen", arguments))
    view = shown(counter_screen_view(program.feed.inputs))
    program.feed.changed.connect(lambda: view.show(counter_screen_view(program.feed.inputs)))
    program.open(QML, {"view": view})
    return program.run()
