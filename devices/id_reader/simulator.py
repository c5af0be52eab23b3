"""A card reader that is not there: answers SAM frames on a pty or TCP, with cards and faults."""

import random
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Final

import msgspec

from devices.id_reader.identity import Identity
from devices.id_reader.synthetic import encode_text
from devices.simulated_port import Link, SimulatedPort

_START: Final = bytes.fromhex("AAAAAA9669")


class ReaderFault(StrEnum):
    """What goes wrong until it is set to NONE; a card pulled midway happens once."""

    NONE = "none"
    LIFT_MIDWAY = "lift-midway"
    BAD_CHECKSUM = "bad-checksum"
    SILENCE = "silence"
    UNAUTHORISED = "unauthorised"


class Card(msgspec.Struct, frozen=True):
    """What a card holds: the text block and the photo's code."""

    text: bytes
    photo: bytes

    def __repr__(self) -> str:
        return "Card(…)"


def card_of(who: Identity) -> Card:
    """A card for `who`, with bytes that stand for a photo's code."""
    noise = random.Random(who.number)
    return Card(encode_text(who), b"WLf~" + noise.randbytes(1020))


class IdReaderSimulator:
    """Serves `spec` (see SimulatedPort); `lay` and `lift` cards, from any thread.

    `forgets`: like some readers, no longer finds a card that was read until it is laid again.
    `baud_constant`: answers only at this termios speed, on a pty.
    """

    def __init__(
        self,
        spec: str = "pty",
        *,
        forgets: bool = False,
        baud_constant: int | None = None,
        card_time: float = 0.0,
    ) -> None:
        self._lock = threading.Lock()
        self._asked = threading.Condition(self._lock)
        self._requests = 0
        self._card: Card | None = None
        self._is_found = False
        self._is_gap_due = False  # hands are slower than polls: one poll sees the empty field
        self._fault = ReaderFault.NONE
        self._forgets = forgets
        self._baud = baud_constant
        self._card_time = card_time
        self._port = SimulatedPort(spec, lambda link: _Session(self, link))
        self.reads = 0
        self.on_read: Callable[[], None] | None = None  # called while a card is being read

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

    def lay(self, card: Card) -> None:
        """Lay a card on the reader; one that lies there is taken away first."""
        with self._lock:
            self._take_away()
            self._card = card
            self._is_found = True

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._take_away()

    def set_fault(self, fault: ReaderFault) -> None:
        """From the next request on."""
        with self._lock:
            self._fault = fault

    def wait_for_requests(self, count: int, timeout: float = 30.0) -> None:
        """Until `count` more requests have come; TimeoutError otherwise."""
        with self._asked:
            goal = self._requests + count
            if not self._asked.wait_for(lambda: self._requests >= goal, timeout):
                raise TimeoutError(f"{goal - self._requests} of {count} requests did not come")

    def answer(self, command: int, parameter: int, speed: int | None) -> bytes:
        """The reply frame to a request, or nothing."""
        with self._lock:
            self._requests += 1
            self._asked.notify_all()
            if self._fault is ReaderFault.SILENCE:
                return b""
            if self._baud is not None and speed != self._baud:
                return b"\xf8\x00\x1e"  # what a wrong speed looks like
            if self._fault is ReaderFault.UNAUTHORISED:
                return _frame(0x66)
            return self._serve(command, parameter)

    def _take_away(self) -> None:
        self._is_gap_due = self._is_gap_due or self._card is not None
        self._card = None
        self._is_found = False

    def _serve(self, command: int, parameter: int) -> bytes:
        if (command, parameter) in ((0x11, 0xFF), (0x10, 0xFF)):
            return _frame(0x90)
        if (command, parameter) == (0x12, 0xFF):
            return _frame(0x90, bytes.fromhex("05000300") + b"\x15\x27\x35\x01" + b"\1\0\0\0" * 2)
        if (command, parameter) == (0x20, 0x01):
            if self._is_gap_due:
                self._is_gap_due = False
                return _frame(0x80)
            return _frame(0x9F, bytes(4)) if self._is_found else _frame(0x80)
        if (command, parameter) == (0x20, 0x02):
            return _frame(0x90, bytes(8)) if self._is_found else _frame(0x81)
        if (command, parameter) == (0x30, 0x01):
            return self._read()
        return _frame(0x24)

    def _read(self) -> bytes:
        if self._card_time:
            time.sleep(self._card_time)
        if self.on_read:
            self.on_read()
        if self._fault is ReaderFault.LIFT_MIDWAY:
            self._take_away()
            self._fault = ReaderFault.NONE
        if self._card is None:
            return _frame(0x41)
        self._is_found = not self._forgets
        self.reads += 1
        reply = _frame(0x90, bytes.fromhex("01000400") + self._card.text + self._card.photo)
        if self._fault is ReaderFault.BAD_CHECKSUM:
            return reply[:-1] + bytes((reply[-1] ^ 0x01,))
        return reply


class _Session:
    """Splits requests; a request with a wrong checksum is answered 10, a wrong length 11."""

    def __init__(self, reader: IdReaderSimulator, link: Link) -> None:
        self._reader = reader
        self._link = link
        self._inbox = b""

    def receive(self, data: bytes) -> None:
        self._inbox += data
        while (at := self._inbox.find(_START)) >= 0:
            frame = self._inbox[at + 5 :]
            if len(frame) < 2:
                return
            length = frame[0] << 8 | frame[1]
            if length < 3 or length > 64:
                self._link.send(_frame(0x11))
                self._inbox = frame
                continue
            if len(frame) < 2 + length:
                return
            self._inbox = frame[2 + length :]
            check = 0
            for byte in frame[: 1 + length]:
                check ^= byte
            if check != frame[1 + length]:
                self._link.send(_frame(0x10))
                continue
            if reply := self._reader.answer(frame[2], frame[3], self._link.speed()):
                self._link.send(reply)
        self._inbox = self._inbox[-4:]

    def closed(self) -> None:
        self._inbox = b""


def _frame(sw3: int, data: bytes = b"") -> bytes:
    body = (4 + len(data)).to_bytes(2, "big") + bytes((0, 0, sw3)) + data
    check = 0
    for byte in body:
        check ^= byte
    return _START + body + bytes((check,))
