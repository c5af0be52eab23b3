"""What the demo tells of its broken devices is what the server told, each fault by itself."""

import random
import time
from typing import Any, cast

import pytest

from queue_server.domain.values import Ms
from queue_server.protocol.views import DeviceReport
from simulation.demo.breaker import FAULTS, Break, Breaker
from simulation.demo.rig import NAMES


class Panel:
    """A simulator's panel, or the kiosk."""

    running = True
    pid = 1

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        self.lines.append(line)


def report(name: str, state: Any, kind: str = "led") -> DeviceReport:
    return DeviceReport(kind=kind, name=name, state=state, since=Ms(1))


def made(*names: str) -> tuple[Breaker, dict[str, Panel]]:
    panels = {name: Panel() for name in names}
    breaker = Breaker(cast(Any, panels), cast(Any, Panel()), random.Random(1))
    return breaker, panels


async def test_a_fault_is_ordered_mended_and_told_with_its_own_states(
    capsys: pytest.CaptureFixture[str],
) -> None:
    breaker, panels = made("strip")
    unplug = FAULTS["strip"][0]
    breaker.hear(report(NAMES["strip"], "ok"))
    await breaker._break("strip", unplug, 0.0)
    assert panels["strip"].lines == ["unplug", "plug"]
    breaker.breaks.append(Break("strip", unplug, time.monotonic(), time.monotonic()))
    breaker.hear(report(NAMES["strip"], "gone"))
    breaker.hear(report(NAMES["strip"], "ok"))
    assert await breaker.end()
    said = [line for line in capsys.readouterr().out.splitlines() if "—" in line]
    assert "未中断工作" in said[0]
    assert "秒后上报" in said[1]


async def test_what_does_not_come_back_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("simulation.demo.breaker.WELL_WITHIN", 0.05)
    breaker, _ = made("strip")
    breaker.hear(report(NAMES["strip"], "gone"))
    assert not await breaker.end()
    assert f"未恢复 not back: led {NAMES['strip']}" in capsys.readouterr().out
