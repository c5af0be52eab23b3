"""The caller's window: every key sends its command, once."""

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from queue_server.domain import commands as c
from queue_server.domain.values import CounterId, Ms, ServiceId, StaffId, TicketId
from queue_server.protocol.messages import ReadIdentity, ReadJoint, ReadResult, ReadWaiting
from queue_server.protocol.views import CounterState
from tests.ui.windows import Notes, Screen
from tests.unit.ui_scenes import replaced
from ui.caller.app import QML
from ui.caller.desk import Keys
from ui.feed import Feed
from ui.pictures import halls

K = Qt.Key
AT = CounterId("c3")


class Caller(Screen):
    """A caller whose inputs the test sets."""

    def __init__(self) -> None:
        self.feed = Feed()
        self.notes = Notes()
        self.keys = Keys(self.feed, self.notes)
        super().__init__(QML, {"view": self.keys.view, "keys": self.keys})

    def at_a_step(self, scene: str = "steps") -> None:
        self.feed.inputs = halls.counter_scenes("caller")[scene]("zh")
        self.feed.changed.emit()
        self.settle()

    def be(self, state: CounterState, *, cut: bool = False) -> None:
        inputs = halls.counter_scenes("caller")["cut" if cut else state]("zh")
        self.feed.inputs = replaced(inputs, {"counter/c3": halls.counter(state)})
        self.feed.changed.emit()
        self.settle()


@pytest.fixture
def caller(qapp: object) -> Iterator[Caller]:
    caller = Caller()
    yield caller
    caller.close()


def test_one_press_is_one_command_however_often_it_is_pressed(caller: Caller) -> None:
    caller.be("free")
    caller.press(K.Key_F12, K.Key_F12, K.Key_F12)
    caller.click("call_next")
    assert caller.notes.commands == [c.CallNext(counter=AT)]
    caller.notes.done()
    caller.press(K.Key_F12)
    assert len(caller.notes.commands) == 2


def test_a_key_that_waits_shows_it_and_the_others_are_off(caller: Caller, qtbot: QtBot) -> None:
    caller.be("free")
    caller.press(K.Key_F12)
    qtbot.waitUntil(lambda: bool(caller.find("call_next").property("busy")), timeout=20_000)
    assert not caller.find("walk_in").isEnabled()
    caller.notes.done()
    caller.settle()
    assert not caller.find("call_next").property("busy")
    assert caller.find("walk_in").isEnabled()


def test_a_refusal_is_said_in_the_window_until_the_next_press(caller: Caller) -> None:
    caller.be("free")
    caller.press(K.Key_F12)
    caller.notes.refuse("nobody_waiting")
    caller.settle()
    assert caller.find("message").property("text") == "没有等候的号票"
    caller.press(K.Key_F12)
    assert "没有等候的号票" not in caller.texts()


@pytest.mark.parametrize(
    ("state", "key", "command"),
    [
        ("called", K.Key_F11, c.Recall(counter=AT)),
        ("called", K.Key_F9, c.StartService(counter=AT)),
        ("serving", K.Key_F10, c.EndService(counter=AT)),
        ("serving", K.Key_F8, c.RequestRating(counter=AT)),
        ("serving", K.Key_F7, c.Hold(counter=AT)),
        ("paused", K.Key_F5, c.Resume(counter=AT)),
    ],
)
def test_keys_that_act_at_once(
    caller: Caller, state: CounterState, key: Qt.Key, command: c.Command
) -> None:
    caller.be(state)
    caller.press(key)
    assert caller.notes.commands == [command]


def test_a_no_show_is_confirmed_first(caller: Caller) -> None:
    caller.be("called")
    caller.press(K.Key_F4)
    assert caller.notes.commands == []
    caller.press(K.Key_Escape, K.Key_Return)
    assert caller.notes.commands == []
    caller.press(K.Key_F4, K.Key_Return)
    assert caller.notes.commands == [c.NoShow(counter=AT)]
    assert not caller.shows("confirm")


def test_transfer_by_keyboard_goes_to_the_service_typed(caller: Caller) -> None:
    caller.be("serving")
    caller.press(K.Key_F6)
    caller.type("s")
    caller.press(K.Key_Backspace, K.Key_Down, K.Key_Return)
    expected = c.Transfer(counter=AT, to=c.ToQueue(service=ServiceId("s1")))
    assert caller.notes.commands == [expected]


def test_transfer_to_a_counter_in_front(caller: Caller) -> None:
    caller.be("serving")
    caller.click("transfer")
    caller.click("chip_counter")
    caller.click("chip_front")
    caller.click("filter")
    caller.type("5")
    caller.press(K.Key_Return)
    to = c.ToCounter(counter=CounterId("c5"))
    assert caller.notes.commands == [c.Transfer(counter=AT, to=to, position="front")]


def test_transfer_to_a_person_at_the_end(caller: Caller) -> None:
    caller.be("serving")
    caller.click("transfer")
    caller.click("chip_staff")
    caller.click("chip_end")
    caller.click("filter")
    caller.type("1005")
    caller.press(K.Key_Return)
    to = c.ToStaff(staff=StaffId("1005"))
    assert caller.notes.commands == [c.Transfer(counter=AT, to=to, position="end")]


def test_pause_with_reason_and_until_when(caller: Caller) -> None:
    caller.be("free")
    caller.press(K.Key_F5)
    caller.click("chip_用餐")
    caller.click("chip_30")
    caller.click("confirm")
    until = Ms(halls.NOW + 30 * 60_000)
    assert caller.notes.commands == [c.Pause(counter=AT, reason="用餐", until=until)]


def test_pause_by_keyboard_alone(caller: Caller) -> None:
    caller.be("free")
    caller.press(K.Key_F5, K.Key_Return)
    assert caller.notes.commands == [c.Pause(counter=AT, reason="整理材料")]


def test_call_one_needs_a_reason_first(caller: Caller) -> None:
    caller.be("free")
    caller.press(K.Key_F1)
    assert caller.notes.reads == [ReadWaiting(counter=AT, limit=100)]
    caller.notes.tell(ReadResult(id="1", answer=halls.waiting()))
    caller.settle()
    assert not caller.find("waitingList").isEnabled()
    caller.type("x")
    caller.press(K.Key_Return)
    caller.type("a015")
    caller.press(K.Key_Return)
    assert caller.notes.commands == [c.CallThis(counter=AT, ticket=TicketId("w2"), reason="x")]


@pytest.mark.parametrize(("moves", "chosen"), [(0, "A003"), (1, "A004")])
def test_a_list_that_grows_does_not_move_the_choice(
    caller: Caller, moves: int, chosen: str
) -> None:
    caller.be("free")
    caller.press(K.Key_F2, *[K.Key_Down] * moves)
    more = halls.counter("free")
    newest = msgspec.structs.replace(more.no_shows[0], id=TicketId("new"), number="A099")
    grown = msgspec.structs.replace(more, no_shows=(newest, *more.no_shows))
    caller.feed.inputs = replaced(caller.feed.inputs, {"counter/c3": grown})
    caller.feed.changed.emit()
    caller.settle()
    caller.press(K.Key_Return)
    assert caller.notes.commands == [c.ReturnTicket(ticket=TicketId(chosen))]


def test_walk_in_and_return_and_call_back(caller: Caller) -> None:
    caller.be("free")
    caller.press(K.Key_F3, K.Key_Down, K.Key_Return)
    caller.notes.done()
    caller.press(K.Key_F2, K.Key_Return)
    caller.notes.done()
    caller.click("call_backB002")
    assert caller.notes.commands == [
        c.WalkIn(counter=AT, service=ServiceId("s1")),
        c.ReturnTicket(ticket=TicketId("A003")),
        c.CallBack(counter=AT, ticket=TicketId("B002")),
    ]


def test_sign_in_by_typing_a_number_and_sign_out_once_confirmed(caller: Caller) -> None:
    caller.be("closed")
    caller.type("1004")
    caller.press(K.Key_Return)
    caller.notes.done()
    caller.be("free")
    caller.click("sign_out")
    caller.click("confirm")
    assert caller.notes.commands == [
        c.SignIn(counter=AT, staff=StaffId("1004")),
        c.SignOut(counter=AT),
    ]


def test_nobody_signs_out_over_an_open_ticket(caller: Caller) -> None:
    caller.be("serving")
    caller.click("sign_out")
    assert not caller.shows("confirm")
    assert "A012 号还没有办结" in caller.texts()


def test_cut_off_no_key_sends_and_the_last_state_stays(caller: Caller) -> None:
    caller.be("free", cut=True)
    caller.press(K.Key_F12, K.Key_F3, K.Key_F1)
    caller.click("call_next")
    assert caller.notes.commands == []
    assert caller.notes.reads == []
    assert "数据截至 10:28 · 与服务器断开，正在重连" in caller.texts()
    assert not caller.find("call_next").isEnabled()


def test_the_name_is_read_when_the_ticket_comes_and_forgotten_when_it_goes(
    caller: Caller,
) -> None:
    caller.be("called")
    assert caller.notes.reads == [ReadIdentity(ticket=TicketId("A012"))]
    caller.notes.tell(ReadResult(id="1", answer=halls.identity()))
    caller.settle()
    assert caller.find("holder").property("text") == "张建国"
    caller.be("free")
    assert "张建国" not in caller.texts()
    assert caller.keys.view.now.ticket.holder == ""


@pytest.mark.parametrize("name", ["陶秀", "欧阳娜娜", "阿卜杜拉·买买提"])
def test_a_name_is_shown_whole_where_the_masked_one_stood(caller: Caller, name: str) -> None:
    caller.be("called")
    told = msgspec.structs.replace(halls.identity(), name=name)
    caller.notes.tell(ReadResult(id="1", answer=told))
    caller.settle()
    holder = caller.find("holder")
    assert holder.property("text") == name
    assert not holder.property("truncated")
    assert holder.property("contentWidth") <= holder.width() + 1


def test_the_window_stays_above_the_others(caller: Caller) -> None:
    assert caller.window.flags() & Qt.WindowType.WindowStaysOnTopHint


def test_a_short_window_still_shows_every_key(caller: Caller) -> None:
    caller.be("serving")
    caller.window.resize(360, 640)
    caller.settle()
    for name in ("call_next", "recall", "end", "call_this", "return", "walk_in"):
        item = caller.find(name)
        bottom = item.mapToScene(item.boundingRect().bottomRight()).y()
        assert bottom <= caller.window.height(), name


def test_a_step_shows_where_it_stands_and_its_branches_are_keys(caller: Caller) -> None:
    caller.at_a_step()
    assert caller.find("step").property("text").startswith("第 2/3 步 · 下一步：公积金提取")
    caller.click("branch_stop")
    assert caller.notes.commands == [c.ChooseBranch(counter=AT, branch="stop")]


def test_another_route_is_given_and_none_only_on_purpose(caller: Caller) -> None:
    caller.at_a_step()
    caller.click("route")
    caller.press(K.Key_Return)
    assert caller.notes.commands == [c.SetRoute(counter=AT, route="open")]
    caller.notes.done()
    caller.click("route")
    caller.press(K.Key_Down, K.Key_Down, K.Key_Return)
    assert caller.notes.commands[1] == c.SetRoute(counter=AT, route=None)


def test_joint_work_is_left_but_not_sent_away(caller: Caller) -> None:
    caller.at_a_step("joint")
    assert "与 4 号窗口联办" in caller.find("step").property("text")
    assert not caller.find("transfer").isEnabled()
    assert not caller.find("hold").isEnabled()
    caller.click("leave")
    assert caller.notes.commands == [c.LeaveVisit(counter=AT)]


def test_a_visit_elsewhere_is_joined_by_its_number(caller: Caller) -> None:
    caller.at_a_step("moved")
    caller.click("join")
    assert caller.notes.reads[-1] == ReadJoint(counter=AT)
    caller.notes.tell(ReadResult(id="r", answer=halls.waiting()))
    caller.settle()
    caller.press(K.Key_Return)
    assert caller.notes.commands == [c.JoinVisit(counter=AT, ticket=TicketId("w0"))]


def test_a_hall_without_routes_shows_nothing_of_them(caller: Caller) -> None:
    caller.be("serving")
    assert not caller.shows("route")
    assert not caller.shows("step")
    caller.be("free")
    assert not caller.shows("join")


def test_a_step_is_ended_by_two_keys_one_for_what_follows(caller: Caller) -> None:
    caller.at_a_step()
    caller.press(K.Key_2, K.Key_F10)
    assert caller.notes.commands == [c.ChooseBranch(counter=AT, branch="stop")]
    caller.notes.done()
    assert caller.notes.commands[1:] == [c.EndService(counter=AT)]


def test_a_step_does_not_end_where_its_branch_was_refused(caller: Caller) -> None:
    caller.at_a_step()
    caller.press(K.Key_1, K.Key_F10)
    caller.notes.refuse("unknown_branch")
    assert caller.notes.commands == [c.ChooseBranch(counter=AT, branch="more")]
    caller.press(K.Key_F10)
    assert caller.notes.commands[1:] == [c.EndService(counter=AT)]


def test_digits_typed_into_a_list_choose_no_branch(caller: Caller) -> None:
    caller.at_a_step()
    caller.press(K.Key_F6)
    caller.press(K.Key_1, K.Key_2)
    assert caller.notes.commands == []
    assert caller.find("filter").property("text") == "12"
    caller.press(K.Key_Escape)
    caller.press(K.Key_1)
    assert caller.notes.commands == [c.ChooseBranch(counter=AT, branch="more")]


def test_joining_leaving_and_another_route_have_keys(caller: Caller) -> None:
    caller.at_a_step("moved")
    caller.press(K.Key_F12, shift=True)
    caller.notes.tell(ReadResult(id="r", answer=halls.waiting()))
    caller.settle()
    caller.press(K.Key_Return)
    assert caller.notes.commands == [c.JoinVisit(counter=AT, ticket=TicketId("w0"))]
    caller.notes.done()
    caller.at_a_step("joint")
    caller.press(K.Key_F12, shift=True)
    assert caller.notes.commands[1:] == [c.LeaveVisit(counter=AT)]
    caller.notes.done()
    caller.at_a_step()
    caller.press(K.Key_F6, shift=True)
    caller.press(K.Key_Return)
    assert caller.notes.commands[2:] == [c.SetRoute(counter=AT, route="open")]


def test_keys_of_steps_do_nothing_without_routes(caller: Caller) -> None:
    caller.be("serving")
    caller.press(K.Key_1, K.Key_9)
    caller.press(K.Key_F6, K.Key_F12, shift=True)
    assert caller.notes.commands == []
    assert not caller.shows("routes")


def test_a_card_out_of_force_is_said_at_the_call(caller: Caller) -> None:
    caller.be("called")
    assert not caller.shows("face")
    inputs = halls.counter_scenes("caller")["called"]("zh")
    called = halls.counter("called")
    assert called.ticket is not None
    expired = msgspec.structs.replace(called.ticket, card_expired=True)
    at_counter = msgspec.structs.replace(called, ticket=expired)
    caller.feed.inputs = replaced(inputs, {"counter/c3": at_counter})
    caller.feed.changed.emit()
    caller.settle()
    assert caller.find("face").property("text") == "证件已过期"
