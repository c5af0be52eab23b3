"""A lean websocket client, so that the load is not what is measured.

Takes what the hall's server sends: whole text frames, pings, no compression (RFC 6455).
"""

import asyncio
import base64
import os
import struct
from collections.abc import Callable
from urllib.parse import urlsplit

from queue_server.domain.commands import Command
from queue_server.protocol.codec import decode_server, encode
from queue_server.protocol.ids import new_uuid
from queue_server.protocol.messages import VERSION, CommandFrame, Hello, Result
from simulation.bench.figures import BenchError

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
_FINAL, _MASKED = 0x80, 0x80
_NO_MASK = bytes(4)
"""The masking key of zeros: valid on the wire, and costs the client nothing."""
WELCOME, RESULT, ERROR = b'{"type":"welcome"', b'{"type":"result"', b'{"type":"error"'


def host_and_port(address: str) -> tuple[str, int]:
    """The parts of `ws://HOST:PORT`."""
    parts = urlsplit(address)
    assert parts.scheme == "ws"
    assert parts.hostname is not None
    assert parts.port is not None
    return parts.hostname, parts.port


def handshake(address: str) -> bytes:
    """The opening request."""
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET / HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """One client frame."""
    size = len(payload)
    if size < 126:
        head = bytes((_FINAL | opcode, _MASKED | size))
    elif size < 65536:
        head = struct.pack("!BBH", _FINAL | opcode, _MASKED | 126, size)
    else:
        head = struct.pack("!BBQ", _FINAL | opcode, _MASKED | 127, size)
    return head + _NO_MASK + payload


def hello_text(token: str) -> bytes:
    """The first message to the hall's server."""
    return encode(Hello(v=VERSION, token=token, program="bench"))


def hello(token: str) -> bytes:
    """The same as a frame."""
    return frame(hello_text(token))


def take_frames(buffer: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """Whole server frames (opcode, payload) at the head of `buffer`, and what is left."""
    frames: list[tuple[int, bytes]] = []
    at, end = 0, len(buffer)
    while end - at >= 2:
        size, begin = buffer[at + 1], at + 2
        if size == 126:
            begin += 2
            size = int.from_bytes(buffer[at + 2 : begin], "big")
        elif size == 127:
            begin += 8
            size = int.from_bytes(buffer[at + 2 : begin], "big")
        if begin > end or begin + size > end:
            break
        frames.append((buffer[at] & 0xF, buffer[begin : begin + size]))
        at = begin + size
    return frames, buffer[at:]


class Wire(asyncio.Protocol):
    """One connection; `on_text` gets each text frame."""

    def __init__(self, address: str, on_text: Callable[[bytes], None]) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._address = address
        self._on_text = on_text
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(handshake(self._address))

    def data_received(self, data: bytes) -> None:
        """Frames, after the answer to the upgrade."""
        buffer = self._buffer + data if self._buffer else data
        if not self.opened.done():
            head, found, buffer = buffer.partition(b"\r\n\r\n")
            if not found:
                self._buffer = head
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.opened.set_exception(BenchError(head.decode("latin-1")[:200]))
                return
            self.opened.set_result(None)
        frames, self._buffer = take_frames(buffer)
        for opcode, payload in frames:
            if opcode == TEXT:
                self._on_text(payload)
            elif opcode == PING:
                self._write(frame(payload, PONG))

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody expects this during a measurement."""
        if not self.opened.done():
            self.opened.set_exception(BenchError(f"connection lost: {exc}"))

    def send(self, payload: bytes) -> None:
        """One text frame."""
        self._write(frame(payload))

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()

    def _write(self, data: bytes) -> None:
        assert self._transport is not None
        self._transport.write(data)


async def open_wire(address: str, on_text: Callable[[bytes], None]) -> Wire:
    """Connect. Raises `OSError` or `BenchError`."""
    host, port = host_and_port(address)
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(lambda: Wire(address, on_text), host, port)
    await wire.opened
    return wire


class HallLine:
    """A program of the hall: says hello, gives commands, waits for their results."""

    def __init__(self) -> None:
        self._welcomed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asked: dict[str, asyncio.Future[Result]] = {}
        self._wire: Wire | None = None

    @classmethod
    async def open(cls, address: str, token: str) -> "HallLine":
        """Connect and wait for the welcome. Raises `BenchError` where it is refused."""
        line = cls()
        line._wire = await open_wire(address, line._take)
        line._wire.send(hello_text(token))
        await line._welcomed
        return line

    def _take(self, payload: bytes) -> None:
        if payload.startswith(RESULT):
            result = decode_server(payload)
            assert isinstance(result, Result)
            self._asked.pop(result.id).set_result(result)
        elif payload.startswith(WELCOME):
            self._welcomed.set_result(None)
        elif payload.startswith(ERROR):
            problem = BenchError(payload.decode())
            if not self._welcomed.done():
                self._welcomed.set_exception(problem)
            for future in self._asked.values():
                future.set_exception(problem)
            self._asked.clear()

    async def ask(self, do: Command) -> Result:
        """Give a command and return its result, whatever it is."""
        assert self._wire is not None
        key = str(new_uuid())
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._asked[key] = future
        self._wire.send(encode(CommandFrame(id=key, do=do)))
        return await future

    async def do(self, do: Command) -> Result:
        """Give a command that must be done. Raises `BenchError` where it is rejected."""
        result = await self.ask(do)
        if result.rejected is not None:
            raise BenchError(f"{do!r}: {result.rejected.code} {result.rejected.details}")
        return result

    def close(self) -> None:
        """Hang up."""
        if self._wire is not None:
            self._wire.close()
