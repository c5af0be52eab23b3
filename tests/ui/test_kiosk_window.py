"""The kiosk's window under real touches, joined to hands that only take notes."""

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.app import QML
from kiosk.model import Model
from kiosk.password import hashed
from kiosk.pictures import drawing
from kiosk.preview import Preview
from kiosk.scene_hall import HOLDER, LONGEST, MANY, USUAL, hall, queues
from kiosk.scenes import scenes
from kiosk.script import find, tap
from kiosk.states import Camera, Home, Issued, Issuing, Limits, Printer
from kiosk.view import Place
from queue_server.domain.values import Ms, ServiceId, TicketId
from queue_server.protocol.messages import Outcome, Rejected, Result
from queue_server.protocol.views import ServiceView
from ui.program import close_engine, make_application, make_engine, open_window


class Notes:
    """Hands that write down what they should do."""

    def __init__(self) -> None:
        self.effects: list[fx.AnyEffect] = []

    def perform(self, effect: fx.AnyEffect) -> None:
        self.effects.append(effect)

    def issues(self) -> list[fx.Issue]:
        return [effect for effect in self.effects if isinstance(effect, fx.Issue)]


class Booth:
    """A window and its model; `touch` finds an item by name and presses its middle."""

    def __init__(self, services: tuple[ServiceView, ...] = USUAL) -> None:
        make_application("kiosk-test")
        self.now = 100.0
        self.notes = Notes()
        self.engine = make_engine()
        self.model = Model(
            Limits(exit_hash=hashed("2468"), face_check=True),
            Place(),
            self.notes,
            clock=lambda: self.now,
        )
        self.preview = Preview()
        self.preview.serve(self.engine)
        properties: dict[str, object] = {
            "view": self.model.view,
            "kiosk": self.model,
            "preview": self.preview,
        }
        self.window = open_window(self.engine, QML, properties)
        for event in (
            i.LineUp(),
            i.HallSeen(hall(services)),
            i.QueuesSeen(queues(services)),
            i.PrinterSeen(Printer(True, True)),
            i.ReaderSeen(True),
        ):
            self.model.feed(event)

    def settle(self) -> None:
        """Two frames: one lays out what changed, one stands still."""
        seen: list[int] = []
        connection = self.window.frameSwapped.connect(lambda: seen.append(1))
        for _ in range(200):
            self.window.requestUpdate()
            make_application("kiosk-test").processEvents()
            if len(seen) >= 2:
                break
        self.window.frameSwapped.disconnect(connection)

    def item(self, name: str) -> QQuickItem:
        self.settle()
        found = find(self.window, name)
        assert found is not None, f"nothing to touch named {name} on {self.page}"
        return found

    def touch(self, *names: str) -> None:
        for name in names:
            tap(self.window, self.item(name))
            self.settle()

    @property
    def page(self) -> str:
        return str(self.model.view.now.page)

    def answer(self, number: str = "A007") -> None:
        page = self.model.kiosk.session.page
        assert isinstance(page, Issuing)
        outcome = Outcome(ticket=TicketId("t1"), number=number, ahead=2, issued_at=Ms(1))
        self.model.feed(i.Answered(Result(id=page.confirm.command_id, done=outcome)))
        self.settle()


@pytest.fixture
def booth(qtbot: QtBot) -> Iterator[Booth]:
    made = Booth()
    yield made
    close_engine(made.engine)


def items(root: QQuickItem) -> Iterator[QQuickItem]:
    yield root
    for child in root.childItems():
        yield from items(child)


def test_a_ticket_is_taken_by_touch_alone(booth: Booth) -> None:
    booth.touch("begin", "department:社会保障", "service:s0", "without", "confirm")
    (issue,) = booth.notes.issues()
    assert issue.do.service == ServiceId("s0")
    assert booth.page == "issuing"
    booth.answer()
    assert booth.item("number").property("text") == "A007"
    prints = [e for e in booth.notes.effects if isinstance(e, fx.Print)]
    assert [each.number for each in prints] == ["A007"]
    booth.model.feed(i.JobMoved(prints[0].job_id, "printed"))
    booth.settle()
    booth.touch("finish")
    assert booth.model.kiosk.session.page == Home()


def test_a_hammered_confirm_takes_one_ticket(booth: Booth) -> None:
    booth.touch("begin", "department:综合服务", "service:s9")
    confirm = booth.item("confirm")
    for _ in range(30):
        tap(booth.window, confirm)
    booth.settle()
    assert len(booth.notes.issues()) == 1


def test_nothing_of_a_card_is_left_in_the_window_after_leaving(booth: Booth) -> None:
    booth.touch("begin", "department:公安", "service:s7", "card")
    booth.model.feed(i.CardRead(HOLDER))
    booth.settle()
    assert booth.page == "confirm"
    booth.touch("home")
    kept = str(msgspec.json.encode(booth.model.kiosk), "utf-8")
    kept += msgspec.json.encode(booth.model.view.now).decode()
    for item in items(booth.window.contentItem()):
        meta = item.metaObject()
        for place in range(meta.propertyCount()):
            name = str(meta.property(place).name())
            if name in ("text", "digits", "shown", "typed", "value"):
                kept += repr(item.property(name))
    secrets = (HOLDER.name, HOLDER.number, HOLDER.number[-4:], HOLDER.birth)
    assert not [secret for secret in secrets if secret in kept]


@pytest.mark.parametrize("leave", ["home", "back", "face_decline", "time"])
def test_nothing_of_a_face_is_left_in_the_window_after_leaving(booth: Booth, leave: str) -> None:
    booth.model.feed(i.CameraSeen(Camera(True, True)))
    booth.touch("begin", "department:不动产", "service:s2", "card")
    booth.model.feed(i.CardRead(HOLDER, True))
    booth.settle()
    assert booth.page == "face_ask"
    assert not [e for e in booth.notes.effects if isinstance(e, fx.UseCamera)], "asked first"
    booth.touch("face_agree")
    booth.preview.show(drawing(face=True))
    booth.settle()
    finder = next(x for x in items(booth.window.contentItem()) if x.objectName() == "viewfinder")
    assert finder.property("source")
    if leave == "time":
        booth.now += 21
        booth.model.tick()
    else:
        booth.touch(leave)
    told = [e for e in booth.notes.effects if isinstance(e, fx.ForgetPhoto | fx.UseCamera)]
    assert told[-2:] == [fx.ForgetPhoto(), fx.UseCamera("off")], "photo, then pictures, at once"
    booth.preview.clear()  # what the camera does on that word
    booth.settle()
    for item in items(booth.window.contentItem()):
        if item.inherits("QQuickImage"):
            assert "camera" not in item.property("source").toString()


def test_the_slip_of_unknown_fate_is_asked_about(booth: Booth) -> None:
    booth.touch("begin", "department:综合服务", "service:s9", "confirm")
    booth.answer("F009")
    issued = booth.model.kiosk.session.page
    assert isinstance(issued, Issued)
    booth.model.feed(i.JobMoved(issued.job_id, "unknown", "printer.silent"))
    booth.settle()
    assert booth.item("print_again").isVisible()
    booth.touch("slip_seen")
    assert "已打印" in booth.item("printing").property("text")
    assert len([e for e in booth.notes.effects if isinstance(e, fx.Print)]) == 1


def test_a_typed_number_goes_when_the_time_is_over(booth: Booth) -> None:
    booth.touch("begin", "department:不动产", "service:s2", "number")
    booth.touch(*[f"key:{character}" for character in "990101195"])
    assert booth.model.view.now.who.length == 9
    assert booth.model.view.now.countdown == 60
    booth.now += 61
    booth.model.tick()
    booth.settle()
    assert booth.page == "home"
    assert booth.model.view.now.who.digits == ""


def test_a_refusal_says_what_to_do_and_a_held_ticket_can_be_looked_up(booth: Booth) -> None:
    booth.touch("begin", "department:综合服务", "service:s9", "confirm")
    page = booth.model.kiosk.session.page
    assert isinstance(page, Issuing)
    rejected = Rejected("already_holding", "operator", "您已领取", "held", {"number": "F003"})
    booth.model.feed(i.Answered(Result(id=page.confirm.command_id, rejected=rejected)))
    assert booth.item("said").property("text") == "您已领取"
    assert "导办台" in booth.item("advice").property("text")
    booth.touch("track_held")
    assert any(isinstance(e, fx.AskProgress) and e.ticket == "F003" for e in booth.notes.effects)


def test_no_paper_leaves_the_number_and_its_code_and_prints_again_on_demand(booth: Booth) -> None:
    booth.touch("begin", "department:综合服务", "service:s9", "confirm")
    booth.answer("F009")
    issued = booth.model.kiosk.session.page
    assert isinstance(issued, Issued)
    assert find(booth.window, "print_again") is None
    booth.model.feed(i.JobMoved(issued.job_id, "failed", "printer.paper_out"))
    booth.settle()
    assert "拍照" in booth.item("printing").property("text")
    assert booth.item("qr").property("source").toString().startswith("data:image/png")
    booth.touch("print_again")
    prints = [e for e in booth.notes.effects if isinstance(e, fx.Print)]
    assert [(e.number, e.reprint) for e in prints] == [("F009", False), ("F009", True)]


def test_cut_off_nothing_can_be_begun_and_it_is_said(booth: Booth) -> None:
    booth.model.feed(i.LineCut(Ms(1_700_000_000_000)))
    booth.settle()
    assert find(booth.window, "begin") is None
    assert booth.model.view.now.cutSince
    booth.model.feed(i.LineUp())
    booth.touch("begin")
    assert booth.page == "choose"


def test_language_size_and_reach_by_the_footer(booth: Booth) -> None:
    booth.touch("large", "reach", "help")
    assert booth.window.property("page") == "help"
    lower = booth.window.height() / 2
    booth.touch("close_help")
    for name in ("begin", "track", "help", "home", "language"):
        for item in items(booth.window.contentItem()):
            if item.objectName() == name:
                assert item.mapToScene(item.boundingRect().topLeft()).y() >= lower - 1, name


def test_two_hundred_services_in_pages_and_a_search(qtbot: QtBot) -> None:
    booth = Booth(MANY)
    booth.touch("begin")
    while find(booth.window, "service:s199") is None:
        booth.touch("next")
    booth.touch("search", "key:9", "key:9")
    assert booth.model.view.now.choose.services
    close_engine(booth.engine)


def test_the_hidden_exit_asks_its_password(booth: Booth) -> None:
    hall_name = booth.item("hall")
    for _ in range(5):
        tap(booth.window, hall_name)
    booth.settle()
    assert booth.page == "exit"
    booth.touch(*[f"key:{c}" for c in "1111"], "submit")
    assert not any(isinstance(e, fx.Quit) for e in booth.notes.effects)
    booth.touch("erase", *[f"key:{c}" for c in "2468"], "submit")
    assert any(isinstance(e, fx.Quit) for e in booth.notes.effects)


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_every_touch_target_is_large_enough(qtbot: QtBot, size: tuple[int, int]) -> None:
    for scene in scenes():
        if scene.name not in ("home", "departments", "who", "confirm", "ticket", "refused"):
            continue
        booth = Booth(LONGEST if "longest" in scene.name else USUAL)
        booth.window.resize(*size)
        scene.play(booth.model)
        booth.settle()
        for item in items(booth.window.contentItem()):
            if item.inherits("QQuickAbstractButton") and item.isVisible():
                assert item.height() >= 119.5, (scene.name, item.objectName(), item.height())
                assert item.width() >= 119.5, (scene.name, item.objectName(), item.width())
        close_engine(booth.engine)


def test_a_notice_that_is_over_leaves_no_gap(qtbot: QtBot, booth: Booth) -> None:
    def top() -> float:
        return booth.item("begin").mapToScene(QPointF()).y()

    before = top()
    booth.model.feed(i.PrinterSeen(Printer(True, True, "printer.paper_out")))
    qtbot.waitUntil(lambda: top() > before, timeout=30_000)
    booth.model.feed(i.PrinterSeen(Printer(True, True)))
    qtbot.waitUntil(lambda: top() == before, timeout=30_000)
