"""A player program that sounds nothing: reads samples at their true pace, ends when all were heard.

Run by the simulated loudspeaker as `null_player.py FOLDER`; standard library alone, so it starts
fast. In FOLDER: `settings.json` (pace, busy, die_after, hang), `pids/` the living, `heard/` what
sounded, `*.part` until its end.
"""

import json
import os
import sys
import time
from pathlib import Path

BYTES_PER_SECOND = 48_000
BUFFER = 12_000
"""Bytes taken ahead of what sounds, as a sound card's buffer does: a quarter of a second."""


def main(folder: Path) -> int:
    """Play stdin; the exit code of aplay."""
    settings = json.loads((folder / "settings.json").read_text())
    if settings["busy"]:
        print("aplay: main: audio open error: Device or resource busy", file=sys.stderr)
        return 1
    mark = folder / "pids" / str(os.getpid())
    mark.touch()
    try:
        return play(folder, settings["pace"])
    finally:
        mark.unlink(missing_ok=True)


def play(folder: Path, pace: float) -> int:
    """Hear stdin to its end; settings may change while it plays."""
    heard = folder / "heard" / f"{time.monotonic_ns():020d}.part"
    began = None
    count = 0
    with heard.open("wb") as file:
        while chunk := os.read(0, 2400):
            began = began or time.monotonic()
            settings = json.loads((folder / "settings.json").read_text())
            file.write(chunk)
            file.flush()
            count += len(chunk)
            if settings["hang"]:
                time.sleep(3600)
            if settings["die_after"] is not None and count >= settings["die_after"]:
                os.abort()
            ahead = (count - BUFFER) / BYTES_PER_SECOND / pace - (time.monotonic() - began)
            time.sleep(max(0.0, ahead))
    if began is None:
        heard.unlink()
        return 0
    time.sleep(max(0.0, count / BYTES_PER_SECOND / pace - (time.monotonic() - began)))
    heard.rename(heard.with_suffix(".raw"))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
