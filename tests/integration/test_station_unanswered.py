"""A key whose command's outcome is unknown stays one press: never a second citizen called."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.call_line.events import Key
from tests.integration.noisy_line import NoisyLine
from tests.integration.server_hall import DAY, Line, ServerHall
from tests.integration.station_hall import StationHall
from tests.integration.test_station_hall import eventually

IMPATIENT = 0.8
"""The line's patience in seconds: the station gives the server half of it to answer."""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[StationHall]:
    hall = ServerHall(tmp_path, limits={"sweep_seconds": 0.1})
    with hall.programs:
        hall.start()
        one = StationHall(hall, tmp_path, tries=60)
        with one.devices():
            yield one


async def opened(manager: Line, kiosk: Line) -> None:
    await manager.done("open_day", day=DAY)
    for _ in range(3):
        await kiosk.done("issue_ticket", service="tax")


async def only_one_was_called(made: StationHall, manager: Line) -> None:
    """Whatever the station sent for the key has been done before its recall is."""
    unit = made.line.units[1]
    await eventually(lambda: unit.acknowledged == 1)
    made.line.key(1, Key.RECALL)
    await manager.until(
        "calls/A", lambda calls: any(c.get("recall") for c in calls.get("recent", ()))
    )
    seen = [
        f["set"]["calls/A"].get("recent", ()) for f in manager.seen if "calls/A" in f.get("set", {})
    ]
    assert {call["number"] for calls in seen for call in calls} == {"A001"}
    await eventually(lambda: (unit.ticket, unit.waiting) == ("001", "002"))


async def test_a_server_that_pauses_calls_one_citizen(made: StationHall) -> None:
    hall, unit = made.hall, made.line.units[1]
    made.start(patience=IMPATIENT)
    assert hall.server is not None
    pid = hall.server.program.pid
    async with hall.line("manager") as manager, hall.line("kiosk") as kiosk:
        await opened(manager, kiosk)
        await eventually(lambda: unit.waiting == "003")
        os.kill(pid, signal.SIGSTOP)
        try:
            made.line.key(1, Key.CALL)
            await eventually(lambda: unit.beeps >= 2)  # declined, said again, declined
            assert unit.acknowledged == 0
        finally:
            os.kill(pid, signal.SIGCONT)
        await only_one_was_called(made, manager)


async def test_an_answer_lost_with_its_connection_is_asked_again_not_done_again(
    made: StationHall,
) -> None:
    hall, unit = made.hall, made.line.units[1]
    assert hall.server is not None
    cable = NoisyLine("tcp", hall.server.push.replace("ws://", "tcp:"))
    cable.start()
    made.start(patience=IMPATIENT, server=cable.port.replace("tcp:", "ws://"))
    try:
        async with (
            hall.line("manager") as manager,
            hall.line("kiosk") as kiosk,
            hall.line("caller1") as caller,
        ):
            await opened(manager, kiosk)
            await caller.done("sign_in", counter="1", staff="s1")
            await eventually(lambda: unit.waiting == "003")
            cable.is_mute = True
            made.line.key(1, Key.CALL)
            await manager.until("counter/1", lambda c: c.get("ticket"))
            await eventually(lambda: unit.beeps >= 1)
            cable.stop()
            cable.is_mute = False
            cable.start()
            await only_one_was_called(made, manager)
    finally:
        cable.stop()
