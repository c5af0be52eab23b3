"""Standard input as the control panel of a simulator process."""

import signal
import sys
from collections.abc import Callable, Mapping
from types import FrameType
from typing import NoReturn

from devices.driver import Simulator
from devices.errors import DeviceError


def terminate(signum: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - signal's shape
    """Handler of SIGTERM: leave through `finally` blocks, with success."""
    raise SystemExit(0)


def serve_simulator(
    simulator: Simulator, *, faults: tuple[str, ...] = (), ends_with_stdin: bool = False
) -> None:
    """Plug it in, say `port …`, serve its commands and `fault NAME` until told to end.

    `faults` hold from the start; DeviceError `driver.no_fault` for one it does not know.
    """
    for name in faults:
        if name not in simulator.faults:
            raise DeviceError("driver.no_fault", f"{name!r}; known: {', '.join(simulator.faults)}")
    commands = {"unplug": simulator.stop, "plug": simulator.start, **simulator.commands}
    commands |= {f"fault {name}": action for name, action in simulator.faults.items()}
    simulator.start()
    try:
        for name in faults:
            simulator.faults[name]()
        print(f"port {simulator.port}", flush=True)
        serve_commands(commands, ends_with_stdin=ends_with_stdin)
    finally:
        simulator.stop()


def serve_commands(
    commands: Mapping[str, Callable[[], None]], *, ends_with_stdin: bool = False
) -> None:
    """Carry out lines from stdin, each answered `ok` or `error …`; Ctrl-C or SIGTERM ends it.

    After the end of stdin it goes on without a panel, unless it `ends_with_stdin`: then it cannot
    outlive the program that started it. An unknown line is answered with the list.
    """
    try:
        for line in sys.stdin:
            words = " ".join(line.split())
            if not words:
                continue
            action = commands.get(words)
            if action is None:
                print(f"error unknown {words!r}; known: {', '.join(commands)}", flush=True)
                continue
            try:
                action()
            except DeviceError as error:
                print(f"error {error}", flush=True)
                continue
            print("ok", flush=True)
        while not ends_with_stdin:
            signal.pause()
    except KeyboardInterrupt:
        return
