"""A card reader that is not there: answers SAM frames on a pty or TCP, with cards and faults."""

import random
import termios
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Final

import msgspec

from devices.id_reader import simulated_line as line
from devices.id_reader.identity import CardKind, Identity
from devices.id_reader.synthetic import encode_text, invent
from devices.simulated_port import Link, SimulatedPort

_BAUDS: Final = (115200, 57600, 38400, 19200, 9600)
_ADDRESS_CHARACTERS: Final = 35


class ReaderFault(StrEnum):
    """What goes wrong until it is set to NONE; a card pulled midway happens once."""

    NONE = "none"
    LIFT_MIDWAY = "lift-midway"
    """While it is read."""
    LIFT_MIDWAY_SELECT = "lift-midway-select"
    LIFT_MIDWAY_FIND = "lift-midway-find"
    BAD_CHECKSUM = "bad-checksum"
    """Of the card's data."""
    TRUNCATED = "truncated"
    """The card's data end in the middle."""
    SILENCE = "silence"
    BABBLE = "babble"
    """Noise for answers."""
    NOISE = "noise"
    """Noise around answers."""
    SLOW = "slow"
    """Each answer begins a second late."""
    WRONG_BAUD = "wrong-baud"
    """It speaks at 9600 baud."""


STATUS_FAULTS: Final[dict[str, tuple[int, int | None]]] = {
    "checksum": (0x10, None),
    "length": (0x11, None),
    "bad-command": (0x21, None),
    "not-permitted": (0x23, None),
    "unknown-command": (0x24, None),
    "sam-distrusted": (0x31, 0x2002),
    "card-distrusted": (0x32, 0x2002),
    "text-unverified": (0x33, 0x3001),
    "fingerprint-unverified": (0x37, 0x3010),
    "information-length": (0x3F, 0x3001),
    "card-unknown": (0x40, 0x2001),
    "read-failed": (0x41, 0x3001),
    "random-number": (0x47, 0x2002),
    "self-test": (0x60, None),
    "unauthorised": (0x66, None),
    "find-failed": (0x80, 0x2001),
    "select-failed": (0x81, 0x2002),
    "no-item": (0x91, 0x3001),
}
"""A status word by name: SW3, and the command that is answered so while a card lies (None: all)."""


class Card(msgspec.Struct, frozen=True):
    """What a card holds: the text block, the photo's code, what only some cards have."""

    text: bytes
    photo: bytes
    fingerprint: bytes = b""
    newest_addresses: tuple[str, ...] = ()
    chip: bytes = bytes(28)

    def __repr__(self) -> str:
        return "Card(…)"


def card_of(
    who: Identity, *, fingerprint_size: int = 0, newest_addresses: tuple[str, ...] = ()
) -> Card:
    """A card for `who`, with bytes that stand for the codes of a photo and two fingers."""
    noise = random.Random(who.number)
    return Card(
        text=encode_text(who),
        photo=b"WLf~" + noise.randbytes(1020),
        chip=noise.randbytes(28),
        fingerprint=noise.randbytes(fingerprint_size),
        newest_addresses=newest_addresses,
    )


class IdReaderSimulator:
    """Serves `spec` (see SimulatedPort); `lay` and `lift` cards, from any thread.

    `forgets`: like some readers, no longer finds a card that was read until it is laid again.
    `baud`: answers only at this speed, where the port has one (a pty). `pace`: takes the time that
    a line of this many baud takes for every byte, both ways. `card_time`: seconds the module needs
    to read a card. `card` is the one of the command `lay`, else an invented one after `seed`.
    """

    def __init__(
        self,
        spec: str = "pty",
        *,
        card: Card | None = None,
        seed: int = 1,
        forgets: bool = False,
        baud: int | None = None,
        pace: int | None = None,
        card_time: float = 0.0,
        slowness: float = 1.0,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._lock = threading.Lock()
        self._asked = threading.Condition(self._lock)
        self._requests = 0
        self._chance = random.Random(seed)
        self._today = today
        self._given = card or card_of(invent(self._chance, today()))
        self._card: Card | None = None
        self._is_found = False
        self._is_gap_due = False  # hands are slower than polls: one poll sees the empty field
        self._fault = ReaderFault.NONE
        self._status_fault: tuple[int, int | None] | None = None
        self._forgets = forgets
        self._first_baud = self._baud = baud
        self._card_time = card_time
        self._slowness = slowness
        self._pace = pace
        self._port = SimulatedPort(spec, self._connected)
        self.reads = 0
        self.on_read: Callable[[], None] | None = None  # called while a card is being read
        self.on_exchange: Callable[[int, int, int], None] | None = None  # see SimulatedLine

    @property
    def port(self) -> str:
        """The PORT string for the driver."""
        return self._port.port

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Lay and lift; `lay new`, or `lay` with a kind of document, lays an invented person's."""
        kinds = {f"lay {kind.value}": partial(self._lay_new, kind) for kind in CardKind}
        return {
            "lay": lambda: self.lay(self._given),
            "lay new": self._lay_new,
            "lay expired": self._lay_expired,
            **kinds,
            "lift": self.lift,
        }

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """Every ReaderFault, every status word by name and as `sw3-XX`, `unplug`."""
        named = {fault.value: partial(self.set_fault, fault) for fault in ReaderFault}
        for name, (status, command) in STATUS_FAULTS.items():
            named[name] = named[f"sw3-{status:02x}"] = partial(self.set_status, status, command)
        return {**named, "none": self._mend, "unplug": self.stop}

    def start(self) -> None:
        """Plug in."""
        self._baud = self._first_baud
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
            self._status_fault = None

    def set_status(self, status: int, command: int | None = None) -> None:
        """Answer SW3 `status` to every request, or where a card lies to one: 0x2002 is select."""
        with self._lock:
            self._status_fault = (status, command)

    def wait_for_requests(self, count: int, timeout: float = 30.0) -> None:
        """Until `count` more requests have come; TimeoutError otherwise."""
        with self._asked:
            goal = self._requests + count
            if not self._asked.wait_for(lambda: self._requests >= goal, timeout):
                raise TimeoutError(f"{goal - self._requests} of {count} requests did not come")

    def answer(self, command: int, link: Link) -> bytes:
        """What to say to a request (0x2001 is find), or nothing."""
        with self._lock:
            self._requests += 1
            self._asked.notify_all()
            baud = 9600 if self._fault is ReaderFault.WRONG_BAUD else self._baud
            speed = link.speed()
            if baud and speed is not None and speed != getattr(termios, f"B{baud}"):
                return b"\xf8\x00\x1e"  # what a wrong speed looks like
            match self._fault:
                case ReaderFault.SILENCE:
                    return b""
                case ReaderFault.BABBLE:
                    return self._chance.randbytes(64)
                case ReaderFault.SLOW:
                    time.sleep(self._slowness)
                case ReaderFault.NOISE:
                    noise = (self._chance.randbytes(9) for _ in range(2))
                    return next(noise) + self._serve(command) + next(noise)
                case _:
                    pass
            return self._serve(command)

    def _connected(self, link: Link) -> line.SimulatedLine:
        return line.SimulatedLine(link, self.answer, pace=self._pace, on_exchange=self._exchanged)

    def _exchanged(self, command: int, status: int, size: int) -> None:
        if self.on_exchange:
            self.on_exchange(command, status, size)

    def _lay_new(self, kind: CardKind = CardKind.CITIZEN) -> None:
        self.lay(card_of(invent(self._chance, self._today(), kind)))

    def _lay_expired(self) -> None:
        yesterday = self._today() - timedelta(days=1)
        who = invent(self._chance, self._today())
        self.lay(card_of(msgspec.structs.replace(who, valid_to=yesterday)))

    def _mend(self) -> None:
        self.set_fault(ReaderFault.NONE)
        self._port.start()

    def _take_away(self) -> None:
        self._is_gap_due = self._is_gap_due or self._card is not None
        self._card = None
        self._is_found = False

    def _is_lifted(self, fault: ReaderFault) -> bool:
        if self._fault is fault and self._card is not None:
            self._take_away()
            self._fault = ReaderFault.NONE
        return self._card is None

    def _serve(self, command: int) -> bytes:
        if self._status_fault is not None:
            status, only = self._status_fault
            if only is None or (only == command and self._card is not None):
                return line.frame(status)
        match command:
            case 0x10FF | 0x11FF:
                return line.frame(0x90)
            case 0x12FF:
                number = bytes.fromhex("05000300") + b"\x15\x27\x35\x01" + b"\1\0\0\0" * 2
                return line.frame(0x90, number)
            case 0x2001:
                return self._find()
            case 0x2002:
                if self._is_lifted(ReaderFault.LIFT_MIDWAY_SELECT) or not self._is_found:
                    return line.frame(0x81)
                return line.frame(0x90, bytes(8))
            case 0x3001 | 0x3010:
                return self._read(with_fingerprint=command == 0x3010)
            case 0x3003:
                records = [a.ljust(_ADDRESS_CHARACTERS) for a in self._held.newest_addresses]
                data = "".join(records).encode("utf-16-le")
                return line.frame(0x90, data) if data else line.frame(0x91)
            case 0x3005:
                return line.frame(0x90, self._held.chip)
            case _ if command >> 8 == 0x60 and command & 0xFF < len(_BAUDS):
                self._baud = _BAUDS[command & 0xFF]
                return line.frame(0x90)
            case _:
                return line.frame(0x24)

    @property
    def _held(self) -> Card:
        return self._card or Card(b"", b"")

    def _find(self) -> bytes:
        if self._is_gap_due:
            self._is_gap_due = False
            return line.frame(0x80)
        if self._is_lifted(ReaderFault.LIFT_MIDWAY_FIND) or not self._is_found:
            return line.frame(0x80)
        return line.frame(0x9F, bytes(4))

    def _read(self, *, with_fingerprint: bool) -> bytes:
        if self._card_time:
            time.sleep(self._card_time)
        if self.on_read:
            self.on_read()
        if self._is_lifted(ReaderFault.LIFT_MIDWAY) or self._card is None:
            return line.frame(0x41)
        self._is_found = not self._forgets
        self.reads += 1
        sizes, rest = bytes.fromhex("01000400"), b""
        if with_fingerprint:
            rest = self._card.fingerprint
            sizes += len(rest).to_bytes(2, "big")
        reply = line.frame(0x90, sizes + self._card.text + self._card.photo + rest)
        if self._fault is ReaderFault.BAD_CHECKSUM:
            return reply[:-1] + bytes((reply[-1] ^ 0x01,))
        return reply[:700] if self._fault is ReaderFault.TRUNCATED else reply
