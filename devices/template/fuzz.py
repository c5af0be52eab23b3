"""What the fuzzer feeds of this kind."""

from collections.abc import Callable
from functools import cache

from devices.template.template import Template, load_template, read_template


@cache
def _template() -> Template:
    return read_template("call_line")


def _inbound(data: bytes) -> None:
    parser = _template().parser()
    parser.feed(data)
    parser.give_up()


def _config(data: bytes) -> None:
    load_template(data.decode("utf-8", "replace"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "template.inbound": _inbound,
    "template.config": _config,
}
LONGEST = {"template.inbound": 64}
