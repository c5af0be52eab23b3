"""Standard input as the control panel of a simulator process."""

import signal
import sys
from collections.abc import Callable, Mapping
from functools import partial
from types import FrameType, MappingProxyType
from typing import NoReturn

from devices.driver import Simulator, TakesText
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
        texts = simulator.texts if isinstance(simulator, TakesText) else {}
        serve_commands(commands, texts, ends_with_stdin=ends_with_stdin)
    finally:
        simulator.stop()


def serve_commands(
    commands: Mapping[str, Callable[[], None]],
    texts: Mapping[str, Callable[[str], None]] = MappingProxyType({}),
    *,
    ends_with_stdin: bool = False,
) -> None:
    """Carry out lines from stdin, each answered `ok` or `error …`; Ctrl-C or SIGTERM ends it.

    A line that is no command may be the first word of one of `texts`, which takes the rest.
    After the end of stdin it goes on without a panel, unless it `ends_with_stdin`: then it cannot
    outlive the program that started it. An unknown line is answered with the list.
    """
    try:
        for line in sys.stdin:
            words = " ".join(line.split())
            if not words:
                continue
            action = commands.get(words)
            verb, _, text = words.partition(" ")
            if action is None and text and verb in texts:
                action = partial(texts[verb], text)
            if action is None:
                known = ", ".join([*commands, *(f"{name} …" for name in texts)])
                print(f"error unknown {words!r}; known: {known}", flush=True)
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
