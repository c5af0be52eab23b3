"""A simulated serial scanner: codes laid before it come out as the bytes of a true one."""

import random
import threading
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from devices.simulated_port import Link, SimulatedPort

_SAMPLE: Final = "A012"


class ScannerFault(StrEnum):
    """What can be ordered; `none` mends."""

    NONE = "none"
    GARBAGE = "garbage"
    HALF = "half"
    NO_TERMINATOR = "no-terminator"
    SILENCE = "silence"


class ScannerSimulator:
    """Says codes to whoever is connected; answers `question` by `answer`, as Newland's do (?)."""

    def __init__(
        self,
        spec: str,
        *,
        terminator: bytes = b"\r\n",
        encoding: str = "utf-8",
        question: bytes = b"?",
        answer: bytes = b"!",
        seed: int = 1,
    ) -> None:
        self._terminator = terminator
        self._encoding = encoding
        self._question = question
        self._answer = answer
        self._chance = random.Random(seed)
        self._fault = ScannerFault.NONE
        self._links: list[Link] = []
        self._lock = threading.RLock()
        self._port = SimulatedPort(spec, self._connected)

    @property
    def port(self) -> str:
        """The PORT string for the driver."""
        return self._port.port

    def start(self) -> None:
        """Plug in."""
        self._port.start()

    def stop(self) -> None:
        """Unplug."""
        self._port.stop()

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Without a text of one's own."""
        return {"scan": lambda: self.scan(_SAMPLE)}

    @property
    def texts(self) -> Mapping[str, Callable[[str], None]]:
        """`scan TEXT`."""
        return {"scan": self.scan}

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """By name."""
        return {fault.value: lambda fault=fault: self.set_fault(fault) for fault in ScannerFault}  # type: ignore[misc]

    def set_fault(self, fault: ScannerFault) -> None:
        """From the next scan on: `garbage` before each code, `half` of each code."""
        with self._lock:
            self._fault = fault

    def scan(self, text: str) -> None:
        """A code is laid before the scanner."""
        data = text.encode(self._encoding) + self._terminator
        with self._lock:
            match self._fault:
                case ScannerFault.GARBAGE:
                    data = self._chance.randbytes(40) + b"\r\n" + data
                case ScannerFault.HALF:
                    data = data[: max(1, len(text) // 2)]
                case ScannerFault.NO_TERMINATOR:
                    data = data.removesuffix(self._terminator)
                case ScannerFault.SILENCE:
                    return
                case ScannerFault.NONE:
                    pass
            self.say(data)

    def say(self, data: bytes) -> None:
        """Bytes as they are."""
        with self._lock:
            for link in self._links:
                link.send(data)

    def _connected(self, link: Link) -> "_Session":
        with self._lock:
            self._links.append(link)
        return _Session(self, link)

    def asked(self, link: Link, data: bytes) -> None:
        """Bytes came from the driver."""
        with self._lock:
            if self._fault is not ScannerFault.SILENCE:
                link.send(self._answer * data.count(self._question))

    def left(self, link: Link) -> None:
        """A connection is about to be closed: nothing is sent to its descriptor any more."""
        with self._lock:
            self._links.remove(link)


class _Session:
    def __init__(self, scanner: ScannerSimulator, link: Link) -> None:
        self._scanner = scanner
        self._link = link

    def receive(self, data: bytes) -> None:
        self._scanner.asked(self._link, data)

    def closed(self) -> None:
        self._scanner.left(self._link)
