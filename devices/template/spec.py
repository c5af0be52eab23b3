"""Drivers of devices that a template describes."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Annotated, Final

from msgspec import Meta

from devices.backoff import Backoff
from devices.call_line.driver import CallLine, OnAddress, OnPress
from devices.call_line.simulator import CallLineSimulator
from devices.call_line.spec import (
    CallLineOptions,
    line_of,
    simulate,
    simulate_arguments,
    try_line,
)
from devices.call_line.spec import test_arguments as call_line_arguments
from devices.driver import DeviceOptions, Driver
from devices.health import Diagnosis, OnHealth
from devices.led.listener import ListeningPanel
from devices.led.screen import Panel
from devices.led.simulator import ListenerSimulator, decode_eq, decode_strip
from devices.led.spec import address_argument, prober, test_arguments, tester
from devices.speed import at_speed
from devices.template.config import Problem, TemplateError
from devices.template.template import Template, read_template
from devices.transport import parse_port
from devices.transport.record import Verbatim

_TEMPLATE = Meta(description="模板文件，或 eq、strip、call_line a file, or a shipped one's name")


class TemplateLedOptions(DeviceOptions, frozen=True, kw_only=True):
    """A screen that a template describes; the baud rate is the template's unless the port says."""

    template: Annotated[str, _TEMPLATE] = "eq"
    address: Annotated[int, Meta(ge=0, le=999, description="屏地址")] = 1


class TemplateLineOptions(CallLineOptions, frozen=True, kw_only=True):
    """A callers' line that a template describes; its letters are the template's."""

    template: Annotated[str, _TEMPLATE] = "call_line"


def led_template(options: TemplateLedOptions) -> Template:
    """The template that these options name; DeviceError `template.invalid`."""
    return _of_kind(options.template, "led")


def template_panel(options: TemplateLedOptions) -> Panel:
    """The panel that these options describe; DeviceError `template.invalid`."""
    template = led_template(options)
    transport = parse_port(at_speed(options.port, template.file.baud))
    return ListeningPanel(transport, lambda content: template.text(options.address, content))


def template_line(
    options: TemplateLineOptions,
    *,
    on_press: OnPress,
    on_health: OnHealth,
    on_address: OnAddress | None = None,
    backoff: Backoff | None = None,
) -> CallLine:
    """The line that these options describe, not started; DeviceError `template.invalid`."""
    template = _of_kind(options.template, "call-line")
    return line_of(
        options,
        template,
        template.file.baud,
        on_press=on_press,
        on_health=on_health,
        on_address=on_address,
        backoff=backoff,
    )


def _of_kind(name: str, kind: str) -> Template:
    template = read_template(name)
    if template.file.kind != kind:
        found = template.file.kind
        problem = Problem("kind", f"应为{kind}，却是{found}", f"expected {kind}, found {found}")
        raise TemplateError((problem,))
    return template


def _probe_line(options: TemplateLineOptions) -> Diagnosis:
    template = _of_kind(options.template, "call-line")
    transport = parse_port(at_speed(options.port, template.file.baud))
    transport.open()
    transport.close()
    return Diagnosis(facts=(("template", template.file.name or options.template),))


def _test_line(options: TemplateLineOptions, given: Namespace) -> Mapping[str, object]:
    return try_line(template_line, options, given)


def _simulate_led(port: str, given: Namespace) -> ListenerSimulator:
    decode = decode_strip if given.as_strip else decode_eq
    return ListenerSimulator(port, decode=decode, address=given.address)


def _simulate_line(port: str, given: Namespace) -> CallLineSimulator:
    return simulate(port, given)


def _led_simulator_arguments(parser: ArgumentParser) -> None:
    address_argument(parser)
    parser.add_argument("--as-strip", action="store_true", help="a strip instead of an EQ screen")


LED: Final = Driver(
    kind="led",
    name="template",
    zh="按模板描述的LED屏",
    en="LED screen described by a template",
    options=TemplateLedOptions,
    probe=prober(template_panel),
    test=tester(template_panel),
    test_arguments=test_arguments,
    redactor=Verbatim,
    answers=False,
    simulate=_simulate_led,
    simulate_arguments=_led_simulator_arguments,
)
CALL_LINE: Final = Driver(
    kind="call-line",
    name="template",
    zh="按模板描述的叫号器线路",
    en="callers' line described by a template",
    options=TemplateLineOptions,
    probe=_probe_line,
    test=_test_line,
    test_arguments=call_line_arguments,
    redactor=Verbatim,
    answers=False,
    simulate=_simulate_line,
    simulate_arguments=simulate_arguments,
)
