"""The rating pad's window."""

from collections.abc import Iterator

import msgspec
import pytest

from queue_server.domain.commands import DeclineRating, Rate
from queue_server.domain.values import TransactionId
from tests.ui.windows import Notes, Screen
from tests.unit.ui_scenes import replaced
from ui.feed import Feed
from ui.inputs import Inputs
from ui.pad.app import QML, Touches
from ui.pad.flow import Times
from ui.pictures import halls

RATED = TransactionId("x-A012")


class RatingPad(Screen):
    """A pad whose inputs the test sets."""

    def __init__(self) -> None:
        self.feed = Feed()
        self.notes = Notes()
        self.touches = Touches(self.feed, self.notes, Times())
        super().__init__(QML, {"view": self.touches.view, "touches": self.touches})
        self.be(halls.counter_scenes("pad")["serving"]("zh"))

    def be(self, inputs: Inputs) -> None:
        self.feed.inputs = inputs
        self.feed.changed.emit()
        self.settle()

    def ask(self) -> None:
        self.be(replaced(self.feed.inputs, {"pad/c3": halls.asked()}))

    def wait(self, seconds: int) -> None:
        now = self.feed.inputs.now + seconds * 1000
        self.be(msgspec.structs.replace(self.feed.inputs, now=now))


@pytest.fixture
def pad(qapp: object) -> Iterator[RatingPad]:
    pad = RatingPad()
    yield pad
    pad.close()


def test_at_rest_it_shows_who_serves(pad: RatingPad) -> None:
    assert "陈静" in pad.texts()
    assert not pad.shows("face5")


def test_a_face_then_reasons_then_thanks(pad: RatingPad) -> None:
    pad.ask()
    pad.click("face4")
    pad.click("reason413")
    pad.click("reason406")
    pad.click("submit")
    expected = Rate(transaction=RATED, level=4, reasons=("413", "406"))
    assert pad.notes.commands == [expected]
    pad.notes.done()
    pad.settle()
    assert "感谢您的评价" in pad.texts()
    pad.wait(5)
    assert "陈静" in pad.texts()


def test_without_a_touch_nothing_is_sent(pad: RatingPad) -> None:
    pad.ask()
    pad.wait(41)
    assert pad.notes.commands == []
    assert not pad.shows("face5")


def test_rather_not(pad: RatingPad) -> None:
    pad.ask()
    pad.click("decline")
    assert pad.notes.commands == [DeclineRating(transaction=RATED)]
    pad.notes.done()
    pad.settle()
    assert "谢谢，祝您愉快" in pad.texts()


def test_a_second_rating_is_refused_kindly(pad: RatingPad) -> None:
    pad.ask()
    pad.click("face5")
    pad.click("submit")
    pad.notes.refuse("already_rated")
    pad.settle()
    assert "这次办理已经评价过了，谢谢" in pad.texts()


def test_change_of_mind(pad: RatingPad) -> None:
    pad.ask()
    pad.click("face1")
    pad.click("back")
    pad.click("face5")
    pad.click("submit")
    assert pad.notes.commands == [Rate(transaction=RATED, level=5)]


def test_two_taps_on_submit_send_once(pad: RatingPad) -> None:
    pad.ask()
    pad.click("face5")
    pad.touches.submit()
    pad.touches.submit()
    assert len(pad.notes.commands) == 1


def test_targets_are_large(pad: RatingPad) -> None:
    pad.ask()
    for level in range(1, 6):
        assert pad.find(f"face{level}").height() >= 120
