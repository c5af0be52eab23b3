"""Clocks that are put forward and back: bands, the next change and booked times hold all the same.

China has no summer time; a hall elsewhere may set any zone.
"""

import datetime as dt
import zoneinfo
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.almanac import ALMANAC
from queue_server.domain.bands import Band, minute_of, span_at
from queue_server.domain.hall import Hall
from queue_server.domain.limits import availability, next_change
from queue_server.domain.values import Day, Ms
from queue_server.domain.workdays import Calendar, DayName, instant, local, next_day
from tests.unit import domain_hall as h

EVERY_DAY: tuple[DayName, ...] = get_args(DayName)
TURNS = {
    "Europe/Berlin": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),  # by half an hour
    "America/Santiago": ("2026-04-04", "2026-09-06"),  # at midnight
    "Asia/Shanghai": ("2026-03-29", "2026-10-25"),  # never
}
PLACES = [(zone, Day(day)) for zone, days in TURNS.items() for day in days]
TIMES = st.integers(0, 24 * 4).map(lambda n: f"{n // 4:02d}:{n % 4 * 15:02d}")


@st.composite
def bands(draw: st.DrawFn) -> tuple[Band, ...]:
    """Bands of one day, one after the other."""
    edges = sorted(draw(st.sets(TIMES, min_size=2, max_size=8)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Band(start=a, end=b, days=EVERY_DAY) for a, b in pairs)


def hall_in(zone: str, hours: tuple[Band, ...]) -> Hall:
    hall = h.opened().hall
    hall.settings = msgspec.structs.replace(hall.settings, timezone=zone, bands=hours)
    return hall


def moment(zone: str, day: Day, minutes: int) -> Ms:
    """So many true minutes after a local noon before the clocks turn."""
    noon = dt.datetime.fromisoformat(f"{next_day(day, -1)}T12:00").replace(
        tzinfo=zoneinfo.ZoneInfo(zone)
    )
    return Ms(int(noon.timestamp() + minutes * 60) * 1000)


@given(place=st.sampled_from(PLACES), hours=bands(), minutes=st.integers(0, 36 * 60))
def test_tickets_are_given_by_the_clock_on_the_wall(
    place: tuple[str, Day], hours: tuple[Band, ...], minutes: int
) -> None:
    zone, day = place
    hall, now = hall_in(zone, hours), moment(zone, day, minutes)
    wall = dt.datetime.fromtimestamp(now / 1000, zoneinfo.ZoneInfo(zone))
    assert local(now, zone, ALMANAC) == (wall.date().isoformat(), wall.hour * 60 + wall.minute)
    held = any(b.start <= wall.strftime("%H:%M") < b.end for b in hours)
    found = availability(hall, hall.services[h.SERVICES[0].id], now, ALMANAC)
    assert (found.reason == "") == held


@given(place=st.sampled_from(PLACES), hours=bands(), minutes=st.integers(0, 36 * 60))
def test_the_next_look_at_the_hours_is_always_ahead(
    place: tuple[str, Day], hours: tuple[Band, ...], minutes: int
) -> None:
    """A change that is due already would be looked at again and again, without end."""
    zone, day = place
    hall, now = hall_in(zone, hours), moment(zone, day, minutes)
    change = next_change(hall, now, ALMANAC)
    assert change is not None
    assert now < change <= now + 26 * 3_600_000


@given(place=st.sampled_from(PLACES), hours=bands())
def test_a_booked_band_ends_no_earlier_than_it_begins(
    place: tuple[str, Day], hours: tuple[Band, ...]
) -> None:
    zone, day = place
    calendar = Calendar({}, ALMANAC.base_day)
    for band in hours:
        at = instant(day, minute_of(band.start), zone, ALMANAC)
        until = instant(day, minute_of(band.end), zone, ALMANAC)
        assert at <= until
        here = local(at, zone, ALMANAC)
        if here.minute == minute_of(band.start):  # it was not skipped
            span = span_at((band,), here.day, here.minute, calendar)
            assert span is not None


@pytest.mark.parametrize(("zone", "day"), PLACES)
def test_the_day_ends_once_and_later(zone: str, day: Day) -> None:
    """At every minute about the turn; in Santiago midnight itself is skipped."""
    hall = hall_in(zone, (Band(start="09:00", end="12:00", days=EVERY_DAY),))
    for minutes in range(9 * 60, 28 * 60):
        now = moment(zone, day, minutes)
        change = next_change(hall, now, ALMANAC)
        assert change is not None
        assert change > now
    ends = instant(day, 0, zone, ALMANAC)
    assert local(ends, zone, ALMANAC).day == day
    assert local(Ms(ends - 1), zone, ALMANAC).day == next_day(day, -1)
