"""What board, counter screen and caller show, as pure functions of their inputs."""

from typing import cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import Ms, Text, TicketId
from queue_server.protocol.codec import rejected
from queue_server.protocol.messages import Identity, Waiting, WaitingTicket
from queue_server.protocol.views import CallsView, CounterState, CounterView, QueuesView
from tests.unit.ui_scenes import replaced
from ui.board.view import LAST, PAGE, TURN, board_view
from ui.caller.keys import possible
from ui.caller.view import Desk, caller_view, own_counter
from ui.connection import Both, Line
from ui.counter_screen.view import counter_screen_view
from ui.inputs import Inputs, Language
from ui.pictures import halls

NOTICE = Text(zh="通知", en="Notice")
STATES: tuple[CounterState, ...] = ("closed", "free", "called", "serving", "paused")


def at(inputs: Inputs, now: int) -> Inputs:
    return msgspec.structs.replace(inputs, now=cast(Ms, now))


# --- board ---------------------------------------------------------------------------------------


def test_the_newest_call_is_the_one_with_the_highest_seq() -> None:
    inputs = halls.board_scenes()["day"]("zh")
    calls = halls.calls()
    shuffled = msgspec.structs.replace(calls, recent=tuple(reversed(calls.recent)))
    view = board_view(replaced(inputs, {"calls/hall-1": shuffled}), NOTICE)
    assert view.newest is not None
    assert view.newest.number == "A012"
    assert [c.seq for c in view.last] == sorted((c.seq for c in view.last), reverse=True)
    assert len(view.last) <= LAST


@given(st.integers(0, 2 * 10**12))
def test_every_service_gets_its_turn_on_the_board(now: int) -> None:
    inputs = halls.board_scenes()["many"]("en")
    first = board_view(at(inputs, now), NOTICE)
    seen: list[int] = []
    for turn in range(first.pages):
        page = board_view(at(inputs, now + turn * TURN), NOTICE)
        assert page.rows - 1 <= len(page.queues) <= page.rows <= PAGE
        seen += [q.waiting for q in page.queues]
    assert sorted(seen) == list(range(200, 400))


def test_unknown_numbers_are_not_shown_as_zero() -> None:
    inputs = halls.board_scenes()["nothing"]("zh")
    assert board_view(inputs, NOTICE).queues == ()


def test_a_cut_board_keeps_its_calls_and_says_since_when() -> None:
    day, cut = (board_view(halls.board_scenes()[n]("zh"), NOTICE) for n in ("day", "cut"))
    assert cut.last == day.last
    assert any(queue.wait.first for queue in day.queues)
    plain = [msgspec.structs.replace(queue, wait=Both()) for queue in day.queues]
    assert list(cut.queues) == plain  # a range of some time ago would be false
    assert cut.line == Line(as_of="10:28")


def test_a_board_of_the_whole_hall_says_which_area_a_call_is_for() -> None:
    inputs = halls.board_scenes()["day"]("zh")
    assert inputs.me is not None
    whole = msgspec.structs.replace(inputs, me=msgspec.structs.replace(inputs.me, area=None))
    newest = board_view(whole, NOTICE).newest
    assert newest is not None
    assert newest.area.first == "一楼综合区"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_board_puts_its_own_language_first(language: Language) -> None:
    view = board_view(halls.board_scenes()["day"](language), NOTICE)
    pair = ("通知", "Notice")
    assert (view.notice.first, view.notice.second) == (pair if language == "zh" else pair[::-1])


def test_two_areas_calls_are_one_list() -> None:
    inputs = halls.board_scenes()["day"]("zh")
    other = CallsView(area=halls.AREA, recent=(halls.calls().recent[0],))
    later = msgspec.structs.replace(other.recent[0], seq=999, number="Z001")
    both = replaced(inputs, {"calls/b": CallsView(area=halls.AREA, recent=(later,))})
    newest = board_view(both, NOTICE).newest
    assert newest is not None
    assert newest.number == "Z001"


# --- counter screen ------------------------------------------------------------------------------


def test_the_counter_screen_in_each_state() -> None:
    views = {s: counter_screen_view(halls.counter_scenes("screen")[s]("zh")) for s in STATES}
    assert {s: v.ticket for s, v in views.items()} == {
        "closed": "",
        "free": "",
        "called": "A012",
        "serving": "A012",
        "paused": "",
    }
    assert views["paused"].title.first == "暂停服务"
    assert views["paused"].detail.first == "用餐 · 预计 11:00 恢复"
    assert views["paused"].detail.second == "Meal break · back at about 11:00"
    assert len({v.title.first for v in views.values()}) == 5


def test_a_pause_in_the_clerks_own_words_is_shown_as_written() -> None:
    inputs = halls.counter_scenes("screen")["paused"]("en")
    screen = msgspec.structs.replace(halls.screen("paused"), pause_reason="系统升级")
    view = counter_screen_view(replaced(inputs, {"screen/c3": screen}))
    assert view.detail.first == "back at about 11:00"
    assert "系统升级" in view.detail.second


# --- caller --------------------------------------------------------------------------------------


def caller(state: CounterState, *, cut: bool = False, **changes: object) -> Inputs:
    inputs = halls.counter_scenes("caller")["cut" if cut else state]("zh")
    counter = msgspec.structs.replace(halls.counter(state), **changes)
    return replaced(inputs, {"counter/c3": counter})


def keys(inputs: Inputs) -> frozenset[str]:
    return frozenset(possible(inputs, inputs.document("counter/c3", CounterView)))


def test_keys_by_state() -> None:
    everywhere = {"sign_out", "return"}
    assert keys(caller("closed")) == {"sign_in"}
    free = {"call_next", "call_this", "call_back", "walk_in", "pause", "rating"}
    assert keys(caller("free")) == everywhere | free
    assert keys(caller("called")) == everywhere | {
        "recall",
        "no_show",
        "start",
        "hold",
        "transfer",
        "pause",
    }
    assert keys(caller("serving")) == everywhere | {"end", "hold", "transfer", "pause", "rating"}
    assert keys(caller("paused")) == everywhere | {"resume", "rating"}


def test_where_the_call_begins_service_the_absent_can_still_be_missed() -> None:
    inputs = caller("serving")
    assert inputs.hall is not None
    hall = msgspec.structs.replace(inputs.hall, start_distinct=False)
    assert keys(replaced(inputs, {"hall": hall})) >= {"recall", "no_show", "end"}


@pytest.mark.parametrize("state", STATES)
def test_no_key_works_while_cut_off(state: CounterState) -> None:
    assert keys(caller(state, cut=True)) == frozenset()


def test_a_waiting_key_is_busy_and_the_others_are_off() -> None:
    view = caller_view(caller("free"), Desk(pending="call_next", waits=True))
    assert view.keys["call_next"].busy
    assert not any(key.on for key in view.keys.values())


def test_a_refusal_is_said_in_the_clerks_language() -> None:
    desk = Desk(rejected=rejected("counter_busy", {"number": "A012"}))
    assert caller_view(caller("serving"), desk).message == "请先办结 A012 号"
    english = halls.counter_scenes("caller")["serving"]("en")
    assert caller_view(english, desk).message == "Please finish with A012 first"


def test_a_name_is_shown_for_its_own_ticket_only() -> None:
    known = Identity(ticket=halls.identity().ticket, name="张建国", number="***1234")
    view = caller_view(caller("serving"), Desk(identity=known))
    assert (view.ticket.holder, view.ticket.id_number) == ("张建国", "1234")
    stranger = msgspec.structs.replace(known, ticket=TicketId("other"))
    assert caller_view(caller("serving"), Desk(identity=stranger)).ticket.holder == "张*"


def test_waiting_counts_are_those_of_the_counters_own_services() -> None:
    view = caller_view(caller("free"), Desk())
    assert [q.count for q in view.queues] == [12, 7, 0]
    assert view.total == 12 + 7 + 0 + 1
    nothing = replaced(caller("free"), {"queues": QueuesView()})
    assert caller_view(nothing, Desk()).queues == ()


def test_queues_that_may_be_helped_are_counted_apart() -> None:
    inputs = caller("free")
    counter = own_counter(inputs)
    assert counter is not None
    own, other = counter.services[:1], counter.services[1:2]
    helping = msgspec.structs.replace(counter, services=own, helps=other, direct_waiting=0)
    view = caller_view(replaced(inputs, {f"counter/{counter.id}": helping}), Desk())
    assert (view.total, view.helps) == (12, 7)
    assert ([q.id for q in view.queues], [q.id for q in view.helped]) == ([*own], [*other])
    first = WaitingTicket(
        id=TicketId("t"), number="A007", service=own[0], issued_at=inputs.now, place=1
    )
    listed = Desk(waiting=Waiting(tickets=(first,), total=1))
    assert caller_view(inputs, listed).waiting[0].detail.startswith("按规则第 1 个 · ")
