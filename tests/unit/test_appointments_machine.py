"""Any order of booking, moving, cancelling, arriving, missing and lifting, over many days.

Beside the hall stands a plain list of what was promised to whom; the two must never disagree.
"""

import datetime as dt

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.bands import clock_text, spans_on
from queue_server.domain.booking import Booking
from queue_server.domain.context import Rejection
from queue_server.domain.values import Day, ServiceId
from queue_server.domain.workdays import Calendar
from tests.effort import examples
from tests.unit import booking_hall as b
from tests.unit import domain_hall as h
from tests.unit.domain_checks import check_hall

SERIALS = st.sampled_from([f"s{n}" for n in range(12)])
PEOPLE = st.sampled_from(["p1", "p2", "p3", "p4"])
SLOTS = st.sampled_from(
    [("tax", "09:00"), ("levy", "09:00"), ("tax", "10:00"), ("land", "09:00"), ("ask", "14:00")]
)
CATEGORY = {"tax": "money", "levy": "money", "land": "money", "ask": "ask"}
AHEAD = st.integers(-1, 9)
TIMES = st.sampled_from(["06:59", "07:30", "08:30", "09:05", "10:20", "11:30", "14:20", "18:00"])


class AppointmentsMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.hall = b.booking_hall()
        self.promised: dict[str, tuple[str, str, str, str, str]] = {}
        """By serial: person, service, day, start, state."""
        self.barred: dict[str, str] = {}
        self.round = 0

    @initialize(
        one_per=st.sampled_from(["day", "category", "service"]),
        too_late=st.sampled_from(["ordinary", "missed"]),
        too_early=st.sampled_from(["refuse", "wait"]),
        missed_bar=st.integers(0, 2),
    )
    def morning(self, **rules: object) -> None:
        self.hall = b.booking_hall(**rules, barred_days=6)

    # --- what managers do ---

    @rule(place=st.integers(0, 2), quotas=st.lists(st.integers(1, 3), min_size=2, max_size=2))
    def change_quotas(self, place: int, quotas: list[int]) -> None:
        """Below what is booked, too; what was promised stays."""
        plan = b.PLANS[place]
        bands = tuple(
            msgspec.structs.replace(band, tickets=quota)
            for band, quota in zip(plan.bands, quotas, strict=False)
        )
        self.ask(c.DefinePlan(plan=msgspec.structs.replace(plan, bands=bands)))

    @rule(place=st.integers(0, 2))
    def retire(self, place: int) -> None:
        self.ask(c.DefinePlan(plan=msgspec.structs.replace(b.PLANS[place], bands=())))

    # --- what people do ---

    def serial(self, name: str) -> str:
        """Serials are used again only while what they stand for is remembered."""
        return f"{name}-{self.round}"

    def today(self) -> dt.date:
        return dt.datetime.fromtimestamp(self.hall.now / 1000 + 8 * 3600, dt.UTC).date()

    @rule(name=SERIALS, person=PEOPLE, slot=SLOTS, ahead=AHEAD)
    def book(self, name: str, person: str, slot: tuple[str, str], ahead: int) -> None:
        day = (self.today() + dt.timedelta(days=ahead)).isoformat()
        command = b.book(self.serial(name), person, slot[0], day, slot[1])
        events = self.ask(command)
        if events is not None:
            held = self.promised.get(command.serial)
            state = held[4] if held else "open"
            wanted = (f"key of {person}", slot[0], day, slot[1], state)
            assert events or held == wanted
            assert state == "open" or not events
            self.promised[command.serial] = wanted
            if events:
                assert self.barred.get(wanted[0], "") < self.today().isoformat()
            assert self.ask(command) == []  # the same again: the same answer

    @rule(name=SERIALS, slot=SLOTS, ahead=AHEAD)
    def move(self, name: str, slot: tuple[str, str], ahead: int) -> None:
        serial = self.serial(name)
        day = Day((self.today() + dt.timedelta(days=ahead)).isoformat())
        command = c.MoveAppointment(
            serial=serial, day=day, start=slot[1], service=ServiceId(slot[0])
        )
        if self.ask(command) is not None:
            person, *_, state = self.promised[serial]
            self.promised[serial] = (person, slot[0], day, slot[1], state)

    @rule(name=SERIALS)
    def cancel(self, name: str) -> None:
        serial = self.serial(name)
        if self.ask(c.CancelAppointment(serial=serial)) is not None:
            assert self.promised[serial][4] in ("open", "cancelled")
            self.promised[serial] = (*self.promised[serial][:4], "cancelled")
            assert self.ask(c.CancelAppointment(serial=serial)) == []

    @rule(person=PEOPLE)
    def arrive(self, person: str) -> None:
        self.arrived(self.ask(c.CheckIn(holder=h.person(person))))

    @rule(name=SERIALS)
    def arrive_by_code(self, name: str) -> None:
        self.arrived(self.ask(c.CheckIn(code=self.serial(name).upper())))

    @rule(person=PEOPLE, slot=SLOTS)
    def take(self, person: str, slot: tuple[str, str]) -> None:
        holder = h.person(person)
        self.arrived(self.ask(c.IssueTicket(service=ServiceId(slot[0]), holder=holder)))

    def arrived(self, events: list[e.Event] | None) -> None:
        for event in events or ():
            if isinstance(event, e.AppointmentKept):
                *known, state = self.promised[event.serial]
                assert state == "open"
                self.promised[event.serial] = (known[0], known[1], known[2], known[3], "kept")

    @rule(person=PEOPLE)
    def lift(self, person: str) -> None:
        if self.ask(c.LiftBar(holder=h.person(person), reason="appeal")) is not None:
            self.barred.pop(f"key of {person}", None)

    @rule(time=TIMES)
    def later(self, time: str) -> None:
        before = self.hall.now
        self.hall.at(self.today().isoformat(), f"{time}:00")
        self.hall.now = max(self.hall.now, before)

    @rule(days=st.sampled_from([1, 1, 1, 2, 3]))
    def next_day(self, days: int) -> None:
        day = self.hall.hall.day
        if day is not None:
            for event in self.hall.do(c.CloseDay(over_open=True)):
                self.closed(event)
            assert not any(p[2] == day and p[4] == "open" for p in self.promised.values())
        new = (self.today() + dt.timedelta(days=days)).isoformat()
        self.hall.at(new, "06:00:00")
        self.hall.do(c.OpenDay(day=Day(new)))
        self.promised = {key: p for key, p in self.promised.items() if p[2] >= new}
        if not self.promised:
            self.round += 1

    @rule()
    def close(self) -> None:
        if self.hall.hall.day is not None:
            for event in self.hall.do(c.CloseDay(over_open=True)):
                self.closed(event)

    def closed(self, event: e.Event) -> None:
        match event:
            case e.AppointmentKept():
                self.arrived([event])
            case e.AppointmentMissed(serial=serial):
                assert self.promised[serial][4] == "open"
                assert self.promised[serial][2] == self.hall.hall.last_day
                self.promised[serial] = (*self.promised[serial][:4], "missed")
            case e.PersonBarred(person=person, until=until):
                self.barred[person] = until
            case _:
                pass

    def ask(self, command: c.Command) -> list[e.Event] | None:
        answer = self.hall.decide(command)
        if isinstance(answer, Rejection):
            return None
        for event in answer:
            if isinstance(event, e.AppointmentBooked):
                self.has_room(event.booking)
            elif isinstance(event, e.AppointmentMoved):
                self.has_room(event)
        return self.hall.do(command)

    def has_room(self, wanted: Booking | e.AppointmentMoved) -> None:
        """No place is given where there is none, whatever the quota was before."""
        plan = self.hall.hall.plans[wanted.plan]
        calendar = Calendar({}, b.ALMANAC.base_day)
        spans = spans_on(plan.bands, wanted.day, calendar)
        [span] = [s for s in spans if clock_text(s.start) == wanted.start]
        assert self.hall.hall.agenda.left(plan.id, span) > 0

    # --- what must hold ---

    @invariant()
    def promises_are_kept(self) -> None:
        known = self.hall.hall.agenda.bookings
        assert {
            key: (a.person, a.service, a.day, a.start, a.state) for key, a in known.items()
        } == self.promised
        tickets = [a.ticket for a in known.values() if a.state == "kept"]
        assert len(set(tickets)) == len(tickets)

    @invariant()
    def no_band_is_oversold_and_no_place_is_lost(self) -> None:
        agenda = self.hall.hall.agenda
        calendar = Calendar({}, b.ALMANAC.base_day)
        for plan in self.hall.hall.plans.values():
            for day in {p[2] for p in self.promised.values()}:
                for span in spans_on(plan.bands, Day(day), calendar):
                    start = f"{span.start // 60:02d}:{span.start % 60:02d}"
                    taken = [
                        p
                        for p in self.promised.values()
                        if p[1] in plan.services
                        and (p[2], p[3]) == (day, start)
                        and p[4] != "cancelled"
                    ]
                    assert agenda.left(plan.id, span) == max(0, span.tickets - len(taken))

    @invariant()
    def one_person_has_one_of_a_kind_a_day(self) -> None:
        one_per = self.hall.hall.settings.booking.one_per
        kinds = [
            (p[0], p[2], {"day": "", "category": CATEGORY[p[1]], "service": p[1]}[one_per])
            for p in self.promised.values()
            if p[4] != "cancelled"
        ]
        assert len(set(kinds)) == len(kinds)

    @invariant()
    def the_hall_is_sound(self) -> None:
        check_hall(self.hall.hall)

    def teardown(self) -> None:
        opening = max(n for n, row in enumerate(self.hall.log) if b'"day_opened"' in row[2])
        for part in (self.hall.log, self.hall.log[opening:]):
            again = h.replayed(part)
            assert again.agenda == self.hall.hall.agenda
            assert again.tickets == self.hall.hall.tickets
            assert again.plans == self.hall.hall.plans


AppointmentsMachine.TestCase.settings = settings(
    max_examples=examples(60),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAppointments = AppointmentsMachine.TestCase
