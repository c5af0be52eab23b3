"""The far end: a counter that answers true frames on a pty or over TCP, with faults to order."""

import struct
from collections.abc import Callable, Mapping
from functools import partial

from devices.simulated_port import Link, SimulatedPort
from people_counter.protocol import READ_INPUT, closed, request


class CounterSimulator:
    """Unit `unit`; its counts are at `register`. See devices.driver.Simulator."""

    def __init__(self, spec: str, unit: int = 1, register: int = 0) -> None:
        self._port = SimulatedPort(spec, lambda link: _Session(self, link))
        self._question = request(unit, register)
        self._unit = unit
        self.entered = self.left = 0
        self.fault = "none"

    @property
    def port(self) -> str:
        return self._port.port

    def start(self) -> None:
        self._port.start()

    def stop(self) -> None:
        self._port.stop()

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Somebody walks through the door."""
        return {"enter": self.enter, "leave": self.leave}

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """`refuse`: it says that it has no such register."""
        return {name: partial(setattr, self, "fault", name) for name in FAULTS}

    def enter(self) -> None:
        self.entered += 1

    def leave(self) -> None:
        self.left += 1

    def answer(self, held: bytearray) -> bytes:
        """The replies to the questions in `held`, which are taken out."""
        said = b""
        while (at := held.find(self._question)) >= 0:
            del held[: at + len(self._question)]
            said += self._reply()
        del held[: -len(self._question)]
        return said

    def _reply(self) -> bytes:
        counts = struct.pack(">II", self.entered, self.left)
        match self.fault:
            case "silence":
                return b""
            case "refuse":
                return closed(bytes([self._unit, READ_INPUT | 0x80, 2]))
            case _:
                reply = closed(bytes([self._unit, READ_INPUT, len(counts)]) + counts)
                return reply[:-1] if self.fault == "cut-short" else reply


FAULTS = ("none", "silence", "refuse", "cut-short")


class _Session:
    """One connection."""

    def __init__(self, device: CounterSimulator, link: Link) -> None:
        self._device = device
        self._link = link
        self._held = bytearray()

    def receive(self, data: bytes) -> None:
        self._held += data
        if said := self._device.answer(self._held):
            self._link.send(said)

    def closed(self) -> None:
        pass
