"""The asyncio client of the push channel: reconnects, resumes and retries by itself.

One `HallClient` per program. `run()` keeps the connection for as long as it is not cancelled;
what it learns it tells through one callback, in order. Commands survive a cut: they are sent again
under the same id until the server answers, so a retry can never act twice.
"""

import asyncio
import contextlib
import random
import ssl
import time
from collections.abc import Callable
from typing import cast

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from ..domain.commands import Command
from ..domain.values import Ms
from .codec import FrameError, decode_document, decode_server, encode
from .ids import new_uuid
from .messages import (
    VERSION,
    CommandFrame,
    Document,
    Error,
    Hello,
    Me,
    Read,
    ReadFrame,
    ReadResult,
    ReportFrame,
    Result,
    Resume,
    ResumeFrame,
    Update,
    Welcome,
)
from .reports import fitting
from .views import CallView, DeviceReport

MAX_FRAME = 8 * 1024 * 1024
"""Bytes; the largest frame taken from a server (a manager's welcome in a hall of 200 counters)."""


class Connected(msgspec.Struct, frozen=True):
    """A welcome: everything this program may see, whole. Replaces all documents held before."""

    me: Me
    epoch: int
    seq: int
    documents: dict[str, Document]
    announcements: tuple[CallView, ...]
    """Calls missed while away, oldest first."""
    clock_offset: int
    """Server clock minus ours, in ms."""


class Changed(msgspec.Struct, frozen=True):
    """Documents that changed, whole, by topic."""

    seq: int
    documents: dict[str, Document]
    announcements: tuple[CallView, ...]


class Disconnected(msgspec.Struct, frozen=True):
    """The connection is lost or refused; said once, until the next `Connected`."""

    since: Ms
    code: str = ""
    """Why, where the server said it (`bad_token`, …), else empty."""


ClientEvent = Connected | Changed | Disconnected


class HallClient:
    """A program's connection to the queue server at `address` (`ws://host:port` or `wss://…`)."""

    def __init__(
        self,
        address: str,
        token: str,
        program: str,
        on_event: Callable[[ClientEvent], None],
        *,
        tls: ssl.SSLContext | None = None,
        first_wait: float = 0.1,
        longest_wait: float = 3.0,
    ) -> None:
        self.address = address
        self.connected = False
        self._token = token
        self._program = program
        self._on_event = on_event
        self._tls = tls
        self._first_wait = first_wait
        self._longest_wait = longest_wait
        self._socket: ClientConnection | None = None
        self._seq = 0
        self._epoch = 0
        self._said_gone = False
        self._welcomed = False
        self._refused = ""
        self._commands: dict[str, tuple[str, asyncio.Future[Result]]] = {}
        self._reads: dict[str, tuple[str, asyncio.Future[ReadResult]]] = {}
        self._report: tuple[DeviceReport, ...] = ()

    async def command(self, do: Command, command_id: str | None = None) -> Result:
        """Do `do` once, however often the line is cut, and return the server's answer.

        Waits as long as it takes; bound it with `asyncio.timeout` (then the outcome is unknown,
        and asking again with the same `command_id` tells).
        """
        key = command_id or str(new_uuid())
        text = encode(CommandFrame(id=key, do=do)).decode()
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._commands[key] = (text, future)
        try:
            await self._send(text)
            return await future
        finally:
            self._commands.pop(key, None)

    async def read(self, what: Read) -> ReadResult:
        """Ask for something that is not pushed."""
        key = str(new_uuid())
        text = encode(ReadFrame(id=key, what=what)).decode()
        future: asyncio.Future[ReadResult] = asyncio.get_running_loop().create_future()
        self._reads[key] = (text, future)
        try:
            await self._send(text)
            return await future
        finally:
            self._reads.pop(key, None)

    async def report(self, devices: tuple[DeviceReport, ...]) -> None:
        """Tell the server the state of all devices of this program; repeated at each reconnect."""
        self._report = fitting(devices)
        await self._send(encode(ReportFrame(devices=self._report)).decode())

    async def run(self) -> None:
        """Connect, and connect again after every cut, until cancelled."""
        wait = self._first_wait
        while True:
            self._refused = ""
            try:
                async with connect(
                    self.address,
                    compression=None,
                    max_size=MAX_FRAME,
                    ssl=self._tls,
                    open_timeout=5,
                    ping_interval=10,
                    ping_timeout=10,
                    close_timeout=1,
                    proxy=None,
                ) as socket:
                    await self._serve(socket)
            except (OSError, TimeoutError, ConnectionClosed, InvalidHandshake, FrameError):
                pass
            except InvalidURI as error:
                raise ValueError(f"not a server address: {self.address}") from error
            finally:
                self._socket = None
                self.connected = False
            if self._welcomed:
                wait, self._welcomed = self._first_wait, False
            if not self._said_gone:
                self._said_gone = True
                self._on_event(Disconnected(_now(), self._refused))
            if self._refused:
                wait = self._longest_wait
            await asyncio.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311  spread, not secret
            wait = min(wait * 2, self._longest_wait)

    async def _serve(self, socket: ClientConnection) -> None:
        resume = Resume(self._epoch, self._seq) if self._epoch else None
        hello = Hello(v=VERSION, token=self._token, program=self._program, resume=resume)
        await socket.send(encode(hello).decode())
        async for data in socket:
            try:
                frame = decode_server(data)
            except FrameError as unreadable:
                if unreadable.code == "unknown_type":
                    continue  # a newer server's
                raise
            match frame:
                case Welcome() as welcome:
                    self._take_welcome(welcome)
                    if not self._welcomed:
                        self._welcomed = True
                        self._socket = socket
                        self.connected = True
                        await self._send_pending()
                case Update() as update:
                    if update.prev > self._seq:
                        await socket.send(encode(ResumeFrame(seq=self._seq)).decode())
                        continue
                    self._seq = max(self._seq, update.seq)
                    self._on_event(
                        Changed(update.seq, _documents(update.set), update.announcements)
                    )
                case Result() as result:
                    waiting = self._commands.get(result.id)
                    if waiting and not waiting[1].done():
                        waiting[1].set_result(result)
                case ReadResult() as answer:
                    asked = self._reads.get(answer.id)
                    if asked and not asked[1].done():
                        asked[1].set_result(answer)
                case Error() as error:
                    if error.closing:
                        self._refused = error.code

    def _take_welcome(self, welcome: Welcome) -> None:
        self._epoch, self._seq = welcome.epoch, welcome.seq
        self._said_gone = False
        self._on_event(
            Connected(
                me=welcome.me,
                epoch=welcome.epoch,
                seq=welcome.seq,
                documents=_documents(welcome.set),
                announcements=welcome.announcements,
                clock_offset=welcome.now - _now(),
            )
        )

    async def _send_pending(self) -> None:
        if self._report:
            await self._send(encode(ReportFrame(devices=self._report)).decode())
        for text, _ in [*self._commands.values(), *self._reads.values()]:
            await self._send(text)

    async def _send(self, text: str) -> None:
        """Send if there is a line; if not, the reconnect sends whatever still waits."""
        if self._socket is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._socket.send(text)


def _documents(raw: dict[str, msgspec.Raw]) -> dict[str, Document]:
    found = {topic: decode_document(topic, value) for topic, value in raw.items()}
    return {topic: document for topic, document in found.items() if document is not None}


def _now() -> Ms:
    return cast(Ms, int(time.time() * 1000))
