"""The line to a simulated reader: requests out of the bytes, replies at a line's true pace."""

import time
from collections.abc import Callable
from typing import Final

from devices.checksum import xor8
from devices.simulated_port import Link

_START: Final = bytes.fromhex("AAAAAA9669")
_LONGEST: Final = 64
_BITS: Final = 10  # start, eight, stop
_FIFO: Final = 16  # bytes, as a UART hands them over


class SimulatedLine:
    """Splits requests; one with a wrong checksum is answered 10, with a wrong length 11.

    `answer` is told command and parameter as one number. With a `pace` in baud it is asked when
    the request's last byte would have come, and the reply's bytes leave when their time has come.
    `on_exchange` hears command, SW3 and the bytes of both when the reply's last has left.
    """

    def __init__(
        self,
        link: Link,
        answer: Callable[[int, Link], bytes],
        *,
        pace: int | None = None,
        on_exchange: Callable[[int, int, int], None] = lambda command, status, size: None,  # noqa: ARG005
    ) -> None:
        self._link = link
        self._answer = answer
        self._byte_time = _BITS / pace if pace else 0.0
        self._on_exchange = on_exchange
        self._inbox = b""

    def receive(self, data: bytes) -> None:
        if self._byte_time:
            time.sleep(len(data) * self._byte_time)
        self._inbox += data
        while (at := self._inbox.find(_START)) >= 0:
            request = self._inbox[at + 5 :]
            if len(request) < 2:
                return
            length = int.from_bytes(request[:2], "big")
            if not 3 <= length <= _LONGEST:
                self._send(frame(0x11))
                self._inbox = request
                continue
            if len(request) < 2 + length:
                return
            self._inbox = request[2 + length :]
            if xor8(request[: 1 + length]) != request[1 + length]:
                self._send(frame(0x10))
            else:
                command = int.from_bytes(request[2:4], "big")
                reply = self._answer(command, self._link)
                self._send(reply)
                if reply.startswith(_START):
                    self._on_exchange(command, reply[9], 7 + length + len(reply))
        self._inbox = self._inbox[-4:]

    def _send(self, data: bytes) -> None:
        if not self._byte_time:
            self._link.send(data)
            return
        due = time.monotonic()
        for start in range(0, len(data), _FIFO):
            part = data[start : start + _FIFO]
            due += len(part) * self._byte_time
            time.sleep(max(0.0, due - time.monotonic()))
            self._link.send(part)

    def closed(self) -> None:
        self._inbox = b""


def frame(sw3: int, data: bytes = b"") -> bytes:
    """A reply, built apart from the driver's own protocol so that each checks the other."""
    body = (4 + len(data)).to_bytes(2, "big") + bytes((0, 0, sw3)) + data
    return _START + body + bytes((xor8(body),))
