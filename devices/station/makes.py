"""Which makes of device a station can put to work, by their options."""

from typing import Final

from devices.call_line.spec import CallLineOptions
from devices.driver import DeviceOptions
from devices.led.options import EqOptions, OnbonOptions, StripOptions
from devices.led.plain import BAUD
from devices.speed import at_speed
from devices.template.spec import TemplateLedOptions, TemplateLineOptions, led_template
from devices.template.template import read_template
from devices.transport import parse_port
from devices.voice.options import VoiceOptions
from devices.voice.output import parse_output

_KNOWN: Final = (
    CallLineOptions,
    OnbonOptions,
    EqOptions,
    StripOptions,
    TemplateLedOptions,
    VoiceOptions,
)
_LISTENING: Final = (EqOptions, StripOptions, TemplateLedOptions)


def can_open(options: DeviceOptions) -> bool:
    """Whether `opening` knows the class that serves these options."""
    return isinstance(options, _KNOWN)


def may_share(options: DeviceOptions) -> bool:
    """Whether several such devices may hang on one port: they only listen, each to its address."""
    return isinstance(options, _LISTENING)


def spelled_port(options: DeviceOptions) -> str:
    """The port with its speed, where the make has one of its own."""
    if isinstance(options, EqOptions | StripOptions):
        return at_speed(options.port, BAUD)
    if isinstance(options, TemplateLedOptions):
        return at_speed(options.port, led_template(options).file.baud)
    return options.port


def check_port(options: DeviceOptions) -> None:
    """DeviceError where the port, or a template, is written wrongly; nothing is opened."""
    if isinstance(options, TemplateLedOptions | TemplateLineOptions):
        read_template(options.template)
    if isinstance(options, VoiceOptions):
        parse_output(options.port)
    else:
        parse_port(options.port)
