"""Says in plain lines what happens in the demo's hall, as its manager sees it."""

import time

from queue_server.protocol.client import ClientEvent, Connected, Disconnected
from queue_server.protocol.messages import Document
from queue_server.protocol.views import CounterView, HallView, QueuesView

_STATES = {
    "closed": "无人 nobody",
    "free": "空闲 free",
    "called": "呼叫 called",
    "serving": "办理 serving",
    "paused": "暂停 paused",
}


class Journal:
    """Prints calls, counters' states and waiting counts as they change."""

    def __init__(self) -> None:
        self._counters: dict[str, str] = {}
        self._waiting = -1
        self.calls = 0

    def hear(self, event: ClientEvent) -> None:
        """For a manager's connection."""
        if isinstance(event, Disconnected):
            say("与服务器断开 · cut off from the server")
            return
        for call in event.announcements:
            again = f"（第 {call.recall} 次重呼 recall）" if call.recall else ""
            holder = f" {call.holder}" if call.holder else ""
            say(f"请 {call.number}{holder} 到 {call.counter_number} 号窗口{again}")
            self.calls += 1
        for document in event.documents.values():
            self._document(document, first=isinstance(event, Connected))

    def _document(self, document: Document, *, first: bool) -> None:
        match document:
            case CounterView():
                state = _STATES[document.state]
                if document.ticket is not None:
                    state += f" {document.ticket.number}"
                old = self._counters.get(document.id)
                self._counters[document.id] = state
                if not first and old != state and document.state in {"paused", "free"}:
                    say(f"{document.number} 号窗口 counter {document.number}: {state}")
            case QueuesView():
                waiting = sum(queue.waiting for queue in document.queues)
                if waiting != self._waiting:
                    self._waiting = waiting
                    say(f"等候 waiting: {waiting}")
            case HallView() if first:
                say(f"{document.name.zh} · {document.name.en}")
            case _:
                pass


def say(text: str) -> None:
    """One line with the time of day."""
    print(f"{time.strftime('%H:%M:%S')}  {text}", flush=True)
