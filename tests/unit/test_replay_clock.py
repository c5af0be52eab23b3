"""The replay's clock and the server's reading of it agree."""

import asyncio
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from queue_server.clock import LAYOUT, DrivenClock
from queue_server.domain.values import Settings, Text
from simulation.replay import clock as replay_clock
from simulation.replay.clock import DayClock

DAY = dt.date(2001, 3, 4)
ZONE = ZoneInfo(Settings(name=Text(zh="", en="")).timezone)


def second_of_day(server: DrivenClock) -> float:
    return server() / 1000 - dt.datetime.combine(DAY, dt.time(), ZONE).timestamp()


async def test_at_max_time_moves_only_when_told(tmp_path: Path) -> None:
    driven = DayClock(tmp_path / "clock", DAY, 100, None)
    server = DrivenClock(tmp_path / "clock")
    driven.start()
    assert second_of_day(server) == driven.now == 100
    await driven.reach(86_500.5)
    assert second_of_day(server) == driven.now == 86_500.5
    await driven.reach(200)
    assert driven.now == 86_500.5, "time never goes back"
    driven.close()
    assert second_of_day(server) == 86_500.5


async def test_at_a_speed_time_runs_from_the_start_on(tmp_path: Path) -> None:
    driven = DayClock(tmp_path / "clock", DAY, 100, 1000)
    server = DrivenClock(tmp_path / "clock")
    await asyncio.sleep(0.01)
    assert second_of_day(server) == driven.now == 100, "not before it is started"
    driven.start()
    await driven.reach(150)
    before, told, after = driven.now, second_of_day(server), driven.now
    assert 150 <= before <= told + 0.001
    assert told <= after
    driven.close()


def test_both_sides_lay_the_file_out_alike() -> None:
    assert replay_clock.LAYOUT.format == LAYOUT.format
