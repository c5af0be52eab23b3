"""A kind of device of the tests: asked `?`, it answers a line, `ok 1.2` or `jam 1.2`."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from typing import Annotated

import msgspec

from devices.backoff import Backoff
from devices.driver import DeviceOptions, Driver
from devices.errors import DeviceError
from devices.health import Diagnosis, OnHealth
from devices.simulated_port import Link, SimulatedPort
from devices.supervisor import Supervisor
from devices.transport import parse_port
from devices.transport.record import Verbatim

LONGEST = 64


class EchoParser:
    """Bytes in, diagnoses out; anything else is passed over."""

    def __init__(self) -> None:
        self._line = b""

    def feed(self, data: bytes) -> list[Diagnosis]:
        *lines, self._line = (self._line + data).split(b"\n")
        self._line = self._line[-LONGEST:]
        found = []
        for line in lines:
            word, _, firmware = line[-LONGEST:].decode("ascii", "replace").partition(" ")
            if word == "ok":
                found.append(Diagnosis(firmware=firmware))
            elif word == "jam":
                found.append(Diagnosis(code="printer.cutter", firmware=firmware))
        return found


class EchoOptions(DeviceOptions, frozen=True, kw_only=True):
    patience: Annotated[float, msgspec.Meta(description="等待应答的秒数 wait, s", gt=0)] = 1.0


class EchoDuty:
    def __init__(self, options: EchoOptions, pause: float = 0.05) -> None:
        self._transport = parse_port(options.port)
        self._patience = options.patience
        self._pause = pause

    def connect(self, supervisor: Supervisor) -> Diagnosis:
        self._transport.open()
        return self.ask(supervisor.check)

    def work(self, supervisor: Supervisor) -> None:
        while True:
            supervisor.pause(self._pause)
            supervisor.tell(self.ask(supervisor.check))

    def close(self) -> None:
        self._transport.close()

    def refused(self, error: DeviceError) -> None:
        pass

    def ask(self, check: Callable[[], None]) -> Diagnosis:
        while self._transport.read(4096, 0):
            check()
        self._transport.write(b"?", 1.0)
        parser, deadline = EchoParser(), time.monotonic() + self._patience
        while (left := deadline - time.monotonic()) > 0:
            check()
            if found := parser.feed(self._transport.read(4096, min(left, 0.1))):
                return found[-1]
        raise DeviceError("printer.silent")


class EchoSimulator:
    def __init__(self, spec: str, firmware: str = "1.2") -> None:
        self._port = SimulatedPort(spec, lambda link: EchoSession(self, link))
        self._firmware = firmware
        self._word = "ok"

    @property
    def port(self) -> str:
        return self._port.port

    def start(self) -> None:
        self._port.start()

    def stop(self) -> None:
        self._port.stop()

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"jam": lambda: self.say("jam"), "clear": lambda: self.say("ok")}

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        return {"none": lambda: self.say("ok"), "silence": lambda: self.say("")}

    def say(self, word: str) -> None:
        self._word = word

    def answer(self) -> bytes:
        return f"{self._word} {self._firmware}\n".encode() if self._word else b""


class EchoSession:
    def __init__(self, device: EchoSimulator, link: Link) -> None:
        self._device = device
        self._link = link

    def receive(self, data: bytes) -> None:
        for _ in range(min(data.count(b"?"), 10)):
            self._link.send(self._device.answer())

    def closed(self) -> None:
        pass


def supervised(port: str, on_health: OnHealth) -> Supervisor:
    duty = EchoDuty(EchoOptions(port=port, patience=0.3))
    return Supervisor("echo", duty, on_health, backoff=Backoff(0.05, 0.1))


def _probe(options: EchoOptions) -> Diagnosis:
    duty = EchoDuty(options)
    duty._transport.open()
    try:
        return duty.ask(lambda: None)
    finally:
        duty.close()


def _test(options: EchoOptions, given: Namespace) -> Mapping[str, object]:
    found = _probe(options)
    return {"said": given.text, "firmware": found.firmware, "patience": options.patience}


def _test_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--text", default="")


def _simulate(spec: str, given: Namespace) -> EchoSimulator:
    return EchoSimulator(spec, given.firmware)


def _simulate_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--firmware", default="1.2")


ECHO = Driver(
    kind="echo",
    name="plain",
    zh="回声",
    en="an echo",
    options=EchoOptions,
    probe=_probe,
    test=_test,
    test_arguments=_test_arguments,
    simulate=_simulate,
    simulate_arguments=_simulate_arguments,
    usb=((0x1234, 0xABCD),),
    redactor=Verbatim,
    is_default=True,
)
NOTHING = Driver(
    kind="echo",
    name="dumb",
    zh="哑巴",
    en="says nothing",
    options=DeviceOptions,
    probe=lambda options: Diagnosis(),
    test=lambda options, given: {},
    answers=False,
)
