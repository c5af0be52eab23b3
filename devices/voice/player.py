"""A loudspeaker behind a child process, one process an announcement.

A player is started beforehand, holds the device and waits on its stdin; an announcement is written
to it whole, stdin is closed, and its exit says that all was heard. So no state of a sound library
outlives one announcement, a hang is ended by a time-out, and a dead player is seen while idle.
"""

import os
import select
import subprocess
import time
from collections.abc import Callable
from typing import IO, Final

from devices.errors import DeviceError
from devices.health import Diagnosis
from devices.voice.pcm import seconds_of

SETTLE: Final = 1.0
"""Seconds within which a player that cannot open its device has ended; a later end is seen too."""
SLACK: Final = 5.0
"""Seconds that a player may need beyond the sound itself."""
_BUSY: Final = ("busy", "temporarily unavailable")
_MISSING: Final = (
    "no such",
    "cannot get card",
    "cannot find",
    "unknown pcm",
    "invalid card",
    "not found",
)


class PlayerOutput:
    """Plays through `command` (see the module)."""

    def __init__(self, command: tuple[str, ...], *, slack: float = SLACK) -> None:
        self._command = command
        self._slack = slack
        self._player: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The player that waits or plays."""
        return self._player.pid if self._player else None

    def open(self, wait: Callable[[float], None]) -> Diagnosis:
        self.ready()
        settled = time.monotonic() + SETTLE
        while (left := settled - time.monotonic()) > 0:
            wait(min(left, 0.02))
            self.ready()
        return Diagnosis(facts=(("output", " ".join(self._command)),))

    def ready(self) -> None:
        if self._player is None:
            self._player = self._start()
        elif self._player.poll() is not None:
            raise self._ended(self._player)

    def play(self, pcm: bytes, wait: Callable[[float], None], first: Callable[[], None]) -> None:
        player = self._player
        if player is None:
            raise DeviceError("voice.player_died", "no player")
        deadline = time.monotonic() + seconds_of(pcm) + self._slack
        self._write(player, pcm, deadline, wait, first)
        while player.poll() is None:
            if time.monotonic() > deadline:
                raise self._stuck()
            wait(0.02)
        if player.returncode != 0:
            raise self._ended(player)
        self.close()

    def close(self) -> None:
        player, self._player = self._player, None
        if player is None:
            return
        if player.poll() is None:
            player.kill()
        player.wait()
        for pipe in (player.stdin, player.stderr):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # samples that the dead player never took

    def _write(
        self,
        player: subprocess.Popen[bytes],
        pcm: bytes,
        deadline: float,
        wait: Callable[[float], None],
        first: Callable[[], None],
    ) -> None:
        pipe = self._pipe(player)
        poller = select.poll()
        poller.register(pipe.fileno(), select.POLLOUT)
        view = memoryview(pcm)
        is_first = True
        while view:
            try:
                written = os.write(pipe.fileno(), view)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise self._stuck() from None
                poller.poll(100)
                wait(0.0)
                continue
            except OSError as error:
                raise self._ended(player) from error
            view = view[written:]
            if is_first:
                is_first = False
                first()
        pipe.close()

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            player = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise DeviceError(
                "voice.player_missing", f"{self._command[0]}: {error.strerror}"
            ) from error
        os.set_blocking(self._pipe(player).fileno(), False)
        return player

    @staticmethod
    def _pipe(player: subprocess.Popen[bytes]) -> IO[bytes]:
        assert player.stdin is not None
        return player.stdin

    def _stuck(self) -> DeviceError:
        self.close()
        return DeviceError("voice.player_stuck", " ".join(self._command))

    def _ended(self, player: subprocess.Popen[bytes]) -> DeviceError:
        """The error of a player that ended; it is reaped."""
        try:
            code = player.wait(1.0)
        except subprocess.TimeoutExpired:  # closed its stdin, yet lives
            player.kill()
            code = player.wait()
        assert player.stderr is not None
        os.set_blocking(player.stderr.fileno(), False)
        words = (player.stderr.read() or b"").decode(errors="replace").strip()
        self.close()
        said = words.lower()
        last = words.splitlines()[-1] if words else ""
        detail = f"{self._command[0]} ended with {code}: {last[-200:]}"
        if any(word in said for word in _BUSY):
            return DeviceError("voice.device_busy", detail)
        if any(word in said for word in _MISSING):
            return DeviceError("voice.device_missing", detail)
        return DeviceError("voice.player_died", detail)
