"""The board's window: readable from afar, blinking for what is new, honest when cut off."""

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import QObject

from queue_server.domain.values import AreaId
from tests.ui.windows import Screen, ink_height
from tests.unit.ui_scenes import replaced
from ui.board.app import NOTICE, QML
from ui.board.view import BoardView, board_view
from ui.inputs import Inputs
from ui.pictures import halls
from ui.shown import Shown, shown


class Board(Screen):
    """A board whose inputs the test sets."""

    def __init__(self) -> None:
        self.inputs = halls.board_scenes()["day"]("zh")
        self.view: Shown[BoardView] = shown(board_view(self.inputs, NOTICE))
        super().__init__(QML, {"view": self.view})

    def be(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.view.show(board_view(inputs, NOTICE))
        self.settle()

    def call(self, number: str, *, seq: int, recall: int = 0) -> None:
        calls = halls.calls()
        new = msgspec.structs.replace(calls.recent[0], number=number, seq=seq, recall=recall)
        topic = f"calls/{AreaId('hall-1')}"
        recent = (new, *calls.recent[:7])
        changed = msgspec.structs.replace(calls, recent=recent)
        self.be(replaced(self.inputs, {topic: changed}))

    def blinks(self) -> bool:
        found = [child for child in self.window.findChildren(QObject) if _named(child, "blink")]
        assert len(found) == 1
        return bool(found[0].property("running"))


def _named(child: QObject, name: str) -> bool:
    return child.objectName() == name


@pytest.fixture
def board(qapp: object) -> Iterator[Board]:
    board = Board()
    yield board
    board.close()


def test_digits_are_a_twelfth_of_the_height(board: Board) -> None:
    least = board.window.height() / 12
    assert ink_height(board.picture("newestNumber")) >= least * 1.8
    assert ink_height(board.picture("newestCounter")) >= least * 1.8
    for name in ("lastNumber0", "lastCounter0", "lastNumber7", "lastCounter7"):
        assert ink_height(board.picture(name)) >= least, name


def test_a_new_call_blinks_and_what_was_there_does_not(board: Board) -> None:
    assert not board.blinks()
    board.call("A013", seq=901)
    assert board.find("newestNumber").property("text") == "A013"
    assert board.blinks()


def test_a_recall_blinks_and_says_that_it_is_one(board: Board) -> None:
    board.call("A012", seq=902, recall=1)
    assert board.blinks()
    assert "再次呼叫" in board.texts()


def test_other_news_does_not_blink(board: Board) -> None:
    board.be(msgspec.structs.replace(board.inputs, now=halls.NOW + 61_000))
    assert not board.blinks()
    assert "10:33" in board.texts()


def test_cut_off_it_says_since_when_and_keeps_the_calls(board: Board) -> None:
    before = board.texts()
    board.be(halls.board_scenes()["cut"]("zh"))
    assert "A012" in board.texts()
    assert any("数据截至 10:28" in text for text in board.texts())
    assert not any("数据截至" in text for text in before)


def test_both_languages_are_on_the_board(board: Board) -> None:
    texts = board.texts()
    assert "云溪区政务服务中心" in texts
    assert "Yunxi Government Services" in texts


def test_who_goes_on_to_another_step_is_shown_where_and_calls_stay_readable(board: Board) -> None:
    assert "下一步等候" not in board.texts()
    board.be(halls.board_scenes()["moved"]("zh"))
    assert {"下一步等候", "C009", "→ 4、5 号窗口", "公积金提取"} <= set(board.texts())
    least = board.window.height() / 12
    assert ink_height(board.picture("newestNumber")) >= least * 1.8
    for name in ("lastNumber0", "lastCounter7"):
        assert ink_height(board.picture(name)) >= least, name
    assert ink_height(board.picture("moved0")) >= least / 2
