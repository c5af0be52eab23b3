"""The one bridge between the asyncio client and the GUI thread."""

import asyncio
import contextlib
import logging
import ssl
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from queue_server.domain.commands import Command
from queue_server.protocol.client import HallClient
from queue_server.protocol.messages import Read, ReadResult, Result
from queue_server.protocol.views import DeviceReport

log = logging.getLogger(__name__)

RESTART_AFTER = 3.0
"""Seconds before a client that broke is started again."""


class Gateway(QObject):
    """Runs a `HallClient` in a thread of its own; everything it says arrives in the GUI thread.

    `happened` carries each `ClientEvent` in order. All methods are for the GUI thread.
    """

    happened = Signal(object)
    _crossed = Signal(object, object)

    def __init__(
        self,
        address: str,
        token: str,
        program: str,
        *,
        tls: ssl.SSLContext | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = HallClient(
            address, token, program, lambda e: self._cross(self.happened.emit, e), tls=tls
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._work, name="gateway", daemon=True)
        self._ending = False
        self._crossed.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Connect, and stay connected until `stop`."""
        self._thread.start()

    def stop(self) -> None:
        """Cut the connection and end the thread. Answers still outstanding never arrive."""
        if self._ending:
            return
        self._ending = True
        if self._thread.ident is None:
            self._loop.close()
            return
        self._loop.call_soon_threadsafe(self._cancel_all)
        self._thread.join()

    def command(
        self, do: Command, on_result: Callable[[Result], None], command_id: str | None = None
    ) -> Callable[[], object]:
        """Do `do` once, however often the line is cut; `on_result` is called when it is answered.

        While cut off it waits, and is sent at the next connection. The function returned stops
        waiting: the command is not sent again and nothing of it is kept, done or not.
        """
        return self._begin(lambda: self._client.command(do, command_id), on_result)

    def read(self, what: Read, on_answer: Callable[[ReadResult], None]) -> None:
        """Ask for something that is not pushed; `on_answer` is called with the answer."""
        self._begin(lambda: self._client.read(what), on_answer)

    def report(self, devices: tuple[DeviceReport, ...]) -> None:
        """Tell the server the state of all devices of this program."""
        self._begin(lambda: self._client.report(devices), lambda _: None)

    def _begin(
        self, work: Callable[[], Coroutine[Any, Any, Any]], then: Callable[[Any], None]
    ) -> Callable[[], object]:
        if self._ending:
            return lambda: None

        async def run() -> None:
            self._cross(then, await work())

        return asyncio.run_coroutine_threadsafe(run(), self._loop).cancel

    def _cross(self, then: Callable[[Any], object], value: object) -> None:
        if not self._ending:
            self._crossed.emit(then, value)

    @Slot(object, object)
    def _arrive(self, then: Callable[[Any], object], value: object) -> None:
        if not self._ending:
            then(value)

    def _work(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            with contextlib.suppress(asyncio.CancelledError):
                self._loop.run_until_complete(self._supervise())
            left = asyncio.all_tasks(self._loop)
            for task in left:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        finally:
            self._loop.close()

    async def _supervise(self) -> None:
        while True:
            try:
                await self._client.run()
            except Exception:
                log.exception("the client broke; it starts again in %.0f s", RESTART_AFTER)
            await asyncio.sleep(RESTART_AFTER)

    def _cancel_all(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
