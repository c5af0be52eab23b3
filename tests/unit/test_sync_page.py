"""docs/backend.md is what an integrator works from: what it says is held against the code."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import msgspec

from queue_server.domain import events
from queue_server.sync.codes import SYNC_CODES
from queue_server.sync.config import SyncConfig
from simulation.backend.messages import HallCount, HallDetail, decode_batch
from simulation.backend.refusal import REFUSALS

PAGE = (Path(__file__).parents[2] / "docs" / "backend.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_its_examples_are_what_is_sent_and_answered() -> None:
    batch, accepted, refusal, halls, hall = blocks("json")
    read = decode_batch(batch.encode())
    assert (read.hall, [event.seq for event in read.events]) == ("east-1", [41, 42])
    for event in read.events:
        known = msgspec.json.decode(event.data, type=events.Event, strict=True)
        assert isinstance(known, events.EventBase)
        assert known.__struct_config__.tag == event.type
    assert msgspec.json.decode(accepted) == {"accepted": read.events[-1].seq}
    assert msgspec.json.decode(refusal)["code"] in REFUSALS
    assert msgspec.json.decode(halls, type=list[HallCount])
    assert msgspec.json.decode(hall, type=HallDetail).days


def test_its_table_names_every_event_and_field() -> None:
    rows = dict(
        re.findall(r"^\| `(\w+)` \| (`[^|]+`) \|", PAGE.partition("## 7.")[2], re.MULTILINE)
    )
    told = {name: re.findall(r"`(\w+)`", fields) for name, fields in rows.items()}
    assert told == {
        str(kind.__struct_config__.tag): [
            field.encode_name for field in msgspec.structs.fields(kind)
        ]
        for kind in get_args(events.Event)
    }


def test_its_options_and_codes_are_the_codes_own() -> None:
    (block,) = blocks("toml")
    options = tomllib.loads(block)["sync"]
    defaults = msgspec.structs.fields(SyncConfig)
    assert {*options, "ca_file"} == {field.name for field in defaults}
    for field in defaults:
        if not field.required and field.name != "ca_file":
            assert options[field.name] == field.default, field.name
    for code in REFUSALS:
        assert f"`{code}`" in PAGE.partition("## 9.")[2], code
    for code in SYNC_CODES.keys() - {"ca_file_unusable", "token_file_unusable"}:
        assert f"`{code}`" in PAGE, code
