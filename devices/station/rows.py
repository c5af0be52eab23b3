"""A callers' line at work: keys to commands, ratings to ratings, tickets to displays.

Everything here lives in the program's event loop; the line calls in from its own thread.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol, assert_never

import msgspec

from devices.call_line.events import AddressHealth, KeyPressed, Press, Rated
from devices.errors import DeviceError
from devices.station.asked import Command, Unanswered
from devices.station.keys import Desk, Steps, Unmeant, meant
from devices.station.world import World
from queue_server.domain import commands as c
from queue_server.domain.values import Ms, TransactionId

log = logging.getLogger(__name__)

ANSWER_WITHIN: Final = 2.5
"""Seconds the server may take; the line forgets an unanswered press soon after."""
NOTHING: Final = "000"
"""On the display of a counter without a ticket."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One address on the line: a key box, a rating box or both, and its counter."""

    address: int
    desk: Desk
    levels: Mapping[int, int]
    """Rating level, 5 (非常满意) to 1, by the value the box sends."""


class Answer(Protocol):
    """How a press is acknowledged, or not."""

    def accept(self) -> None: ...
    def decline(self) -> None: ...


class Line(Protocol):
    """What is asked of the line; every method from any thread."""

    def show_ticket(self, address: int, number: str) -> None: ...
    def show_waiting(self, address: int, count: int) -> None: ...
    def beep(self, address: int) -> None: ...
    def ask_rating(self, address: int) -> None: ...


class Row:
    """The units of one line. `see` is called with each new world, `pressed` with each press.

    A press is declined when the server does not answer in time, but it stays the same press until
    its outcome is known: said again, by its device or by a clerk who saw nothing happen, it is
    asked under the same ids, over a reconnect too. So one press is never done twice. Nothing is
    sent by itself later: what nobody insists on is not carried out when the server is back.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        command: Command,
        *,
        answer_within: float = ANSWER_WITHIN,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answer_within = answer_within
        self._units = {unit.address: unit for unit in units}
        self._command = command
        self._world = World()
        self._shown: dict[int, tuple[str, int]] = {}
        self._asked: dict[int, tuple[TransactionId, Ms] | None] = {}
        self._turns = {address: asyncio.Lock() for address in self._units}
        self._tasks: set[asyncio.Task[None]] = set()
        self._unanswered = Unanswered(clock)
        self._line: Line | None = None

    def join(self, line: Line) -> None:
        """The line to show things on."""
        self._line = line

    def see(self, world: World) -> None:
        """Bring displays and rating boxes to what the hall says."""
        self._world = world
        for unit in self._units.values():
            self._show(unit)
            self._ask(unit)

    def heard(self, health: AddressHealth) -> None:
        """An address is back: a rating that is asked is asked again; displays the line repeats."""
        if health.ok and self._asked.get(health.address) is not None and self._line is not None:
            self._line.ask_rating(health.address)

    def pressed(self, press: Press, answer: Answer) -> None:
        """A person did something; in order for each unit, answered when the server has."""
        unit = self._units.get(press.address)
        if unit is None:
            log.warning("address %d is not configured; its key is not taken", press.address)
            answer.decline()
            return
        task = asyncio.get_running_loop().create_task(self._take(unit, press, answer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait for what is under way; for an orderly end."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self, unit: Unit, press: Press, answer: Answer) -> None:
        async with self._turns[unit.address]:
            try:
                async with asyncio.timeout(self._answer_within):
                    refused = await self._ask_hall(unit, press)
            except TimeoutError:
                refused = "the server does not answer"
                answer.decline()
            else:
                answer.accept()
            if refused:
                self._refuse(unit, refused)

    async def _ask_hall(self, unit: Unit, press: Press) -> str:
        """Ask the hall what the press means; why it was refused, or empty. TimeoutError where
        there is no server."""
        before = self._unanswered.heard(press, self._world.seq)
        if not self._world.connected:
            raise TimeoutError
        if before is not None:
            outcome = await before.ask(self._command)
            self._unanswered.answered(press)
            anew = before.meant_anew_from
            if anew is None or outcome.seq > anew:
                return outcome.refused
        steps = self._meant(unit, press)
        if isinstance(steps, Unmeant):
            return steps.why
        outcome = await self._unanswered.begin(press, steps).ask(self._command)
        self._unanswered.answered(press)
        return outcome.refused

    def _meant(self, unit: Unit, press: Press) -> Steps | Unmeant:
        match press:
            case KeyPressed():
                return meant(press, unit.desk, self._world)
            case Rated(value=value):
                pad = self._world.pad(unit.desk.counter)
                if pad is None or pad.asked is None:
                    return Unmeant("no rating is asked")
                level = unit.levels.get(value)
                if level is None:
                    return Unmeant(f"rating value {value} has no level")
                return (c.Rate(transaction=pad.asked.transaction, level=level),)
            case _:
                assert_never(press)

    def _refuse(self, unit: Unit, why: str) -> None:
        log.info("counter %s: %s", unit.desk.counter, why)
        if self._line is not None:
            self._line.beep(unit.address)

    def _show(self, unit: Unit) -> None:
        counter = self._world.counter(unit.desk.counter)
        if counter is None or self._line is None:
            return
        number = counter.ticket.number if counter.ticket else NOTHING
        now = (number, self._world.waiting(counter))
        before = self._shown.get(unit.address)
        self._shown[unit.address] = now
        if before is None or before[0] != number:
            with contextlib.suppress(DeviceError):  # a number without digits has no picture there
                self._line.show_ticket(unit.address, number)
        if before is None or before[1] != now[1]:
            self._line.show_waiting(unit.address, now[1])

    def _ask(self, unit: Unit) -> None:
        pad = self._world.pad(unit.desk.counter)
        asked = (pad.asked.transaction, pad.asked.at) if pad and pad.asked else None
        if asked is not None and asked != self._asked.get(unit.address) and self._line is not None:
            self._line.ask_rating(unit.address)
        self._asked[unit.address] = asked
