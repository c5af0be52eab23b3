"""The callers' line as configuration, bench and doctor see it."""

import queue
import threading
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from typing import Annotated, Final, Protocol, TypeVar

from msgspec import Meta, field

from devices.backoff import Backoff
from devices.call_line.codec import CodedLine, LineCodec
from devices.call_line.driver import Answer, CallLine, OnAddress, OnPress
from devices.call_line.events import AddressHealth, KeyPressed, Press
from devices.call_line.protocol import BAUD
from devices.call_line.simulator import CallLineSimulator
from devices.call_line.timings import Echo, LineTimings
from devices.driver import DeviceOptions, Driver
from devices.errors import DeviceError
from devices.health import Diagnosis, Health, OnHealth, State
from devices.speed import at_speed
from devices.transport import parse_port
from devices.transport.record import Verbatim


class CallLineOptions(DeviceOptions, frozen=True, kw_only=True):
    """A line of callers and rating pads; seconds. What no source tells is set here (?)."""

    letters: Annotated[
        dict[str, str], Meta(description='字母显示为数字 a letter as digits: {"A" = "1"}')
    ] = field(default_factory=dict)
    echo: Annotated[Echo, Meta(description="设备是否回显 whether devices echo the host")] = (
        Echo.AUTO
    )
    tries: Annotated[int, Meta(ge=1, le=10, description="a message is said so often")] = 3
    hears_itself: Annotated[
        bool, Meta(description="适配器回显 the adapter gives back what it sends")
    ] = False
    acknowledgement: Annotated[float, Meta(gt=0, le=5, description="wait for an echo")] = 0.15
    gap: Annotated[float, Meta(ge=0, le=1, description="silence between frames")] = 0.005
    inside_frame: Annotated[
        float, Meta(gt=0, le=2, description="silence that ends half a frame; more over a network")
    ] = 0.05
    duplicate: Annotated[
        float, Meta(ge=0, le=60, description="same frame within: a retransmission")
    ] = 2.0
    patience: Annotated[float, Meta(gt=0, le=60, description="a press waits for its answer")] = 3.0
    refresh: Annotated[float, Meta(gt=0, le=3600, description="displays are said again")] = 30.0

    def to_timings(self) -> LineTimings:
        """The arbiter's times."""
        return LineTimings(
            gap=self.gap,
            inside_frame=self.inside_frame,
            acknowledgement=self.acknowledgement,
            duplicate=self.duplicate,
            patience=self.patience,
            refresh=self.refresh,
        )


Opts = TypeVar("Opts", bound=CallLineOptions, contravariant=True)


class MakesLine(Protocol[Opts]):
    """How a line is made of its options."""

    def __call__(
        self,
        options: Opts,
        *,
        on_press: OnPress,
        on_health: OnHealth,
        on_address: OnAddress | None = None,
        backoff: Backoff | None = None,
    ) -> CallLine:
        """The line, not started."""


def call_line(
    options: CallLineOptions,
    *,
    on_press: OnPress,
    on_health: OnHealth,
    on_address: OnAddress | None = None,
    backoff: Backoff | None = None,
) -> CallLine:
    """The line that these options describe, not started."""
    return line_of(
        options,
        CodedLine(options.letters),
        BAUD,
        on_press=on_press,
        on_health=on_health,
        on_address=on_address,
        backoff=backoff,
    )


def line_of(
    options: CallLineOptions,
    codec: LineCodec,
    baud: int,
    *,
    on_press: OnPress,
    on_health: OnHealth,
    on_address: OnAddress | None = None,
    backoff: Backoff | None = None,
) -> CallLine:
    """A line of one make, at `baud` unless the port says otherwise."""
    return CallLine(
        parse_port(at_speed(options.port, baud)),
        on_press=on_press,
        on_health=on_health,
        on_address=on_address,
        timings=options.to_timings(),
        echo=options.echo,
        tries=options.tries,
        hears_itself=options.hears_itself,
        codec=codec,
        baud=baud,
        backoff=backoff,
    )


def _probe(options: CallLineOptions) -> Diagnosis:
    """The port opens. Who is on the line shows when somebody presses a key, or by `test`: no frame
    asks for it without being heard or seen."""
    transport = parse_port(at_speed(options.port, BAUD))
    transport.open()
    transport.close()
    return Diagnosis(facts=(("devices", "not asked: the line has no query"),))


def _test(options: CallLineOptions, given: Namespace) -> Mapping[str, object]:
    return try_line(call_line, options, given)


def try_line(make: MakesLine[Opts], options: Opts, given: Namespace) -> Mapping[str, object]:
    """Beep, show 008, wait for a key or a rating."""
    presses: queue.SimpleQueue[Press] = queue.SimpleQueue()
    answered = threading.Event()
    opened: queue.SimpleQueue[Health] = queue.SimpleQueue()

    def on_press(press: Press, answer: Answer) -> None:
        answer.accept()
        if press.address == given.address:
            presses.put(press)

    def on_address(health: AddressHealth) -> None:
        if health.address == given.address and health.ok:
            answered.set()

    line = make(options, on_press=on_press, on_health=opened.put, on_address=on_address)
    line.beep(given.address)
    line.show_ticket(given.address, given.number)
    line.start()
    try:
        first = opened.get()
        if first.state is State.GONE:
            raise DeviceError(first.code or "call_line.silent", options.port)
        try:
            press = presses.get(timeout=given.seconds)
        except queue.Empty:
            press = None
        counts = line.counts
        echoed = counts.acknowledged > 0
    finally:
        line.stop()
    if press is None and not answered.is_set():
        raise DeviceError(
            "call_line.address_silent",
            f"address {given.address}: no echo, no key in {given.seconds:g} s",
        )
    return {
        "address": given.address,
        "shown": given.number,
        "acknowledged": echoed,
        "press": None if press is None else _press(press),
        "bad_frames": counts.bad,
        "noise_bytes": counts.noise,
    }


def _press(press: Press) -> dict[str, object]:
    if isinstance(press, KeyPressed):
        return {"key": press.key.value, "number": press.number}
    return {"rating": press.value}


def test_arguments(parser: ArgumentParser) -> None:
    """Which address, what it shows, how long to wait."""
    parser.add_argument(
        "--address", type=_address, required=True, metavar="N", help="地址 address, 0…255"
    )
    parser.add_argument("--number", default="008", help="显示的号码 the number it shows")
    parser.add_argument("--seconds", type=float, default=30.0, help="等待按键 wait for a key")


def _address(text: str) -> int:
    if not (text.isdecimal() and int(text) <= 0xFF):
        raise ArgumentTypeError(f"{text!r}: 0…255")
    return int(text)


def simulate_arguments(parser: ArgumentParser) -> None:
    """How many units, and how they behave."""
    parser.add_argument("--addresses", type=int, default=8, metavar="N", help="地址1到N 1 to N")
    parser.add_argument("--no-echo", action="store_true", help="units do not echo the host")
    parser.add_argument("--paced", action="store_true", help="as slow as 9600 baud")


def simulate(port: str, given: Namespace) -> CallLineSimulator:
    """A line of units; every change of one is printed."""
    return CallLineSimulator(
        port,
        addresses=range(1, given.addresses + 1),
        echoes=not given.no_echo,
        is_paced=given.paced,
        on_change=lambda unit: print(f"unit {unit}", flush=True),
    )


RS485: Final = Driver(
    kind="call-line",
    name="rs485",
    zh="RS-485叫号器与评价器",
    en="callers and rating pads on an RS-485 line",
    options=CallLineOptions,
    probe=_probe,
    test=_test,
    redactor=Verbatim,
    answers=False,
    test_arguments=test_arguments,
    simulate=simulate,
    simulate_arguments=simulate_arguments,
    is_default=True,
)
