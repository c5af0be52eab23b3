"""`python -m queue_server.waits serve`: the queue server's child. Asked on stdin, tells on stdout.

It ends when its stdin does, and so with the server. What it trips over ends it; the server starts
it again.
"""

import argparse
import gc
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from .estimator import Estimator
from .told import Ask

NICE = 10
"""The hall's calls go first."""


def main(argv: Sequence[str]) -> int:
    """0 once stdin has ended."""
    parser = argparse.ArgumentParser(prog="python -m queue_server.waits serve")
    parser.add_argument("--log", type=Path, required=True, help="the hall's database")
    parser.add_argument("--hall", required=True, help="whose events")
    parser.add_argument("--kept", type=Path, required=True, help="where what is learned is kept")
    given = parser.parse_args(argv)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="waits: %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends us, by ending our stdin
    os.nice(NICE)
    estimator = Estimator(given.log, given.hall, given.kept)
    ask = msgspec.json.Decoder(Ask)
    settle()
    settled = estimator.lessons
    for line in sys.stdin.buffer:
        told = estimator.answer(ask.decode(line))
        sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
        sys.stdout.buffer.flush()
        if settled is not estimator.lessons:
            settled = estimator.lessons
            settle()
    return 0


def settle() -> None:
    """Keep the collector off what stays, the lessons and the day: else it walks all of it in the
    middle of an answer, which then takes three times as long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 1_000)
