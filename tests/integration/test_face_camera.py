"""A face check through everything: camera, its process, both models. Faces are drawn.

Needs the models; without them these tests are skipped, and say so. SFace finds all drawn faces
alike, so the thresholds here are for drawings.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

import pytest

from devices.camera.driver import Camera
from devices.camera.events import CameraEvent
from devices.camera.frame import Image
from devices.camera.options import CameraOptions
from devices.camera.scene import jpeg
from devices.camera.simulator import CameraSimulator
from devices.errors import DeviceError
from devices.face import models
from devices.face.engine import OpenCvEngine, load_engine, similarity
from devices.face.gate import yaw
from devices.face.outcome import (
    Consent,
    FaceHint,
    FaceResult,
    FaceSettings,
    Hint,
    Outcome,
    Reason,
)
from devices.health import Health, State
from devices.supervisor import Supervisor
from tests.unit.face_drawing import Drawn, card_photo, frame

try:
    models.find()
except DeviceError as missing:
    pytest.skip(
        f"FACE MODELS MISSING ({missing}): hall devices models fetch", allow_module_level=True
    )

ANN = Drawn()
BOB = Drawn(skin=(90, 120, 160), hair=(10, 10, 20), wide=0.85, eyes=0.36, brow=0.1, mouth=0.35)
DRAWN = FaceSettings(pass_at=0.88, fail_below=0.82, limit=60.0)


def alone(who: Drawn, turn: float = 0.0, size: float = 130, light: float = 1.0) -> Image:
    return frame((who, 320, 240, size, turn), light=light)


@pytest.fixture(scope="module")
def engine() -> OpenCvEngine:
    return load_engine("")


def test_the_models_tell_drawn_people_apart(engine: OpenCvEngine) -> None:
    card = engine.card_template(card_photo(ANN))
    assert card is not None
    values = []
    for who in (ANN, BOB):
        (seen,) = engine.faces(alone(who))
        values.append(similarity(card, engine.template(engine.crop(alone(who), seen))))
    assert values[0] > DRAWN.pass_at
    assert values[1] < DRAWN.fail_below


def test_a_turned_head_has_its_sign(engine: OpenCvEngine) -> None:
    found = [yaw(engine.faces(alone(ANN, turn))[0].face) for turn in (-0.3, 0.0, 0.3)]
    assert found[0] < -0.2 < found[1] < 0.2 < found[2]


def test_a_large_frame_gives_the_same_face(engine: OpenCvEngine) -> None:
    import cv2
    import numpy as np

    small = alone(ANN)
    large = np.asarray(cv2.resize(small, (1280, 960)), np.uint8)
    (one,), (two,) = engine.faces(small), engine.faces(large)
    assert two.face.width == pytest.approx(2 * one.face.width, rel=0.05)
    assert two.face.nose[0] == pytest.approx(2 * one.face.nose[0], rel=0.05)


class Booth:
    """A camera at work before whom drawn people stand."""

    def __init__(self, simulator: CameraSimulator, settings: FaceSettings) -> None:
        self.simulator = simulator
        self.events: SimpleQueue[CameraEvent] = SimpleQueue()
        self.camera = Camera(
            CameraOptions(port=simulator.port, face=settings, hung_after=60), self.events.put
        )

    def stand(self, *pictures: Image) -> None:
        self.simulator.present([jpeg(one) for one in pictures])

    def check(self, who: Drawn) -> None:
        self.camera.check_face(card_photo(who), Consent(at=datetime.now(UTC), text_version="1"))

    def end(self) -> tuple[list[Hint], FaceResult]:
        hints = []
        while True:
            event = self.events.get(timeout=120)
            if isinstance(event, FaceHint):
                hints.append(event.hint)
            if isinstance(event, FaceResult):
                return hints, event


@contextmanager
def booth(settings: FaceSettings = DRAWN) -> Iterator[Booth]:
    simulator = CameraSimulator("tcp", rate=15)
    simulator.start()
    it = Booth(simulator, settings)
    healths: SimpleQueue[Health] = SimpleQueue()
    supervisor = Supervisor("camera", it.camera, healths.put)
    supervisor.start()
    try:
        assert healths.get(timeout=60).state is State.OK
        yield it
    finally:
        supervisor.stop()
        simulator.stop()


def test_the_one_on_the_card_passes_and_the_camera_closes() -> None:
    with booth() as it:
        it.stand(alone(ANN))
        it.check(ANN)
        _, result = it.end()
        assert (result.outcome, result.reason) == (Outcome.PASS, Reason.SAME)
        assert result.similarity is not None
        it.simulator.wait_for_viewers(0)


def test_another_fails_and_may_try_again() -> None:
    with booth() as it:
        it.stand(alone(BOB))
        it.check(ANN)
        assert it.end()[1].outcome is Outcome.FAIL
        it.stand(alone(ANN))
        it.check(ANN)
        assert it.end()[1].outcome is Outcome.PASS


def test_nobody_there_ends_with_staff() -> None:
    with booth(FaceSettings(limit=1.0)) as it:
        it.check(ANN)
        hints, result = it.end()
        assert hints == [Hint.NO_FACE]
        assert (result.outcome, result.reason) == (Outcome.ASK_STAFF, Reason.NOT_SEEN)


@pytest.mark.parametrize(
    ("picture", "hint"),
    [
        (frame((ANN, 180, 240, 110, 0.0), (BOB, 470, 240, 105, 0.0)), Hint.SEVERAL),
        (alone(ANN, size=40), Hint.FAR),
        (alone(ANN, turn=0.4), Hint.TURNED),
        (alone(ANN, light=0.25), Hint.DARK),
    ],
    ids=["several", "far", "turned", "dark"],
)
def test_what_is_wrong_is_told(picture: Image, hint: Hint) -> None:
    with booth(FaceSettings(limit=1.5)) as it:
        it.stand(picture)
        it.check(ANN)
        hints, result = it.end()
        assert hint in hints
        assert result.outcome is Outcome.ASK_STAFF


def test_a_cancelled_check_says_no_more() -> None:
    with booth() as it:
        it.check(ANN)
        assert isinstance(it.events.get(timeout=120), FaceHint)
        it.camera.cancel_face()
        it.simulator.wait_for_viewers(0)
        it.stand(alone(ANN))
        it.check(ANN)
        assert it.end()[1].outcome is Outcome.PASS
        assert it.events.empty()


def test_no_file_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = models.usual_folder()
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("HALL_MODELS", str(folder))
    began = time.time()
    monkeypatch.chdir(tmp_path)
    with booth() as it:
        it.stand(alone(ANN))
        it.check(ANN)
        assert it.end()[1].outcome is Outcome.PASS
        handles = Path(f"/proc/{it.camera.process}/fd").iterdir()
        opened = [str(one.readlink()) for one in handles if int(one.name) > 2]
        assert not [name for name in opened if name.startswith(str(tmp_path))]
        assert not [name for name in opened if "memfd" in name or "(deleted)" in name]
    assert not list(tmp_path.rglob("*"))
    fresh = [p for p in folder.iterdir() if p.stat().st_mtime >= began]
    assert not fresh
