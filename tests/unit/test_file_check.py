"""A hall's file is checked as a whole: every mistake at once, each with its line."""

from pathlib import Path

import pytest

from queue_server.config import ConfigError, read_config
from queue_server.file_check import check_file

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "hall.toml"


def mistakes(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    """What is said of the example with these changes; the place of each by its line."""
    text = EXAMPLE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = tmp_path / "hall.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        check_file(file)
    return caught.value.mistakes


def line_of(text: str, change: str) -> int:
    return text[: text.index(change)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('profile = "tax-first"', 'profile = "none"', "catalogue.counters[1].profile"),
        ("number = 2", "number = 1", "catalogue.counters[1].number"),
        ('service = "social"', 'service = "soc"', "catalogue.routes[0].steps[1].service"),
        ('id = "s02"', 'id = "s01"', "catalogue.staff[1].id"),
        ('services = ["tax"]\n\n[[catalogue.plans', 'services = ["x"]\n\n[[catalogue.plans',
         "catalogue.plans[0].services"),
        ("tickets = 10\n", "tickets = 0\n", "catalogue.plans[0].bands[0].tickets"),
        ('prefix = "B"', 'prefix = "bb"', "catalogue.services[1].prefix"),
        ("daily_tickets = 60", "daily_tickets = -1", "catalogue.services[1].daily_tickets"),
        ('end = "11:30", days = ["sat"]', 'end = "08:00", days = ["sat"]',
         "catalogue.services[1].bands[2].end"),
        ("minutes_per_class = 10", "minutes_per_class = 0",
         "catalogue.profiles[1].conditions[4].minutes_per_class"),
        ('day = "2027-01-09"', 'day = "2027-02-30"', "catalogue.calendar[1].day"),
        ('timezone = "Asia/Shanghai"', 'timezone = "Asia/Peking"', "catalogue.settings.timezone"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, path: str) -> None:
    [said] = mistakes(tmp_path, (old, new))
    line = line_of(EXAMPLE.read_text("utf-8"), old)
    assert said.startswith(f"第 {line} 行 line {line}: {path}: ")
    assert " / " in said


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    said = mistakes(
        tmp_path,
        ('prefix = "A"', 'prefix = "1"'),  # named by others, who make no mistake by it
        ('id = "all"', 'id = "a ll"'),
        ("daily_tickets = 800", "daily_tickets = -1"),
        ('profile = "tax-first"', 'profile = "none"'),
    )
    places = [one.split(": ")[1] for one in said]
    assert places == [
        "catalogue.settings.daily_tickets",
        "catalogue.profiles[0].id",
        "catalogue.services[0].prefix",
        "catalogue.counters[0].profile",
        "catalogue.counters[1].profile",
    ]


def test_the_example_is_in_order_and_a_part_of_a_file_is_not_held_against_it(
    tmp_path: Path,
) -> None:
    check_file(EXAMPLE)
    part = tmp_path / "part.toml"
    part.write_text(
        '[[catalogue.counters]]\nid = "9"\nnumber = 9\nname = { zh = "九", en = "9" }\n'
        'area = "Z"\nprofile = "of-the-hall"\n',
        "utf-8",
    )
    check_file(part)
    assert read_config(part).catalogue.counters[0].profile == "of-the-hall"
