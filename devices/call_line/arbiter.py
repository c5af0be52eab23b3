"""Who may speak on the half-duplex line, and what becomes of each frame. No I/O, no clock.

The line is not polled: the sources give no poll frame, so devices speak by themselves (?). Two that
speak at once spoil each other's sums; both say it again, as their acknowledgement is missing.
"""

from collections import deque
from enum import StrEnum
from typing import Final

import msgspec

from devices.call_line.codec import Heard, LineCodec, Said
from devices.call_line.presses import Presses, PressHeard
from devices.call_line.protocol import BAUD, wire_seconds
from devices.call_line.timings import Counts, Echo, LineTimings
from devices.resync import BadFrame


class Slot(StrEnum):
    """One place in an address's queue: the newest replaces what waits there."""

    TICKET = "ticket"
    WAITING = "waiting"
    RATING = "rating"
    BEEP = "beep"


_SHOWN: Final = (Slot.TICKET, Slot.WAITING)


class AddressChanged(msgspec.Struct, frozen=True):
    """An address became heard, or silent."""

    address: int
    ok: bool
    heard_at: float | None


Change = PressHeard | AddressChanged


class _Pending(msgspec.Struct, frozen=True):
    data: bytes
    asked_at: float


class _Unit(msgspec.Struct):
    ok: bool | None = None
    heard_at: float | None = None
    echoes: bool | None = None
    queue: dict[Slot, _Pending] = {}
    shown: dict[Slot, bytes] = {}
    said_at: float = 0.0
    late: bytes = b""
    late_until: float = 0.0


class _Outstanding(msgspec.Struct):
    address: int
    slot: Slot
    pending: _Pending
    tries: int
    deadline: float = 0.0


class Arbiter:
    """Feed it what is heard and the time; ask it what to say.

    Not for several threads at once. Times are of any monotonic clock, in seconds.
    """

    def __init__(
        self,
        codec: LineCodec,
        timings: LineTimings | None = None,
        *,
        baud: int = BAUD,
        echo: Echo = Echo.AUTO,
        tries: int = 3,
        hears_itself: bool = False,
    ) -> None:
        self._timings = timings or LineTimings()
        self._baud = baud
        self._echo = echo
        self._tries = tries
        self._hears_itself = hears_itself
        self._codec = codec
        self._parser = codec.parser()
        self._units: dict[int, _Unit] = {}
        self._turns: deque[int] = deque()
        self._outstanding: _Outstanding | None = None
        self._again: _Outstanding | None = None
        self._own: deque[bytes] = deque(maxlen=8)
        self._quiet_until = 0.0
        self._heard_at = 0.0
        self.counts = Counts()
        self._presses = Presses(self._timings, self.counts)

    @property
    def silent(self) -> tuple[int, ...]:
        """Addresses that left a message unacknowledged and were not heard since."""
        return tuple(sorted(a for a, unit in self._units.items() if unit.ok is False))

    @property
    def heard(self) -> tuple[int, ...]:
        """Addresses heard, and not silent since."""
        return tuple(sorted(a for a, unit in self._units.items() if unit.ok))

    @property
    def has_answer(self) -> bool:
        """Whether an acknowledgement waits to be said."""
        return self._presses.has_answer

    def say(self, slot: Slot, address: int, data: bytes, now: float) -> None:
        """Queue a frame; it replaces what waits in the same slot of its address."""
        if not data:
            return
        unit = self._unit(address)
        if slot in _SHOWN:
            unit.shown[slot] = data
        unit.queue.pop(slot, None)
        unit.queue[slot] = _Pending(data, now)

    def accept(self, number: int, now: float) -> None:
        """See Presses."""
        self._presses.accept(number, now)

    def decline(self, number: int) -> None:
        """See Presses."""
        self._presses.decline(number)

    def receive(self, data: bytes, now: float) -> list[Change]:
        """Bytes from the line."""
        if not data:
            return []
        self._heard_at = now
        self._quiet_until = max(self._quiet_until, now + self._timings.gap)
        return self._take(self._parser.feed(data), now)

    def tick(self, now: float) -> list[Change]:
        """Time has passed."""
        changes: list[Change] = []
        if self._parser.is_inside_frame and now > self._heard_at + self._timings.inside_frame:
            changes += self._take(self._parser.give_up(), now)
        waits = self._outstanding
        if waits and now >= waits.deadline and not self._parser.is_inside_frame:
            changes += self._missed(waits, now)
        for address, unit in self._units.items():
            wait = self._timings.retry if unit.ok is False else self._timings.refresh
            if unit.shown and now >= unit.said_at + wait:
                self._show_again(address, now)
        return changes

    def next_frame(self, now: float) -> bytes:
        """What to write now; empty while the line is another's or nothing waits."""
        if now < self._quiet_until or self._parser.is_inside_frame:
            return b""
        if self._presses.has_answer:
            data = self._write(self._presses.next_answer(), now)
            self._presses.answered(now + wire_seconds(len(data), self._baud))
            return data
        if self._outstanding:
            return b""
        again, self._again = self._again, None
        if again:
            return self._send(again, now)
        for _ in range(len(self._turns)):
            address = self._turns[0]
            self._turns.rotate(-1)
            unit = self._units[address]
            while unit.queue:
                slot = next(iter(unit.queue))
                pending = unit.queue.pop(slot)
                if slot in _SHOWN or now <= pending.asked_at + self._timings.stale:
                    return self._send(_Outstanding(address, slot, pending, 0), now)
        return b""

    def pause(self, now: float, most: float) -> float:
        """Seconds until it may have something to say, if nothing happens; at most `most`."""
        queued = self._again is not None or any(unit.queue for unit in self._units.values())
        if self._presses.has_answer or (queued and self._outstanding is None):
            return min(most, max(0.0, self._quiet_until - now))
        return most

    def reopened(self, now: float) -> None:
        """The port was away: begin anew, and bring every display to what it should show."""
        self._parser = self._codec.parser()
        self._presses.forget_answers()
        self._own.clear()
        self._quiet_until = now
        self._outstanding = self._again = None
        for address in self._units:
            self._show_again(address, now)

    def _unit(self, address: int) -> _Unit:
        unit = self._units.get(address)
        if unit is None:
            unit = self._units[address] = _Unit()
            self._turns.append(address)
        return unit

    def _show_again(self, address: int, now: float) -> None:
        unit = self._units[address]
        for slot, data in unit.shown.items():
            unit.queue.setdefault(slot, _Pending(data, now))
        unit.said_at = now

    def _take(self, heard: list[Heard], now: float) -> list[Change]:
        changes: list[Change] = []
        for item in heard:
            if isinstance(item, Said):
                self.counts.frames += 1
                if self._hears_itself and item.raw in self._own:
                    self._own.remove(item.raw)
                else:
                    changes += self._said(item, now)
            elif isinstance(item, BadFrame):
                self.counts.bad += 1
            else:
                self.counts.noise += item.count
        return changes

    def _said(self, said: Said, now: float) -> list[Change]:
        waits = self._outstanding
        if waits and waits.pending.data == said.raw:
            self._outstanding = None
            self.counts.acknowledged += 1
            unit = self._unit(said.address)
            unit.late = b""
            self._learn_echo(unit, said)
            return self._is_heard(said.address, now, waits.slot)
        if said.press is None and said.address not in self._units:
            self.counts.unknown += 1
            return []
        unit = self._unit(said.address)
        if unit.late == said.raw and now < unit.late_until:
            unit.late = b""
            self._learn_echo(unit, said)
            return self._is_heard(said.address, now)
        changes = self._is_heard(said.address, now)
        if said.press is None:
            self.counts.unknown += 1
            return changes
        new = self._presses.hear(said, said.press, now)
        return [*changes, new] if new else changes

    def _learn_echo(self, unit: _Unit, said: Said) -> None:
        """A frame that may also be a key (ask for a rating) does not prove that a device echoes."""
        if said.press is None:
            unit.echoes = True

    def _send(self, what: _Outstanding, now: float) -> bytes:
        unit = self._units[what.address]
        data = self._write(what.pending.data, now)
        end = now + wire_seconds(len(data), self._baud)
        unit.said_at = now
        unit.late, unit.late_until = data, end + 4 * self._timings.acknowledgement
        is_expected = self._echo is Echo.AUTO and unit.echoes is not False
        if is_expected or self._echo is Echo.ALWAYS:
            what.tries += 1
            what.deadline = end + self._timings.acknowledgement
            self._outstanding = what
        return data

    def _write(self, data: bytes, now: float) -> bytes:
        self.counts.sent += 1
        self._own.append(data)
        self._quiet_until = now + wire_seconds(len(data), self._baud) + self._timings.gap
        return data

    def _missed(self, waits: _Outstanding, now: float) -> list[Change]:
        """No echo in time: again, or what is newer; in the end the address is silent.

        One that may not echo at all hears no second beep.
        """
        self._outstanding = None
        self.counts.unacknowledged += 1
        unit = self._units[waits.address]
        is_harmless = waits.slot in _SHOWN or unit.echoes or self._echo is Echo.ALWAYS
        if waits.tries < self._tries and unit.ok is not False and is_harmless:
            waits.pending = unit.queue.pop(waits.slot, waits.pending)
            self._again = waits
            self._quiet_until = max(self._quiet_until, now + waits.tries * self._timings.gap)
            return []
        if self._echo is Echo.AUTO and not unit.echoes:
            if is_harmless:
                unit.echoes = False
            return []
        return self._is_silent(waits.address)

    def _is_heard(self, address: int, now: float, said: Slot | None = None) -> list[Change]:
        """It lives. What it may have missed is said again, but for what it just acknowledged."""
        unit = self._unit(address)
        was_ok, unit.ok, unit.heard_at = unit.ok, True, now
        if was_ok:
            return []
        if was_ok is False or said is None:
            waiting = set(unit.queue)
            self._show_again(address, now)
            if said and said not in waiting:
                unit.queue.pop(said, None)
        return [AddressChanged(address, True, now)]

    def _is_silent(self, address: int) -> list[Change]:
        unit = self._units[address]
        was_ok, unit.ok = unit.ok, False
        return [] if was_ok is False else [AddressChanged(address, False, unit.heard_at)]
