"""The serial scanner for configuration, bench and doctor."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from typing import Final

from devices.driver import Driver, Simulator
from devices.errors import DeviceError
from devices.health import Diagnosis
from devices.scanner.code_json import add_code_arguments, code_json
from devices.scanner.driver import ScanFailed, Scanned, Scanner, ScannerEvent, ScannerOptions
from devices.transport import parse_port
from devices.transport.record import ShapeOnly
from devices.trial import first_answer, first_state


def probe(options: ScannerOptions) -> Diagnosis:
    """Open the port and ask, where the options say how: a silent scanner cannot be told from none.

    DeviceError `scanner.silent` where it should answer and does not.
    """
    scanner = Scanner(parse_port(options.port), _ignore, options)
    return first_state("scanner", scanner, options.port)


def test(options: ScannerOptions, given: Namespace) -> Mapping[str, object]:
    """Wait for one code; its kind and, with `--show`, its text. DeviceError `scanner.no_code`."""

    def scanner(tell: Callable[[ScannerEvent], None]) -> Scanner:
        return Scanner(parse_port(options.port), tell, options)

    def answer(event: ScannerEvent) -> dict[str, object]:
        match event:
            case Scanned(text):
                return code_json(text, show=given.show)
            case ScanFailed(code):
                raise DeviceError(code, options.port)

    found = first_answer("scanner", scanner, options.port, answer=answer, seconds=given.timeout)
    if found is None:
        raise DeviceError("scanner.no_code", f"{given.timeout:g} s")
    return found


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
    test_arguments=add_code_arguments,
    simulate=simulate,
    simulate_arguments=simulate_arguments,
    is_default=True,
)
