"""From a driver's options to the device at work: which class serves which make."""

from collections.abc import Callable
from typing import Final, Protocol

from devices.call_line.driver import CallLine, OnAddress, OnPress
from devices.call_line.spec import CallLineOptions, call_line
from devices.health import OnHealth
from devices.led.listener import ListeningPanel
from devices.led.options import EqOptions, OnbonOptions, StripOptions
from devices.led.plain import BAUD, eq_text, strip_text
from devices.led.screen import LedScreen, Panel
from devices.led.spec import onbon_panel
from devices.led.text import Content, Encoded
from devices.speed import at_speed
from devices.station.options import FittedLed, FittedLine, FittedVoice
from devices.station.sharing import SharedPort
from devices.template.spec import (
    TemplateLedOptions,
    TemplateLineOptions,
    led_template,
    template_line,
)
from devices.transport import parse_port
from devices.voice.announcer import Announcer
from devices.voice.options import VoiceOptions

_MARGIN: Final = 0.5
"""Seconds before the line forgets an unanswered press."""


class Running(Protocol):
    """A device at work."""

    def start(self) -> None:
        """Start its thread."""

    def stop(self) -> None:
        """End it and close the port."""

    def poke(self) -> None:
        """Something was plugged in: look now."""


class Opener:
    """Makes devices, not started; screens on one bus share its port."""

    def __init__(self) -> None:
        self._ports: dict[str, SharedPort] = {}

    def line(
        self, fitted: FittedLine, *, on_press: OnPress, on_address: OnAddress, on_health: OnHealth
    ) -> CallLine:
        """A callers' line."""
        options = fitted.options
        if isinstance(options, TemplateLineOptions):
            return template_line(
                options, on_press=on_press, on_address=on_address, on_health=on_health
            )
        assert isinstance(options, CallLineOptions)
        return call_line(options, on_press=on_press, on_address=on_address, on_health=on_health)

    def led(self, fitted: FittedLed, on_health: OnHealth) -> LedScreen:
        """A screen."""
        return LedScreen(self._panel(fitted), on_health, name=f"led {fitted.name}")

    def voice(self, fitted: FittedVoice, on_health: OnHealth) -> Announcer:
        """An area's voice."""
        options = fitted.options
        assert isinstance(options, VoiceOptions)
        return Announcer(f"voice {fitted.name}", options, on_health)

    def _panel(self, fitted: FittedLed) -> Panel:
        match fitted.options:
            case OnbonOptions() as onbon:
                return onbon_panel(onbon)
            case EqOptions() as eq:
                return self._listening(eq.port, lambda content: eq_text(eq.address, content))
            case StripOptions() as strip:
                return self._listening(
                    strip.port, lambda content: strip_text(strip.address, content)
                )
            case TemplateLedOptions() as described:
                template = led_template(described)
                return self._listening(
                    described.port,
                    lambda content: template.text(described.address, content),
                    template.file.baud,
                )
            case other:
                raise AssertionError(other)

    def _listening(
        self, port: str, encode: Callable[[Content], Encoded], baud: int = BAUD
    ) -> Panel:
        spelled = at_speed(port, baud)
        shared = self._ports.get(spelled)
        if shared is None:
            shared = self._ports[spelled] = SharedPort(parse_port(spelled))
        return ListeningPanel(shared.seat(), encode)


def answer_within(fitted: FittedLine) -> float:
    """Seconds the server has to answer a press: less than the line waits for it."""
    options = fitted.options
    assert isinstance(options, CallLineOptions)
    return max(options.patience - _MARGIN, options.patience / 2)
