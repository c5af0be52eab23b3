"""`card`, on the screen: real kiosk, server and reader; only the card is laid by a program."""

import random
import time
from pathlib import Path

from devices.id_reader.exchanges import FIND, over_wire_ns, read_exchanges
from simulation.bench.device_figures import Spread, spread
from simulation.bench.figures import BenchError
from simulation.bench.ground import SERVICES, Ground
from simulation.bench.progress import Progress
from simulation.processes import Place, Program, Programs, begin_device, device_port

BAUD = 115200
_POLL = 0.3
"""Seconds between two looks for a card, as the module wants."""
_PATIENCE = 60.0


def card_on_screen(programs: Programs, folder: Path, progress: Progress, rounds: int) -> Spread:
    """From the last byte of "found" to the frame with the holder, less the line's own time for
    the bytes between."""
    progress.say(f"放卡到屏上 {rounds} 次 / card to the kiosk's screen")
    ground = Ground(programs, folder, places=[Place("kiosk", "bench")])
    token, exchanges = folder / "token", folder / "exchanges"
    token.write_text(ground.tokens[0])
    pace = ("--pace", str(BAUD), "--exchanges", exchanges)
    reader = begin_device(programs, "reader", "id-reader", *pace)
    kiosk = programs.start(
        "kiosk",
        "kiosk",
        *("--server", ground.server.push, "--token-file", token),
        *("--reader", device_port(reader), "--script", "-", "--timing"),
        panel=True,
        env={"QT_QPA_PLATFORM": "offscreen"},
    )
    kiosk.wait_line("first frame ")
    chance = random.Random(1)
    times = []
    for number in range(rounds):
        began = time.monotonic_ns()
        kiosk.say(f"take {SERVICES[number % 4]} card")
        _looked(exchanges, began, kiosk)
        time.sleep(chance.uniform(0, _POLL))
        laid = time.monotonic_ns()
        reader.say("lay new")
        shown = int(_line(kiosk, "identity_shown ", number).split()[1])
        _line(kiosk, '{"event":"ticket"', number)
        reader.say("lift")
        try:
            times.append(over_wire_ns(read_exchanges(_whole(exchanges)), laid, shown, BAUD))
        except ValueError as error:
            raise BenchError(f"{error}\n{kiosk.last_words()}") from None
    kiosk.say("quit")
    kiosk.wait(_PATIENCE)
    reader.stop()
    ground.server.program.stop()
    return spread(times)


def _looked(exchanges: Path, began: int, kiosk: Program) -> None:
    """Once the kiosk has begun to look for a card."""
    deadline = time.monotonic() + _PATIENCE
    while not any(
        one.command == FIND and one.at_ns > began for one in read_exchanges(_whole(exchanges))
    ):
        if time.monotonic() > deadline or not kiosk.running:
            raise BenchError(f"the kiosk looked for no card\n{kiosk.last_words()}")
        time.sleep(0.01)


def _whole(file: Path) -> bytes:
    """All lines that are written to their end."""
    text = file.read_bytes() if file.exists() else b""
    return text[: text.rfind(b"\n") + 1]


def _line(kiosk: Program, prefix: str, number: int) -> str:
    """The line of this number, from 0, among those that begin so."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        text = kiosk.out.read_text("utf-8")
        lines = [one for one in text.split("\n")[:-1] if one.startswith(prefix)]
        if len(lines) > number:
            return lines[number]
        if '"refused"' in text or '"stuck"' in text or not kiosk.running:
            raise BenchError(f"the kiosk said\n{kiosk.last_words()}")
        if time.monotonic() > deadline:
            raise BenchError(f"the kiosk never said {prefix}\n{kiosk.last_words()}")
        time.sleep(0.01)
