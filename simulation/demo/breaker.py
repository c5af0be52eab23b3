"""Breaks the demo's devices at random and mends them after a while; says what came of each."""

import asyncio
import contextlib
import math
import os
import random
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from queue_server.protocol.views import DeviceReport
from simulation.demo.journal import say
from simulation.demo.rig import NAMES
from simulation.processes import Program

BETWEEN = (3.0, 8.0)
"""Seconds between two faults."""
LASTS = (4.0, 9.0)
"""Seconds until one is mended."""
WELL_WITHIN = 45.0
"""Seconds that all devices get at the end to be well again."""
TITLES = {
    "printer": "打印机 printer",
    "reader": "读卡器 ID reader",
    "scanner": "扫码器 scanner",
    "camera": "摄像头 camera",
    "line": f"{NAMES['line']} callers' line",
    "led-1": f"{NAMES['led-1']} screen",
    "led-2": f"{NAMES['led-2']} screen",
    "strip": f"{NAMES['strip']} screen",
    "voice": f"{NAMES['voice']} voice",
}
KINDS = {"printer": "printer", "reader": "id_reader", "scanner": "scanner", "camera": "camera"}


class Fault(msgspec.Struct, frozen=True):
    """What is done to a simulator, a line each, and undone."""

    words: str
    begin: str
    mend: str


_UNPLUG = Fault("拔线 unplugged", "unplug", "plug")
_SILENT = Fault("不应答 silent", "fault silent", "fault none")
FAULTS: dict[str, tuple[Fault, ...]] = {
    "printer": (
        _UNPLUG,
        Fault("缺纸 out of paper", "fault paper-out", "fault none"),
        Fault("上盖打开 cover open", "fault cover-open", "fault none"),
        Fault("纸将尽 paper near its end", "fault paper-near-end", "fault none"),
    ),
    "reader": (_UNPLUG, Fault("不应答 silent", "fault silence", "fault none")),
    "scanner": (_UNPLUG,),
    "camera": (
        _UNPLUG,
        Fault("画面中断 cut off in a picture", "fault cut", "fault none"),
        Fault("采集进程被杀 its child process killed", "", ""),
    ),
    "line": (
        _UNPLUG,
        _SILENT,
        Fault("线路噪声 noise on the line", "fault noise", "fault none"),
        Fault("校验错 wrong checksums", "fault bad-sum", "fault none"),
    ),
    "led-1": (_UNPLUG, _SILENT),
    "led-2": (_UNPLUG, Fault("拒绝 refuses", "fault nak", "fault none")),
    "strip": (_UNPLUG,),
    "voice": (
        Fault("播放进程中途死亡 its player dies", "fault die", "fault none"),
        Fault("播放进程被杀 its player killed", "kill", ""),
        Fault("声卡被占用 the sound card is taken", "fault busy", "fault none"),
    ),
}


class Break(msgspec.Struct):
    """One fault as it went. Times are monotonic."""

    name: str
    fault: Fault
    at: float
    mended_at: float = 0.0


class Breaker:
    """Breaks one device after another. `hear` takes the manager's view of all devices."""

    def __init__(
        self, devices: Mapping[str, Program], kiosk: Program, chance: random.Random
    ) -> None:
        self._devices = devices
        self._kiosk = kiosk
        self._chance = chance
        self._broken: set[str] = set()
        self._mending: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self.breaks: list[Break] = []
        self._states: dict[tuple[str, str], list[tuple[float, str]]] = {}

    def hear(self, device: DeviceReport) -> None:
        """A device is in a state, as the server tells it."""
        told = self._states.setdefault((device.kind, device.name), [])
        if not told or told[-1][1] != device.state:
            told.append((time.monotonic(), device.state))
            self._news.set()

    def is_broken(self, name: str) -> bool:
        """Whether a device is broken just now."""
        return name in self._broken

    async def work(self) -> None:
        """Until cancelled; each round another device."""
        turns: list[str] = []
        while True:
            await asyncio.sleep(self._chance.uniform(*BETWEEN))
            turns = turns or self._chance.sample(sorted(self._devices), len(self._devices))
            name = turns.pop()
            if name in self._broken or not self._devices[name].running:
                continue
            fault = self._chance.choice(FAULTS[name])
            lasts = self._chance.uniform(*LASTS)
            task = asyncio.create_task(self._break(name, fault, lasts))
            self._mending.add(task)
            task.add_done_callback(self._mending.discard)

    async def end(self) -> bool:
        """Mend all, wait until the server knows all devices to be well, and tell of each fault;
        whether all came back."""
        await asyncio.gather(*self._mending)
        deadline = time.monotonic() + WELL_WITHIN
        while (ill := self._ill()) and (left := deadline - time.monotonic()) > 0:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._news.wait()
        say(f"设备故障演练 {len(self.breaks)} 次 · devices were broken {len(self.breaks)} times:")
        for one in self.breaks:
            say(f"  {self._told(one)}")
        for kind, name in ill:
            say(f"  未恢复 not back: {kind} {name}")
        if not ill:
            say("全部设备已恢复 · all devices are back")
        return not ill

    async def _break(self, name: str, fault: Fault, lasts: float) -> None:
        say(f"故障 {_title(name)}：{fault.words}")
        self._broken.add(name)
        one = Break(name, fault, time.monotonic())
        self.breaks.append(one)
        if fault.begin:
            self._order(name, fault.begin)
        elif name == "camera":
            _kill_camera(self._kiosk.pid)
        try:
            await asyncio.sleep(lasts)
        finally:
            if fault.mend:
                self._order(name, fault.mend)
            one.mended_at = time.monotonic()
            self._broken.discard(name)
            say(f"修复 {_title(name)} · mended")

    def _order(self, name: str, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._devices[name].say(line)

    def _ill(self) -> list[tuple[str, str]]:
        return [key for key, told in self._states.items() if told[-1][1] not in ("ok", "warning")]

    def _told(self, one: Break) -> str:
        """When the server heard of it, and when of its end."""
        states = self._states_of(one.name)
        later = (other.at for other in self.breaks if other.name == one.name and other.at > one.at)
        until = min(later, default=math.inf)
        bad = next((at for at, state in states if one.at <= at < until and state != "ok"), None)
        words = f"{_title(one.name)}：{one.fault.words}"
        if bad is None:
            return f"{words} — 未中断工作 did not stop its work"
        back = next((at for at, state in states if at > bad and state == "ok"), None)
        heard = f"{words} — {bad - one.at:.1f} 秒后上报 reported after {bad - one.at:.1f} s"
        if back is None:
            return f"{heard}，未恢复 not back"
        after = max(0.0, back - one.mended_at)
        return f"{heard}，修复后 {after:.1f} 秒恢复 back {after:.1f} s after it was mended"

    def _states_of(self, name: str) -> list[tuple[float, str]]:
        wanted = KINDS.get(name)
        return next(
            (
                told
                for (kind, title), told in self._states.items()
                if (kind == wanted if wanted else title == NAMES[name])
            ),
            [],
        )


def _title(name: str) -> str:
    return TITLES[name]


def _kill_camera(kiosk: int) -> None:
    """SIGKILL to the kiosk's camera process, as a driver's crash would end it."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            words = (process / "cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            continue
        if parent == kiosk and b"devices.camera" in words:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(process.name), signal.SIGKILL)
