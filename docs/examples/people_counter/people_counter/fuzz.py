"""For `hall fuzz --from people_counter.fuzz`."""

from collections.abc import Callable

from people_counter.protocol import parser


def _replies(data: bytes) -> None:
    found = parser(data[0] if data else 1)
    found.feed(data)
    found.give_up()


TARGETS: dict[str, Callable[[bytes], None]] = {"people_counter.replies": _replies}
