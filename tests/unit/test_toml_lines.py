"""The line of each option of a TOML file."""

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from queue_server.toml_lines import lines_of
from simulation.hall_file import to_toml

WHOLE = """\
# a comment = "not an option"
title = "a # no comment"
[hall]
id = 'x'
long = \"\"\"
fake = 1
[fake]
\"\"\"
"odd key" . b = 3
[[shop.rows]]
name = { zh = "x", en = "]}" }   # both on one line
[[shop.rows]]
parts = [
    { weight = 2 },
    # between
    { weight = [1,
        2] },
]
[[shop.rows.under]]
deep = 1
[shop.rows.table]
deep = 1979-05-27 07:32:00
[[shop.rows]]
last = '''
'''
"""
PLACES = {
    "title": 2, "hall": 3, "hall.id": 4, "hall.long": 5, "hall.odd key.b": 9, "shop.rows": 10,
    "shop.rows[0]": 10, "shop.rows[0].name.en": 11, "shop.rows[1]": 12, "shop.rows[1].parts": 13,
    "shop.rows[1].parts[0].weight": 14, "shop.rows[1].parts[1]": 16,
    "shop.rows[1].parts[1].weight[1]": 17, "shop.rows[1].under[0].deep": 20,
    "shop.rows[1].table": 21, "shop.rows[1].table.deep": 22, "shop.rows[2].last": 24,
}  # fmt: skip


def test_every_kind_of_place_has_its_line() -> None:
    tomllib.loads(WHOLE)
    lines = lines_of(WHOLE)
    assert {path: lines.of(path) for path in PLACES} == PLACES


def test_what_is_missing_is_told_by_its_table() -> None:
    lines = lines_of(WHOLE)
    assert lines.of("shop.rows[1].id") == 12
    assert lines.of("hall.nothing.deeper") == 3
    assert lines.of("nothing") is None
    assert lines.told("nothing") == ""
    assert lines.told("hall.id") == "第 4 行 line 4: "


def test_no_file_is_without_lines() -> None:
    assert lines_of("").of("x") is None
    assert lines_of("# only words\n").of("x") is None


keys = st.text("abcdefgh-_1", min_size=1, max_size=6)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"), max_size=12)
values = st.recursive(
    st.integers(-5, 5) | st.booleans() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)
tables = st.dictionaries(
    keys, values | st.lists(st.dictionaries(keys, values, max_size=3), max_size=3), max_size=4
)


@given(tables)
def test_every_option_of_any_file_stands_on_a_line_that_holds_it(table: dict[str, Any]) -> None:
    text = to_toml(table)
    lines, written = lines_of(text), text.split("\n")
    for path, name, number in paths(tomllib.loads(text), ""):
        line = lines.of(path)
        assert line is not None
        assert number or name in written[line - 1]
        assert path in lines._found


def paths(value: object, path: str) -> Iterator[tuple[str, str, bool]]:
    """Each path below, its last part, and whether that is a place in a list."""
    if isinstance(value, dict):
        for key, one in value.items():
            here = f"{path}.{key}" if path else key
            yield here, key, False
            yield from paths(one, here)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield f"{path}[{number}]", "", True
            yield from paths(one, f"{path}[{number}]")
