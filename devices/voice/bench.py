"""From a call to its first sample, by the announcer itself and a player process that is ready."""

import math
import queue
import statistics
import time
from typing import Final

import msgspec

from devices.errors import DeviceError
from devices.health import Health, State
from devices.voice.announcer import Announcer, Spoken
from devices.voice.options import Languages, VoiceOptions
from devices.voice.simulator import LoudspeakerSimulator

LIMIT_MS: Final = 200.0
_PATIENCE: Final = 60.0


class VoiceBench(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds from `called` to the first sample handed to the loudspeaker."""

    rounds: int
    median: float
    p95: float
    most: float
    limit_ms: float
    holds: bool


def measure(rounds: int = 20, *, pace: float = 20.0) -> VoiceBench:
    """Call `rounds` tickets, each after the one before was heard, which `pace` makes short."""
    simulator = LoudspeakerSimulator(pace=pace)
    told: queue.Queue[Health | Spoken] = queue.Queue()
    options = VoiceOptions(port=simulator.port, languages=Languages.ZH_EN)
    voice = Announcer("bench", options, told.put, told.put)
    waited: list[float] = []
    try:
        simulator.start()
        voice.start()
        while not (isinstance(first := _next(told), Health) and first.state is State.OK):
            pass
        for number in range(rounds):
            voice.called(str(number), f"A{number:03d}", str(number % 40 + 1))
            while not (isinstance(one := _next(told), Spoken) and one.waited is not None):
                pass
            waited.append(one.waited)
            time.sleep(0.1)  # the next player is started
    finally:
        voice.stop()
        simulator.remove()
    ordered = sorted(1000 * seconds for seconds in waited)
    return VoiceBench(
        rounds=rounds,
        median=round(statistics.median(ordered), 1),
        p95=round(ordered[math.ceil(len(ordered) * 0.95) - 1], 1),
        most=round(ordered[-1], 1),
        limit_ms=LIMIT_MS,
        holds=ordered[-1] <= LIMIT_MS,
    )


def _next(told: "queue.Queue[Health | Spoken]") -> Health | Spoken:
    try:
        return told.get(timeout=_PATIENCE)
    except queue.Empty:
        raise DeviceError("voice.player_stuck", "bench") from None
