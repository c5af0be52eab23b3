"""The board's program: builds and joins its parts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from queue_server.domain.values import Text
from ui.board.view import board_view
from ui.options import Options, read_or_exit
from ui.program import Program
from ui.shown import shown

QML = Path(__file__).with_name("Board.qml")
NOTICE = Text(
    zh="请留意屏幕与语音呼叫，过号后请到原窗口或导办台咨询",
    en="Watch the board and listen for your number. Missed it? Ask at the counter",
)


class BoardOptions(Options, frozen=True, kw_only=True):
    """What a board can be told besides."""

    notice: Annotated[str, Meta(description="底部通知 notice line, Chinese")] = NOTICE.zh
    notice_en: Annotated[str, Meta(description="底部通知（英文） notice line, English")] = NOTICE.en


def main(arguments: Sequence[str]) -> int:
    """Run the board."""
    options = read_or_exit(BoardOptions, "board", arguments)
    program = Program("board", options)
    notice = Text(zh=options.notice, en=options.notice_en)
    view = shown(board_view(program.feed.inputs, notice))
    program.feed.changed.connect(lambda: view.show(board_view(program.feed.inputs, notice)))
    program.open(QML, {"view": view})
    return program.run()
