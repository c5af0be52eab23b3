"""Old terminals and old logs: what was once written is read the same for ever."""

from typing import Any

import msgspec
import pytest

from tests.unit import protocol_golden as golden

KINDS = [pytest.param(*kind, id=kind[0]) for kind in golden.kinds()]
OPEN_KEYS = {"set", "details", "facts"}
"""Objects whose keys are free: a key more is another value, not an unknown field."""


def lines_of(stem: str) -> list[bytes]:
    return (golden.FOLDER / f"{stem}.jsonl").read_bytes().splitlines()


@pytest.mark.parametrize(("stem", "kind", "decoded_as"), KINDS)
def test_a_message_once_written_is_read_and_written_the_same(
    stem: str, kind: type, decoded_as: Any
) -> None:
    for line in lines_of(stem):
        message = msgspec.json.decode(line, type=decoded_as)
        assert type(message) is kind
        assert msgspec.json.encode(message) == line


@pytest.mark.parametrize(("stem", "kind", "decoded_as"), KINDS)
def test_todays_fullest_and_barest_messages_are_among_the_golden(
    stem: str, kind: type[msgspec.Struct], decoded_as: Any
) -> None:
    lines = lines_of(stem)
    newest, barest = golden.today(kind)
    assert newest in lines, "a new field? run python -m tests.unit.protocol_golden"
    assert barest in lines
    assert set(kind.__struct_encode_fields__) <= set(msgspec.json.decode(newest))


@pytest.mark.parametrize(("stem", "kind", "decoded_as"), KINDS)
def test_fields_of_a_newer_program_are_ignored(stem: str, kind: type, decoded_as: Any) -> None:
    for line in lines_of(stem):
        newer = msgspec.json.encode(_with_more(msgspec.json.decode(line)))
        assert newer != line
        decoded = msgspec.json.decode(newer, type=decoded_as)
        assert msgspec.json.encode(decoded) == line


def test_no_golden_file_is_left_without_its_type() -> None:
    """A type that is gone would leave terminals in the field unanswered."""
    stems = {stem for stem, _, _ in golden.kinds()}
    assert {path.stem for path in golden.FOLDER.iterdir()} == stems


def _with_more(value: Any, key: str = "") -> Any:
    if isinstance(value, list):
        return [_with_more(one, key) for one in value]
    if not isinstance(value, dict):
        return value
    grown = {name: _with_more(one, name) if key != "set" else one for name, one in value.items()}
    if key not in OPEN_KEYS:
        grown["field_of_tomorrow"] = {"deep": [1, None, "x"]}
    return grown
