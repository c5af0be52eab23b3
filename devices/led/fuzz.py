"""What the fuzzer feeds of this kind."""

from collections.abc import Callable

from devices.led.onbon_protocol import PING, FrameParser, FrameSeen, check_answer


def _onbon(data: bytes) -> None:
    for seen in FrameParser().feed(data):
        if isinstance(seen, FrameSeen):
            check_answer(PING, seen.data)


TARGETS: dict[str, Callable[[bytes], None]] = {"led.onbon": _onbon}
LONGEST = {"led.onbon": 96}
