"""The screen over a counter."""

from collections.abc import Iterator

import pytest

from queue_server.protocol.views import CounterState
from tests.ui.windows import Screen, ink_height
from ui.counter_screen.app import QML
from ui.counter_screen.view import CounterScreenView, counter_screen_view
from ui.pictures import halls
from ui.shown import Shown, shown


class Over(Screen):
    """A counter screen whose inputs the test sets."""

    def __init__(self) -> None:
        scene = halls.counter_scenes("screen")["free"]("zh")
        self.view: Shown[CounterScreenView] = shown(counter_screen_view(scene))
        super().__init__(QML, {"view": self.view})

    def be(self, state: CounterState) -> None:
        scene = halls.counter_scenes("screen")[state]("zh")
        self.view.show(counter_screen_view(scene))
        self.settle()


@pytest.fixture
def over(qapp: object) -> Iterator[Over]:
    over = Over()
    yield over
    over.close()


def test_the_number_is_huge_and_gone_when_nobody_is_served(over: Over) -> None:
    assert not over.shows("number")
    over.be("serving")
    assert over.find("number").property("text") == "A012"
    assert ink_height(over.picture("number")) >= over.window.height() / 4
    over.be("paused")
    assert not over.shows("number")
    assert "暂停服务" in over.texts()
    assert "用餐 · 预计 11:00 恢复" in over.texts()


def test_the_counters_number_stays_in_every_state(over: Over) -> None:
    states: tuple[CounterState, ...] = ("called", "serving", "free", "paused", "closed")
    for state in states:
        over.be(state)
        assert over.find("counter").property("text") == "3"


def test_after_a_step_the_screen_says_where_its_citizen_goes(over: Over) -> None:
    over.view.show(counter_screen_view(halls.counter_scenes("screen")["moved"]("zh")))
    over.settle()
    assert over.find("number").property("text") == "B012"
    assert "下一步：公积金提取" in over.texts()
    assert "4、5、6、9 号等窗口  Counters 4, 5, 6, 9 …" in over.texts()
