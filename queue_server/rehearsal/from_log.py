"""A day of the hall's own log as a recorded day."""

from collections.abc import Iterable
from pathlib import Path

from ..domain import events as e
from ..domain.apply import apply
from ..domain.commands import ToQueue
from ..domain.hall import Hall
from ..domain.values import Catalogue, CounterId, Day, Ms, StaffId, TicketId
from ..store.history import Logged, day_events
from .at_counter import AtCounter, Work
from .record import Change, Defined, Leg, Presence, RecordedDay, RecordError, Visit, WalkIn


def day_from_log(folder: Path, day: str) -> RecordedDay:
    """What the hall in `folder` did on `day`. Raises `RecordError`, `StoreError`."""
    return recorded_day(day, day_events(folder, day))


def recorded_day(day: str, logged: Iterable[Logged]) -> RecordedDay:
    """A day from its events, from its opening on. Raises `RecordError` where there is none."""
    reading = _Reading()
    for seq, at, event in logged:
        reading.take(event, seq, at)
    return reading.day(Day(day))


class _Visiting:
    """One ticket while the day is read."""

    def __init__(self, event: e.TicketIssued, at: Ms) -> None:
        self.event, self.at = event, at
        self.legs: list[Leg] = []
        self.left_after: int | None = None
        self.gone_at: Ms | None = None
        """When it was called and not there."""


class _Reading:
    def __init__(self) -> None:
        self.hall, self.last = Hall(), Ms(0)
        self.catalogue: Catalogue | None = None
        self.changes: list[Change] = []
        self.visiting: dict[TicketId, _Visiting] = {}
        self.here: dict[CounterId, tuple[StaffId, Ms]] = {}
        self.presences: list[Presence] = []
        self.walk_ins: list[WalkIn] = []
        self.taken_up: dict[TicketId, AtCounter] = {}
        """Tickets that a counter has called, serves or has set aside."""

    def take(self, event: e.Event, seq: int, at: Ms) -> None:
        self.last = at
        was = self._leg(event, at)
        apply(self.hall, event, seq, at)
        match event:
            case e.DayOpened(catalogue=catalogue):
                self.catalogue = catalogue
            case _ if isinstance(event, Defined) and self.catalogue is not None:
                self.changes.append(Change(at=at, event=event))
            case e.TicketIssued(walk_in=False):
                self.visiting[event.ticket] = _Visiting(event, at)
            case e.TicketCalled(ticket=ticket, transaction=made):
                self.taken_up[ticket] = AtCounter(self.hall.transactions[made], at)
            case e.TicketCalledBack() | e.JointBegun():
                self.taken_up[event.ticket].begins(event.counter, at)
            case e.TicketHeld() | e.JointEnded():
                self.taken_up[event.ticket].ends(event.counter, at)
            case e.TicketReturned():
                self._returned(event.ticket, at)
            case e.TicketClosed():
                self._closed(event, at)
        if was is not None:
            self._ended(event, was)
        self._presence(event, at)

    # --- counters ---

    def _presence(self, event: e.Event, at: Ms) -> None:
        match event:
            case e.SignedIn() | e.CounterResumed():
                staff = self.hall.counter_now(event.counter).staff
                if staff is not None:
                    self.here[event.counter] = (staff, at)
            case e.SignedOut() | e.CounterPaused():
                self._away(event.counter, at)
            case _:
                pass

    def _away(self, counter: CounterId, at: Ms) -> None:
        if counter in self.here:
            staff, begin = self.here.pop(counter)
            self.presences.append(Presence(counter=counter, staff=staff, begin=begin, end=at))

    # --- tickets ---

    def _leg(self, event: e.Event, at: Ms) -> Work | None:
        """The call that this event ends, and what it came to."""
        ends = e.ServiceEnded | e.StepEnded | e.TicketNotShown | e.TicketTransferred
        if not isinstance(event, ends | e.TicketClosed) or event.ticket not in self.taken_up:
            return None
        ticket = self.hall.tickets[event.ticket]
        if ticket.transaction is None or ticket.state == "no_show":
            return None
        return self.taken_up.pop(event.ticket).leaves(at)

    def _ended(self, event: e.Event, ended: Work) -> None:
        transaction, took, together = ended
        visiting = self.visiting.get(transaction.ticket)
        called, counter = transaction.called_at, transaction.counter
        if visiting is None:
            self.walk_ins.append(WalkIn(counter=counter, at=called, took=took))
            self.walk_ins += (
                WalkIn(counter=one.counter, at=Ms(called + one.after), took=one.took)
                for one in together
            )
            return
        leg = Leg(took=took, at=called, counter=counter, together=together)
        match event:
            case e.TicketNotShown():
                leg = Leg(took=took, at=called, counter=counter, ends="no_show")
                visiting.gone_at = self.last
            case e.StepEnded(to=service, position=position):
                leg = Leg(
                    took=took,
                    at=called,
                    counter=counter,
                    ends="transferred",
                    to=ToQueue(service=service),
                    position=position,
                    together=together,
                )
            case e.TicketTransferred(to=to, position=position):
                leg = Leg(
                    took=took,
                    at=called,
                    counter=counter,
                    ends="transferred",
                    to=to,
                    position=position,
                    together=together,
                )
            case _:
                pass
        visiting.legs.append(leg)

    def _returned(self, ticket: TicketId, at: Ms) -> None:
        visiting = self.visiting[ticket]
        if visiting.gone_at is not None and visiting.legs:
            leg = visiting.legs[-1]
            visiting.legs[-1] = Leg(
                took=leg.took,
                at=leg.at,
                counter=leg.counter,
                ends="no_show",
                back_after=at - visiting.gone_at,
            )

    def _closed(self, event: e.TicketClosed, at: Ms) -> None:
        """Who gave up, of themselves or taken out by staff; not who was left at the end."""
        visiting = self.visiting.get(event.ticket)
        gave_up = event.reason in ("cancelled_by_citizen", "removed_by_staff")
        if visiting is not None and gave_up and self.hall.tickets[event.ticket].counter is None:
            visiting.left_after = at - visiting.at

    def day(self, day: Day) -> RecordedDay:
        """All of it."""
        if self.catalogue is None:
            raise RecordError(f"没有这一天的记录 / no such day on record: {day:.40}")
        for counter in list(self.here):
            self._away(counter, self.last)
        for ticket in list(self.taken_up):  # at a counter when the record ends
            work = self.taken_up[ticket].leaves(self.last)
            self._ended(e.ServiceEnded(ticket=ticket, counter=work.transaction.counter), work)
        return RecordedDay(
            name=day,
            catalogue=self.catalogue,
            visits=tuple(_visit(visiting) for visiting in self.visiting.values()),
            presences=tuple(sorted(self.presences, key=lambda one: (one.begin, one.counter))),
            walk_ins=tuple(sorted(self.walk_ins, key=lambda one: (one.at, one.counter))),
            changes=tuple(self.changes),
        )


def _visit(visiting: _Visiting) -> Visit:
    event = visiting.event
    return Visit(
        ticket=event.ticket,
        number=event.number,
        service=event.service,
        at=visiting.at,
        priority=event.priority,
        booked_at=event.booked_at,
        legs=tuple(visiting.legs),
        left_after=visiting.left_after,
    )
