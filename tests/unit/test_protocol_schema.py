"""The published schema is the code's, and says what the codec does."""

from typing import Any

import pytest

from queue_server.protocol import schema
from tests.unit import protocol_golden as golden


def test_the_published_schema_is_current() -> None:
    assert schema.main(["--check"]) == 0


def test_a_changed_file_is_noticed_and_written_anew(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "protocol.schema.json"
    monkeypatch.setattr(schema, "PATH", path)
    assert schema.main(["--check"]) == 1
    assert "--write" in capsys.readouterr().err
    assert schema.main(["--write"]) == 0
    assert schema.main(["--check"]) == 0
    path.write_bytes(path.read_bytes().replace(b'"integer"', b'"string"', 1))
    assert schema.main(["--check"]) == 1


def test_every_message_is_in_it_and_every_reference_leads_somewhere() -> None:
    whole = schema.schema()
    defs = whole["$defs"]
    for stem, kind, _ in golden.kinds():
        if not stem.startswith("event."):
            names = {kind.__name__, f"{kind.__module__}.{kind.__qualname__}"}
            assert names & set(defs), stem
    for reference in _references(whole):
        assert reference.removeprefix("#/$defs/") in defs


def test_no_struct_forbids_fields_of_tomorrow() -> None:
    assert b'"additionalProperties": false' not in schema.published()


def _references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [found for one in value for found in _references(one)]
    if not isinstance(value, dict):
        return []
    mine = [value["$ref"]] if "$ref" in value else []
    return mine + [found for one in value.values() for found in _references(one)]
