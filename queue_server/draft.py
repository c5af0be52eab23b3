"""One batch in the making: commands decided and applied one by one, gathered for one commit.

Until that commit nothing of it may be said; if it fails, the draft is dropped and the hall it
changed is built anew from the log.
"""

import datetime as dt

import msgspec

from .bookings import Stored, appointment, seal_arrival, seal_booking
from .calls import PRESENCE, Calls
from .documents import counter_topics
from .domain import events as e
from .domain.apply import apply
from .domain.commands import CheckIn, Command, IssueTicket, Rate
from .domain.context import Given, Rejection
from .domain.decide import decide
from .domain.hall import Hall
from .domain.values import CounterId, Ms, StaffId
from .outcomes import outcome
from .protocol.codec import encode, rejected
from .protocol.messages import Outcome, Result
from .protocol.views import CallView
from .ranges import Ranges
from .store.batch import Batch, LogRow, PersonalRow, StoredResult
from .store.personal import Sealer
from .visits import telling_places

_decoder = msgspec.json.Decoder(Result)

_CHANGES_HALL = (
    e.HallDefined,
    e.AreaDefined,
    e.ServiceDefined,
    e.CounterDefined,
    e.StaffDefined,
    e.ProfileDefined,
    e.CalendarDayDefined,
    e.PlanDefined,
    e.RouteDefined,
    e.DayOpened,
    e.DayClosed,
)


def _nothing(subject: str, kind: str) -> None:
    """Where nothing is kept."""


class Draft:
    """Changes `hall` and `calls`, and gathers the rows and topics that changed."""

    def __init__(
        self,
        hall: Hall,
        calls: Calls,
        sealer: Sealer,
        seq: int,
        epoch: int,
        keep_days: int,
        ranges: Ranges | None = None,
        stored: Stored = _nothing,
    ) -> None:
        self.rows = Batch()
        self.seq = seq
        self.announcements: list[CallView] = []
        self.day_began = 0
        self.hall_changed = False
        self.topics: dict[str, None] = {}
        """Topics whose documents changed, beside `queues`."""
        self._hall = hall
        self._calls = calls
        self._sealer = sealer
        self._epoch = epoch
        self._keep_days = keep_days
        self._ranges = ranges
        self._stored = stored
        self._results: dict[str, tuple[bytes, Result]] = {}

    @property
    def touched(self) -> bool:
        """Whether any command was decided, and not merely answered again."""
        return bool(self._results)

    def known(self, command_id: str, do: Command, stored: StoredResult | None) -> Result | None:
        """The first answer to a command asked before, here or in the log."""
        found = self._results.get(command_id)
        if found is None and stored is not None:
            found = (stored.fingerprint, _decoder.decode(stored.result))
        if found is None:
            return None
        fingerprint, result = found
        if fingerprint != self._sealer.fingerprint(encode(do)):
            return Result(id=command_id, rejected=rejected("id_reused"))
        return result

    def take(self, command_id: str, do: Command, given: Given, who: str) -> Result:
        """Decide a command and apply what it means. `who` goes on record."""
        decided = decide(self._hall, do, given)
        if isinstance(decided, Rejection):
            no = rejected(decided.code, decided.details)
            result = Result(id=command_id, seq=self.seq, rejected=no)
        else:
            for event in decided:
                self._apply(event, given.now, who)
            self._seal(do, decided)
            done = self._with_booking(
                do, self._with_wait(outcome(self._hall, decided), decided, given.now)
            )
            result = Result(id=command_id, seq=self.seq, done=done)
        fingerprint = self._sealer.fingerprint(encode(do))
        self._results[command_id] = (fingerprint, result)
        text = encode(result).decode()
        self.rows.results.append((command_id, fingerprint, self.seq, given.now, text))
        return result

    def _with_booking(self, do: Command, done: Outcome) -> Outcome:
        """Tell the appointment as it stands, also where it did so before."""
        booking = self._hall.agenda.bookings.get(getattr(do, "serial", ""))
        if booking is None:
            return done
        return msgspec.structs.replace(done, appointment=appointment(self._hall, booking))

    def _with_wait(self, done: Outcome, events: list[e.Event], now: Ms) -> Outcome:
        """Tell who begins to wait how long it will take, and keep what was told.

        What is known of those who join says nothing of those with an appointment.
        """
        for event in events:
            if self._ranges is None or not isinstance(event, e.TicketIssued):
                continue
            if event.walk_in or event.booked_at is not None:
                continue
            told = self._ranges.shown(event.service, is_ahead=event.priority > 0)
            if told is not None:
                day = self._hall.last_day or ""
                self.rows.waits.append((event.ticket, day, event.service, now, *told))
                done = msgspec.structs.replace(done, wait_low_s=told.low_s, wait_high_s=told.high_s)
        return done

    def _apply(self, event: e.Event, now: Ms, who: str) -> None:
        self.seq += 1
        lines = [self._line_of(event)]
        touched = apply(self._hall, event, self.seq, now)
        lines.append(self._line_of(event))
        day = self._hall.last_day or ""
        kind, data = str(event.__struct_config__.tag), encode(event).decode()
        self.rows.events.append(LogRow(self.seq, day, self._epoch, now, who, kind, data))
        for ticket in touched.tickets:
            self.rows.tickets[ticket.id] = (day, ticket)
        for transaction in touched.transactions:
            self.rows.transactions[transaction.id] = (day, transaction)
        if isinstance(event, e.TicketCalled | e.JointBegun):
            self.rows.whys[event.transaction] = event.why
        for booking in touched.bookings:
            self.rows.bookings[booking.serial] = booking
        for counter in (*touched.counters, *map(self._counter_of, lines)):
            if counter is not None:
                self.topics.update(dict.fromkeys(counter_topics(counter)))
        if isinstance(event, _CHANGES_HALL):
            self.hall_changed = True
        if isinstance(event, e.AlertAcknowledged | e.DayOpened):
            self.topics["alerts"] = None
        if isinstance(event, e.DayOpened):
            self.day_began = self.seq
        if isinstance(event, e.DayClosed):
            self.rows.purge_before = _days_before(event.day, self._keep_days)
        call = self._calls.take(self._hall, event, self.seq, now)
        if call is not None:
            self.announcements.append(call)
        self.topics.update((f"calls/{area}", None) for area in self._calls.touched)
        if isinstance(event, PRESENCE) and self._hall.routes:
            for counter in telling_places(self._hall):
                self.topics.update(dict.fromkeys(counter_topics(counter)))

    def _line_of(self, event: e.Event) -> str:
        """The queue the event's ticket waits in, if any."""
        ticket = self._hall.tickets.get(getattr(event, "ticket", None))  # type: ignore[arg-type]
        return ticket.waits_for if ticket is not None else ""

    def _counter_of(self, line: str) -> CounterId | None:
        """The counter that shows a queue's length: its own, or its clerk's."""
        kind, _, name = line.partition(":")
        if kind == "s":
            return self._hall.seats.get(StaffId(name))
        return CounterId(name) if kind == "c" and name in self._hall.counters else None

    def _seal(self, do: Command, events: list[e.Event]) -> None:
        """Encrypt what the events only refer to."""
        for event in events:
            if isinstance(event, e.TicketIssued) and event.person is not None:
                assert isinstance(do, IssueTicket | CheckIn)
                row = self._holder(event.ticket, do, events)
                if row is None:
                    continue
            elif isinstance(event, e.Rated) and event.has_words and isinstance(do, Rate):
                row = self._sealer.seal(event.transaction, "words", do.words.strip())
            else:
                seal_booking(do, event, self._sealer, self.rows, self._stored)
                continue
            self.rows.personal.append((self._hall.last_day or "", row))

    def _holder(
        self, ticket: str, do: IssueTicket | CheckIn, events: list[e.Event]
    ) -> PersonalRow | None:
        """Who a ticket is for, as just read from a card, or else as booked."""
        if do.holder is not None:
            return self._sealer.seal(ticket, "holder", do.holder)
        serial = next(event.serial for event in events if isinstance(event, e.AppointmentKept))
        return seal_arrival(serial, ticket, self._sealer, self.rows, self._stored)


def _days_before(day: str, days: int) -> str:
    try:
        return (dt.date.fromisoformat(day) - dt.timedelta(days=days)).isoformat()
    except OverflowError:
        return ""  # before all days
