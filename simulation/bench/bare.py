"""The floors' own server: websockets with the hall's settings and nothing else.

`echo…` comes back. `frame…` is kept. `go N` writes 4 KiB, waits for the disk, and broadcasts the
kept frame with `"n":N` in it to everybody else: one bare commit and one bare broadcast.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from websockets.asyncio.server import ServerConnection, broadcast, serve

BLOCK = 4096
"""Bytes of one commit: what a database writes at least."""


class Appender:
    """A file that grows by one block, durably."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._block = os.urandom(BLOCK)

    def commit(self) -> None:
        """Append a block and wait until it is on the disk."""
        os.write(self._file, self._block)
        os.fdatasync(self._file)


class Bare:
    """Everybody connected, and the frame to send them."""

    def __init__(self, appender: Appender) -> None:
        self._appender = appender
        self._everybody: set[ServerConnection] = set()
        self._frame = "}"

    async def handle(self, socket: ServerConnection) -> None:
        """One connection; who gives orders gets no broadcast."""
        self._everybody.add(socket)
        try:
            async for text in socket:
                assert isinstance(text, str)
                if text.startswith("echo"):
                    broadcast((socket,), text)
                elif text.startswith("frame"):
                    self._everybody.discard(socket)
                    self._frame = text.removeprefix("frame")
                else:
                    self._appender.commit()
                    number = int(text.removeprefix("go "))
                    broadcast(self._everybody, f'{{"n":{number},{self._frame[1:]}')
        finally:
            self._everybody.discard(socket)


async def run(folder: Path) -> None:
    """Serve until SIGTERM; says `bare ws://…` once it listens."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    bare = Bare(Appender(folder / "bare.log"))
    async with serve(
        bare.handle,
        "127.0.0.1",
        0,
        compression=None,
        max_queue=16,
        ping_interval=15,
        ping_timeout=15,
        close_timeout=1,
        server_header=None,
        backlog=1024,
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        print(f"bare ws://127.0.0.1:{port}", flush=True)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
