"""Codes a camera reads a second, and how soon one is told, for `hall bench devices`.

The whole way is walked: pictures over HTTP from a simulated camera, the camera's own process on
one core, its pipe, the parent. What the process costs is its own CPU time, so that a busy machine
changes little.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import median
from typing import Final

import msgspec

from devices.camera.driver import Camera
from devices.camera.events import CameraEvent, CodeSeen
from devices.camera.options import CameraOptions
from devices.camera.simulator import CameraSimulator
from devices.errors import DeviceError
from devices.health import Health, State
from devices.supervisor import Supervisor

LEAST: Final = 15.0
"""Pictures a second on one core that the order asks for."""
_SIZES: Final = ((640, 480), (1280, 720))
_SCENES: Final = ("a QR code", "no code")
_PATIENCE: Final = 60.0
_TEXT: Final = "https://hall.example/t/0192f0c1a7b87d3e9f001122334455{:02d}"


class CameraRate(msgspec.Struct, frozen=True, kw_only=True):
    """Pictures taken and searched for codes in one scene."""

    what: str
    ms_of_cpu: float
    """A picture's cost in the camera's process, all of it: receiving, JPEG, search, preview."""
    most_per_second: float
    """On one core with nothing else to do."""
    seen_per_second: float
    """In this run, beside the simulator that draws and sends."""
    holds: bool


class CodeLatency(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds from a code being held before a camera of 30 pictures a second to its event."""

    rounds: int
    median_ms: float
    most_ms: float


def rates(seconds: float = 3.0) -> tuple[CameraRate, ...]:
    """For 640×480 and 1280×720, with a QR code in each picture and with none, previews on."""
    found = []
    for width, height in _SIZES:
        for scene in _SCENES:
            with _running(width, height, rate=120.0) as (simulator, camera, _):
                if scene == _SCENES[0]:
                    simulator.show(_TEXT.format(0))
                found.append(_rate(camera, f"{width}x{height}, {scene}", seconds))
    return tuple(found)


def latency(rounds: int = 15) -> CodeLatency:
    """Each round another code, 640×480, the kiosk's own settings."""
    took = []
    with _running(640, 480, rate=CameraOptions().rate) as (simulator, _, events):
        for number in range(rounds):
            text = _TEXT.format(number)
            pictures = simulator.drawn(text)
            began = time.monotonic()
            simulator.present(pictures)
            while True:
                event = events.get(timeout=_PATIENCE)
                if isinstance(event, CodeSeen) and event.text == text:
                    break
            took.append((time.monotonic() - began) * 1000)
    return CodeLatency(rounds=rounds, median_ms=round(median(took), 1), most_ms=round(max(took), 1))


def _rate(camera: Camera, what: str, seconds: float) -> CameraRate:
    first = _next_beat(camera, 30)
    began, cpu, process = time.monotonic(), _cpu(camera.process), camera.process
    time.sleep(seconds)
    last = _next_beat(camera, first + 1)
    elapsed, cost = time.monotonic() - began, _cpu(camera.process) - cpu
    if process != camera.process:
        raise DeviceError("camera.child_died", "amid the measurement")
    ms = cost * 1000 / (last - first)
    return CameraRate(
        what=what,
        ms_of_cpu=round(ms, 2),
        most_per_second=round(1000 / ms, 1),
        seen_per_second=round((last - first) / elapsed, 1),
        holds=1000 / ms >= LEAST,
    )


def _next_beat(camera: Camera, least: int) -> int:
    """The count of pictures right after it changed, once there are `least`."""
    before = camera.frames
    deadline = time.monotonic() + _PATIENCE
    while (now := camera.frames) == before or now < least:
        if time.monotonic() > deadline:
            raise DeviceError("camera.silent", "no pictures to measure")
        time.sleep(0.005)
    return now


def _cpu(process: int | None) -> float:
    stat = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _running(
    width: int, height: int, *, rate: float
) -> Iterator[tuple[CameraSimulator, Camera, "SimpleQueue[CameraEvent]"]]:
    simulator = CameraSimulator("tcp", width=width, height=height, rate=min(rate * 1.5, 120))
    simulator.start()
    events: SimpleQueue[CameraEvent] = SimpleQueue()
    healths: SimpleQueue[Health] = SimpleQueue()
    camera = Camera(CameraOptions(port=simulator.port, rate=rate), events.put)
    supervisor = Supervisor("camera", camera, healths.put)
    supervisor.start()
    try:
        try:
            health = healths.get(timeout=_PATIENCE)
        except Empty:
            raise DeviceError("camera.silent", "not ready in time") from None
        process = camera.process
        if health.state is not State.OK or process is None:
            raise DeviceError(health.code or "camera.silent")
        os.sched_setaffinity(process, {max(os.sched_getaffinity(0))})
        camera.look_for(codes=True, preview=True)
        yield simulator, camera, events
    finally:
        supervisor.stop()
        simulator.stop()
