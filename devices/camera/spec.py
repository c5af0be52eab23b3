"""The camera for configuration, bench and doctor. OpenCV is loaded in its own process only."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from queue import Empty, SimpleQueue
from typing import Final

from devices.backoff import Backoff
from devices.camera.driver import Camera
from devices.camera.events import CameraEvent, CodeSeen
from devices.camera.options import CameraOptions
from devices.driver import Driver, Simulator
from devices.errors import DeviceError
from devices.health import Diagnosis, Health, State
from devices.scanner.spec import described
from devices.supervisor import Supervisor


def probe(options: CameraOptions) -> Diagnosis:
    """Open the camera, take one picture, close it; DeviceError where that fails."""
    said: SimpleQueue[Health] = SimpleQueue()
    supervisor = Supervisor("camera", Camera(options, _ignore), said.put)
    supervisor.start()
    try:
        health = said.get()
    finally:
        supervisor.stop()
    if health.state is State.GONE:
        raise DeviceError(health.code or "camera.silent", options.port)
    return Diagnosis(firmware=health.firmware, facts=health.facts)


def test(options: CameraOptions, given: Namespace) -> Mapping[str, object]:
    """Wait for one code before the camera; DeviceError `camera.no_code`."""
    seen: SimpleQueue[CameraEvent | Health] = SimpleQueue()
    camera = Camera(options, seen.put)
    camera.look_for(codes=True, preview=False)
    supervisor = Supervisor("camera", camera, seen.put, backoff=Backoff(0.1, 1.0))
    supervisor.start()
    deadline = time.monotonic() + given.timeout
    try:
        while (left := deadline - time.monotonic()) > 0:
            try:
                event = seen.get(timeout=left)
            except Empty:
                break
            if isinstance(event, CodeSeen):
                return {**described(event.text, show=given.show), "format": event.format}
            if isinstance(event, Health) and event.state is State.GONE:
                raise DeviceError(event.code or "camera.silent", options.port)
    finally:
        supervisor.stop()
    raise DeviceError("camera.no_code", f"{given.timeout:g} s")


def test_arguments(parser: ArgumentParser) -> None:
    """How long to wait, and whether to say all."""
    parser.add_argument("--timeout", type=float, default=30.0, help="等候秒数 seconds to wait")
    parser.add_argument("--show", action="store_true", help="不遮盖 do not mask the text")


def simulate(spec: str, given: Namespace) -> Simulator:
    """A network camera on `tcp[:PORT]`; on stdin: `show TEXT`, `show face FILE`, `blank`."""
    from devices.camera.simulator import CameraSimulator

    width, height = given.size
    return CameraSimulator(
        "tcp" if spec == "pty" else spec, width=width, height=height, rate=given.rate
    )


def simulate_arguments(parser: ArgumentParser) -> None:
    """The picture."""
    parser.add_argument("--size", type=_size, default=(640, 480), help="WIDTHxHEIGHT")
    parser.add_argument("--rate", type=float, default=30.0, help="每秒画面 pictures a second")


def _size(word: str) -> tuple[int, int]:
    width, _, height = word.partition("x")
    size = int(width), int(height)
    if not (160 <= size[0] <= 4096 and 120 <= size[1] <= 4096):
        raise ValueError(word)
    return size


def _ignore(event: CameraEvent) -> None:
    """A probe looks for nothing."""


OPENCV: Final = Driver(
    kind="camera",
    name="opencv",
    zh="摄像头（USB 或网络）",
    en="Camera (USB or network)",
    options=CameraOptions,
    probe=probe,
    test=test,
    test_arguments=test_arguments,
    simulate=simulate,
    simulate_arguments=simulate_arguments,
    is_default=True,
)
