"""Parsers that meet a stranger's bytes, for the fuzzer."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NoReturn

from devices.printer.escpos import PAPER_80, encode
from devices.printer.layout import Line, Page
from devices.printer.paper import Decoder, PrintedSlip
from devices.printer.protocol import StatusParser
from devices.printer.template import parse_template
from devices.printer.text import Charset, clean, is_in, shown, width_of, wrap

_LONGEST_TEXT: Final = 33


def fuzz_status(data: bytes) -> None:
    """Any line, with everything due that its first byte says."""
    parser = StatusParser()
    due = data[0] if data else 0
    for query in range(1, 5):
        if due >> query & 1:
            parser.expect(query)
    if due & 1:
        parser.expect_done()
    if due & 0x20:
        parser.expect_info()
    parser.feed(data[1:])


def fuzz_paper(data: bytes) -> None:
    """Any stream to the simulated printer, in two pieces."""
    decoder = Decoder()
    at = data[0] % len(data) if data else 0
    decoder.feed(data[:at], 0)
    decoder.feed(data[at:], 0)
    decoder.torn(0)


def fuzz_template(data: bytes) -> None:
    """Any file is a template, or is refused with DeviceError."""
    parse_template(data, Path("/nowhere"))


def fuzz_text(data: bytes) -> None:
    """Any text, cleaned and broken into lines, loses no character that shows, holds no control
    character and is nowhere too wide; the first byte chooses the paper."""
    text = _text(data[1:])
    columns = 4 + (data[0] if data else 0) % 29
    lines = wrap(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(0 < width_of(line) <= columns for line in lines)
    assert all(line.encode("gb18030") >= b" " for line in lines)


def fuzz_slip(data: bytes) -> None:
    """Any text comes out of the decoder as it went into python-escpos, with no command in it."""
    page = Page(tuple(Line(line) for line in wrap(_text(data), PAPER_80.columns)))
    (printed,) = Decoder().feed(encode(page, PAPER_80, _no_picture), 0)
    assert isinstance(printed, PrintedSlip)
    assert tuple(line.text for line in printed.lines) == page.texts
    assert not printed.unknown


def _text(data: bytes) -> str:
    text = clean(data.decode("utf-8", "surrogateescape"))
    return shown(text, lambda character: not is_in(Charset.GBK, character))[0]


def _no_picture(line: Line, dots: int) -> NoReturn:
    raise AssertionError(f"{line} is not in GBK, {dots}")


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "printer.status": fuzz_status,
    "printer.paper": fuzz_paper,
    "printer.template": fuzz_template,
    "printer.text": fuzz_text,
    "printer.slip": fuzz_slip,
}
LONGEST: Final = {
    "printer.status": 64,
    "printer.paper": 64,
    "printer.text": _LONGEST_TEXT,
    "printer.slip": _LONGEST_TEXT,
}
