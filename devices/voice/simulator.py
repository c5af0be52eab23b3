"""A loudspeaker that is not there: a player program for `exec:PROGRAM`, true pace, with faults."""

import json
import os
import shlex
import shutil
import signal
import sys
import tempfile
import time
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from devices.errors import DeviceError

PLAYER: Final = Path(__file__).with_name("null_player.py")


class LoudspeakerSimulator:
    """Serves `exec[:PROGRAM]`: while plugged, the program is there and plays to nobody.

    The bench's own `pty` and `tcp` mean `exec` with a name of our own. `pace`: times true speed.
    """

    def __init__(self, spec: str = "exec", *, pace: float = 1.0) -> None:
        kind, _, rest = spec.partition(":")
        if kind not in ("exec", "pty", "tcp") or (kind == "exec" and rest and rest[0] != "/"):
            raise DeviceError("port.invalid", f"{spec!r}: expected exec[:/PROGRAM]")
        self._folder = Path(tempfile.mkdtemp(prefix="loudspeaker-"))
        self._removal = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._program = Path(rest) if rest.startswith("/") else self._folder / "player"
        self._settings: dict[str, float | bool | None] = {
            "pace": pace,
            "busy": False,
            "hang": False,
            "die_after": None,
        }
        for name in ("pids", "heard"):
            (self._folder / name).mkdir()
        self._write_settings()

    @property
    def port(self) -> str:
        """The PORT string of the voice."""
        return f"exec:{self._program}"

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """`kill` ends the players that live."""
        return {"kill": self.kill}

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """`busy`: another program holds the device; `hang`: it takes no more; `die`: the player
        crashes half a second into each announcement."""
        return {
            "none": lambda: self._set(busy=False, hang=False, die_after=None),
            "busy": lambda: self._set(busy=True),
            "hang": lambda: self._set(hang=True),
            "die": lambda: self._set(die_after=24_000),
        }

    def start(self) -> None:
        """Plug it in."""
        words = (sys.executable, "-I", "-S", str(PLAYER), str(self._folder))
        draft = self._program.with_suffix(".new")
        draft.write_text(f"#!/bin/sh\nexec {shlex.join(words)}\n")
        draft.chmod(0o755)
        draft.rename(self._program)

    def stop(self) -> None:
        """Pull it out: what plays dies, and no player starts."""
        self._program.unlink(missing_ok=True)
        self.kill()

    def kill(self) -> None:
        """End every living player at once."""
        for mark in (self._folder / "pids").iterdir():
            try:
                os.kill(int(mark.name), signal.SIGKILL)
            except ProcessLookupError:
                continue
            finally:
                mark.unlink(missing_ok=True)

    def remove(self) -> None:
        """Stop, and take its files away, as the end of the program does."""
        self.stop()
        self._removal()

    @property
    def players(self) -> int:
        """How many players live."""
        return len(list((self._folder / "pids").iterdir()))

    @property
    def heard(self) -> tuple[bytes, ...]:
        """What sounded to its end, in order."""
        return tuple(path.read_bytes() for path in sorted((self._folder / "heard").glob("*.raw")))

    @property
    def broken_off(self) -> tuple[bytes, ...]:
        """What began to sound and did not end (yet)."""
        parts = sorted((self._folder / "heard").glob("*.part"))
        return tuple(sound for path in parts if (sound := path.read_bytes()))

    def wait_for(self, count: int, timeout: float = 30.0) -> tuple[bytes, ...]:
        """What was heard once it is `count` announcements; TimeoutError otherwise."""
        end = time.monotonic() + timeout
        while len(self.heard) < count:
            if time.monotonic() > end:
                raise TimeoutError(f"{len(self.heard)} heard, expected {count}")
            time.sleep(0.01)
        return self.heard

    def _set(self, **settings: float | bool | None) -> None:
        self._settings |= settings
        self._write_settings()

    def _write_settings(self) -> None:
        path = self._folder / "settings.json"
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(self._settings))
        draft.rename(path)
