"""A drawn citizen before the kiosk's camera, from the card to the ticket: flow, camera, models."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from devices.camera.options import CameraOptions
from devices.camera.scene import jpeg
from devices.camera.simulator import CameraSimulator
from devices.errors import DeviceError
from devices.face import models
from devices.face.outcome import CardPhoto, FaceSettings
from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.model import Model
from kiosk.scene_hall import HOLDER, USUAL, hall, queues
from kiosk.sight import Sight
from kiosk.states import AnyPage, Camera, Confirm, FaceAsk, Limits, Refused
from kiosk.view import Place
from queue_server.domain.values import ServiceId
from tests.unit.face_drawing import Drawn, card_photo, frame
from ui.program import make_application

try:
    models.find()
except DeviceError as missing:
    pytest.skip(
        f"FACE MODELS MISSING ({missing}): hall devices models fetch", allow_module_level=True
    )

ANN = Drawn()
BOB = Drawn(skin=(90, 120, 160), hair=(10, 10, 20), wide=0.85, eyes=0.36, brow=0.1, mouth=0.35)
# The models find all drawn faces alike, so these thresholds are for drawings.
DRAWN = FaceSettings(pass_at=0.88, fail_below=0.82, limit=60.0)
CODE = b"the chip's code of ann's photograph"


class Machine:
    """The flow and its camera; the rest of the cabinet is told of, not fitted."""

    def __init__(self, simulator: CameraSimulator) -> None:
        make_application("kiosk-face")
        self.sight = Sight(CameraOptions(port=simulator.port, face=DRAWN), self._decode)
        self.model = Model(Limits(face_check=True, face=120), Place(), self)
        self.sight.happened.connect(self.model.feed)
        self.sight.health.connect(lambda _: self.model.feed(i.CameraSeen(Camera(True, True))))

    def _decode(self, code: bytes) -> CardPhoto:
        assert code == CODE
        return card_photo(ANN)

    def perform(self, effect: fx.AnyEffect) -> None:
        if isinstance(effect, fx.UseCamera):
            self.sight.use(effect.use)
        elif isinstance(effect, fx.ForgetPhoto):
            self.sight.forget()

    @property
    def page(self) -> AnyPage:
        return self.model.kiosk.session.page

    def lay_card(self) -> None:
        for event in (
            i.LineUp(),
            i.HallSeen(hall(USUAL)),
            i.QueuesSeen(queues(USUAL)),
            i.ReaderSeen(True),
            i.Begin(),
            i.PickDepartment(USUAL[2].department.zh),
            i.PickService(ServiceId("s2")),
            i.PickWay("card"),
        ):
            self.model.feed(event)
        self.model.feed(i.CardRead(HOLDER, self.sight.hold(CODE)))


@pytest.fixture
def simulator() -> Iterator[CameraSimulator]:
    made = CameraSimulator("tcp", rate=10)
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize(("who", "page"), [(ANN, Confirm), (BOB, Refused)])
def test_the_holder_goes_on_and_another_does_not(
    simulator: CameraSimulator, qtbot: QtBot, who: Drawn, page: type[AnyPage]
) -> None:
    machine = Machine(simulator)
    simulator.present([jpeg(frame((who, 320, 240, 130, 0.0)))])
    machine.sight.start()
    qtbot.waitUntil(lambda: machine.model.kiosk.world.camera.works, timeout=60_000)
    machine.lay_card()
    assert isinstance(machine.page, FaceAsk)
    assert machine.sight.preview.image.isNull(), "nobody is looked at before the consent"
    machine.model.feed(i.AnswerFace(True))
    qtbot.waitUntil(lambda: isinstance(machine.page, page), timeout=120_000)
    if isinstance(machine.page, Confirm):
        assert machine.page.face == "passed"
    assert machine.sight.preview.image.isNull()
    assert CODE not in vars(machine.sight).values()
    simulator.wait_for_viewers(0)
    machine.sight.stop()
