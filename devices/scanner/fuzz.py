"""Parsers that meet a stranger's bytes, for the fuzzer."""

from collections.abc import Callable

from devices.scanner.codes import classify
from devices.scanner.keyboard import KeyboardScanner, Scan, Typed
from devices.scanner.protocol import LineParser

_CHARS = "A0?\r\n\t中x"


def fuzz_classify(data: bytes) -> None:
    """Any text is some code."""
    classify(data.decode("utf-8", "replace"))


def fuzz_lines(data: bytes) -> None:
    """Any bytes, in two pieces at a split that they choose, then a pause."""
    parser = LineParser(longest=64, ends="gap" if data[:1] > b"\x80" else "auto")
    at = data[0] % len(data) if data else 0
    parser.feed(data[:at])
    if len(data) % 3 == 0:
        parser.gap()
    parser.feed(data[at:])
    assert parser.pending <= 64
    parser.gap()
    assert not parser.is_waiting


def fuzz_keyboard(data: bytes) -> None:
    """Pairs of a key and a time step: no key is lost, none comes twice."""
    keys = KeyboardScanner()
    at, given, came = 0.0, "", ""
    for key, step in zip(data[::2], data[1::2], strict=False):
        at += (step - 8) / 1000
        char = _CHARS[key % len(_CHARS)]
        given += char
        for event in (keys.idle(at) if step & 1 else None, keys.feed(char, at)):
            if event is not None:
                end = given[len(came) + len(event.text)] if isinstance(event, Scan) else ""
                came += event.text + end
    if (due := keys.due) is not None:
        rest = keys.idle(due)
        assert isinstance(rest, Typed)
        came += rest.text
    assert came == given


TARGETS: dict[str, Callable[[bytes], None]] = {
    "scanner.classify": fuzz_classify,
    "scanner.lines": fuzz_lines,
    "scanner.keyboard": fuzz_keyboard,
}
LONGEST = {"scanner.keyboard": 64, "scanner.lines": 160, "scanner.classify": 96}
