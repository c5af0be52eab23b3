"""A small hall with appointments, for the rules' tests."""

import datetime as dt

import msgspec

from queue_server.domain import commands as c
from queue_server.domain.bands import Band
from queue_server.domain.booking import Booking, BookingPlan, BookingRules
from queue_server.domain.context import Given
from queue_server.domain.values import Day, Holder, ServiceId, Settings
from queue_server.domain.workdays import Almanac, BaseDay
from tests.unit import domain_hall as h

MONDAY, TUESDAY, FRIDAY, NEXT_MONDAY = (Day(f"2026-03-{day:02d}") for day in (2, 3, 6, 9))
HOUR = 3_600_000
PLANS = (
    BookingPlan(
        id="taxes",
        name=h.text("taxes"),
        services=(ServiceId("tax"), ServiceId("levy")),
        bands=(
            Band(start="09:00", end="10:00", tickets=2),
            Band(start="10:00", end="11:00", tickets=1),
        ),
        category="money",
    ),
    BookingPlan(
        id="land",
        name=h.text("land"),
        services=(ServiceId("land"),),
        bands=(Band(start="09:00", end="09:30", tickets=1),),
        category="money",
    ),
    BookingPlan(
        id="ask",
        name=h.text("ask"),
        services=(ServiceId("ask"),),
        bands=(Band(start="14:00", end="15:00", tickets=3),),
    ),
)


def _china(zone: str, _: int) -> int | None:
    return 480 if zone == "Asia/Shanghai" else None


def _thursday_off(day: Day) -> BaseDay:
    return "holiday" if day == "2026-03-05" else "unknown"


ALMANAC = Almanac(_thursday_off, _china)


class BookingLedger(h.Ledger):
    """A hall in China where Thursday, 5 March 2026 is a holiday."""

    def given(self) -> Given:
        return msgspec.structs.replace(super().given(), almanac=ALMANAC)

    def at(self, day: str, time: str) -> None:
        """Let it be this time."""
        zone = dt.timezone(dt.timedelta(hours=8))
        self.now = int(dt.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=zone).timestamp())
        self.now *= 1000

    def booked(
        self,
        serial: str,
        person: str = "p1",
        service: str = "tax",
        day: str = TUESDAY,
        start: str = "09:00",
    ) -> Booking:
        """Book what must be possible."""
        self.do(book(serial, person, service, day, start))
        return self.hall.agenda.bookings[serial]

    def state(self, serial: str) -> str:
        return self.hall.agenda.bookings[serial].state

    def next_day(self, day: str) -> None:
        """Close the day and open another in the morning."""
        if self.hall.day is not None:
            self.do(c.CloseDay(over_open=True))
        self.at(day, "08:00")
        self.do(c.OpenDay(day=Day(day)))


def book(
    serial: str, person: str = "p1", service: str = "tax", day: str = TUESDAY, start: str = "09:00"
) -> c.BookAppointment:
    return c.BookAppointment(
        serial=serial,
        service=ServiceId(service),
        day=Day(day),
        start=start,
        holder=Holder(name="张三", number=person),
    )


def booking_hall(**rules: object) -> BookingLedger:
    """Monday 2 March, 08:00: open, with plans."""
    ledger = BookingLedger()
    plain = h.opened(settings_with(**rules))
    ledger.hall, ledger.log, ledger.now, ledger.ids = plain.hall, plain.log, plain.now, plain.ids
    for plan in PLANS:
        ledger.do(c.DefinePlan(plan=plan))
    return ledger


def settings_with(**rules: object) -> Settings:
    return h.settings(booking=BookingRules(**rules))  # type: ignore[arg-type]
