"""Many screens in one lean process: epoll, stamps, and nothing decoded but once.

Standard input: a list of crowds (address, token, how many) as one JSON line; then it connects them
all and prints `ready`. Afterwards each announced call, or numbered frame of the bare server, is
told in one line of JSON when the last of its crowd has it. It ends with its standard input.
"""

import collections
import resource
import select
import socket
import sys
import time

import msgspec

from simulation.bench.wire import (
    CLOSE,
    ERROR,
    PING,
    PONG,
    TEXT,
    WELCOME,
    frame,
    handshake,
    hello,
    host_and_port,
    take_frames,
)

ANNOUNCED, NUMBERED = b'"announcements":[', b'{"n":'


class Crowd(msgspec.Struct, frozen=True):
    """Screens of one kind. Without a token they are clients of the bare server."""

    address: str
    token: str
    count: int


class Seen(msgspec.Struct):
    """All of a crowd have one frame. `key` is the call's ticket, or the bare frame's number."""

    key: str
    first_ns: int
    last_ns: int
    frame: str


class _Announced(msgspec.Struct):
    ticket: str


class _Frame(msgspec.Struct):
    n: int | None = None
    announcements: list[_Announced] = []


_frames = msgspec.json.Decoder(_Frame)


class Receivers:
    """Every socket, by its descriptor."""

    def __init__(self, crowds: list[Crowd]) -> None:
        self._poll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        self._left: dict[int, bytes] = {}
        self._crowd: dict[int, Crowd] = {}
        self._crowds = crowds
        self._welcomed = 0
        self._welcomes = sum(crowd.count for crowd in crowds if crowd.token)
        # Of each frame not yet with all of its crowd: how many have it, since when.
        self._counts: collections.Counter[bytes] = collections.Counter()
        self._firsts: dict[bytes, int] = {}

    def connect(self) -> None:
        """All of them, one after the other."""
        for crowd in self._crowds:
            for _ in range(crowd.count):
                self._connect(crowd)

    def _connect(self, crowd: Crowd) -> None:
        line = socket.create_connection(host_and_port(crowd.address), 60)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(handshake(crowd.address))
        head = b""
        while b"\r\n\r\n" not in head:
            data = line.recv(4096)
            if not data:
                raise ConnectionError("refused while shaking hands")
            head += data
        if crowd.token:
            line.sendall(hello(crowd.token))
        line.setblocking(False)
        number = line.fileno()
        self._sockets[number] = line
        self._crowd[number] = crowd
        self._left[number] = head.partition(b"\r\n\r\n")[2]
        self._poll.register(number, select.EPOLLIN)

    def run(self) -> None:
        """Until standard input ends."""
        self._poll.register(0, select.EPOLLIN)
        if not self._welcomes:
            print("ready", flush=True)
        now, sockets, left = time.monotonic_ns, self._sockets, self._left
        while True:
            for number, _ in self._poll.poll():
                if number == 0:
                    return
                data = sockets[number].recv(262144)
                at = now()
                if not data:
                    raise ConnectionError("the server hung up")
                frames, left[number] = take_frames(left[number] + data)
                for opcode, payload in frames:
                    self._take(number, opcode, payload, at)

    def _take(self, number: int, opcode: int, payload: bytes, at: int) -> None:
        if opcode == PING:
            self._sockets[number].sendall(frame(payload, PONG))
        elif opcode == CLOSE or payload.startswith(ERROR):
            raise ConnectionError(f"turned away: {payload!r}")
        elif opcode == TEXT and payload.startswith(WELCOME):
            self._welcomed += 1
            if self._welcomed == self._welcomes:
                print("ready", flush=True)
        elif ANNOUNCED in payload or payload.startswith(NUMBERED):
            self._counts[payload] += 1
            if self._counts[payload] == 1:
                self._firsts[payload] = at
            if self._counts[payload] == self._crowd[number].count:
                self._tell(payload, at)

    def _tell(self, payload: bytes, at: int) -> None:
        del self._counts[payload]
        found = _frames.decode(payload)
        tickets = [announced.ticket for announced in found.announcements]
        for key in tickets if found.n is None else [str(found.n)]:
            seen = Seen(key, self._firsts[payload], at, payload.decode())
            print(msgspec.json.encode(seen).decode(), flush=True)
        del self._firsts[payload]


def main() -> None:
    """Read the crowds, connect, receive."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    crowds = msgspec.json.decode(sys.stdin.buffer.readline(), type=list[Crowd])
    receivers = Receivers(crowds)
    receivers.connect()
    receivers.run()


if __name__ == "__main__":
    main()
