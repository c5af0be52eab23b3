"""A recording plays the device: what it answered to each request, and what it said unasked."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from devices.errors import DeviceError
from devices.transport.record import Recording, Redactor, Verbatim


@dataclass
class Exchange:
    """A request (empty where the device spoke first) and what the device then said, when."""

    request: bytes = b""
    said: list[tuple[float, bytes]] = field(default_factory=list)
    """Seconds after the request, bytes."""


def exchanges(recording: Recording) -> list[Exchange]:
    """The recording as requests and what followed each."""
    found = [Exchange()]
    asked_at = 0.0
    for entry in recording.entries:
        if entry.direction == "out":
            if found[-1].said or not found[-1].request:
                found.append(Exchange())
            found[-1].request += entry.data
            asked_at = entry.time
        elif entry.direction == "in":
            found[-1].said.append((max(0.0, entry.time - asked_at), entry.data))
    return [one for one in found if one.request or one.said]


class Player:
    """The device's side of a recording, sans-I/O.

    A request is answered as it was the next time it comes in the recording; after the last time,
    as at its last. A request that is in no recording is answered by silence, and counted.
    Requests are compared as `redactor` writes them: in the recording nobody's name is left.
    """

    def __init__(self, recording: Recording, redactor: Redactor | None = None) -> None:
        self._redactor = redactor or Verbatim()
        self._exchanges = exchanges(recording)
        self._at = 0
        self._heard = bytearray()
        self._longest = max((len(one.request) for one in self._exchanges), default=0)
        self.strangers = 0
        """Requests that the recording does not have."""

    @property
    def is_over(self) -> bool:
        """Whether every exchange was played."""
        return self._at >= len(self._exchanges)

    def begin(self) -> list[tuple[float, bytes]]:
        """What the device says before it is asked: delays in seconds from now, bytes."""
        if self._at == 0 and self._exchanges and not self._exchanges[0].request:
            self._at = 1
            return self._exchanges[0].said
        return []

    def hear(self, data: bytes) -> list[tuple[float, bytes]]:
        """What the device says to this: delays in seconds from now, bytes."""
        for way, some in self._redactor.take("out", data):
            if way == "out":
                self._heard += some
        said: list[tuple[float, bytes]] = []
        while self._heard:
            found = self._find()
            if found is None:
                if self._may_grow():
                    break
                self.strangers += 1
                self._heard.clear()
                break
            exchange = self._exchanges[found]
            del self._heard[: len(exchange.request)]
            self._at = max(self._at, found + 1)
            said += exchange.said
        return said

    def _find(self) -> int | None:
        """The next exchange whose request was heard, else the last one before."""
        count = len(self._exchanges)
        for index in chain(range(self._at, count), reversed(range(min(self._at, count)))):
            request = self._exchanges[index].request
            if request and self._heard.startswith(request):
                return index
        return None

    def _may_grow(self) -> bool:
        heard = bytes(self._heard)
        return len(heard) < self._longest and any(
            one.request.startswith(heard) for one in self._exchanges
        )


class ReplayTransport:
    """A recording as a port, for tests: no waiting between what the device said.

    DeviceError `recording.unexpected` on a request that is not in it, unless `is_lenient`; when all
    is played, `port.lost` ends the driver.
    """

    def __init__(
        self,
        recording: Recording,
        *,
        redactor: Callable[[], Redactor] = Verbatim,
        is_lenient: bool = False,
    ) -> None:
        self._recording = recording
        self._redactor = redactor
        self._is_lenient = is_lenient
        self._player: Player | None = None
        self._inbox: deque[int] = deque()

    @property
    def speeds(self) -> tuple[int, ...]:
        return ()

    def open(self, speed: int | None = None) -> None:  # noqa: ARG002 - recorded at one speed
        if self._player is None:
            self._player = Player(self._recording, self._redactor())
            self._hear(iter(self._player.begin()))
        elif self._player.is_over:
            raise DeviceError("port.missing", "the recording is over")

    def close(self) -> None:
        self._inbox.clear()

    def read(self, most: int, timeout: float) -> bytes:
        player = self._opened()
        data = bytes(self._inbox.popleft() for _ in range(min(most, len(self._inbox))))
        if not data:
            if player.is_over and not self._is_lenient:
                raise DeviceError("port.lost", "the recording is over")
            time.sleep(min(timeout, 0.01))
        return data

    def write(self, data: bytes, timeout: float) -> None:  # noqa: ARG002 - never blocks
        player = self._opened()
        if player.is_over and not self._is_lenient:
            raise DeviceError("port.lost", "the recording is over")
        strangers = player.strangers
        self._hear(iter(player.hear(data)))
        if player.strangers > strangers and not self._is_lenient:
            raise DeviceError("recording.unexpected", data[:32].hex(" "))

    def _hear(self, said: Iterator[tuple[float, bytes]]) -> None:
        for _, data in said:
            self._inbox.extend(data)

    def _opened(self) -> Player:
        if self._player is None:
            raise DeviceError("port.closed", "replay")
        return self._player
