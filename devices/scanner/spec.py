"""The serial scanner for configuration, bench and doctor."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from queue import Empty, SimpleQueue
from typing import Final

from devices.backoff import Backoff
from devices.driver import Driver, Simulator
from devices.errors import DeviceError
from devices.health import Diagnosis, Health, State
from devices.scanner.codes import (
    AppointmentCode,
    CitizenCode,
    Code,
    TicketCode,
    UnknownCode,
    classify,
)
from devices.scanner.driver import ScanFailed, Scanned, Scanner, ScannerEvent, ScannerOptions
from devices.supervisor import Supervisor
from devices.transport import parse_port
from devices.transport.record import ShapeOnly


def probe(options: ScannerOptions) -> Diagnosis:
    """Open the port and ask, where the options say how: a silent scanner cannot be told from none.

    DeviceError `scanner.silent` where it should answer and does not.
    """
    said: SimpleQueue[Health] = SimpleQueue()
    scanner = Scanner(parse_port(options.port), _ignore, options)
    supervisor = Supervisor("scanner", scanner, said.put)
    supervisor.start()
    try:
        health = said.get()
    finally:
        supervisor.stop()
    if health.state is State.GONE:
        raise DeviceError(health.code or "scanner.silent", options.port)
    return Diagnosis(firmware=health.firmware, facts=health.facts)


def test(options: ScannerOptions, given: Namespace) -> Mapping[str, object]:
    """Wait for one code; its kind and, with `--show`, its text. DeviceError `scanner.no_code`."""
    seen: SimpleQueue[ScannerEvent | Health] = SimpleQueue()
    scanner = Scanner(parse_port(options.port), seen.put, options)
    supervisor = Supervisor("scanner", scanner, seen.put, backoff=Backoff(0.1, 1.0))
    supervisor.start()
    deadline = time.monotonic() + given.timeout
    try:
        while (left := deadline - time.monotonic()) > 0:
            try:
                event = seen.get(timeout=left)
            except Empty:
                break
            match event:
                case Scanned(text):
                    return described(text, show=given.show)
                case ScanFailed(code):
                    raise DeviceError(code, options.port)
                case Health(state=State.GONE, code=code):
                    raise DeviceError(code or "scanner.silent", options.port)
    finally:
        supervisor.stop()
    raise DeviceError("scanner.no_code", f"{given.timeout:g} s")


def described(text: str, *, show: bool) -> dict[str, object]:
    """A code as JSON; masked unless `show`: a ticket's id is a key, a number somebody's."""
    code = classify(text)
    result: dict[str, object] = {"kind": _kind(code), "characters": len(text)}
    if show:
        result["text"] = text
    elif isinstance(code, TicketCode) and code.number:
        result["text"] = code.number
    else:
        result["text"] = text[:2] + "*" * max(0, len(text) - 2)
    return result


def _kind(code: Code) -> str:
    match code:
        case TicketCode():
            return "ticket"
        case AppointmentCode():
            return "appointment"
        case CitizenCode():
            return "citizen"
        case UnknownCode():
            return "unknown"


def test_arguments(parser: ArgumentParser) -> None:
    """How long to wait, and whether to say all."""
    parser.add_argument("--timeout", type=float, default=30.0, help="等候秒数 seconds to wait")
    parser.add_argument("--show", action="store_true", help="不遮盖 do not mask the text")


def simulate(spec: str, given: Namespace) -> Simulator:
    """On `pty[:LINK]` or `tcp[:PORT]`; on stdin: `scan TEXT`."""
    from devices.scanner.simulator import ScannerSimulator

    ends = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
    return ScannerSimulator(spec, terminator=ends[given.terminator], encoding=given.encoding)


def simulate_arguments(parser: ArgumentParser) -> None:
    """What the scanner is set to."""
    parser.add_argument(
        "--terminator", choices=("cr", "lf", "crlf", "none"), default="crlf", help="结束符"
    )
    parser.add_argument("--encoding", choices=("utf-8", "gb18030"), default="utf-8", help="编码")


def _ignore(event: ScannerEvent) -> None:
    """A probe reads no codes."""


SERIAL: Final = Driver(
    kind="scanner",
    name="serial",
    zh="串口扫码器",
    en="Serial code scanner",
    options=ScannerOptions,
    probe=probe,
    test=test,
    redactor=ShapeOnly,
    answers=False,
    test_arguments=test_arguments,
    simulate=simulate,
    simulate_arguments=simulate_arguments,
    is_default=True,
)
