"""`python -m devices.id_reader`: run a simulated card reader, or watch a real one."""

import argparse
import random
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from devices.console import serve_commands, terminate
from devices.errors import DeviceError
from devices.id_reader.driver import IdReader
from devices.id_reader.events import CardFailed, CardRead, ReaderEvent
from devices.id_reader.identity import Identity
from devices.id_reader.simulator import Card, IdReaderSimulator, ReaderFault, card_of
from devices.id_reader.synthetic import invent
from devices.transport import parse_port


def main() -> int:
    """Parse the arguments and run; 0, 1 after a device error, 2 after a wrong card file."""
    parser = argparse.ArgumentParser(prog="python -m devices.id_reader", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    simulate = verbs.add_parser("simulate", help="a reader with cards and faults; see stdin")
    simulate.add_argument("--port", default="pty", help="pty[:LINK] or tcp[:PORT]")
    cards = simulate.add_mutually_exclusive_group()
    cards.add_argument("--person", type=Path, help="a file with one identity as JSON")
    cards.add_argument("--card", help="one identity as JSON")
    simulate.add_argument("--seed", type=int, default=1, help="whom to invent without a card")
    simulate.add_argument("--until-eof", action="store_true", help="end when standard input does")
    watch = verbs.add_parser("watch", help="print what a reader says, names and numbers masked")
    watch.add_argument("--port", required=True, help="serial:/dev/…[@baud|@auto] or tcp:HOST:PORT")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, terminate)
    try:
        if arguments.verb == "watch":
            return _watch(arguments.port)
        given = arguments.person.read_bytes() if arguments.person else arguments.card
        return _simulate(arguments.port, given, arguments.seed, until_eof=arguments.until_eof)
    except DeviceError as error:
        print(f"{error}\n{error.fault.zh}\n{error.fault.en}", file=sys.stderr)
        return 1
    except (OSError, msgspec.ValidationError, msgspec.DecodeError) as error:
        print(f"the card: {error}", file=sys.stderr)
        return 2


def _simulate(port: str, given: bytes | str | None, seed: int, *, until_eof: bool) -> int:
    chance = random.Random(seed)  # noqa: S311 - whom to invent is no secret

    def somebody() -> Card:
        return card_of(invent(chance, datetime.now(UTC).date()))

    card = card_of(msgspec.json.decode(given, type=Identity)) if given is not None else somebody()
    reader = IdReaderSimulator(port)
    commands: dict[str, Callable[[], None]] = {
        "lay": lambda: reader.lay(card),
        "lay new": lambda: reader.lay(somebody()),
        "lift": reader.lift,
        "unplug": reader.stop,
        "plug": reader.start,
    }
    for fault in ReaderFault:
        commands[f"fault {fault.value}"] = lambda fault=fault: reader.set_fault(fault)  # type: ignore[misc]
    reader.start()
    try:
        print(f"port {reader.port}", flush=True)
        serve_commands(commands, ends_with_stdin=until_eof)
    finally:
        reader.stop()
    return 0


def _watch(port: str) -> int:
    def tell(event: ReaderEvent) -> None:
        if isinstance(event, CardRead):
            masked = event.identity.masked()
            print(f"card {event.identity.kind.value} {masked.name} {masked.number}", flush=True)
        elif isinstance(event, CardFailed):
            print(f"failed {event.code}", flush=True)
        else:
            print(event, flush=True)

    reader = IdReader(parse_port(port), tell)
    reader.start()
    try:
        signal.pause()
    except KeyboardInterrupt:
        return 0
    finally:
        reader.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
