"""Golden messages: what programs in the field and logs on disk hold, one file a type.

Each line of a file is one message as it was once written; lines are only ever added, by
`python -m tests.unit.protocol_golden`, when a type gets a new field.
"""

from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec import inspect as mi

from queue_server.domain import commands, events
from queue_server.protocol import messages
from tests.unit.struct_values import bare, full

FOLDER = Path(__file__).resolve().parents[1] / "data" / "protocol" / "v1"
GROUPS: dict[str, Any] = {
    "command": commands.Command,
    "client": messages.ClientFrame,
    "server": messages.ServerFrame,
    "read": messages.Read,
    "answer": messages.Answer,
    "view": messages.Document,
    "event": events.Event,
}


def kinds() -> list[tuple[str, type[msgspec.Struct], Any]]:
    """Every message type: its file's stem, itself, and what it is decoded as."""
    found = []
    for group, union in GROUPS.items():
        for kind in get_args(union):
            tag = kind.__struct_config__.tag
            decoded_as = kind if tag is None else union
            found.append((f"{group}.{tag or kind.__name__}", kind, decoded_as))
    return found


def today(kind: type) -> list[bytes]:
    """The fullest and the barest message of today's type."""
    described = mi.type_info(kind)
    return [msgspec.json.encode(make(described)) for make in (full, bare)]


def write() -> None:
    """Add what is new; never change a line that is there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for stem, kind, _ in kinds():
        path = FOLDER / f"{stem}.jsonl"
        lines = path.read_bytes().splitlines() if path.exists() else []
        lines += [line for line in today(kind) if line not in lines]
        path.write_bytes(b"\n".join(lines) + b"\n")


if __name__ == "__main__":
    write()
