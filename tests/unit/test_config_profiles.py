"""Work profiles in files: the examples are in order, and each mistake is told with its line."""

from pathlib import Path

import pytest

from queue_server.config import ConfigError, read_config
from queue_server.domain import rules
from queue_server.domain.shipped_profiles import SHIPPED
from queue_server.rehearsal.rules_file import RulesError, read_rules, rules_of

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
HALL = (EXAMPLES / "hall.toml").read_text("utf-8")
FILES = {"strict": "strict", "ratio": "two-to-one", "aging": "aging"}


@pytest.mark.parametrize(("file", "name"), FILES.items())
def test_the_example_files_are_the_shipped_rules(file: str, name: str) -> None:
    found = read_rules(EXAMPLES / "profiles" / f"{file}.toml")
    assert found.conditions == SHIPPED[name]
    assert found.name == rules_of(name).name
    found.alone()


def test_every_file_of_the_folder_is_one_of_them() -> None:
    assert {path.stem for path in (EXAMPLES / "profiles").iterdir()} == set(FILES)
    assert set(FILES.values()) == set(SHIPPED)


def test_the_example_hall_shows_every_kind_of_condition_but_the_ratio() -> None:
    config = read_config(EXAMPLES / "hall.toml")
    [_, several] = config.catalogue.profiles
    kinds = [type(condition) for condition in several.conditions]
    assert kinds == [
        rules.Bound, rules.First, rules.Booked, rules.Overflow, rules.Aging, rules.LastResort
    ]  # fmt: skip


def mistakes(tmp_path: Path, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    """The line that each mistake names, as it is written, and what is said of it."""
    text = HALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "hall.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as raised:
        read_config(file)
    told = []
    for one in raised.value.mistakes:
        number = int(one.removeprefix("第 ").split(" ")[0])
        assert one.startswith(f"第 {number} 行 line {number}: ")
        told.append((text.splitlines()[number - 1].strip(), one))
    return told


def test_all_mistakes_at_once_each_at_its_line(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        ("push_port = 8700", 'push_port = "8700"'),
        ("cap = { calls = 1, of = 2 }", "cap = { calls = 2, of = 2 }"),
        ("stop_minutes = 10", "stop_minutes = 30"),
        ("match = { lowest = 2 }", 'match = { lowest = 2, services = ["taxi"] }'),
    )
    assert [line.split("#")[0].strip() for line, _ in found] == [
        'push_port = "8700"',
        'match = { lowest = 2, services = ["taxi"] }',
        "cap = { calls = 2, of = 2 }",
        "stop_minutes = 30",
    ]
    assert "taxi 不在本策略的业务之中 / taxi is not among" in found[1][1]


def test_an_unknown_kind_or_option_of_a_condition(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        ('type = "aging"', 'type = "ageing"'),
        ("late_minutes = 15\n", "late_minuts = 15\n"),
    )
    assert {line for line, _ in found} == {'type = "ageing"', "late_minuts = 15"}
    assert any("last_resort" in told for _, told in found)


def test_a_condition_never_reached_is_told(tmp_path: Path) -> None:
    second = '[[catalogue.profiles.conditions]]\ntype = "aging"\nminutes_per_class = 5\n\n'
    last = "[[catalogue.profiles.conditions]]  # 自己没人时才叫"
    [(line, told)] = mistakes(tmp_path, (last, second + last))
    assert line == "[[catalogue.profiles.conditions]]"
    assert "never reached" in told
    assert "永远轮不到" in told


def test_rules_files_have_lines_too(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = (EXAMPLES / "profiles" / "ratio.toml").read_text("utf-8")
    file.write_text(text.replace("weight = 2", "weight = 0"), "utf-8")
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "weight = 2" in one)
    with pytest.raises(RulesError) as raised:
        read_rules(file).alone()
    [told] = raised.value.mistakes
    assert f"line {line}: conditions[1].shares[0].weight" in told
    file.write_text(text.replace("weight = 2", 'weight = "2"').replace('"bound"', '"bond"'))
    with pytest.raises(RulesError) as raised:
        read_rules(file)
    assert len(raised.value.mistakes) == 2


def test_unknown_rules_are_named() -> None:
    with pytest.raises(RulesError, match="two-to-one"):
        rules_of("fifo")
    with pytest.raises(RulesError, match="cannot be read"):
        rules_of("nowhere.toml")
