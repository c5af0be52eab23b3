"""`hall devices`: a technician's bench for every kind of device, beside a running hall or without.

A PORT is serial:/dev/…[@baud], tcp:HOST:PORT or usb:VID:PID[:SERIAL].
"""

import logging
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import datetime

import msgspec

from devices.arguments import parser_for
from devices.console import serve_commands, serve_simulator, terminate
from devices.driver import DeviceOptions
from devices.errors import DeviceError
from devices.face import models
from devices.listing import (
    answer_table,
    driver_table,
    listed_driver,
    listed_ports,
    port_table,
)
from devices.playback import PlaybackSimulator
from devices.ports import find_ports
from devices.probing import probe
from devices.registry import AnyDriver, Registry, find_drivers, options_of
from devices.tap import Tap
from devices.transport import parse_port
from devices.transport.record import Header, Recorder, Verbatim, read_recording


def main(arguments: Sequence[str] | None = None, registry: Registry | None = None) -> int:
    """Run one verb; 0 well, 1 after a device error told on stderr, 2 after wrong arguments."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["models"]:
        return models.main(words[1:])
    cut = words.index("--") if "--" in words else len(words)
    words, rest = words[:cut], words[cut + 1 :]
    registry = find_drivers() if registry is None else registry
    for broken in registry.broken:
        _say(
            f"驱动不能使用 · driver {broken.name} ({broken.value}) cannot be used: {broken.reason}"
        )
    if not registry.drivers:
        _say("没有登记任何驱动，请运行 · no driver is registered; run: ./hall setup")
    try:
        given = parser_for(registry, words).parse_args(words)
        given.rest = rest
        signal.signal(signal.SIGTERM, terminate)
        logging.basicConfig(level=logging.ERROR, format="%(message)s")
        return _run(given, registry)
    except DeviceError as error:
        if "--json" in words:
            _print_json(
                {"error": error.code, "detail": error.detail, **_texts(error)}, compact=True
            )
        _say_error(error)
        return 1
    except OSError as error:  # a file that is named on the command line
        _say(str(error))
        return 2
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
            return _try(driver, options_of(driver, _values(given)), given)
        case "record":
            return _record(registry.get(given.kind, given.driver), given)
        case "replay":
            return _replay(registry, given)
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
        if not answers:
            raise DeviceError("port.invalid", f"{given.port!r}: no driver opens such a port")
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
    return 0 if any(answer.answered for answer in answers) else 1


def _try(driver: AnyDriver, options: DeviceOptions, given: Namespace) -> int:
    """The kind's own test; exit code 1 where its result has the `code` of a fault."""
    if not options.port:
        raise DeviceError("port.unnamed", f"{driver.kind}.{driver.name}")
    result = driver.test(options, given)
    _print_json(result, compact=given.json)
    code = result.get("code")
    if code is None:
        return 0
    _say_error(DeviceError(str(code)))
    return 1


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


def _record(driver: AnyDriver, given: Namespace) -> int:
    """Through a tap: of the kind's own test, or of whatever program `--serve` serves."""
    if driver.redactor is None:
        raise DeviceError("driver.no_redactor", f"{driver.kind}.{driver.name}")
    header = Header(
        kind=driver.kind, driver=driver.name, port=given.port, at=datetime.now().astimezone()
    )
    with given.out.open("wb") as file:
        recorder = Recorder(file, header, driver.redactor())
        tap = Tap(given.serve or "tcp", parse_port(given.port), recorder)
        tap.start()
        try:
            if given.serve:
                print(f"port {tap.port}", flush=True)
                serve_commands({}, ends_with_stdin=given.until_eof)
            else:
                values = {**_values(given), "port": tap.port}
                return _try(driver, options_of(driver, values), given)
        finally:
            tap.stop()
            recorder.close()
    return 0


def _replay(registry: Registry, given: Namespace) -> int:
    """On a port for any program, or against the kind's own test."""
    recording = read_recording(given.file.read_bytes())
    driver = registry.get(recording.header.kind, recording.header.driver)
    simulator = PlaybackSimulator(
        given.port or "tcp", recording, speed=given.speed, redactor=driver.redactor or Verbatim
    )
    if given.port:
        serve_simulator(simulator, ends_with_stdin=given.until_eof)
        return 0
    parser = ArgumentParser(prog="hall devices replay FILE --")
    driver.test_arguments(parser)
    given = parser.parse_args(given.rest, given)
    simulator.start()
    try:
        return _try(driver, options_of(driver, {"port": simulator.port}), given)
    finally:
        simulator.stop()


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


def _texts(error: DeviceError) -> dict[str, str]:
    fault = error.fault
    return {"remedy": fault.remedy.value, "zh": fault.zh, "en": fault.en}


def _print_json(value: object, *, compact: bool = False) -> None:
    encoded = msgspec.json.encode(value)
    print((encoded if compact else msgspec.json.format(encoded)).decode(), flush=True)


def _say_error(error: DeviceError) -> None:
    _say(f"{error}\n{error.fault.zh}\n{error.fault.en}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
