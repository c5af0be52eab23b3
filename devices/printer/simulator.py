"""A printer that is not there: speaks ESC/POS and its status bytes on TCP or a pty, with faults."""

import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from devices.printer.paper import Decoder, PrintedSlip, QuerySeen
from devices.printer.protocol import PaperState
from devices.simulated_port import Link, SimulatedPort

_DLE_EOT: Final = re.compile(rb"\x10\x04([\x01-\x04])")
_HALF_DLE_EOT: Final = re.compile(rb"\x10\x04?\Z")
_PAPER_REPLY: Final = {PaperState.OK: 0x12, PaperState.NEAR_END: 0x1E, PaperState.OUT: 0x7E}
_PAPER_ASB: Final = {PaperState.OK: 0x00, PaperState.NEAR_END: 0x03, PaperState.OUT: 0x0F}
_PAPER_GS_R: Final = {PaperState.OK: 0x00, PaperState.NEAR_END: 0x03, PaperState.OUT: 0x0C}
_NAMES: Final = {65: b"_1.00-sim\0", 66: b"_HALL\0", 67: b"_SIMULATED-80\0"}
_ERRORS: Final = {"cutter": 0x08, "recoverable": 0x04, "unrecoverable": 0x20, "overheated": 0x40}


class PrinterSimulator:
    """Starts on `spec` (see SimulatedPort), prints to `slips`, and breaks on demand.

    Like the real ones it holds what it receives while it cannot print, and prints it later.
    `knows` are the commands it answers; a cheap printer may know neither GS r nor GS I.
    """

    def __init__(
        self,
        spec: str = "tcp",
        *,
        on_slip: Callable[[PrintedSlip], None] | None = None,
        knows: frozenset[str] = frozenset({"GS a", "GS r", "GS I"}),
    ) -> None:
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._sessions: set[_Session] = set()
        self._on_slip = on_slip
        self._port = SimulatedPort(spec, self._open)
        self._is_pty = spec.startswith("pty")
        self._stopped = threading.Event()
        self.knows = knows
        self.slips: list[PrintedSlip] = []
        self.torn: list[PrintedSlip] = []
        self.paper = PaperState.OK
        self.cover_open = False
        self.offline = False
        self.errors: set[str] = set()
        self.silent = False
        self.babbles = False
        self.cut_after: int | None = None
        self.bytes_per_second: int | None = None

    @property
    def port(self) -> str:
        """The PORT string for the driver."""
        return self._port.port

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What a hand can do to it."""
        return {
            **{f"paper {state}": partial(self.set_paper, state) for state in PaperState},
            "cover open": partial(self.set_cover, is_open=True),
            "cover closed": partial(self.set_cover, is_open=False),
            "cutter stuck": partial(self.set_cutter, is_stuck=True),
            "cutter ok": partial(self.set_cutter, is_stuck=False),
            "silence on": partial(self.set_silent, is_silent=True),
            "silence off": partial(self.set_silent, is_silent=False),
            "cut midway": partial(self.set_cut_after, 200),
            "slow on": partial(self.set_slow, 2000),
            "slow off": partial(self.set_slow, None),
            "power cycle": self.power_cycle,
        }

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """Faults to order, one upon the other; `none` mends all."""
        return {
            "none": self.mend,
            "paper-near-end": partial(self.set_paper, PaperState.NEAR_END),
            "paper-out": partial(self.set_paper, PaperState.OUT),
            "cover-open": partial(self.set_cover, is_open=True),
            **{name: partial(self.set_error, name) for name in _ERRORS},
            "offline": partial(self.set_offline, is_offline=True),
            "silence": partial(self.set_silent, is_silent=True),
            "slow": partial(self.set_slow, 2000),
            "cut-midway": partial(self.set_cut_after, 200),
            "babble": partial(self.set_babbling, babbles=True),
        }

    def start(self) -> None:
        """Plug in."""
        self._stopped.clear()
        self._port.start()

    def stop(self) -> None:
        """Unplug."""
        self._stopped.set()
        self._port.stop()

    def power_cycle(self) -> None:
        """Off and on: what it held, what it was told and half a slip are gone; a TCP connection
        breaks, a serial line stands."""
        if not self._is_pty:
            self.stop()
            self.start()
            return
        with self._lock:
            for session in self._sessions:
                session.power_cycle()

    def mend(self) -> None:
        """Everything is well again."""
        with self._lock:
            self.paper, self.cover_open, self.offline = PaperState.OK, False, False
            self.errors.clear()
            self.silent = self.babbles = False
            self.cut_after = self.bytes_per_second = None
            self._state_changed()

    def set_paper(self, state: str) -> None:
        """ok, near-end or out."""
        with self._lock:
            self.paper = PaperState(state)
            self._state_changed()

    def set_cover(self, *, is_open: bool) -> None:
        """Open or close the cover."""
        with self._lock:
            self.cover_open = is_open
            self._state_changed()

    def set_cutter(self, *, is_stuck: bool) -> None:
        """Jam or free the cutter."""
        self.set_error("cutter", is_so=is_stuck)

    def set_error(self, name: str, *, is_so: bool = True) -> None:
        """cutter, recoverable, unrecoverable or overheated (recovers by itself)."""
        if name not in _ERRORS:
            raise ValueError(f"errors are {', '.join(_ERRORS)}, not {name!r}")
        with self._lock:
            (self.errors.add if is_so else self.errors.discard)(name)
            self._state_changed()

    def set_offline(self, *, is_offline: bool) -> None:
        """Press its off-line key."""
        with self._lock:
            self.offline = is_offline
            self._state_changed()

    def set_silent(self, *, is_silent: bool) -> None:
        """Answer no status query, but go on printing."""
        with self._lock:
            self.silent = is_silent

    def set_babbling(self, *, babbles: bool) -> None:
        """Say noise before each answer."""
        with self._lock:
            self.babbles = babbles

    def set_cut_after(self, count: int | None) -> None:
        """Break the next connection that has sent `count` bytes to print, once."""
        with self._lock:
            self.cut_after = count

    def set_slow(self, bytes_per_second: int | None) -> None:
        """Take bytes no faster than this."""
        with self._lock:
            self.bytes_per_second = bytes_per_second

    def wait_for(self, count: int, timeout: float = 30.0) -> list[PrintedSlip]:
        """The slips once there are `count` of them; TimeoutError otherwise."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.slips) >= count, timeout):
                raise TimeoutError(f"{len(self.slips)} slips, expected {count}")
            return list(self.slips)

    @property
    def can_print(self) -> bool:
        """Whether bytes become paper now."""
        is_stopped = self.cover_open or self.offline or bool(self.errors)
        return self.paper is not PaperState.OUT and not is_stopped

    def reply(self, query: int) -> int:
        """The byte that answers DLE EOT `query`."""
        if query == 1:
            return 0x12 | (0 if self.can_print else 0x08)
        if query == 2:
            out = 0x20 if self.paper is PaperState.OUT else 0
            return 0x12 | (0x04 if self.cover_open else 0) | out | (0x40 if self.errors else 0)
        if query == 3:
            return 0x12 | sum(_ERRORS[name] for name in self.errors)
        return _PAPER_REPLY[self.paper]

    def asb(self) -> bytes:
        """The four bytes of automatic status."""
        first = 0x10 | (0 if self.can_print else 0x08) | (0x20 if self.cover_open else 0)
        return bytes((first, sum(_ERRORS[n] for n in self.errors), _PAPER_ASB[self.paper], 0))

    def answer(self, query: QuerySeen) -> bytes:
        """What answers a command in the stream."""
        if query.command not in self.knows:
            return b""
        if query.command == "GS a":
            return self.asb() if query.n else b""
        if query.command == "GS r":
            return bytes((_PAPER_GS_R[self.paper],))
        return _NAMES.get(query.n, b"")

    def _open(self, link: Link) -> "_Session":
        session = _Session(self, link, self._lock)
        with self._lock:
            self._sessions.add(session)
        return session

    def _forget(self, session: "_Session", torn: PrintedSlip | None) -> None:
        self._sessions.discard(session)
        self._tear(torn)

    def _tear(self, torn: PrintedSlip | None) -> None:
        if torn:
            self.torn.append(torn)

    def _printed(self, slip: PrintedSlip) -> None:
        self.slips.append(slip)
        self._changed.notify_all()
        if self._on_slip:
            self._on_slip(slip)

    def _state_changed(self) -> None:
        for session in list(self._sessions):
            session.state_changed()

    def _pace(self, count: int) -> None:
        if self.bytes_per_second:
            self._stopped.wait(count / self.bytes_per_second)


class _Session:
    """One connection: real-time commands at once, the rest when the printer can print."""

    def __init__(self, printer: PrinterSimulator, link: Link, lock: threading.RLock) -> None:
        self._printer = printer
        self._link = link
        self._lock = lock
        self._noise = random.Random(1)
        self._taken = 0
        self._forget()

    def _forget(self) -> None:
        self._decoder = Decoder()
        self._held = bytearray()
        self._half = b""
        self._asb_on = False

    def receive(self, data: bytes) -> None:
        now_ns = time.monotonic_ns()
        self._printer._pace(len(data))
        with self._lock:
            data = self._half + data
            half = _HALF_DLE_EOT.search(data)
            self._half = half.group() if half else b""
            data = data[: len(data) - len(self._half)]
            at = 0
            for query in _DLE_EOT.finditer(data):
                self._take(data[at : query.start()], now_ns)
                at = query.end()
                self._say(bytes((self._printer.reply(query.group(1)[0]),)))
            self._take(data[at:], now_ns)

    def closed(self) -> None:
        with self._lock:
            self._printer._forget(self, self._decoder.torn(time.monotonic_ns()))

    def power_cycle(self) -> None:
        """Called with the lock held."""
        self._printer._tear(self._decoder.torn(time.monotonic_ns()))
        self._forget()

    def state_changed(self) -> None:
        """Called with the lock held."""
        if self._asb_on:
            self._say(self._printer.asb())
        self._take(b"", time.monotonic_ns())

    def _say(self, data: bytes) -> None:
        if self._printer.silent or self._link.is_cut or not data:
            return
        if self._printer.babbles:
            self._link.send(self._noise.randbytes(self._noise.randrange(1, 40)))
        self._link.send(data)

    def _take(self, data: bytes, now_ns: int) -> None:
        if self._link.is_cut:
            return
        limit = self._printer.cut_after
        if limit is not None and data:
            if self._taken + len(data) >= limit:
                data = data[: max(0, limit - self._taken)]
                self._printer.cut_after = None
                self._link.cut()
            self._taken += len(data)
        self._held += data
        if not self._printer.can_print:
            return
        data = bytes(self._held)
        self._held.clear()
        for item in self._decoder.feed(data, now_ns):
            if isinstance(item, QuerySeen):
                if item.command == "GS a":
                    self._asb_on = item.n != 0 and "GS a" in self._printer.knows
                self._say(self._printer.answer(item))
            else:
                self._printer._printed(item)
