"""`python -m devices.printer`: run a simulated printer, or ask a real one for its state."""

import argparse
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

from devices.console import serve_commands, terminate
from devices.errors import DeviceError
from devices.printer.driver import TicketPrinter
from devices.printer.paper import PrintedSlip
from devices.printer.simulator import PrinterSimulator
from devices.transport import parse_port


def main() -> int:
    """Parse the arguments and run; 0, or 1 after a device error told on stderr."""
    parser = argparse.ArgumentParser(prog="python -m devices.printer", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    simulate = verbs.add_parser("simulate", help="a printer with faults; commands on stdin")
    simulate.add_argument("--port", default="tcp", help="tcp[:PORT] or pty[:LINK]")
    simulate.add_argument("--paper", type=Path, help="append each slip to this file as a JSON line")
    simulate.add_argument("--until-eof", action="store_true", help="end when standard input does")
    status = verbs.add_parser("status", help="ask a printer for its state")
    status.add_argument("--port", required=True, help="serial:/dev/…[@baud] or tcp:HOST:PORT")
    arguments = parser.parse_args()
    try:
        if arguments.verb == "simulate":
            return _simulate(arguments.port, arguments.paper, until_eof=arguments.until_eof)
        return _status(arguments.port)
    except DeviceError as error:
        print(f"{error}\n{error.fault.zh}\n{error.fault.en}", file=sys.stderr)
        return 1


def _status(port: str) -> int:
    printer = TicketPrinter(parse_port(port))
    try:
        print(msgspec.json.format(msgspec.json.encode(printer.open())).decode())
    finally:
        printer.close()
    return 0


def _simulate(port: str, paper: Path | None, *, until_eof: bool) -> int:
    signal.signal(signal.SIGTERM, terminate)
    file = paper.open("ab", buffering=0) if paper else None
    printer = PrinterSimulator(port, on_slip=lambda slip: _append(file, slip))
    printer.start()
    try:
        print(f"port {printer.port}", flush=True)
        serve_commands(_commands(printer), ends_with_stdin=until_eof)
    finally:
        printer.stop()
        if file:
            file.close()
    return 0


def _append(file: IO[bytes] | None, slip: PrintedSlip) -> None:
    if file is None:
        return
    record = {
        "number": slip.number,
        "lines": [line.text for line in slip.lines],
        "qr": list(slip.qr),
        "rasters": slip.rasters,
        "at": datetime.now(UTC).isoformat(),
        "last_byte_monotonic_ns": slip.last_byte_monotonic_ns,
    }
    file.write(msgspec.json.encode(record) + b"\n")


def _commands(printer: PrinterSimulator) -> dict[str, Callable[[], None]]:
    return {
        "paper ok": lambda: printer.set_paper("ok"),
        "paper near-end": lambda: printer.set_paper("near-end"),
        "paper out": lambda: printer.set_paper("out"),
        "cover open": lambda: printer.set_cover(is_open=True),
        "cover closed": lambda: printer.set_cover(is_open=False),
        "cutter stuck": lambda: printer.set_cutter(is_stuck=True),
        "cutter ok": lambda: printer.set_cutter(is_stuck=False),
        "silence on": lambda: printer.set_silent(is_silent=True),
        "silence off": lambda: printer.set_silent(is_silent=False),
        "cut midway": lambda: printer.set_cut_after(200),
        "slow on": lambda: printer.set_slow(2000),
        "slow off": lambda: printer.set_slow(None),
        "unplug": printer.stop,
        "plug": printer.start,
    }


if __name__ == "__main__":
    sys.exit(main())
