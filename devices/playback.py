"""A recording as a device on a true port, for any program."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

from devices.simulated_port import Link, SimulatedPort
from devices.transport.record import Recording, Redactor, Verbatim
from devices.transport.replay import Player


class PlaybackSimulator:
    """Plays a recording's device on `spec` (pty or tcp), each connection from the beginning.

    It keeps the recorded pauses, divided by `speed`. Has the shape of a Simulator.
    """

    def __init__(
        self,
        spec: str,
        recording: Recording,
        *,
        speed: float = 1.0,
        redactor: Callable[[], Redactor] = Verbatim,
    ) -> None:
        self._port = SimulatedPort(
            spec, lambda link: _Session(Player(recording, redactor()), link, speed)
        )
        self.commands: dict[str, Callable[[], None]] = {}
        self.faults: dict[str, Callable[[], None]] = {}

    @property
    def port(self) -> str:
        """The PORT string for the driver; after `start`."""
        return self._port.port

    def start(self) -> None:
        """Plug it in."""
        self._port.start()

    def stop(self) -> None:
        """Pull the cable."""
        self._port.stop()


class _Session:
    """One connection; its thread says everything in order, each when it is due."""

    def __init__(self, player: Player, link: Link, speed: float) -> None:
        self._player = player
        self._link = link
        self._speed = speed
        self._due: deque[tuple[float, bytes]] = deque()
        self._changed = threading.Condition()
        self._is_closed = False
        self._say(player.begin())
        threading.Thread(target=self._run, name="playback", daemon=True).start()

    def receive(self, data: bytes) -> None:
        self._say(self._player.hear(data))

    def closed(self) -> None:
        with self._changed:  # the descriptor may be another's from now on
            self._is_closed = True
            self._changed.notify()

    def _say(self, said: Iterable[tuple[float, bytes]]) -> None:
        now = time.monotonic()
        with self._changed:
            self._due.extend((now + after / self._speed, data) for after, data in said)
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._is_closed:
                left = self._due[0][0] - time.monotonic() if self._due else None
                if left is None or left > 0:
                    self._changed.wait(left)
                else:
                    self._link.send(self._due.popleft()[1])
