"""Standard input as the control panel of a simulator process."""

import signal
import sys
from collections.abc import Callable, Mapping
from types import FrameType
from typing import NoReturn


def terminate(signum: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - signal's shape
    """Handler of SIGTERM: leave through `finally` blocks, with success."""
    raise SystemExit(0)


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
            action()
            print("ok", flush=True)
        while not ends_with_stdin:
            signal.pause()
    except KeyboardInterrupt:
        return
