"""Hours, limits, and what is refused to whom: by example at their edges, by property over days."""

import datetime as dt
import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.bands import (
    Band,
    band_problems,
    clock_text,
    minute_of,
    span_at,
    spans_after,
    spans_on,
)
from queue_server.domain.codes import sentence
from queue_server.domain.context import Given, Rejection
from queue_server.domain.hall import Ticket
from queue_server.domain.limits import availability, next_change, unknown_after
from queue_server.domain.values import CalendarDay, Day, Holder, Ms, Service, ServiceId, Text
from queue_server.domain.workdays import (
    WEEKDAYS,
    WORKDAYS,
    Almanac,
    BaseDay,
    Calendar,
    DayName,
    Weekday,
    instant,
    local,
    next_day,
)
from tests.effort import examples
from tests.unit import domain_hall as h

BASE: dict[str, BaseDay] = {
    "2026-03-07": "work",  # a Saturday made up
    "2026-03-08": "rest",
    "2026-03-11": "holiday",
    "2026-03-14": "holiday",  # a Saturday within a holiday
}


def base_day(day: Day) -> BaseDay:
    if day >= "2027":
        return "unknown"
    weekend = dt.date.fromisoformat(day).weekday() >= 5
    return BASE.get(day) or ("rest" if weekend else "work")


def china(zone: str, at: Ms) -> int | None:
    return None if zone == "Nowhere/None" else 480


ALMANAC = Almanac(base_day, china)
MORNING, NOON = Band(start="08:30", end="12:00"), Band(start="13:30", end="17:00")


class Ledger(h.Ledger):
    """A hall in China."""

    def given(self) -> Given:
        return msgspec.structs.replace(super().given(), almanac=ALMANAC)

    def at(self, day: str, time: str) -> "Ledger":
        """Let it be a local time."""
        self.now = instant(Day(day), minute_of(time), "Asia/Shanghai", ALMANAC)
        return self

    @property
    def time(self) -> Ms:
        return Ms(self.now)

    def no(self, service: str = "tax", **fields: object) -> Rejection:
        """A ticket that is refused."""
        command = c.IssueTicket(service=ServiceId(service), **fields)  # type: ignore[arg-type]
        answer = self.decide(command)
        assert isinstance(answer, Rejection), answer
        return answer

    def open(self, service: str = "tax") -> str:
        found = availability(self.hall, self.hall.services[ServiceId(service)], self.time, ALMANAC)
        return found.reason


def hall(**changes: object) -> Ledger:
    ledger = Ledger()
    plain = h.defined(h.settings(**changes))
    for _, _, data in plain.log:
        ledger.take(h.EVENTS.decode(data))
    ledger.at("2026-03-02", "08:00").do(c.OpenDay(day=Day("2026-03-02")))
    return ledger


def limit(ledger: Ledger, key: str = "tax", **changes: object) -> None:
    service = msgspec.structs.replace(ledger.hall.services[ServiceId(key)], **changes)
    ledger.do(c.DefineService(service=service))


def said(refusal: Rejection, language: str = "en") -> str:
    return sentence(refusal.code, refusal.details, language)


# --- days ---


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-03-02", "mon"),
        ("2026-03-07", "mon"),  # made up: Monday's hours
        ("2026-03-08", "sun"),
        ("2026-03-11", "holiday"),
        ("2026-03-14", "holiday"),
        ("2027-01-01", "fri"),  # not known yet: its weekday
        ("2027-01-02", "sat"),
    ],
)
def test_whose_hours_a_day_keeps(day: str, name: DayName) -> None:
    assert Calendar({}, base_day).name(Day(day)) == name


def test_the_halls_own_days_go_before_the_states() -> None:
    ledger = hall()
    own = [
        CalendarDay(day=Day("2026-03-07"), kind="holiday"),
        CalendarDay(day=Day("2026-03-11"), kind="work", like="fri", name=h.text("made up")),
        CalendarDay(day=Day("2026-03-14"), kind="work"),
    ]
    for day in own:
        assert ledger.do(c.DefineCalendarDay(day=day)) == [e.CalendarDayDefined(day=day)]
        assert ledger.do(c.DefineCalendarDay(day=day)) == []
    days = Calendar(ledger.hall.calendar, base_day)
    assert [days.name(day.day) for day in own] == ["holiday", "fri", "mon"]
    assert days.workday_after(Day("2026-03-06")) == "2026-03-09"
    assert days.workday_after(Day("2026-03-10"), 3) == "2026-03-13"
    ledger.do(c.DefineCalendarDay(day=CalendarDay(day=own[0].day, kind="default")))
    assert days.name(own[0].day) == "mon"
    assert h.replayed(ledger.log) == ledger.hall
    ledger.do(c.CloseDay())
    ledger.do(c.OpenDay(day=Day("2026-03-03")))
    assert set(ledger.hall.calendar) == {own[1].day, own[2].day}  # carried by the opening


@pytest.mark.parametrize(
    "day",
    [
        CalendarDay(day=Day("2026-3-7"), kind="work"),
        CalendarDay(day=Day("2026-02-30"), kind="holiday"),
        CalendarDay(day=Day("2026-03-07"), kind="holiday", like="mon"),
        CalendarDay(day=Day("2026-03-07"), kind="work", name=Text(zh="", en="x")),
    ],
)
def test_a_calendar_day_that_makes_no_sense_is_refused(day: CalendarDay) -> None:
    assert hall().refuse(c.DefineCalendarDay(day=day)) == "bad_definition"


def test_managers_are_told_before_the_calendar_ends() -> None:
    ledger = hall()
    assert unknown_after(ledger.hall, ledger.at("2026-11-01", "09:00").time, ALMANAC) is None
    assert (
        unknown_after(ledger.hall, ledger.at("2026-12-01", "09:00").time, ALMANAC) == "2026-12-31"
    )
    assert unknown_after(ledger.hall, ledger.at("2027-05-01", "09:00").time, ALMANAC) is not None
    new_year = CalendarDay(day=Day("2027-01-01"), kind="holiday")
    ledger.do(c.DefineCalendarDay(day=new_year))
    assert unknown_after(ledger.hall, ledger.at("2026-12-01", "09:00").time, ALMANAC) is None


@given(st.integers(0, 4_000_000_000_000), st.sampled_from((-570, 0, 345, 480, 845)))
def test_local_time_and_back(at: int, offset: int) -> None:
    almanac = Almanac(base_day, lambda zone, at: offset)
    here = local(Ms(at), "x", almanac)
    assert instant(here.day, here.minute, "x", almanac) == at // 60_000 * 60_000
    true = dt.datetime.fromtimestamp(at / 1000, dt.timezone(dt.timedelta(minutes=offset)))
    assert here == (true.date().isoformat(), true.hour * 60 + true.minute)


# --- bands ---

TIMES = st.integers(0, 1440).map(clock_text)
BANDS = st.builds(
    Band,
    start=TIMES,
    end=TIMES,
    days=st.lists(st.sampled_from((*WEEKDAYS, "holiday")), max_size=8).map(tuple),
    tickets=st.integers(-1, 9),
)


@given(st.lists(BANDS, max_size=6).map(tuple))
def test_bands_without_problems_never_overlap_and_last(bands: tuple[Band, ...]) -> None:
    if band_problems(bands):
        return
    calendar = Calendar({}, base_day)
    for ahead in range(15):
        spans = spans_on(bands, next_day(Day("2026-03-02"), ahead), calendar)
        assert all(span.start < span.end for span in spans)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@settings(max_examples=examples(60))
@given(
    st.lists(st.integers(0, 288), min_size=2, max_size=8, unique=True).map(sorted),
    st.lists(st.sets(st.sampled_from((*WEEKDAYS, "holiday")), min_size=1), min_size=4, max_size=4),
    st.integers(0, 14 * 1440 - 1),
)
def test_the_next_band_is_the_first_minute_that_opens(
    edges: list[int], days: list[set[DayName]], minute: int
) -> None:
    """`spans_after` against a walk over every minute of five-minute hours."""
    bands = tuple(
        Band(start=clock_text(a * 5), end=clock_text(b * 5), days=tuple(sorted(on)))
        for a, b, on in zip(edges[::2], edges[1::2], days, strict=False)
    )
    assert not band_problems(bands)
    calendar = Calendar({}, base_day)
    day, at = next_day(Day("2026-03-02"), minute // 1440), minute % 1440
    found = next(spans_after(bands, day, at, calendar), None)
    assert found is not None  # every name comes within sixty days
    if span_at(bands, day, at, calendar) is not None:
        return
    while span_at(bands, day, at, calendar) is None:
        at = (at // 5 + 1) * 5
        if at >= 1440:
            day, at = next_day(day), 0
    assert (found.day, found.start) == (day, at)


@pytest.mark.parametrize(
    ("bands", "place"),
    [
        ((Band(start="8:30", end="12:00"),), "bands[0].start"),
        ((Band(start="08:30", end="24:30"),), "bands[0].end"),
        ((Band(start="12:00", end="08:30"),), "bands[0].end"),
        ((Band(start="08:30", end="12:00", days=()),), "bands[0].days"),
        ((Band(start="08:30", end="12:00", days=("mon", "mon")),), "bands[0].days"),
        ((MORNING, Band(start="11:59", end="13:00", days=("fri",))), "bands[1]: "),
        ((MORNING, msgspec.structs.replace(NOON, tickets=-1)), "bands[1].tickets"),
    ],
)
def test_what_is_wrong_with_bands(bands: tuple[Band, ...], place: str) -> None:
    assert [p for p in band_problems(bands) if p.startswith(place)]
    service = msgspec.structs.replace(h.SERVICES[0], bands=bands)
    assert hall().refuse(c.DefineService(service=service)) == "bad_definition"
    assert hall().refuse(c.DefineHall(settings=h.settings(bands=bands))) == "bad_definition"


def test_a_zone_that_is_none_is_refused() -> None:
    assert hall().refuse(c.DefineHall(settings=h.settings(timezone="Nowhere/None")))


# --- hours ---


def test_hours_begin_and_end_to_the_minute() -> None:
    ledger = hall(bands=(MORNING, NOON))
    for time, reason in (
        ("00:00", "closed_now"),
        ("08:29", "closed_now"),
        ("08:30", ""),
        ("11:59", ""),
        ("12:00", "closed_now"),
        ("13:30", ""),
        ("16:59", ""),
        ("17:00", "closed_today"),
        ("23:59", "closed_today"),
    ):
        assert ledger.at("2026-03-02", time).open() == reason, time
    assert ledger.at("2026-03-07", "09:00").open() == ""  # made up
    assert ledger.at("2026-03-08", "09:00").open() == "closed_today"
    assert ledger.at("2026-03-11", "09:00").open() == "closed_today"


def test_a_closed_hall_says_when_it_opens() -> None:
    ledger = hall(bands=(MORNING, NOON))
    noon = ledger.at("2026-03-02", "12:30").no()
    assert noon.code == "closed_now"
    assert "today at 13:30" in said(noon)
    assert "今天 13:30" in said(noon, "zh")
    assert "08:30–12:00、13:30–17:00" in said(noon, "zh")
    evening = ledger.at("2026-03-10", "18:00").no()  # before a holiday
    assert evening.code == "closed_today"
    assert evening.details["again_day"] == "2026-03-12"
    assert "3月12日（周四）08:30" in said(evening, "zh")
    assert "on Thu 12 March at 08:30" in said(evening)
    at = int(evening.details["again_at"])
    assert ledger.at("2026-03-12", "08:30").now == at


def test_a_services_own_hours_stand_for_it_alone() -> None:
    ledger = hall(bands=(MORNING,))
    limit(ledger, bands=(Band(start="18:00", end="24:00", days=("mon", "holiday")),))
    assert ledger.at("2026-03-02", "18:00").open() == ""
    assert ledger.at("2026-03-02", "23:59").open() == ""
    assert ledger.open("ask") == "closed_today"
    assert ledger.at("2026-03-03", "00:00").open() == "closed_today"
    assert ledger.at("2026-03-03", "09:00").no().details["again_day"] == "2026-03-07"


def test_hours_that_never_come() -> None:
    ledger = hall()
    limit(ledger, bands=(Band(start="08:00", end="09:00", days=("holiday",)),))
    assert ledger.at("2026-03-15", "09:00").no().code == "no_hours"
    assert ledger.open("ask") == ""


def test_when_hours_change_next() -> None:
    ledger = hall()
    assert next_change(ledger.hall, ledger.time, ALMANAC) is None
    limit(ledger, bands=(MORNING,))
    for now, then in (("08:29", "08:30"), ("08:30", "12:00"), ("12:00", "24:00")):
        change = next_change(ledger.hall, ledger.at("2026-03-02", now).time, ALMANAC)
        assert change == ledger.at("2026-03-02", then).now


# --- limits ---


def test_a_full_band_names_the_next_and_a_full_day_the_next_day() -> None:
    ledger = hall()
    few = tuple(msgspec.structs.replace(band, tickets=2) for band in (MORNING, NOON))
    limit(ledger, bands=few, daily_tickets=3)
    ledger.at("2026-03-02", "09:00")
    first = ledger.issue()
    ledger.issue()
    full = ledger.no()
    assert (full.code, full.details["limit"]) == ("band_full", "2")
    assert "今天 13:30" in said(full, "zh")
    ledger.issue("levy")  # same prefix, its own limits
    ledger.do(c.CancelTicket(ticket=first.id))  # never called: somebody else may have the place
    ledger.issue()
    assert ledger.no().code == "band_full"
    ledger.at("2026-03-02", "13:30").issue()
    assert ledger.no().code == "day_full"
    assert "on Tue 3 March at 08:30" in said(ledger.no())
    assert h.replayed(ledger.log) == ledger.hall


def test_a_called_ticket_gives_no_place_back() -> None:
    ledger = hall(daily_tickets=1)
    ledger.do(c.SignIn(counter=h.COUNTERS[0].id, staff=h.STAFF[0].id))
    ledger.issue()
    missed = ledger.miss()
    ledger.do(c.CancelTicket(ticket=missed.id))
    refused = ledger.no()
    assert refused.code == "hall_day_full"
    assert "3月3日（周二）" in said(refused, "zh")


def test_the_halls_limits_count_all_services_and_walk_ins_never() -> None:
    ledger = hall(bands=(msgspec.structs.replace(MORNING, tickets=2), NOON))
    limit(ledger, "ask", bands=(Band(start="09:00", end="17:00"),))
    ledger.do(c.SignIn(counter=h.COUNTERS[0].id, staff=h.STAFF[0].id))
    ledger.at("2026-03-02", "09:00")
    ledger.do(c.WalkIn(counter=h.COUNTERS[0].id, service=ServiceId("tax")))
    ledger.issue()
    ledger.issue("ask")
    assert ledger.no().code == "hall_band_full"
    assert "今天 13:30" in said(ledger.no(), "zh")
    other = ledger.no("ask")  # its own hours go on at noon
    assert (other.code, other.details["again"]) == ("hall_band_full", "今天 12:00")
    ledger.at("2026-03-02", "12:00").issue("ask")


def test_a_new_day_counts_anew() -> None:
    ledger = hall(daily_tickets=1)
    ledger.issue()
    assert ledger.no().code == "hall_day_full"
    ledger.do(c.CloseDay(over_open=True))
    ledger.do(c.OpenDay(day=Day("2026-03-03")))
    ledger.issue()
    assert ledger.hall.taken == {"tax": 1, "*": 1}


def test_a_limit_set_during_the_day_counts_what_was_taken_before() -> None:
    ledger = hall()
    ledger.issue()
    ledger.issue()
    limit(ledger, daily_tickets=2)
    assert ledger.no().code == "day_full"


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["tax", "levy", "ask"]), st.integers(0, 200), st.integers(0, 5)),
        max_size=60,
    ),
    st.integers(0, 6),
    st.integers(0, 12),
    st.integers(0, 4),
)
def test_no_limit_is_ever_passed_and_replay_counts_the_same(
    steps: list[tuple[str, int, int]], day: int, whole: int, band: int
) -> None:
    few = tuple(msgspec.structs.replace(b, tickets=band) for b in (MORNING, NOON))
    ledger = hall(daily_tickets=whole)
    limit(ledger, bands=few, daily_tickets=day)
    ledger.at("2026-03-02", "08:00")
    waiting: list[Ticket] = []
    for service, minutes, choice in steps:
        ledger.now += minutes * 60_000 // 4
        if choice == 0 and waiting:
            ledger.do(c.CancelTicket(ticket=waiting.pop().id))
            continue
        reason = ledger.open(service)
        if reason:
            assert ledger.no(service).code == reason
        else:
            waiting.append(ledger.issue(service))
    alive = [ticket for ticket in waiting if ticket.service == "tax"]
    assert not day or len(alive) <= day
    assert not whole or len(waiting) <= whole
    for span in {key for ticket in alive for key in ticket.counted if "@" in key}:
        assert not band or sum(span in ticket.counted for ticket in alive) <= band
    assert ledger.hall.taken.get("tax", 0) == len(alive)
    assert ledger.hall.taken.get("*", 0) == len(waiting)
    assert h.replayed(ledger.log) == ledger.hall


# --- one person ---


def test_minutes_between_two_tickets_of_a_person() -> None:
    ledger = hall()
    limit(ledger, minutes_between=30)
    zhang = h.person("1")
    ledger.at("2026-03-02", "09:00")
    ledger.now += 20_000
    ticket = ledger.issue(holder=zhang)
    ledger.do(c.CancelTicket(ticket=ticket.id))
    ledger.at("2026-03-02", "09:30")
    soon = ledger.no(holder=zhang)
    assert (soon.code, soon.details["number"]) == ("too_soon", ticket.number)
    assert "今天 09:31" in said(soon, "zh")  # to the minute, never too early
    ledger.issue(holder=h.person("2"))
    ledger.issue("levy", holder=zhang)
    ledger.issue()  # nobody's name, nobody's wait
    ledger.now = int(soon.details["again_at"])
    ledger.issue(holder=zhang)


def test_minutes_between_hold_for_the_whole_hall_where_it_says_so() -> None:
    ledger = hall(minutes_between=10)
    first = ledger.issue(holder=h.person("1"))
    assert ledger.no("levy", holder=h.person("1")).code == "too_soon"
    ledger.now = first.issued_at + 600_000
    ledger.issue("levy", holder=h.person("1"))


def test_one_ticket_a_person_in_the_whole_hall() -> None:
    ledger = hall(one_ticket=True)
    held = ledger.issue(holder=h.person("1"))
    assert ledger.no(holder=h.person("1")).code == "already_holding"
    other = ledger.no("levy", holder=h.person("1"))
    assert (other.code, other.details["number"]) == ("already_holding_other", held.number)
    ledger.do(c.CancelTicket(ticket=held.id))
    ledger.issue("levy", holder=h.person("1"))


def test_a_helper_takes_so_many_and_they_count_for_whom_they_are() -> None:
    ledger = hall(helper_tickets=2)
    aunt = h.person("9")

    def take(number: str, by: Holder | None = aunt) -> c.IssueTicket:
        tax = ServiceId("tax")
        return c.IssueTicket(service=tax, holder=h.person(number), helper=True, helped_by=by)

    assert ledger.refuse(take("1", None)) == "helper_identity_required"
    assert ledger.refuse(take("9")) == "helper_is_holder"
    assert ledger.refuse(take("1", Holder(name="x", number=""))) == "bad_holder"
    for number in "12":
        [event] = ledger.do(take(number))
        assert isinstance(event, e.TicketIssued)
        assert event.helped_by == "key of 9"
    assert ledger.refuse(take("1")) == "already_holding"
    assert ledger.refuse(take("3")) == "helper_limit"
    ledger.issue(holder=aunt)  # for herself
    assert h.replayed(ledger.log) == ledger.hall


def test_without_a_limit_no_helper_is_asked_who_they_are() -> None:
    ledger = hall()
    do = c.IssueTicket(service=ServiceId("tax"), helper=True, helped_by=h.person("9"))
    [event] = ledger.do(do)
    assert isinstance(event, e.TicketIssued)
    assert event.helped_by is None


def test_defaults_are_a_hall_that_is_always_open() -> None:
    ledger = hall()
    for day in ("2026-03-02", "2026-03-11", "2030-01-01"):
        assert ledger.at(day, "03:00").open() == ""
    assert Service(**msgspec.structs.asdict(h.SERVICES[0])).bands == ()
    weekdays: tuple[Weekday, ...] = WEEKDAYS
    assert set(WORKDAYS) == set(weekdays[:5])
