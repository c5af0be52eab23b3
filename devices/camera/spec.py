"""The camera for configuration, bench and doctor. OpenCV is loaded in its own process only."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from typing import Final

from devices.camera.driver import Camera
from devices.camera.events import CameraEvent, CodeSeen
from devices.camera.options import CameraOptions
from devices.driver import Driver, Simulator
from devices.errors import DeviceError
from devices.health import Diagnosis
from devices.scanner.code_json import add_code_arguments, code_json
from devices.trial import first_answer, first_state


def probe(options: CameraOptions) -> Diagnosis:
    """Open the camera, take one picture, close it; DeviceError where that fails."""
    return first_state("camera", Camera(options, _ignore), options.port)


def test(options: CameraOptions, given: Namespace) -> Mapping[str, object]:
    """Wait for one code before the camera; DeviceError `camera.no_code`."""

    def camera(tell: Callable[[CameraEvent], None]) -> Camera:
        duty = Camera(options, tell)
        duty.look_for(codes=True, preview=False)
        return duty

    def answer(event: CameraEvent) -> dict[str, object] | None:
        if not isinstance(event, CodeSeen):
            return None
        return {**code_json(event.text, show=given.show), "format": event.format}

    found = first_answer("camera", camera, options.port, answer=answer, seconds=given.timeout)
    if found is None:
        raise DeviceError("camera.no_code", f"{given.timeout:g} s")
    return found


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
    test_arguments=add_code_arguments,
    simulate=simulate,
    simulate_arguments=simulate_arguments,
    is_default=True,
)
