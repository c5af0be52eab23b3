"""What each key of a hardware caller asks for, in every state of its counter."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.call_line.events import ABANDON, CALL_BACK, HOLD, Key, KeyPressed
from devices.station.keys import Desk, Unmeant, meant
from devices.station.world import World
from queue_server.domain import commands as c
from queue_server.domain.values import AreaId, CounterId, Ms, ServiceId, StaffId, Text, TicketId
from queue_server.protocol.views import (
    CounterName,
    CounterState,
    CounterView,
    HallView,
    StaffName,
    TicketView,
)
from tests.unit.struct_values import struct_strategy

AT = CounterId("1")
NAME = Text(zh="名", en="Name")
STATES: tuple[CounterState, ...] = ("closed", "free", "called", "serving", "paused")


def ticket(number: str, state: Any = "held") -> TicketView:
    return TicketView(
        id=TicketId(f"t-{number}"),
        number=number,
        service=ServiceId("tax"),
        state=state,
        issued_at=Ms(1),
    )


def world(state: CounterState, *, distinct: bool = False, **more: Any) -> World:
    at_counter = ticket("A001", state) if state in ("called", "serving") else None
    counter = CounterView(
        id=AT,
        number=1,
        name=NAME,
        area=AreaId("A"),
        state=state,
        since=Ms(1),
        staff=None if state == "closed" else StaffName(id=StaffId("s1"), name="王芳"),
        ticket=at_counter,
        pause_reason="用餐" if state == "paused" else "",
    )
    names = tuple(
        CounterName(id=CounterId(f"c{n}"), number=n, name=NAME, area=AreaId("A")) for n in (1, 2)
    )
    hall = HallView(name=NAME, start_distinct=distinct, counters=names)
    counter = msgspec.structs.replace(counter, **more)
    return World(connected=True, documents={"hall": hall, f"counter/{AT}": counter})


DESK = Desk(counter=AT, queues={91: ServiceId("tax")})
CLERK = msgspec.structs.replace(DESK, staff=StaffId("s9"))


def press(key: Key, number: int | None = None) -> KeyPressed:
    return KeyPressed(1, key, number)


@pytest.mark.parametrize(
    ("key", "number", "state", "asked"),
    [
        (Key.CALL, None, "free", ["call_next"]),
        (Key.CALL, None, "serving", ["end_service", "call_next"]),
        (Key.CALL, None, "closed", ["call_next"]),
        (Key.CALL, None, "paused", ["call_next"]),
        (Key.RECALL, None, "serving", ["recall"]),
        (Key.ASK_RATING, None, "free", ["request_rating"]),
        (Key.PAUSE, None, "free", ["pause"]),
        (Key.PAUSE, None, "serving", ["pause"]),
        (Key.PAUSE, None, "paused", ["resume_counter"]),
        (Key.TRANSFER, 2, "serving", ["transfer"]),
        (Key.TRANSFER, 91, "serving", ["transfer"]),
        (Key.CONFIRM, HOLD, "serving", ["hold"]),
        (Key.CONFIRM, ABANDON, "serving", ["no_show"]),
    ],
)
def test_keys(key: Key, number: int | None, state: CounterState, asked: list[str]) -> None:
    steps = meant(press(key, number), DESK, world(state))
    assert not isinstance(steps, Unmeant)
    assert [step.__struct_config__.tag for step in steps] == asked


def test_where_serving_begins_apart_the_call_key_begins_it() -> None:
    called = world("called", distinct=True)
    assert meant(press(Key.CALL), DESK, called) == (c.StartService(counter=AT),)
    serving = world("serving", distinct=True)
    assert meant(press(Key.CALL), DESK, serving) == (
        c.EndService(counter=AT),
        c.CallNext(counter=AT),
    )


def test_a_counter_that_pauses_after_this_ticket_only_ends_it() -> None:
    pausing = world("serving", pause_reason="用餐")
    assert meant(press(Key.CALL), DESK, pausing) == (c.EndService(counter=AT),)


def test_held_and_missed_tickets_are_found_by_their_digits() -> None:
    held, missed = ticket("A012"), ticket("B007", "no_show")
    now = world("free", held=(held, ticket("B034")), no_shows=(missed,))
    assert meant(press(Key.CONFIRM, CALL_BACK), DESK, now) == (
        c.CallBack(counter=AT, ticket=held.id),
    )
    assert meant(press(Key.CONFIRM, 34), DESK, now) == (
        c.CallBack(counter=AT, ticket=TicketId("t-B034")),
    )
    assert meant(press(Key.CALL, 12), DESK, now) == (c.CallBack(counter=AT, ticket=held.id),)
    assert meant(press(Key.CONFIRM, 7), DESK, now) == (c.ReturnTicket(ticket=missed.id),)
    twice = world("free", held=(held, ticket("C012")))
    for unmeant in (
        meant(press(Key.CONFIRM, 12), DESK, twice),
        meant(press(Key.CONFIRM, 99), DESK, now),
        meant(press(Key.CONFIRM, CALL_BACK), DESK, world("free")),
        meant(press(Key.CONFIRM), DESK, now),
        meant(press(Key.TRANSFER), DESK, world("serving")),
        meant(press(Key.TRANSFER, 77), DESK, world("serving")),
    ):
        assert isinstance(unmeant, Unmeant)


def test_the_configured_clerk_signs_in_first_and_only_where_nobody_is() -> None:
    steps = meant(press(Key.CALL), CLERK, world("closed"))
    assert steps == (c.SignIn(counter=AT, staff=StaffId("s9")), c.CallNext(counter=AT))
    assert meant(press(Key.CALL), CLERK, world("free")) == (c.CallNext(counter=AT),)


views = struct_strategy(CounterView, lambda _: st.text("A0123", max_size=4), st.integers(0, 99))


@given(
    key=st.sampled_from(Key),
    number=st.none() | st.integers(0, 999),
    counter=views,
    distinct=st.booleans(),
    desk=st.sampled_from([DESK, CLERK]),
)
def test_every_press_has_one_meaning_at_its_own_counter(
    key: Key, number: int | None, counter: CounterView, distinct: bool, desk: Desk
) -> None:
    """Nothing is asked of another counter, at most three steps, never two tickets at once."""
    counter = msgspec.structs.replace(counter, id=AT)
    hall = HallView(name=NAME, start_distinct=distinct)
    now = World(connected=True, documents={"hall": hall, f"counter/{AT}": counter})
    steps = meant(press(key, number), desk, now)
    assert steps == meant(press(key, number), desk, now)
    if isinstance(steps, Unmeant):
        assert steps.why
        return
    assert 1 <= len(steps) <= 3
    assert all(getattr(step, "counter", AT) == AT for step in steps)
    calling = (c.CallNext, c.CallBack, c.ReturnTicket)
    assert sum(isinstance(step, calling) for step in steps) <= 1
    assert sum(isinstance(step, c.SignIn) for step in steps) == (
        1 if counter.staff is None and desk.staff else 0
    )


def test_an_unknown_counter_asks_nothing() -> None:
    assert isinstance(meant(press(Key.CALL), DESK, World(connected=True)), Unmeant)
