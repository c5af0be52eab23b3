"""The push channel: one websocket a program, frames as docs/protocol.md says."""

import asyncio
import contextlib
import http
import logging
from collections.abc import Callable, Iterable
from typing import Any, cast

import msgspec
from websockets.asyncio.server import Server, ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from ..desk import Group, HallDesk
from ..limits import Limits
from ..protocol.codec import FrameError, decode_client, encode, error, rejected
from ..protocol.messages import (
    VERSION,
    CommandFrame,
    Hello,
    ReadFrame,
    ReadResult,
    Rejected,
    ReportFrame,
    Result,
    Resume,
    ResumeFrame,
)
from ..tls import Tls
from .bucket import Bucket
from .origins import Origins
from .ports import Who

log = logging.getLogger(__name__)

CLOSE_REFUSED = 1008
CLOSE_BUSY = 1013
ID_LENGTH = 64


def send_to(members: Iterable[object], text: str) -> None:
    """Put one frame on many connections; the bytes are made once. Never waits."""
    broadcast(cast(Iterable[ServerConnection], members), text)


class Push:
    """The websocket door. `start` opens it, `stop` closes it."""

    def __init__(self, desk: HallDesk, limits: Limits, origins: Origins) -> None:
        self._desk = desk
        self._limits = limits
        self._origins = origins
        self._lines: dict[ServerConnection, _Line] = {}
        self._strangers: dict[ServerConnection, None] = {}
        self._known: set[ServerConnection] = set()
        self._server: Server | None = None
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self, host: str, port: int, tls: Tls | None) -> int:
        """Listen; returns the port (of use where 0 was asked for). Raises `OSError`."""
        self._server = await serve(
            self._handle,
            host,
            port,
            process_request=self._look_at_origin,
            compression=None,
            max_size=self._limits.frame_bytes * 4,
            max_queue=16,
            ping_interval=15,
            ping_timeout=15,
            close_timeout=1,
            ssl=tls.server_context() if tls else None,
            server_header=None,
            logger=_quiet_logger(),
            backlog=1024,
            open_timeout=self._limits.hello_seconds,
            create_connection=self._socket,  # type: ignore[arg-type]
        )
        self._sweeper = asyncio.create_task(self._sweep())
        return int(next(iter(self._server.sockets)).getsockname()[1])

    async def stop(self) -> None:
        if self._sweeper is not None:
            self._sweeper.cancel()
        if self._server is not None:
            self._server.close(code=1001, reason="server stopping")
            await self._server.wait_closed()

    def _look_at_origin(self, socket: ServerConnection, request: Request) -> Response | None:
        """Refuse a foreign page before it has a connection."""
        headers = request.headers
        if self._origins.allow(headers.get("Origin"), headers.get("Host")):
            return None
        return socket.respond(http.HTTPStatus.FORBIDDEN, "Origin\n")

    def _socket(self, *arguments: Any, **options: Any) -> ServerConnection:  # noqa: ANN401
        return _Socket(self._strangers, self._limits.strangers, *arguments, **options)

    async def _handle(self, socket: ServerConnection) -> None:
        self._lines[socket] = line = _Line(socket, self._desk, self._limits, self._enter)
        try:
            await line.run()
        except ConnectionClosed:
            pass
        finally:
            del self._lines[socket]
            self._known.discard(socket)
            line.gone()

    def _enter(self, socket: ServerConnection) -> bool:
        """A program is known: it counts among the programs, no more among the strangers."""
        if len(self._known) >= self._limits.connections:
            return False
        self._strangers.pop(socket, None)
        self._known.add(socket)
        return True

    async def _sweep(self) -> None:
        """Once a second: drop who reads too slowly or may no more, and tell who is connected."""
        while True:
            await asyncio.sleep(self._limits.sweep_seconds)
            try:
                self._sweep_once()
            except Exception:
                log.exception("connections could not be looked after; tried again")

    def _sweep_once(self) -> None:
        for socket, line in list(self._lines.items()):
            if socket.transport.get_write_buffer_size() > self._limits.buffer_bytes:
                log.warning("%s reads too slowly; dropped", line.name)
                socket.transport.abort()
            elif line.closing is None and not self._may_stay(line):
                send_to((socket,), encode(error("bad_token", closing=True)).decode())
                line.closing = asyncio.create_task(socket.close(CLOSE_REFUSED, "bad_token"))
        self._desk.programs_changed()

    def _may_stay(self, line: "_Line") -> bool:
        return not line.token or self._desk.authenticate(line.token) is not None


class _Socket(ServerConnection):
    """Counted among the strangers from its first byte: too many, and the oldest is cut.

    So that strangers, however many, cannot keep the hall's own programs out.
    """

    def __init__(
        self,
        strangers: dict[ServerConnection, None],
        most: int,
        *arguments: Any,  # noqa: ANN401
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **options)
        self._strangers = strangers
        self._most = most

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._strangers[self] = None
        if len(self._strangers) > self._most:
            oldest = next(iter(self._strangers))
            del self._strangers[oldest]
            oldest.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._strangers.pop(self, None)
        super().connection_lost(exc)


class _Line:
    """One program's connection."""

    def __init__(
        self,
        socket: ServerConnection,
        desk: HallDesk,
        limits: Limits,
        enter: Callable[[ServerConnection], bool],
    ) -> None:
        self._socket = socket
        self._desk = desk
        self._limits = limits
        self._enter = enter
        self._who: Who | None = None
        self._group: Group | None = None
        self._under_way = 0
        self._bucket = Bucket(limits.burst, limits.per_second)
        self._reads: set[asyncio.Task[None]] = set()
        self.token = ""
        self.closing: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return f"{self._who.role} {self._who.name}" if self._who else "a stranger"

    async def run(self) -> None:
        hello = await self._hello()
        if hello is None:
            return
        who = self._desk.authenticate(hello.token)
        if hello.v != VERSION:
            await _refuse(self._socket, "bad_version", details={"version": str(hello.v)})
            return
        if who is None:
            await _refuse(self._socket, "bad_token")
            return
        if not self._enter(self._socket):
            await _refuse(self._socket, "too_many_clients", CLOSE_BUSY)
            return
        self._who, self.token = who, hello.token
        welcome, self._group = self._desk.join(who, self._socket, hello.resume)
        self._desk.presence.came(who.program, hello.program[:60])
        self._send(welcome)
        async for data in self._socket:
            if not self._fits(data):
                await _refuse(
                    self._socket, "too_large", details={"limit": str(self._limits.frame_bytes)}
                )
                return
            self._take(who, self._group, data)

    def gone(self) -> None:
        """Forget the connection."""
        for task in self._reads:
            task.cancel()
        if self._group is not None and self._who is not None:
            self._desk.leave(self._socket, self._group)
            self._desk.presence.went(self._who.program)

    async def _hello(self) -> Hello | None:
        try:
            async with asyncio.timeout(self._limits.hello_seconds):
                data = await self._socket.recv()
        except TimeoutError:
            await _refuse(self._socket, "hello_timeout")
            return None
        if not self._fits(data):
            await _refuse(
                self._socket, "too_large", details={"limit": str(self._limits.frame_bytes)}
            )
            return None
        try:
            frame = decode_client(data)
        except FrameError as problem:
            await _refuse(self._socket, problem.code, details=problem.details)
            return None
        if not isinstance(frame, Hello):
            await _refuse(self._socket, "hello_expected")
            return None
        return frame

    def _take(self, who: Who, group: Group, data: str | bytes) -> None:
        try:
            frame = decode_client(data)
        except FrameError as problem:
            self._send_frame(error(problem.code, problem.details))
            return
        match frame:
            case CommandFrame():
                self._command(who, frame)
            case ReadFrame():
                self._read(who, frame)
            case ResumeFrame(seq=seq):
                if self._admit():
                    resume = Resume(self._desk.epoch, seq)
                    self._send(self._desk.welcome(who, group, resume))
            case ReportFrame(devices=devices):
                if self._admit():
                    self._desk.presence.reported(who.program, devices[: self._limits.devices])
            case Hello():
                self._send_frame(error("hello_twice"))

    def _command(self, who: Who, frame: CommandFrame) -> None:
        if not 1 <= len(frame.id) <= ID_LENGTH:
            self._send_frame(error("bad_frame", {"detail": "id: 1 to 64 characters"}))
        elif not self._admit():
            self._send_frame(Result(id=frame.id, rejected=rejected("too_fast")))
        else:
            self._under_way += 1
            self._desk.command(who, frame.id, frame.do, self._answer)

    def _answer(self, result: Result) -> None:
        self._under_way -= 1
        self._send_frame(result)

    def _read(self, who: Who, frame: ReadFrame) -> None:
        if not self._admit():
            self._send_frame(ReadResult(id=frame.id, rejected=rejected("too_fast")))
            return
        self._under_way += 1
        task = asyncio.create_task(self._answer_read(who, frame))
        self._reads.add(task)
        task.add_done_callback(self._reads.discard)

    async def _answer_read(self, who: Who, frame: ReadFrame) -> None:
        try:
            answer = await self._desk.read(who, frame.what)
        except Exception:
            log.exception("a read failed")
            answer = rejected("internal")
        finally:
            self._under_way -= 1
        if isinstance(answer, Rejected):
            self._send_frame(ReadResult(id=frame.id, rejected=answer))
        else:
            self._send_frame(ReadResult(id=frame.id, answer=answer))

    def _admit(self) -> bool:
        """Whether one more request may be taken, by their rate and by how many are under way."""
        return self._under_way < self._limits.under_way and self._bucket.take()

    def _fits(self, data: str | bytes) -> bool:
        return len(data) <= self._limits.frame_bytes

    def _send(self, text: str) -> None:
        send_to((self._socket,), text)

    def _send_frame(self, frame: msgspec.Struct) -> None:
        self._send(encode(frame).decode())


async def _refuse(
    socket: ServerConnection,
    code: str,
    close: int = CLOSE_REFUSED,
    details: dict[str, str] | None = None,
) -> None:
    """Say why in both languages, then close."""
    with contextlib.suppress(ConnectionClosed):
        await socket.send(encode(error(code, details, closing=True)).decode())
        await socket.close(close, code)


def _quiet_logger() -> logging.Logger:
    """The library's own log: handshakes of strangers are no news."""
    logger = logging.getLogger("queue_server.websockets")
    logger.setLevel(logging.CRITICAL)
    return logger
