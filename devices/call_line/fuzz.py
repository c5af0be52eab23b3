"""What the fuzzer feeds of this kind."""

from collections.abc import Callable

from devices.call_line.codec import CodedLine


def _line(data: bytes) -> None:
    parser = CodedLine().parser()
    parser.feed(data)
    parser.give_up()


TARGETS: dict[str, Callable[[bytes], None]] = {"call_line.frames": _line}
LONGEST = {"call_line.frames": 64}
