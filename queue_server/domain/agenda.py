"""The appointments as they stand: what the rules ask, and what only `apply` changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .bands import Span, clock_text
from .booking import Absence, Booking
from .ids import Day, PersonKey


@dataclass(slots=True)
class Agenda:
    """Appointments of today and the days to come, and who missed theirs.

    Past ones are dropped when a day opens. Cancelled ones stay until their day is past, so that a
    late retry of the booking does not bring them back.
    """

    bookings: dict[str, Booking] = field(default_factory=dict)
    """By the portal's serial."""
    codes: dict[str, str] = field(default_factory=dict)
    """Serials by what a citizen may show or type: the code, or the serial in capitals."""
    of_person: dict[PersonKey, dict[str, None]] = field(default_factory=dict)
    """Serials of those not cancelled."""
    taken: dict[tuple[str, Day], dict[str, int]] = field(default_factory=dict)
    """Places taken, by plan and day, then by `start`."""
    absences: dict[PersonKey, Absence] = field(default_factory=dict)

    def left(self, plan: str, span: Span) -> int:
        """Places left in a band of a day; never below 0, though a quota may have been lowered."""
        first, end = clock_text(span.start), clock_text(span.end)
        starts = self.taken.get((plan, span.day), {})
        taken = sum(count for start, count in starts.items() if first <= start < end)
        return max(0, span.tickets - taken)

    def of(self, person: PersonKey, day: Day) -> Iterator[Booking]:
        """A person's appointments of a day, cancelled ones aside, in the order of their time."""
        found = (self.bookings[serial] for serial in self.of_person.get(person, ()))
        return iter(sorted((b for b in found if b.day == day), key=lambda b: (b.start, b.serial)))

    def barred_until(self, person: PersonKey, today: Day) -> Day | None:
        """The last day of a person's bar, where there is one today."""
        absence = self.absences.get(person)
        until = absence.barred_until if absence else None
        return until if until is not None and until >= today else None

    # --- for `changes` only ---

    def put(self, booking: Booking) -> None:
        """Enter a booking, or what became of one."""
        self._forget(booking.serial)
        self.bookings[booking.serial] = booking
        self.codes[booking.code] = self.codes[booking.serial.upper()] = booking.serial
        if booking.state == "cancelled":
            return
        self.of_person.setdefault(booking.person, {})[booking.serial] = None
        starts = self.taken.setdefault((booking.plan, booking.day), {})
        starts[booking.start] = starts.get(booking.start, 0) + 1

    def put_absence(self, absence: Absence) -> None:
        """Enter what a person missed; nothing left of it means no entry."""
        if absence.missed or absence.barred_until is not None:
            self.absences[absence.person] = absence
        else:
            self.absences.pop(absence.person, None)

    def clear(self) -> None:
        """Forget all: what stays is put again."""
        for kept in (self.bookings, self.codes, self.of_person, self.taken, self.absences):
            kept.clear()

    def _forget(self, serial: str) -> None:
        old = self.bookings.get(serial)
        if old is None or old.state == "cancelled":
            return
        theirs = self.of_person[old.person]
        del theirs[serial]
        if not theirs:
            del self.of_person[old.person]
        starts = self.taken[old.plan, old.day]
        starts[old.start] -= 1
        if not starts[old.start]:
            del starts[old.start]
        if not starts:
            del self.taken[old.plan, old.day]
