"""hall.toml's opening hours, limits and calendar: the example holds, and all mistakes are told."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from queue_server.almanac import ALMANAC
from queue_server.config import ConfigError, parse_config, read_config
from queue_server.domain.bands import spans_on
from queue_server.domain.booking import BookingRules
from queue_server.domain.values import Day
from queue_server.domain.workdays import Calendar

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "hall.toml"


def test_the_example_is_a_hall_that_opens() -> None:
    catalogue = read_config(EXAMPLE).catalogue
    assert catalogue.settings is not None
    own = {day.day: day for day in catalogue.calendar}
    calendar = Calendar(own, ALMANAC.base_day)

    def hours(day: str) -> str:
        assert catalogue.settings is not None
        return " ".join(s.hours for s in spans_on(catalogue.settings.bands, Day(day), calendar))

    assert hours("2026-11-23") == "08:30–11:45 13:30–16:45"
    assert hours("2026-11-27") == "08:30–11:45 13:30–15:00"  # a Friday
    assert hours("2026-11-28") == ""
    assert hours("2026-10-10") == "08:30–11:45 13:30–16:45"  # a Saturday made up
    assert hours("2026-10-01") == ""
    assert hours("2027-01-01") == ""  # the hall's own
    assert hours("2027-01-09") == "08:30–11:45 13:30–15:00"
    social = next(service for service in catalogue.services if service.id == "social")
    assert [s.tickets for s in spans_on(social.bands, Day("2026-11-28"), calendar)] == [15]


MISTAKEN = """
[catalogue.settings]
name = { zh = "厅", en = "Hall" }
timezone = "Asia/Nowhere"
daily_tickets = -1
bands = [{ start = "8:30", end = "12:00" }, { start = "13:00", end = "12:00" }]

[[catalogue.services]]
id = "tax"
prefix = "A"
name = { zh = "税", en = "Tax" }
department = { zh = "税", en = "Tax" }
area = "A"
minutes_between = 2000
bands = [
    { start = "08:30", end = "12:00" },
    { start = "11:00", end = "13:00", days = ["mon"] },
]

[[catalogue.calendar]]
day = "2027-02-30"
kind = "holiday"

[[catalogue.calendar]]
day = "2027-01-01"
kind = "holiday"
like = "mon"

[[catalogue.calendar]]
day = "2027-01-01"
kind = "work"
"""


def test_all_mistakes_are_told_at_once_by_their_place() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(tomllib.loads(MISTAKEN))
    assert sorted(mistake.split(": ")[0] for mistake in caught.value.mistakes) == [
        "catalogue.calendar[0].day",
        "catalogue.calendar[1].like",
        "catalogue.calendar[2].day",
        "catalogue.services[0].bands[1]",
        "catalogue.services[0].minutes_between",
        "catalogue.settings.bands[0].start",
        "catalogue.settings.bands[1].end",
        "catalogue.settings.daily_tickets",
        "catalogue.settings.timezone",
    ]


def test_a_day_nobody_knows_is_told_by_its_place() -> None:
    table = tomllib.loads(MISTAKEN.replace('["mon"]', '["monday"]'))
    with pytest.raises(ConfigError, match=r"catalogue\.services\[0\]\.bands\[1\]\.days"):
        parse_config(table)


def test_the_examples_rules_of_appointments_are_the_defaults_all_of_them() -> None:
    table = tomllib.loads(EXAMPLE.read_text("utf-8"))["catalogue"]["settings"]["booking"]
    assert table == msgspec.structs.asdict(BookingRules())
