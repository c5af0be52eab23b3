"""A press whose outcome is unknown is asked again under its own ids, and never anew too soon."""

import asyncio
from typing import Any

import msgspec

from devices.call_line.events import Key, KeyPressed
from devices.station.asked import SAME_PRESS
from devices.station.keys import Desk
from devices.station.rows import Row, Unit
from devices.station.world import World
from queue_server.domain import commands as c
from queue_server.domain.values import AreaId, CounterId, Ms, ServiceId, StaffId, Text, TicketId
from queue_server.protocol.messages import Rejected, Result
from queue_server.protocol.views import CounterView, StaffName, TicketView

AT = CounterId("1")
CALL = KeyPressed(1, Key.CALL)
IN_TIME = 0.05


class Hall:
    """A server with one counter: does each command once, answers when it is asked to."""

    def __init__(self) -> None:
        self.answers = True
        self.hears = True
        self.seq = 10
        self.calls = 0
        self.is_busy = False
        self.told: dict[str, Result] = {}
        self.ids: list[str] = []

    async def command(self, do: c.Command, key: str) -> Result:
        self.ids.append(key)
        if self.hears and key not in self.told:
            self.told[key] = self._do(do, key)
        if not (self.hears and self.answers):
            await asyncio.Event().wait()
        return self.told[key]

    def _do(self, do: c.Command, key: str) -> Result:
        wants_busy = isinstance(do, c.EndService)
        if self.is_busy is not wants_busy:
            code = "nothing_to_end" if wants_busy else "counter_busy"
            return Result(id=key, rejected=Rejected(code=code, kind="operator", zh="", en=""))
        self.seq += 1
        self.is_busy = not wants_busy
        self.calls += isinstance(do, c.CallNext)
        return Result(id=key, seq=self.seq)

    def world(self) -> World:
        ticket = TicketView(
            id=TicketId(f"t{self.calls}"),
            number=f"A{self.calls:03d}",
            service=ServiceId("tax"),
            state="serving",
            issued_at=Ms(1),
        )
        counter = CounterView(
            id=AT,
            number=1,
            name=Text(zh="名", en="Name"),
            area=AreaId("A"),
            state="serving" if self.is_busy else "free",
            since=Ms(1),
            staff=StaffName(id=StaffId("s1"), name="王芳"),
            ticket=ticket if self.is_busy else None,
        )
        return World(connected=True, seq=self.seq, documents={f"counter/{AT}": counter})


class Desktop:
    """A row of one unit and what was said to it."""

    def __init__(self) -> None:
        self.hall = Hall()
        self.now = 0.0
        self.said: list[str] = []
        unit = Unit(address=1, desk=Desk(counter=AT), levels={})
        self.row = Row([unit], self.hall.command, answer_within=IN_TIME, clock=lambda: self.now)
        self.row.see(self.hall.world())

    def accept(self) -> None:
        self.said.append("accept")

    def decline(self) -> None:
        self.said.append("decline")

    async def press(self) -> str:
        self.row.pressed(CALL, self)
        await self.row.settle()
        return self.said[-1]

    def is_told(self, **changes: Any) -> None:
        self.row.see(msgspec.structs.replace(self.hall.world(), **changes))


async def test_said_again_while_unknown_it_is_one_command() -> None:
    desk = Desktop()
    desk.hall.answers = False
    assert await desk.press() == "decline"
    desk.is_told()  # A001 is at the counter: meant anew, the key would end it and call A002
    assert await desk.press() == "decline"
    desk.hall.answers = True
    assert await desk.press() == "accept"
    assert (desk.hall.calls, len(set(desk.hall.ids))) == (1, 1)


async def test_without_a_connection_it_stays_unknown() -> None:
    desk = Desktop()
    desk.hall.answers = False
    await desk.press()
    desk.is_told(connected=False)
    desk.now = SAME_PRESS
    assert await desk.press() == "decline"
    desk.hall.answers = True
    desk.is_told()
    desk.now = 2 * SAME_PRESS
    assert await desk.press() == "accept"
    assert desk.hall.calls == 1


async def test_known_it_is_over_and_the_next_press_is_new() -> None:
    desk = Desktop()
    await desk.press()
    desk.is_told()
    await desk.press()
    assert desk.hall.calls == 2


async def test_pressed_much_later_what_was_done_before_is_not_its_answer() -> None:
    """The clerk saw A001 called, served it, and wants the next."""
    desk = Desktop()
    desk.hall.answers = False
    await desk.press()
    desk.hall.answers = True
    desk.is_told()
    desk.now = SAME_PRESS + 1
    assert await desk.press() == "accept"
    assert desk.hall.calls == 2


async def test_pressed_much_later_what_was_never_done_is_done_once() -> None:
    desk = Desktop()
    desk.hall.hears = False
    assert await desk.press() == "decline"
    desk.hall.hears = True
    desk.now = SAME_PRESS + 1
    assert await desk.press() == "accept"
    assert desk.hall.calls == 1


async def test_nothing_is_sent_by_itself_once_the_press_was_declined() -> None:
    desk = Desktop()
    desk.hall.hears = False
    await desk.press()
    desk.hall.hears = True
    desk.is_told()
    await asyncio.sleep(0)
    assert (desk.hall.calls, len(desk.hall.ids)) == (0, 1)
