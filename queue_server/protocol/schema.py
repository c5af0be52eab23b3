"""The published JSON Schema of the wire: `python -m queue_server.protocol.schema --write`.

Made from the message types alone, so it cannot say anything the codec does not do.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import msgspec

from .messages import DOCUMENT_OF, VERSION, ClientFrame, ServerFrame

PATH = Path(__file__).resolve().parents[2] / "docs" / "protocol.schema.json"
"""Where it is published."""


def schema() -> dict[str, Any]:
    """The whole schema, as plain JSON values.

    Validates one frame of either direction; `$defs` names every struct. Fields it does not know
    are allowed, as the codec ignores them.
    """
    kinds = [ClientFrame, ServerFrame, *DOCUMENT_OF.values()]
    (client, server, *views), defs = msgspec.json.schema_components(
        kinds, ref_template="#/$defs/{name}"
    )
    topics = {f"^{topic}(/|$)": view for topic, view in zip(DOCUMENT_OF, views, strict=True)}
    for frame in ("Welcome", "Update"):
        defs[frame]["properties"]["set"]["patternProperties"] = topics
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Hall push channel, version {VERSION}",
        "anyOf": [{"$ref": "#/$defs/ClientFrame"}, {"$ref": "#/$defs/ServerFrame"}],
        "$defs": {
            "ClientFrame": {"description": "Sent by a program to the server."} | client,
            "ServerFrame": {"description": "Sent by the server to a program."} | server,
            **dict(sorted(defs.items())),
        },
    }


def published() -> bytes:
    """The file's bytes: the same for the same types, on every machine."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n"


def main(arguments: list[str] | None = None) -> int:
    """Returns 0, or 1 where the published file is not what the types say."""
    parser = argparse.ArgumentParser(
        prog="python -m queue_server.protocol.schema",
        description="协议的 JSON Schema / the JSON Schema of the push channel",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="是否最新 / is the file current?")
    what.add_argument("--write", action="store_true", help="写入文件 / write the file")
    chosen = parser.parse_args(arguments)
    if chosen.write:
        PATH.write_bytes(published())
        return 0
    if chosen.check:
        if PATH.exists() and PATH.read_bytes() == published():
            return 0
        print(f"{PATH.name} 已过时 / is not current: run --write", file=sys.stderr)
        return 1
    sys.stdout.write(published().decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
