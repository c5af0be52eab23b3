"""Talking to the security module over a port: finding its speed, one request and reply at a time.

Blocking; DeviceError `id_reader.silent` (no reply's header within 2 s), `id_reader.corrupt` (not a
whole, true reply within 5 s), the code of a status word, or the port's own.
"""

import time
from collections.abc import Callable
from typing import Final, Literal, TypeVar

import msgspec

from devices.errors import DeviceError
from devices.health import Diagnosis
from devices.id_reader import blocks
from devices.id_reader import protocol as p
from devices.id_reader.events import CardRead
from devices.id_reader.text import decode_text
from devices.transport import Transport, parse_port

_SLICE: Final = 0.2  # seconds; a line quiet for so long has ended what it had to say
_MOST_LATE: Final = 8
_BAUD_WAIT: Final = 0.005  # seconds, by the module's interface
T = TypeVar("T")
_UNHEARD: Final = ("id_reader.silent", "id_reader.corrupt")


class ReaderTimings(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds. The module wants no polling faster than 300 ms, 2 s for a header, 5 s for all.

    `probe` is what one of two tries at one speed may take while the speed is not known.
    """

    poll: float = 0.3
    header: float = 2.0
    reply: float = 5.0
    write: float = 2.0
    probe: float = 0.15


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What to read beside text and photo: nothing, unless the hall has a reason for it.

    `fingerprint`: `drop` reads it and forgets all but its size. `lenient_numbers` as
    `identity.is_number_of` has it.
    """

    fingerprint: Literal["no", "drop", "keep"] = "no"
    newest_address: bool = False
    chip_number: bool = False
    lenient_numbers: bool = False


def reader_transport(port: str) -> Transport:
    """The transport for a reader's PORT; a serial one without a speed is probed for it.

    Over USB bulk (`usb:0400:C35A`) the same frames are spoken (?).
    """
    is_open = port.startswith("serial:/") and "@" not in port
    return parse_port(f"{port}@auto" if is_open else port)


class Sam:
    """One module behind one port. `check` is called while waiting; it may raise to give up."""

    def __init__(
        self,
        transport: Transport,
        timings: ReaderTimings | None = None,
        *,
        fastest: bool = False,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._transport = transport
        self._timings = timings or ReaderTimings()
        self._fastest = fastest
        self.check = check
        self._parser = p.FrameParser()
        self._tries = 0
        self._has_fingerprints = True
        self.speed: int | None = None
        self.number: str | None = None

    def connect(self) -> Diagnosis:
        """Open the port, find the speed, ask for state and number."""
        speeds = self._transport.speeds
        if speeds:
            status = self._find_speed(speeds)
        else:
            self._transport.open(None)
            status = self.exchange(p.STATUS)
        if self._fastest and status.is_ok and speeds:  # a speed that is written is an order
            self._speed_up()
        if status.status == 0x60:  # a failed self-test may pass once more
            self.exchange(p.RESET)
            status = self.exchange(p.STATUS)
        return self.describe(status.error)

    def describe(self, code: str | None) -> Diagnosis:
        """The module, unable for the reason `code` or well; its number once it tells it."""
        if code is None and self.number is None:
            self.number = self._ask_number()
        facts = (("sam", self.number), ("baud", str(self.speed) if self.speed else None))
        known = tuple((name, value) for name, value in facts if value)
        return Diagnosis(code=code, facts=known)

    def _ask_number(self) -> str | None:
        """None where the module does not tell it: that is no reason not to read cards."""
        try:
            reply = self.exchange(p.SAM_NUMBER)
        except DeviceError as error:
            if error.code not in _UNHEARD:
                raise
            return None
        return blocks.sam_number(reply.data) if reply.is_ok else None

    def close(self) -> None:
        """Close the port."""
        self._transport.close()

    def _find_speed(self, speeds: tuple[int, ...]) -> p.Reply:
        """Status at each speed, quickly; then at one speed a call with a slow module's patience."""
        if self.speed in speeds:
            speeds = (self.speed, *(speed for speed in speeds if speed != self.speed))
        patient = speeds[self._tries % len(speeds)]
        self._tries += 1
        for speed in speeds:
            self._transport.open(speed)
            # Twice: what was sent at a wrong speed may have left half a request in the module.
            for _ in range(2):
                if reply := self._try(self._timings.probe):
                    self.speed, self._tries = speed, 0
                    return reply
        self._transport.open(patient)
        reply = self.exchange(p.STATUS)
        self.speed, self._tries = patient, 0
        return reply

    def _try(self, seconds: float) -> p.Reply | None:
        try:
            return self.exchange(p.STATUS, within=seconds)
        except DeviceError as error:
            if error.code not in _UNHEARD:
                raise
            return None

    def _speed_up(self) -> None:
        """Ask for 115200 baud; a module that does not follow stays at the speed it has."""
        best, old = p.BAUDS[0], self.speed
        if old == best:
            return
        try:
            if not self.exchange(p.set_baud(best), within=self._timings.probe).is_ok:
                return
        except DeviceError as error:
            if error.code not in _UNHEARD:  # it may answer at the new speed already
                raise
        time.sleep(_BAUD_WAIT)
        for speed in (best, old):
            self._transport.open(speed)
            if self._try(self._timings.probe) or self._try(self._timings.probe):
                self.speed = speed
                return
        raise DeviceError("id_reader.silent", "after set baud")

    def read(self, wanted: Wanted) -> CardRead:
        """Select the card that was found and read it; any failure means: lift it, lay it again."""
        self._expect(p.SELECT_CARD)
        card = self._read_blocks(with_fingerprint=wanted.fingerprint != "no")
        chip = self._optional(p.CHIP_NUMBER, blocks.chip_number) if wanted.chip_number else None
        newest = None
        if wanted.newest_address:
            newest = self._optional(p.NEWEST_ADDRESS, blocks.newest_addresses)
        return CardRead(
            identity=decode_text(card.text, lenient=wanted.lenient_numbers),
            photo=card.photo,
            newest_addresses=newest or (),
            chip_number=chip or "",
            fingerprint=card.fingerprint if wanted.fingerprint == "keep" else b"",
            fingerprint_size=len(card.fingerprint),
        )

    def _read_blocks(self, *, with_fingerprint: bool) -> blocks.CardBlocks:
        if with_fingerprint and self._has_fingerprints:
            reply = self.exchange(p.READ_FINGERPRINT)
            self._has_fingerprints = reply.status not in p.UNKNOWN_COMMANDS
            if self._has_fingerprints:
                return _shaped(_well(reply), blocks.split_card)
        reply = self.exchange(p.READ_CARD)
        return _shaped(_well(reply), blocks.split_card)

    def _optional(self, request: bytes, shape: Callable[[bytes], T | None]) -> T | None:
        """What the card, or the module, may lack."""
        reply = self.exchange(request)
        if reply.status == p.NO_ITEM or reply.status in p.UNKNOWN_COMMANDS:
            return None
        return _shaped(_well(reply), shape)

    def _expect(self, request: bytes) -> p.Reply:
        return _well(self.exchange(request))

    def exchange(self, request: bytes, *, within: float | None = None) -> p.Reply:
        """One request and its reply, whatever its status word; `within` seconds if given."""
        self._parser.reset()
        self._drain()
        self._transport.write(request, self._timings.write)
        began = time.monotonic()
        heard, late, bad = 0, 0, ""
        while True:
            has_header = self._parser.has_header
            limit = within or (self._timings.reply if has_header else self._timings.header)
            left = began + limit - time.monotonic()
            if left <= 0:
                code = "id_reader.corrupt" if heard else "id_reader.silent"
                raise DeviceError(code, bad or f"{heard} bytes and no reply")
            data = self._transport.read(4096, min(left, _SLICE))
            self.check()
            heard += len(data)
            events: list[p.FrameEvent] = list(self._parser.feed(data))
            if not data and (hidden := self._parser.hidden()):
                events = [hidden]
            for event in events:
                if isinstance(event, p.BadFrame):
                    bad = event.reason
                elif not blocks.is_late(request, event) or late == _MOST_LATE:
                    return event
                else:  # the module is still at what it was asked before
                    began, late = time.monotonic(), late + 1
                    heard = 0
            if bad and not data:
                raise DeviceError("id_reader.corrupt", bad)

    def _drain(self) -> None:
        """Drop late replies to earlier requests."""
        until = time.monotonic() + _SLICE
        while self._transport.read(4096, 0.0) and time.monotonic() < until:
            self.check()
        self.check()


def _well(reply: p.Reply) -> p.Reply:
    if reply.error:
        raise DeviceError(reply.error, f"SW3 {reply.status:02X}")
    return reply


def _shaped(reply: p.Reply, shape: Callable[[bytes], T | None]) -> T:
    found = shape(reply.data)
    if found is None:
        raise DeviceError("id_reader.corrupt", f"{len(reply.data)} bytes of data")
    return found
