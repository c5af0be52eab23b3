"""Parsers that meet a stranger's bytes, for the fuzzer."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, NoReturn

from devices.printer.escpos import PAPERS, encode
from devices.printer.layout import Bilingual, Line, Slip, compose
from devices.printer.paper import Decoder, PrintedSlip
from devices.printer.protocol import StatusParser
from devices.printer.template import Align, Block, Show, Template, parse_template
from devices.printer.text import Charset, is_in, width_of

_AT = datetime(2026, 1, 5, 9, 30)  # noqa: DTZ001 - printed as given


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


_BLOCKS: Final = Template(
    blocks=(
        Block(show=Show.NUMBER, size=3),
        Block(show=Show.SERVICE, size=2, bold=True),
        Block(show=Show.NAME, zh="{name}", align=Align.LEFT),
    )
)


def fuzz_text(data: bytes) -> None:
    """Any text on a slip comes out of the decoder as laid out, with no command in it."""
    text = data[:64].decode("utf-8", "surrogateescape")
    paper = PAPERS[80 if len(data) % 2 else 58]
    none = Bilingual("")
    slip = Slip(
        hall=none, area=none, department=none, service=Bilingual(text), number="A1", ahead=0,
        taken_at=_AT, name=text[::2],
    )  # fmt: skip
    page = compose(slip, paper.columns, _BLOCKS, lambda c: not is_in(Charset.GBK, c))
    (printed,) = Decoder().feed(encode(page, paper, _no_picture), 0)
    assert isinstance(printed, PrintedSlip)
    assert tuple(line.text for line in printed.lines) == page.texts
    assert all(width_of(x.text) * x.width <= paper.columns for x in printed.lines)
    assert not printed.unknown


def _no_picture(line: Line, dots: int) -> NoReturn:
    raise AssertionError(f"{line} is not in GBK, {dots}")


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "printer.status": fuzz_status,
    "printer.paper": fuzz_paper,
    "printer.template": fuzz_template,
    "printer.text": fuzz_text,
}
