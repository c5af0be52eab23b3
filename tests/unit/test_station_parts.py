"""The voice's share, the screens' words, the shared port and the configuration of a station."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError
from devices.led.text import Content
from devices.registry import find_drivers
from devices.station.content import Words, counter_content
from devices.station.options import Mistakes, read
from devices.station.screens import Screen
from devices.station.sharing import SharedPort
from devices.station.voice import Crier
from devices.station.world import World, fold
from queue_server.domain.values import AreaId, CounterId, Ms, ServiceId, Text, TicketId
from queue_server.protocol.client import Disconnected
from queue_server.protocol.views import (
    CallView,
    CounterState,
    CounterView,
    HallView,
    ScreenView,
    TicketView,
)

NAME = Text(zh="名", en="Name")
NOW = 1_000_000.0
AREA = AreaId("A")


def call(seq: int, number: str, counter: str = "1", *, recall: int = 0, ago: float = 0) -> CallView:
    return CallView(
        seq=seq,
        at=Ms(int((NOW - ago) * 1000)),
        number=number,
        ticket=TicketId(f"t-{number}"),
        counter=CounterId(counter),
        counter_number=int(counter),
        area=AREA,
        service=ServiceId("tax"),
        recall=recall,
    )


def hall(at: dict[str, str | None], *, distinct: bool = False, state: Any = "serving") -> World:
    """Which ticket is at which counter."""
    documents: dict[str, Any] = {"hall": HallView(name=NAME, start_distinct=distinct)}
    for counter, number in at.items():
        ticket = None
        if number:
            ticket = TicketView(
                id=TicketId(f"t-{number}"),
                number=number,
                service=ServiceId("tax"),
                state=state,
                issued_at=Ms(1),
            )
        documents[f"counter/{counter}"] = CounterView(
            id=CounterId(counter),
            number=int(counter),
            name=NAME,
            area=AREA,
            state=state if ticket else "free",
            since=Ms(1),
            ticket=ticket,
        )
    return World(connected=True, documents=documents)


class Voice:
    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def called(self, call_id: str, ticket: str, counter: str, *, is_recall: bool = False) -> None:
        self.told.append(("called", ticket, counter, is_recall))

    def answered(self, call_id: str) -> None:
        self.told.append(("answered", call_id.partition("@")[0]))


def crier() -> tuple[Crier, Voice]:
    voice = Voice()
    return Crier(AREA, voice, fresh=20.0, wall=lambda: NOW), voice


def test_calls_in_order_recalls_marked_and_what_is_over_taken_back() -> None:
    one, voice = crier()
    one.hear(hall({"1": "A001"}), [call(5, "A001")])
    one.hear(hall({"1": "A001"}), [call(5, "A001"), call(6, "A001", recall=1)])
    one.hear(hall({"1": None}), [])
    one.hear(hall({"1": None}), [])
    assert voice.told == [
        ("called", "A001", "1", False),
        ("called", "A001", "1", True),
        ("answered", "t-A001"),
    ]


def test_after_a_reconnect_nothing_old_and_nothing_over_is_handed_over() -> None:
    one, voice = crier()
    missed = [call(1, "A001", ago=21), call(2, "A002", "2", ago=5), call(3, "A003", "3", ago=5)]
    one.hear(hall({"1": "A001", "2": "A002", "3": "A009"}), missed)
    assert voice.told == [("called", "A002", "2", False)]


def test_where_serving_begins_apart_its_begin_takes_the_call_back() -> None:
    one, voice = crier()
    one.hear(hall({"1": "A001"}, distinct=True, state="called"), [call(1, "A001")])
    one.hear(hall({"1": "A001"}, distinct=True, state="serving"), [])
    assert [what for what, *_ in voice.told] == ["called", "answered"]


def test_a_call_of_another_area_is_not_ours() -> None:
    one, voice = crier()
    other = msgspec.structs.replace(call(1, "A001"), area=AreaId("B"))
    one.hear(hall({"1": "A001"}), [other])
    assert voice.told == []


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40), st.booleans()), max_size=30))
def test_no_call_is_handed_over_twice_and_each_is_taken_back_once(
    steps: list[tuple[int, int, bool]],
) -> None:
    one, voice = crier()
    open_: set[str] = set()
    for seq, (number, ago, stays) in enumerate(steps, 1):
        text = f"A{number:03d}"
        told = call(seq, text, ago=ago)
        one.hear(hall({"1": text if stays else None}), [told, told])
    for what, number, *_ in voice.told:
        key = number if what == "answered" else f"t-{number}"
        if what == "answered":
            assert key in open_
            open_.remove(key)
        else:
            open_.add(key)
    assert len([t for t in voice.told if t[0] == "called"]) <= len(steps)


class Led:
    def __init__(self) -> None:
        self.shown: list[Content] = []

    def show(self, lines: Any) -> None:
        self.shown.append(tuple(lines))

    def clear(self) -> None:
        self.shown.append(())


def screened(state: CounterState, ticket: str = "") -> World:
    view = ScreenView(counter=CounterId("3"), number=3, name=NAME, state=state, ticket=ticket)
    return World(connected=True, documents={"screen/3": view})


@pytest.mark.parametrize(
    ("state", "lines"),
    [
        ("called", ["请 A012 号", "到3号窗口"]),
        ("serving", ["3号窗口", "正在办理 A012"]),
        ("free", ["3号窗口", "请等候呼叫"]),
        ("paused", ["3号窗口", "暂停服务"]),
        ("closed", ["3号窗口", "暂未开放"]),
    ],
)
def test_the_words_over_a_counter(state: CounterState, lines: list[str]) -> None:
    content = counter_content(screened(state, "A012"), CounterId("3"), Words())
    assert [line.text for line in content] == lines


@pytest.mark.parametrize(
    ("counters", "words", "lines"),
    [
        ((5, 6), Words(), ["B007 号下一步", "5、6号窗口"]),
        ((1, 2, 3, 8), Words(), ["B007 号下一步", "1、2、3等号窗口"]),
        ((), Words(), ["3号窗口", "请等候呼叫"]),
        ((5,), Words(moved=""), ["3号窗口", "请等候呼叫"]),
    ],
)
def test_who_goes_on_is_told_where_over_the_counter_that_is_free_again(
    counters: tuple[int, ...], words: Words, lines: list[str]
) -> None:
    world = screened("free")
    view = world.document("screen/3", ScreenView)
    assert view is not None
    view = msgspec.structs.replace(view, moved="B007", moved_counters=counters)
    content = counter_content(
        World(connected=True, documents={"screen/3": view}), CounterId("3"), words
    )
    assert [line.text for line in content] == lines


def test_a_number_is_never_read_as_a_place() -> None:
    content = counter_content(screened("called", "{counter}"), CounterId("3"), Words())
    assert [line.text for line in content] == ["请 {counter} 号", "到3号窗口"]


def test_cut_off_it_keeps_its_last_words_for_a_while_then_says_that_they_are_old() -> None:
    led, clock = Led(), [0.0]
    screen = Screen(led, Words(), counter=CounterId("3"), stale_after=60, clock=lambda: clock[0])
    world = screened("serving", "A012")
    screen.see(world)
    cut = fold(world, Disconnected(Ms(1)), clock=lambda: 0.0)
    screen.see(cut)
    assert len(led.shown) == 1
    clock[0] = 61.0
    screen.see(cut)
    assert [line.text for line in led.shown[-1]] == ["信息暂停更新", "请留意广播"]
    screen.see(world)
    assert led.shown[-1] == led.shown[0]


def test_without_stale_words_it_goes_dark() -> None:
    led, clock = Led(), [61.0]
    screen = Screen(
        led, Words(stale=""), counter=CounterId("3"), stale_after=60, clock=lambda: clock[0]
    )
    screen.see(msgspec.structs.replace(screened("free"), connected=False, cut_at=0.0))
    assert led.shown == [()] or led.shown == []


class Port:
    """A transport that counts."""

    speeds = ()

    def __init__(self) -> None:
        self.opens = self.closes = 0
        self.written: list[bytes] = []
        self.is_lost = False

    def open(self, speed: int | None = None) -> None:
        if self.is_lost:
            raise DeviceError("port.missing")
        self.opens += 1

    def close(self) -> None:
        self.closes += 1

    def read(self, most: int, timeout: float) -> bytes:
        if self.is_lost:
            raise DeviceError("port.lost")
        return b""

    def write(self, data: bytes, timeout: float) -> None:
        if self.is_lost:
            raise DeviceError("port.lost")
        self.written.append(data)


def test_a_shared_port_is_opened_once_lost_for_all_and_back_for_all() -> None:
    port = Port()
    shared = SharedPort(port)
    a, b = shared.seat(), shared.seat()
    a.open()
    b.open()
    assert port.opens == 1
    a.write(b"x", 1)
    port.is_lost = True
    with pytest.raises(DeviceError, match=r"port\.lost"):
        a.write(b"y", 1)
    a.close()
    with pytest.raises(DeviceError, match=r"port\.lost"):
        b.read(1, 0)
    b.close()
    port.is_lost = False
    a.open()
    with pytest.raises(DeviceError, match=r"port\.lost"):
        b.write(b"not yet", 1)
    b.open()
    b.write(b"z", 1)
    assert (port.opens, port.written) == (2, [b"x", b"z"])
    a.close()
    b.close()
    assert port.closes == 2


def test_all_mistakes_of_a_configuration_are_told_at_once() -> None:
    tables = {
        "server": "http://hall",
        "colour": 1,
        "call_line": [
            {"port": "serial:/dev/x", "unit": [{"address": 300, "counter": "1"}]},
            {"port": "serial:/dev/y", "ech": 1, "unit": []},
        ],
        "led": [
            {"port": "nonsense", "counter": "1"},
            {"driver": "none", "port": "tcp:h:1", "counter": "1"},
            {"port": "tcp:h:1", "counter": "1", "area": "A", "words": {"free": "{what}"}},
        ],
    }
    with pytest.raises(Mistakes) as caught:
        read(tables, find_drivers(), {})
    told = "\n".join(caught.value.lines)
    for part in (
        "server:", "colour:", "token:", "call_line[1]", "call_line[2]", "ech", "led[1]", "led[2]",
        "led[3]:", "words.free",
    ):  # fmt: skip
        assert part in told, told


def test_screens_of_two_speeds_cannot_share_a_port(tmp_path: Path) -> None:
    shipped = (files("devices.template") / "eq.toml").read_text()
    fast = tmp_path / "fast.toml"
    fast.write_text(re.sub(r"(?m)^baud.*\n", "", shipped).replace("\n[", "\nbaud = 19200\n[", 1))
    eq = {"driver": "eq", "port": "serial:/dev/x", "counter": "1"}
    like = {**eq, "driver": "template", "template": "eq"}
    assert len(read({"token": "t", "led": [eq, like]}, find_drivers(), {}).leds) == 2
    with pytest.raises(Mistakes, match="two speeds on one port"):
        read({"token": "t", "led": [eq, {**like, "template": str(fast)}]}, find_drivers(), {})


def test_screens_that_only_listen_may_share_a_port_and_others_may_not() -> None:
    strip = {"driver": "strip", "port": "serial:/dev/x", "counter": "1"}
    good = {"token": "t", "led": [{**strip, "address": n} for n in (1, 2)]}
    options = read(good, find_drivers(), {})
    assert len(options.leds) == 2
    onbon = {"port": "tcp:h:5005", "counter": "1"}
    with pytest.raises(Mistakes, match="two devices on one port"):
        read({"token": "t", "led": [onbon, onbon]}, find_drivers(), {})
