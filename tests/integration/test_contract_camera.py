"""The camera: the contract, codes through a true port, a process that dies or hangs."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import ClassVar

import pytest

from devices.backoff import Backoff
from devices.camera.driver import Camera
from devices.camera.events import CameraEvent, CodeSeen, Preview
from devices.camera.options import CameraOptions
from devices.camera.scene import Scene, jpeg
from devices.camera.simulator import CameraFault, CameraSimulator
from devices.camera.spec import OPENCV, probe
from devices.driver import Simulator
from devices.errors import DeviceError
from devices.face.outcome import CardPhoto, Consent, FaceResult, Outcome, Reason
from devices.health import Health, OnHealth, State
from devices.supervisor import Supervisor
from tests.integration.device_contract import DeviceContract, Supervised

QUICK: dict[str, object] = {
    "silent_after": 0.6,
    "watch_every": 0.1,
    "hung_after": 3.0,
    "repeat": 1.0,
}
PHOTO = CardPhoto(width=102, height=126, rgb=bytes(102 * 126 * 3))


def options_for(port: str, **more: object) -> CameraOptions:
    return CameraOptions(port=port, **{**QUICK, **more})  # type: ignore[arg-type]


class TestCameraContract(DeviceContract):
    silent_code = "camera.silent"
    ports: ClassVar[tuple[str, ...]] = ("tcp",)

    def simulator(self, spec: str) -> Simulator:
        return CameraSimulator(spec)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        camera = Camera(options_for(port), lambda event: None)
        camera.look_for(codes=True, preview=True)
        return Supervisor("camera", camera, on_health, backoff=Backoff(0.05, 0.1))


class Eye:
    """A camera at work on a simulator, and what it said."""

    def __init__(self, simulator: CameraSimulator, options: CameraOptions) -> None:
        self.simulator = simulator
        self.events: SimpleQueue[CameraEvent] = SimpleQueue()
        self.healths: SimpleQueue[Health] = SimpleQueue()
        self.camera = Camera(options, self.events.put)
        self.supervisor = Supervisor(
            "camera", self.camera, self.healths.put, backoff=Backoff(0.05, 0.1)
        )

    def code(self) -> str:
        """The next code; previews pass by."""
        while True:
            event = self.events.get(timeout=60)
            if isinstance(event, CodeSeen):
                return event.text

    def health(self) -> Health:
        return self.healths.get(timeout=60)


@contextmanager
def eye(**more: object) -> Iterator[Eye]:
    simulator = CameraSimulator("tcp")
    simulator.start()
    it = Eye(simulator, options_for(simulator.port, **more))
    it.supervisor.start()
    try:
        assert it.health().state is State.OK
        yield it
    finally:
        it.supervisor.stop()
        simulator.stop()


def until(fits: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not fits():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def process_of(it: Eye) -> int:
    process = it.camera.process
    assert process is not None
    return process


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("QRCode", "https://hall.example/t/0192f0c1a7b87d3e9f00112233445566"),
        ("QRCode", "预约码 B7"),
        ("Code128", "YY20250612A7"),
        ("EAN13", "6901234567892"),
        ("PDF417", "A012 政务"),
        ("DataMatrix", "A012"),
    ],
)
def test_a_code_held_before_it_is_told_once(name: str, text: str) -> None:
    with eye() as it:
        it.camera.look_for(codes=True, preview=False)
        it.simulator.show(text, format_name=name)
        assert it.code() == text
        with pytest.raises(Empty):
            it.events.get(timeout=1.5)
        it.simulator.blank()
        time.sleep(1.5)
        it.simulator.show(text, format_name=name)
        assert it.code() == text


def test_the_camera_is_closed_while_nobody_asks() -> None:
    with eye() as it:
        it.simulator.show("A012")
        it.simulator.wait_for_viewers(0)
        assert it.events.empty()
        it.camera.look_for(codes=True, preview=True)
        it.simulator.wait_for_viewers(1)
        assert it.code() == "A012"
        it.camera.look_for(codes=False, preview=False)
        it.simulator.wait_for_viewers(0)
        until(lambda: not it.camera.is_open)


def test_previews_are_small_and_no_more_than_asked_for() -> None:
    with eye(preview_rate=5, preview_width=160) as it:
        it.camera.look_for(codes=False, preview=True)
        found = [it.events.get(timeout=60) for _ in range(5)]
        assert all(isinstance(one, Preview) for one in found)
        previews = [one for one in found if isinstance(one, Preview)]
        assert all(later.at - sooner.at >= 0.2 for sooner, later in itertools.pairwise(previews))
        assert all(
            one.jpeg.startswith(b"\xff\xd8\xff") and len(one.jpeg) < 20_000 for one in previews
        )


def test_a_killed_process_is_gone_once_and_back_once() -> None:
    with eye(repeat=30) as it:
        it.camera.look_for(codes=True, preview=False)
        it.simulator.show("A001")
        assert it.code() == "A001"
        for _ in range(2):
            os.kill(process_of(it), signal.SIGKILL)
            gone = it.health()
            assert (gone.state, gone.code) == (State.GONE, "camera.child_died")
            assert it.health().state is State.OK
        it.simulator.show("A003")
        assert it.code() == "A003", "it still looks for what was asked, and told A001 once"
        assert it.healths.empty()


def test_a_process_that_hangs_is_ended_and_replaced() -> None:
    with eye(hung_after=1.5) as it:
        old = process_of(it)
        os.kill(old, signal.SIGSTOP)
        gone = it.health()
        assert (gone.state, gone.code) == (State.GONE, "camera.child_hung")
        assert it.health().state is State.OK
        assert process_of(it) != old
        assert not Path(f"/proc/{old}").exists()


def test_it_stops_in_time_while_the_process_hangs() -> None:
    with eye() as it:
        old = process_of(it)
        os.kill(old, signal.SIGSTOP)
        it.supervisor.stop()
        assert not Path(f"/proc/{old}").exists()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (CameraFault.FREEZE, "camera.silent"),
        (CameraFault.CORRUPT_JPEG, "camera.silent"),
        (CameraFault.CUT, "port.lost"),
    ],
)
def test_each_fault_is_told_and_mended(fault: CameraFault, code: str) -> None:
    with eye() as it:
        it.camera.look_for(codes=True, preview=False)
        it.simulator.wait_for_viewers(1)
        it.simulator.set_fault(fault)
        gone = it.health()
        assert (gone.state, gone.code) == (State.GONE, code)
        it.simulator.set_fault(CameraFault.NONE)
        assert it.health().state is State.OK
        it.simulator.show("A012")
        assert it.code() == "A012"


def test_a_slow_camera_is_slow_and_no_more() -> None:
    with eye(silent_after=2) as it:
        it.simulator.set_fault(CameraFault.SLOW)
        it.camera.look_for(codes=True, preview=False)
        it.simulator.show("A012")
        assert it.code() == "A012"
        assert it.healths.empty()


def test_a_camera_that_refuses_is_told_as_such() -> None:
    simulator = CameraSimulator("tcp")
    simulator.set_fault(CameraFault.REFUSE)
    simulator.start()
    try:
        with pytest.raises(DeviceError, match=r"camera\.refused"):
            probe(options_for(simulator.port))
    finally:
        simulator.stop()


@pytest.mark.parametrize(
    ("port", "code"),
    [
        ("file:/nonexistent/%03d.png", "port.missing"),
        ("video:/dev/v4l/by-id/none", "port.missing"),
        ("tcp:127.0.0.1:1", "port.refused"),
    ],
)
def test_a_camera_that_is_not_there(port: str, code: str) -> None:
    with pytest.raises(DeviceError) as caught:
        probe(options_for(port))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "port", ["", "serial:/dev/ttyS0", "tcp:here", "tcp::80", "file:x", "video:0"]
)
def test_a_port_that_is_none_of_a_camera(port: str) -> None:
    with pytest.raises(DeviceError, match=r"camera\.port"):
        Camera(CameraOptions(port=port), lambda event: None)


def test_pictures_from_files(tmp_path: Path) -> None:
    for number, picture in enumerate(Scene().with_code("A012")):
        (tmp_path / f"{number:03d}.jpg").write_bytes(jpeg(picture))
    told = OPENCV.test(options_for(f"file:{tmp_path}/%03d.jpg"), Namespace(timeout=60, show=False))
    assert told == {"kind": "ticket", "characters": 4, "text": "A012", "format": "QRCode"}


def test_a_face_check_without_its_camera_asks_staff() -> None:
    consent = Consent(at=_now(), text_version="1")
    with eye() as it:
        it.simulator.stop()
        assert it.health().state is State.GONE
        it.camera.check_face(PHOTO, consent)
        with pytest.raises(DeviceError, match=r"face\.busy"):
            it.camera.check_face(PHOTO, consent)
        assert it.events.get(timeout=60) == FaceResult(
            outcome=Outcome.ASK_STAFF, reason=Reason.CAMERA
        )
        it.simulator.start()


def test_a_face_check_without_models_asks_staff_and_codes_go_on(tmp_path: Path) -> None:
    with eye(models=str(tmp_path)) as it:
        it.camera.look_for(codes=True, preview=False)
        it.camera.check_face(PHOTO, Consent(at=_now(), text_version="1"))
        assert it.events.get(timeout=60) == FaceResult(
            outcome=Outcome.ASK_STAFF, reason=Reason.MODELS
        )
        it.simulator.show("A012")
        assert it.code() == "A012"


def test_no_consent_no_check() -> None:
    with eye() as it, pytest.raises(DeviceError, match=r"face\.no_consent"):
        it.camera.check_face(PHOTO, None)  # type: ignore[arg-type]


def test_the_process_ends_with_its_parent(tmp_path: Path) -> None:
    simulator = CameraSimulator("tcp")
    simulator.start()
    program = (
        "import sys, time\n"
        "from devices.camera.driver import Camera\n"
        "from devices.camera.options import CameraOptions\n"
        "from devices.supervisor import Supervisor\n"
        "camera = Camera(CameraOptions(port=sys.argv[1]), print)\n"
        "Supervisor('camera', camera, lambda h: print(camera.process, flush=True)).start()\n"
        "time.sleep(600)\n"
    )
    try:
        with subprocess.Popen(
            [sys.executable, "-c", program, simulator.port], stdout=subprocess.PIPE, text=True
        ) as parent:
            assert parent.stdout
            child = int(parent.stdout.readline())
            assert Path(f"/proc/{child}").exists()
            parent.kill()
        until(lambda: not _is_alive(child))
    finally:
        simulator.stop()


@pytest.mark.slow
def test_memory_is_flat_over_some_thousand_pictures() -> None:
    with eye(rate=120) as it:
        it.simulator._rate = 120
        it.camera.look_for(codes=True, preview=True)
        it.simulator.show("A012")
        process = process_of(it)
        until(lambda: it.camera.frames > 300)
        before = _resident(process)
        seen = it.camera.frames
        until(lambda: it.camera.frames > seen + 2000)
        assert _resident(process) < before + (8 << 20)
        assert process_of(it) == process


def test_the_bench_waits_for_a_code() -> None:
    command = [
        sys.executable,
        "-m",
        "devices",
        "simulate",
        "camera",
        "--port",
        "tcp",
        "--until-eof",
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as simulator:
        assert simulator.stdin
        assert simulator.stdout
        port = simulator.stdout.readline().split()[1]
        simulator.stdin.write("show YY20250612A7\n")
        simulator.stdin.flush()
        assert simulator.stdout.readline() == "ok\n"
        told = subprocess.run(
            [sys.executable, "-m", "devices", "test", "camera", "--port", port, "--json", "--show"],
            capture_output=True,
            text=True,
            check=False,
        )
        simulator.stdin.close()
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == {
        "kind": "appointment",
        "characters": 12,
        "text": "YY20250612A7",
        "format": "QRCode",
    }


def _now() -> datetime:
    return datetime.now(UTC)


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _resident(process: int) -> int:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
