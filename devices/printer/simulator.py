"""A printer that is not there: speaks ESC/POS and its status bytes on TCP or a pty, with faults."""

import re
import threading
import time
from collections.abc import Callable
from typing import Final

from devices.printer.paper import Decoder, PrintedSlip, QuerySeen
from devices.simulated_port import Link, SimulatedPort

_DLE_EOT: Final = re.compile(rb"\x10\x04([\x01-\x04])")
_HALF_DLE_EOT: Final = re.compile(rb"\x10\x04?\Z")
_PAPER_REPLY: Final = {"ok": 0x12, "near-end": 0x1E, "out": 0x7E}
_PAPER_ASB: Final = {"ok": 0x00, "near-end": 0x03, "out": 0x0F}


class PrinterSimulator:
    """Starts on `spec` (see SimulatedPort), prints to `slips`, and breaks on demand.

    Like the real ones it holds what it receives while it cannot print, and prints it later.
    """

    def __init__(
        self, spec: str = "tcp", *, on_slip: Callable[[PrintedSlip], None] | None = None
    ) -> None:
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._sessions: set[_Session] = set()
        self._on_slip = on_slip
        self._port = SimulatedPort(spec, self._open)
        self.slips: list[PrintedSlip] = []
        self.torn: list[PrintedSlip] = []
        self.paper = "ok"
        self.cover_open = False
        self.cutter_error = False
        self.silent = False
        self.cut_after: int | None = None
        self.bytes_per_second: int | None = None
        self._stopped = threading.Event()

    @property
    def port(self) -> str:
        """The PORT string for the driver."""
        return self._port.port

    def start(self) -> None:
        """Plug in."""
        self._stopped.clear()
        self._port.start()

    def stop(self) -> None:
        """Unplug."""
        self._stopped.set()
        self._port.stop()

    def set_paper(self, state: str) -> None:
        """ok, near-end or out."""
        if state not in _PAPER_REPLY:
            raise ValueError(f"paper is ok, near-end or out, not {state!r}")
        with self._lock:
            self.paper = state
            self._state_changed()

    def set_cover(self, *, is_open: bool) -> None:
        """Open or close the cover."""
        with self._lock:
            self.cover_open = is_open
            self._state_changed()

    def set_cutter(self, *, is_stuck: bool) -> None:
        """Jam or free the cutter."""
        with self._lock:
            self.cutter_error = is_stuck
            self._state_changed()

    def set_silent(self, *, is_silent: bool) -> None:
        """Answer no status query, but go on printing."""
        with self._lock:
            self.silent = is_silent

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
        return self.paper != "out" and not self.cover_open and not self.cutter_error

    def reply(self, query: int) -> int:
        """The byte that answers DLE EOT `query`."""
        if query == 1:
            return 0x12 | (0 if self.can_print else 0x08)
        if query == 2:
            out = self.paper == "out"
            error = 0x40 if self.cutter_error else 0
            return 0x12 | (0x04 if self.cover_open else 0) | (0x20 if out else 0) | error
        if query == 3:
            return 0x12 | (0x08 if self.cutter_error else 0)
        return _PAPER_REPLY[self.paper]

    def asb(self) -> bytes:
        """The four bytes of automatic status."""
        first = 0x10 | (0 if self.can_print else 0x08) | (0x20 if self.cover_open else 0)
        return bytes((first, 0x08 if self.cutter_error else 0, _PAPER_ASB[self.paper], 0))

    def _open(self, link: Link) -> "_Session":
        session = _Session(self, link, self._lock)
        with self._lock:
            self._sessions.add(session)
        return session

    def _forget(self, session: "_Session", torn: PrintedSlip | None) -> None:
        self._sessions.discard(session)
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
        self._decoder = Decoder()
        self._held = bytearray()
        self._half = b""
        self._asb_on = False
        self._taken = 0

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
                if not self._printer.silent and not self._link.is_cut:
                    self._link.send(bytes((self._printer.reply(query.group(1)[0]),)))
            self._take(data[at:], now_ns)

    def closed(self) -> None:
        with self._lock:
            self._printer._forget(self, self._decoder.torn(time.monotonic_ns()))

    def state_changed(self) -> None:
        if self._asb_on and not self._printer.silent:
            self._link.send(self._printer.asb())
        self._take(b"", time.monotonic_ns())

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
                self._answer(item)
            else:
                self._printer._printed(item)

    def _answer(self, query: QuerySeen) -> None:
        if query.command == "GS a":
            self._asb_on = query.n != 0
            reply = self._printer.asb() if self._asb_on else b""
        else:
            reply = bytes(({"ok": 0x00, "near-end": 0x03, "out": 0x0C}[self._printer.paper],))
        if reply and not self._printer.silent:
            self._link.send(reply)
