"""`hall devices`: a technician's bench for every kind of device, beside a running hall or without.

A PORT is serial:/dev/…[@baud], tcp:HOST:PORT or usb:VID:PID[:SERIAL].
"""

import argparse
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

import msgspec

from devices.console import serve_simulator, terminate
from devices.errors import DeviceError
from devices.listing import (
    answer_table,
    driver_table,
    listed_driver,
    listed_ports,
    port_table,
)
from devices.ports import find_ports
from devices.probing import probe
from devices.registry import AnyDriver, Registry, find_drivers, options_of


def main(arguments: Sequence[str] | None = None, registry: Registry | None = None) -> int:
    """Run one verb; 0 well, 1 after a device error told on stderr, 2 after wrong arguments."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    registry = find_drivers() if registry is None else registry
    for broken in registry.broken:
        _say(
            f"驱动不能使用 · driver {broken.name} ({broken.value}) cannot be used: {broken.reason}"
        )
    if not registry.drivers:
        _say("没有登记任何驱动，请运行 · no driver is registered; run: ./hall setup")
    try:
        given = _parser(registry, words).parse_args(words)
        signal.signal(signal.SIGTERM, terminate)
        return _run(given, registry)
    except DeviceError as error:
        if "--json" in words:
            _print_json(
                {"error": error.code, "detail": error.detail, **_texts(error)}, compact=True
            )
        _say(f"{error}\n{error.fault.zh}\n{error.fault.en}")
        return 1
    except KeyboardInterrupt:
        return 130


def _run(given: Namespace, registry: Registry) -> int:
    match given.verb:
        case "list":
            ports = listed_ports(find_ports(), registry)
            _print_json(ports) if given.json else print(port_table(ports))
        case "drivers":
            drivers = [listed_driver(d) for d in _chosen(registry, given.kind, None)]
            _print_json(drivers) if given.json else print(driver_table(drivers))
        case "probe":
            return _probe(given, registry)
        case "test":
            driver = registry.get(given.kind, given.driver)
            result = driver.test(options_of(driver, _values(given)), given)
            _print_json(result, compact=given.json)
        case "simulate":
            _simulate(registry.get(given.kind, given.driver), given)
        case _:
            raise AssertionError(given.verb)
    return 0


def _probe(given: Namespace, registry: Registry) -> int:
    """Exit code 0 if anything answered."""
    drivers = _chosen(registry, given.kind, given.driver)
    if given.port:
        answers = [*probe(given.port, drivers, dict(given.option))]
    else:
        answers = []
        for port in find_ports():
            fits = [d for d in drivers if port.kind == "serial" or _fits(port.vendor, d, port.kind)]
            answers += probe(port.port, fits, dict(given.option))
    if given.json:
        _print_json(answers)
    elif answers:
        print(answer_table(answers))
    else:
        print("没有找到可探测的端口 · no port to probe was found")
    return 0 if any(answer.state for answer in answers) else 1


def _fits(vendor: int | None, driver: AnyDriver, kind: str) -> bool:
    if kind == "camera":
        return driver.kind == "camera"
    return driver.kind == "printer" or vendor in {number for number, _ in driver.usb}


def _simulate(driver: AnyDriver, given: Namespace) -> None:
    if driver.simulate is None:
        raise DeviceError("driver.no_simulator", f"{driver.kind}.{driver.name}")
    serve_simulator(
        driver.simulate(given.port, given),
        faults=tuple(given.fault),
        ends_with_stdin=given.until_eof,
    )


def _chosen(registry: Registry, kind: str | None, name: str | None) -> tuple[AnyDriver, ...]:
    if kind is None:
        return tuple(driver for one in registry.kinds for driver in registry.of(one))
    if name is None:
        return registry.of(kind)
    return (registry.get(kind, name),)


def _values(given: Namespace) -> dict[str, object]:
    values: dict[str, object] = dict(given.option)
    if given.port:
        values["port"] = given.port
    return values


def _parser(registry: Registry, words: Sequence[str]) -> ArgumentParser:
    parser = ArgumentParser(prog="hall devices", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verb = verbs.add_parser(
        "list", help="端口、占用者、相配的驱动 ports, who holds them, what fits"
    )
    verb.add_argument("--json", action="store_true")
    verb = verbs.add_parser("drivers", help="驱动及其配置项 drivers and their options")
    verb.add_argument("kind", nargs="?", choices=registry.kinds)
    verb.add_argument("--json", action="store_true")
    verb = verbs.add_parser("probe", help="探测端口上是什么设备 what answers on a port, or on all")
    verb.add_argument("kind", nargs="?", choices=registry.kinds)
    verb.add_argument("--driver", metavar="NAME")
    verb.add_argument(
        "--port", metavar="PORT", help="全部，若不指定 all that are found, unless given"
    )
    verb.add_argument("--json", action="store_true")
    _add_option(verb)
    verb = verbs.add_parser("test", help="测试一种设备 try one device")
    for driver, one in _kinds(verb, registry, words):
        one.add_argument("--port", metavar="PORT", default="")
        one.add_argument("--json", action="store_true", help="一行 JSON on one line")
        _add_option(one)
        driver.test_arguments(one)
    verb = verbs.add_parser("simulate", help="模拟一种设备 a simulator on a true port; see stdin")
    for driver, one in _kinds(verb, registry, words):
        one.add_argument("--port", default="pty", help="pty[:LINK] or tcp[:PORT]")
        one.add_argument(
            "--fault", action="append", default=[], metavar="NAME", help="故障 may be repeated"
        )
        one.add_argument("--until-eof", action="store_true", help="随标准输入结束 end with stdin")
        driver.simulate_arguments(one)
    return parser


def _kinds(
    verb: ArgumentParser, registry: Registry, words: Sequence[str]
) -> list[tuple[AnyDriver, ArgumentParser]]:
    """A sub-command a kind, with the arguments of the driver that `words` name."""
    kinds = verb.add_subparsers(dest="kind", required=True, metavar="KIND")
    finder = ArgumentParser(add_help=False, allow_abbrev=False)
    finder.add_argument("--driver")
    try:
        named = finder.parse_known_args(list(words))[0].driver
    except SystemExit:
        named = None  # `--driver` without a name: the real parser says so
    result = []
    for kind in registry.kinds:
        drivers = {driver.name: driver for driver in registry.of(kind)}
        driver = drivers.get(named) or registry.get(kind)
        one = kinds.add_parser(kind, help=f"{driver.zh} {driver.en}")
        one.add_argument("--driver", choices=drivers, help=f"{driver.name}, unless given")
        result.append((driver, one))
    return result


def _add_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--option",
        "-o",
        action="append",
        default=[],
        type=_name_and_value,
        metavar="NAME=VALUE",
        help="驱动配置项，见 drivers · an option of the driver; may be repeated",
    )


def _name_and_value(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError("NAME=VALUE")
    return name, value


def _texts(error: DeviceError) -> dict[str, str]:
    fault = error.fault
    return {"remedy": fault.remedy.value, "zh": fault.zh, "en": fault.en}


def _print_json(value: object, *, compact: bool = False) -> None:
    encoded = msgspec.json.encode(value)
    print((encoded if compact else msgspec.json.format(encoded)).decode(), flush=True)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
