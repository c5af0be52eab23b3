"""The LED screens' drivers as configuration, bench and doctor see them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Final, TypeVar

from devices.driver import DeviceOptions, Driver
from devices.health import Diagnosis
from devices.led.listener import ListeningPanel
from devices.led.onbon import OnbonPanel, OnbonTimings
from devices.led.options import EqOptions, OnbonOptions, StripOptions
from devices.led.plain import BAUD, eq_text, strip_text
from devices.led.screen import Panel
from devices.led.simulator import ListenerSimulator, OnbonSimulator, decode_eq, decode_strip
from devices.led.text import Colour, Line, content_of
from devices.speed import at_speed
from devices.transport import parse_port
from devices.transport.record import Verbatim

KIND: Final = "led"
_SAMPLE: Final = "请A012到3号窗口"
Opts = TypeVar("Opts", bound=DeviceOptions)


def onbon_panel(options: OnbonOptions) -> Panel:
    """The panel that these options describe."""
    return OnbonPanel(
        parse_port(options.port),
        area=options.to_area(),
        address=options.to_address(),
        timings=OnbonTimings(answer=options.answer_seconds),
        tries=options.tries,
    )


def eq_panel(options: EqOptions) -> Panel:
    """The panel that these options describe."""
    transport = parse_port(at_speed(options.port, BAUD))
    return ListeningPanel(transport, lambda content: eq_text(options.address, content))


def strip_panel(options: StripOptions) -> Panel:
    """The panel that these options describe."""
    transport = parse_port(at_speed(options.port, BAUD))
    return ListeningPanel(transport, lambda content: strip_text(options.address, content))


def prober(make: Callable[[Opts], Panel]) -> Callable[[Opts], Diagnosis]:
    """Open, ask, close."""

    def probe(options: Opts) -> Diagnosis:
        with closing(make(options)) as panel:
            return panel.open()

    return probe


def tester(make: Callable[[Opts], Panel]) -> Callable[[Opts, Namespace], Mapping[str, object]]:
    """`test led --text … [--colour …]`: show it, tell what was acknowledged."""

    def test(options: Opts, given: Namespace) -> Mapping[str, object]:
        lines = [Line(text, Colour(given.colour)) for text in given.text or [_SAMPLE]]
        content = () if given.clear else content_of(lines)
        with closing(make(options)) as panel:
            panel.open()
            shown = panel.show(content)
        return {
            "shown": [line.text for line in content],
            "colour": given.colour,
            "acknowledged": "unknowable" if shown.acknowledged is None else shown.acknowledged,
            "replaced": list(shown.replaced),
        }

    return test


def test_arguments(parser: ArgumentParser) -> None:
    """Text and colour."""
    parser.add_argument("--text", action="append", metavar="TEXT", help="一行；可重复 a line each")
    parser.add_argument("--colour", choices=[c.value for c in Colour], default=Colour.RED.value)
    parser.add_argument("--clear", action="store_true", help="清屏 make it dark")


def address_argument(parser: ArgumentParser) -> None:
    """Which address a simulated screen hears."""
    parser.add_argument("--address", type=int, default=1)


def _simulate_onbon(port: str, _: Namespace) -> OnbonSimulator:
    return OnbonSimulator(port)


def _simulate_eq(port: str, given: Namespace) -> ListenerSimulator:
    return ListenerSimulator(port, decode=decode_eq, address=given.address)


def _simulate_strip(port: str, given: Namespace) -> ListenerSimulator:
    return ListenerSimulator(port, decode=decode_strip, address=given.address)


ONBON: Final = Driver(
    kind=KIND,
    name="onbon",
    zh="仰邦BX-5控制卡LED屏",
    en="LED screen with an Onbon BX-5 controller",
    options=OnbonOptions,
    probe=prober(onbon_panel),
    test=tester(onbon_panel),
    test_arguments=test_arguments,
    redactor=Verbatim,
    simulate=_simulate_onbon,
    is_default=True,
)
EQ: Final = Driver(
    kind=KIND,
    name="eq",
    zh="诣阔EQ系列LED屏",
    en="EQ LED screen",
    options=EqOptions,
    probe=prober(eq_panel),
    test=tester(eq_panel),
    test_arguments=test_arguments,
    redactor=Verbatim,
    answers=False,
    simulate=_simulate_eq,
    simulate_arguments=address_argument,
)
STRIP: Final = Driver(
    kind=KIND,
    name="strip",
    zh="RS-485条屏",
    en="plain RS-485 strip",
    options=StripOptions,
    probe=prober(strip_panel),
    test=tester(strip_panel),
    test_arguments=test_arguments,
    redactor=Verbatim,
    answers=False,
    simulate=_simulate_strip,
    simulate_arguments=address_argument,
)
