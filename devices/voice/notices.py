"""Free text becomes sound in a thread of its own, before it joins the announcements."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

import msgspec

from devices.errors import DeviceError
from devices.voice.utterance import Notice

log = logging.getLogger(__name__)

MOST_ASKED: Final = 20


class Engine(Protocol):
    """Makes sound of text. Blocks; one thread uses it."""

    def pcm(self, zh: str, en: str) -> bytes:
        """Both texts, the Mandarin first (format: devices.voice.pcm); DeviceError."""

    def stop(self) -> None:
        """End what runs, from any thread; later calls fail."""


class NoticeDesk:
    """Takes notices at once, makes their sound one by one; each ends as ready or as failed."""

    def __init__(
        self,
        engine: Engine,
        on_ready: Callable[[Notice], None],
        on_failed: Callable[[Notice, DeviceError], None],
    ) -> None:
        self._engine = engine
        self._on_ready = on_ready
        self._on_failed = on_failed
        self._asked: deque[Notice] = deque()
        self._changed = threading.Condition()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="voice notices", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Leave at once; what was not made is forgotten."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        self._engine.stop()
        if self._thread.ident is not None:
            self._thread.join()

    def ask(self, notice: Notice) -> None:
        """Make its sound; the oldest asked fails where too many wait."""
        with self._changed:
            self._asked.append(notice)
            crowded = self._asked.popleft() if len(self._asked) > MOST_ASKED else None
            self._changed.notify()
        if crowded is not None:
            self._on_failed(crowded, DeviceError("voice.crowded", crowded.notice_id))

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_stopping or self._asked)
                if self._is_stopping:
                    return
                notice = self._asked.popleft()
            try:
                ready = msgspec.structs.replace(notice, pcm=self._engine.pcm(notice.zh, notice.en))
            except DeviceError as error:
                self._on_failed(notice, error)
            except Exception:
                log.exception("a notice's sound failed")
                self._on_failed(notice, DeviceError("voice.engine_failed", notice.notice_id))
            else:
                self._on_ready(ready)
