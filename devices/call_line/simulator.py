"""Callers and rating pads that are not there: many addresses on one port, with faults."""

import heapq
import itertools
import random
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from devices.call_line.events import ABANDON, CALL_BACK, HOLD, Key
from devices.call_line.protocol import (
    BAUD,
    BLANK,
    DIGITS,
    KEY_BYTES,
    Frame,
    Function,
    acknowledgement_of,
    frame_parser,
    wire_seconds,
)
from devices.simulated_port import Link, SimulatedPort

FAULTS: Final = ("none", "noise", "bad-sum", "lost-ack", "silent", "collision")
_VERBS: Final = {"abandon": ABANDON, "hold": HOLD, "call-back": CALL_BACK}
_KEY_FUNCTION: Final = Function.RATING_START  # the sources do not name it (?)
TURNAROUND: Final = 0.002


class Unit(msgspec.Struct):
    """One device as a person sees it."""

    address: int
    ticket: str = ""
    waiting: str = ""
    beeps: int = 0
    is_asking: bool = False
    given_up: int = 0
    """Presses for which no acknowledgement came, told to who pressed."""
    acknowledged: int = 0


class _Press(msgspec.Struct):
    frame: Frame
    left: int
    is_done: bool = False
    has_lost_ack: bool = False
    is_spoilt: bool = False


class CallLineSimulator:
    """Units 1 … `count` (or `addresses`). A press is said up to `tries` times, `again` seconds
    apart, until acknowledged. `echoes`: each unit echoes what the host says to it (?). `is_paced`:
    bytes take their time on the wire, half-duplex, as at 9600 baud."""

    def __init__(
        self,
        spec: str = "pty",
        *,
        addresses: range | tuple[int, ...] = range(1, 9),
        echoes: bool = True,
        is_paced: bool = False,
        tries: int = 4,
        again: float = 0.4,
        seed: int = 1,
        on_change: Callable[[Unit], None] | None = None,
    ) -> None:
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._port = SimulatedPort(spec, self._open)
        self._links: list[Link] = []
        self._echoes = echoes
        self._is_paced = is_paced
        self._tries = tries
        self._again = again
        self._chance = random.Random(seed)
        self._on_change = on_change
        self._line_free_at = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._presses: dict[int, _Press] = {}
        self._clock: threading.Thread | None = None
        self._running = False
        self.fault = "none"
        self.silenced: set[int] = set()
        self._spoilt: set[int] = set()
        self.units: dict[int, Unit] = {address: Unit(address) for address in addresses}
        self.heard: list[Frame] = []

    @property
    def port(self) -> str:
        """The PORT string for the driver."""
        return self._port.port

    def start(self) -> None:
        """Plug in."""
        with self._lock:
            if self._running:
                return
            self._running = True
            self._clock = threading.Thread(target=self._tick, name="call-line-units", daemon=True)
        self._port.start()
        self._clock.start()

    def stop(self) -> None:
        """Unplug the host's adapter; the units keep what they show."""
        with self._lock:
            self._running = False
            self._due.clear()
            self._changed.notify_all()
        if self._clock is not None:
            self._clock.join()
            self._clock = None
        self._port.stop()

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """`key ADDRESS call|recall|…`, `key ADDRESS confirm NUMBER [hold]`, `rate ADDRESS VALUE`,
        `power ADDRESS` (off and on: its display is dark), `unplug`, `plug`."""
        orders: dict[str, Callable[[], None]] = {"unplug": self.stop, "plug": self.start}
        for address in self.units:
            orders |= _orders(self, address)
        return orders

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """`none` mends; `silent ADDRESS` mutes one unit, `silent` all."""
        orders: dict[str, Callable[[], None]] = {
            name: lambda name=name: self.set_fault(name)  # type: ignore[misc]
            for name in FAULTS
        }
        for address in self.units:
            orders[f"silent {address}"] = lambda address=address: self.silence(address)  # type: ignore[misc]
        return orders

    def set_fault(self, name: str) -> None:
        """One of FAULTS."""
        if name not in FAULTS:
            raise ValueError(name)
        with self._lock:
            self.fault = name
            if name == "none":
                self.silenced.clear()
            elif name == "silent":
                self.silenced.update(self.units)

    def silence(self, address: int) -> None:
        """One unit neither hears nor speaks until `none`."""
        with self._lock:
            self.silenced.add(address)

    def power_cycle(self, address: int) -> None:
        """A unit loses its power and is back, dark."""
        with self._lock:
            self.units[address] = Unit(address)
            self._presses.pop(address, None)
            self._tell(self.units[address])

    def key(self, address: int, key: Key, number: int | None = None) -> None:
        """A clerk presses a key; for `confirm` after typing a number (its digits, if any)."""
        digits = b"" if number is None else bytes(int(digit) for digit in str(number))
        self.say(Frame(address, _KEY_FUNCTION, digits + bytes((KEY_BYTES[key],))))

    def rate(self, address: int, value: int) -> None:
        """A citizen presses a rating."""
        self.say(Frame(address, Function.RATING, bytes((value,))))

    def say(self, frame: Frame) -> None:
        """A unit says a frame until it is acknowledged."""
        with self._lock:
            press = _Press(frame, self._tries)
            self._presses[frame.address] = press
            self._later(0.0, lambda: self._try(press))

    def babble(self, data: bytes) -> None:
        """Bytes that no unit meant."""
        with self._lock:
            self._put(data)

    def wait_for(self, fits: Callable[["CallLineSimulator"], bool], timeout: float = 30.0) -> None:
        """Until `fits`; TimeoutError otherwise."""
        with self._changed:
            if not self._changed.wait_for(lambda: fits(self), timeout):
                raise TimeoutError(str(self.units))

    def _open(self, link: Link) -> "_Session":
        with self._lock:
            self._links.append(link)
        return _Session(self, link)

    def _closed(self, link: Link) -> None:
        with self._lock:
            self._links.remove(link)

    def _later(self, seconds: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._order), action))
        self._changed.notify_all()

    def _tick(self) -> None:
        with self._changed:
            while self._running:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    heapq.heappop(self._due)[2]()
                else:
                    self._changed.wait(wait)

    def _hear(self, frame: Frame, size: int) -> None:
        """The host said a frame that was whole; `size` bytes on the wire."""
        self.heard.append(frame)
        unit = self.units.get(frame.address)
        if unit is None or frame.address in self.silenced:
            self._changed.notify_all()
            return
        press = self._presses.get(frame.address)
        if press and not press.is_done and frame == acknowledgement_of(press.frame):
            if self.fault == "lost-ack" and not press.has_lost_ack:
                press.has_lost_ack = True
            else:
                press.is_done = True
                unit.acknowledged += 1
                self._tell(unit)
            return
        self._obey(unit, frame)
        self._tell(unit)
        if self._echoes:
            self._reply(frame.encode(), wire_seconds(size) if self._is_paced else 0.0)

    def _obey(self, unit: Unit, frame: Frame) -> None:
        if frame.function == Function.DISPLAY and len(frame.data) == 2 * DIGITS:
            left, right = frame.data[:DIGITS], frame.data[DIGITS:]
            if right == bytes((BLANK,)) * DIGITS:
                unit.waiting = _digits(left)
            else:
                unit.ticket = _digits(frame.data)
        elif frame.function == Function.BEEP:
            unit.beeps += 1
        elif frame.function == Function.RATING_START and frame.data == b"\x0b":
            unit.is_asking = True

    def _try(self, press: _Press) -> None:
        unit = self.units[press.frame.address]
        if press.is_done or self._presses.get(unit.address) is not press:
            return
        if not press.left:
            press.is_done = True
            unit.given_up += 1
            self._tell(unit)
            return
        press.left -= 1
        if unit.address not in self.silenced:
            data = press.frame.encode()
            if self.fault == "collision" and not press.is_spoilt:
                press.is_spoilt = True
                data = bytes(byte & self._chance.randrange(256) for byte in data)
            self._reply(data, 0.0)
        # Two that collided do not meet again: each waits its own time.
        self._later(self._again + 0.013 * (unit.address % 16), lambda: self._try(press))

    def _reply(self, data: bytes, after: float) -> None:
        if not self._is_paced:
            self._put(self._marred(data))
            return
        start = max(time.monotonic() + after + TURNAROUND, self._line_free_at)
        end = start + wire_seconds(len(data), BAUD)
        self._line_free_at = end
        self._later(end - time.monotonic(), lambda: self._put(self._marred(data)))

    def _marred(self, data: bytes) -> bytes:
        if self.fault == "bad-sum":  # every second frame of an address
            self._spoilt ^= {data[5]}
        if self.fault == "bad-sum" and data[5] in self._spoilt:
            return data[:-2] + bytes(((data[-2] + 1) & 0xFF, data[-1]))
        if self.fault == "noise":
            return self._chance.randbytes(self._chance.randrange(1, 6)) + data
        return data

    def _put(self, data: bytes) -> None:
        for link in self._links:
            link.send(data)

    def _tell(self, unit: Unit) -> None:
        self._changed.notify_all()
        if self._on_change:
            self._on_change(unit)


class _Session:
    def __init__(self, line: CallLineSimulator, link: Link) -> None:
        self._line = line
        self._link = link
        self._parser = frame_parser()

    def receive(self, data: bytes) -> None:
        with self._line._lock:
            for item in self._parser.feed(data):
                if isinstance(item, Frame):
                    self._line._hear(item, len(item.data) + 9)

    def closed(self) -> None:
        self._line._closed(self._link)


def _orders(line: CallLineSimulator, address: int) -> dict[str, Callable[[], None]]:
    """What a person can do at one unit."""

    def press(key: Key, number: int | None = None) -> Callable[[], None]:
        return lambda: line.key(address, key, number)

    def rate(value: int) -> Callable[[], None]:
        return lambda: line.rate(address, value)

    orders = {f"key {address} {key.value.replace('_', '-')}": press(key) for key in Key}
    for number in range(10):
        orders[f"key {address} confirm {number}"] = press(Key.CONFIRM, number)
    for verb, number in _VERBS.items():
        orders[f"key {address} {verb}"] = press(Key.CONFIRM, number)
        orders[f"key {address} confirm {number} {verb}"] = press(Key.CONFIRM, number)
    for value in range(1, 10):
        orders[f"rate {address} {value}"] = rate(value)
    orders[f"power {address}"] = lambda: line.power_cycle(address)
    return orders


def _digits(data: bytes) -> str:
    return "".join(str(byte) for byte in data if byte <= 9)
