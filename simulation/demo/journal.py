"""Says in plain lines what happens in the demo's hall, as its manager sees it.

A line a thing that happened: a ticket taken or refused, a call, how a service ended, a pause.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from devices.errors import FAULTS
from queue_server.domain.codes import CODES
from queue_server.domain.values import CounterId, ServiceId, Text
from queue_server.protocol.client import ClientEvent, Connected, Disconnected
from queue_server.protocol.messages import Document
from queue_server.protocol.views import (
    CounterView,
    DeviceReport,
    HallView,
    ProgramsView,
    QueuesView,
)

KINDS = {
    "printer": ("打印机", "printer"),
    "id_reader": ("读卡器", "ID reader"),
    "scanner": ("扫码器", "scanner"),
    "camera": ("摄像头", "camera"),
    "led": ("LED 屏", "screen"),
    "call_line": ("叫号线", "callers' line"),
    "voice": ("语音", "voice"),
}
STATES = {"warning": "注意 warning", "failed": "故障 failed", "gone": "断开 gone"}


class Journal:
    """Prints what a manager's connection and the kiosk tell; counts the calls."""

    def __init__(self, services: Mapping[ServiceId, Text]) -> None:
        self._services = services
        self._counters: dict[CounterId, CounterView] = {}
        self._waiting = 0
        self._cut = False
        self._early: dict[str, str] = {}
        """Calls that came before the kiosk had told of their ticket, by number."""
        self._devices: dict[tuple[str, str], str] = {}
        self.calls = 0
        self.tickets = 0
        self.numbers: list[str] = []
        """Every number that stood on the kiosk's screen."""
        self.on_device: Callable[[DeviceReport], None] = lambda _: None

    def hear(self, event: ClientEvent) -> None:
        """For a manager's connection."""
        if isinstance(event, Disconnected):
            self._say_early()
            if not self._cut:
                say("与服务器断开 · cut off from the server")
            self._cut = True
            return
        self._cut = False
        for document in event.documents.values():
            self._document(document, first=isinstance(event, Connected))
        for call in event.announcements:
            again = f"（第 {call.recall} 次重呼）" if call.recall else ""
            called = f"recall {call.recall}" if call.recall else "called"
            holder = f" {call.holder}" if call.holder else ""
            place = call.counter_number
            line = (
                f"请 {call.number}{holder} 到 {place} 号窗口{again}，等候 {self._waiting} 人"
                f" · {called} to counter {place}, {self._waiting} waiting"
            )
            self.calls += 1
            if call.number in self.numbers:
                say(line)
            else:
                self._early[call.number] = line

    def _say_early(self) -> None:
        for line in self._early.values():
            say(line)
        self._early.clear()

    def kiosk(self, told: Mapping[str, Any]) -> None:
        """For each line that the kiosk's hands print."""
        match told.get("event"):
            case "ticket":
                self.tickets += 1
                self.numbers.append(str(told["number"]))
                name = self._services.get(ServiceId(told["service"]), Text(zh="", en=""))
                ahead = told["ahead"]
                say(
                    f"取号 {told['number']} {name.zh}，前面 {ahead} 人"
                    f" · took a ticket: {name.en}, {ahead} ahead"
                )
                if called := self._early.pop(str(told["number"]), ""):
                    say(called)
            case "progress":
                ahead = told["ahead"]
                say(
                    f"扫号票查进度 {told['number']}，前面 {ahead} 人"
                    f" · scanned the slip of {told['number']}, {ahead} ahead"
                )
            case "refused":
                code = str(told.get("code", ""))
                why = f"{CODES[code].zh} · {CODES[code].en}" if code in CODES else code
                filled = why.replace("{number}", str(told.get("number", "")))
                say(f"未取号 refused: {filled}")
            case "slip" if told.get("state") != "printed":
                fault = FAULTS.get(str(told.get("code")))
                zh, en = (fault.zh, fault.en) if fault else ("", str(told.get("code") or ""))
                say(f"{told.get('number')} 未打印 not printed：{zh} · {en}")
            case "stuck" | "error":
                say(f"取号机未应答 the kiosk did not get on: {told}")
            case _:
                pass

    def _document(self, document: Document, *, first: bool) -> None:
        match document:
            case CounterView():
                before = self._counters.get(document.id)
                self._counters[document.id] = document
                if before is not None and not first:
                    for words in _changes(before, document):
                        self._say_early()
                        say(f"{document.number} 号窗口 counter {document.number}：{words}")
            case QueuesView():
                self._waiting = sum(queue.waiting for queue in document.queues)
            case ProgramsView():
                for program in document.programs:
                    for device in program.devices:
                        self._device(device)
            case HallView() if first:
                say(f"{document.name.zh} · {document.name.en}")
            case _:
                pass

    def _device(self, device: DeviceReport) -> None:
        self.on_device(device)
        key = (device.kind, device.name)
        before = self._devices.get(key, "")
        self._devices[key] = device.state
        if before == device.state:
            return
        name = device_name(device)
        if device.state != "ok":
            say(f"设备 {name} {STATES[device.state]}：{device.zh} · {device.en}")
        elif before:
            say(f"设备 {name} 恢复正常 · is well again")


def device_name(device: DeviceReport) -> str:
    """Its own name, else its kind's, with the kind in English."""
    zh, en = KINDS.get(device.kind, (device.kind, ""))
    return f"{zh if device.name == device.port else device.name} {en}".rstrip()


def _changes(before: CounterView, after: CounterView) -> list[str]:
    found = []
    left = before.ticket
    if left is not None and (after.ticket is None or after.ticket.id != left.id):
        found.append(f"{_end(before, after)} {left.number}")
    if after.state == "paused" and before.state != "paused":
        found.append(f"暂停：{after.pause_reason} · paused")
    elif before.state == "paused" and after.state == "free":
        found.append("恢复 · open again")
    elif before.state == "closed" and after.state != "closed":
        found.append(f"{after.staff.name if after.staff else ''} 签到 · signed in")
    elif after.state == "closed" and before.state != "closed":
        found.append("签退 · signed out")
    if after.rating != before.rating and after.rating == "rated":
        found.append("收到评价 · rated")
    return found


def _end(before: CounterView, after: CounterView) -> str:
    """How the ticket that was at the counter left it."""
    old, new = before.counts, after.counts
    if new.served > old.served:
        return "办结 · served"
    if new.no_show > old.no_show:
        return "弃号 · no-show"
    if new.transferred > old.transferred:
        return "转移 · transferred"
    return "挂起 · on hold" if len(after.held) > len(before.held) else "结束 · ended"


def say(text: str) -> None:
    """One line with the time of day."""
    print(f"{time.strftime('%H:%M:%S')}  {text}", flush=True)
