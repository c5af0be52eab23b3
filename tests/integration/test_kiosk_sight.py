"""The kiosk's camera against its simulator: opened on demand, and everything gone when left."""

from argparse import Namespace
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from devices.camera.options import CameraOptions
from devices.camera.spec import OPENCV
from devices.driver import Simulator
from devices.errors import DeviceError
from devices.face.outcome import CardPhoto, FaceResult, Outcome, Reason
from devices.health import Health, State
from kiosk import inputs as i
from kiosk.sight import CODES, Sight
from kiosk.words import SENTENCES

PATIENCE = 60_000


class Watch:
    """A sight and what it said."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.decoded: list[bytes] = []
        self.sight = Sight(CameraOptions(port=simulator.port), self._decode)
        self.said: list[i.AnyInput] = []
        self.codes: list[str] = []
        self.healths: list[Health] = []
        self.sight.happened.connect(self.said.append)
        self.sight.scanned.connect(self.codes.append)
        self.sight.health.connect(self.healths.append)

    def _decode(self, code: bytes) -> CardPhoto:
        self.decoded.append(code)
        if code == b"broken":
            raise DeviceError("id_reader.photo_invalid")
        return CardPhoto(width=102, height=126, rgb=bytes(102 * 126 * 3))

    def ended(self) -> list[i.FaceEnded]:
        return [event for event in self.said if isinstance(event, i.FaceEnded)]


@pytest.fixture
def watch(qtbot: QtBot) -> Iterator[Watch]:
    assert OPENCV.simulate is not None
    simulator = OPENCV.simulate("tcp", Namespace(size=(320, 240), rate=15.0))
    simulator.start()
    made = Watch(simulator)
    made.sight.start()
    qtbot.waitUntil(lambda: bool(made.healths), timeout=PATIENCE)
    assert made.healths[0].state is State.OK
    yield made
    made.sight.stop()
    simulator.stop()


def test_codes_are_read_and_shown_only_while_a_page_asks(watch: Watch, qtbot: QtBot) -> None:
    preview = watch.sight.preview
    watch.simulator.commands["show"]()
    qtbot.wait(500)
    assert (watch.codes, preview.image.isNull()) == ([], True)
    watch.sight.use("codes")
    qtbot.waitUntil(lambda: watch.codes == ["A012"], timeout=PATIENCE)
    qtbot.waitUntil(lambda: not preview.image.isNull(), timeout=PATIENCE)
    watch.sight.use("off")
    assert preview.image.isNull()
    assert preview.property("source") == ""
    qtbot.wait(1000)
    assert preview.image.isNull(), "a late picture is not shown"
    assert watch.codes == ["A012"]


def test_a_photo_is_decoded_only_after_consent_and_forgotten_when_the_page_is_left(
    watch: Watch, qtbot: QtBot
) -> None:
    assert watch.sight.hold(b"a card's photograph")
    watch.sight.forget()
    watch.sight.use("face")
    qtbot.waitUntil(lambda: bool(watch.ended()), timeout=PATIENCE)
    assert watch.ended() == [i.FaceEnded("ask_staff", "face_no_photo")]
    assert watch.decoded == []
    watch.sight.use("off")
    held = [value for value in vars(watch.sight).values() if isinstance(value, bytes)]
    assert held == [b""]


def test_a_photo_that_cannot_be_decoded_asks_the_staff(watch: Watch, qtbot: QtBot) -> None:
    watch.sight.hold(b"broken")
    watch.sight.use("face")
    qtbot.waitUntil(lambda: bool(watch.ended()), timeout=PATIENCE)
    assert watch.ended() == [i.FaceEnded("ask_staff", "face_no_photo")]
    assert watch.decoded == [b"broken"]


def test_leaving_during_a_check_says_nothing_afterwards(watch: Watch, qtbot: QtBot) -> None:
    watch.sight.hold(b"code")
    watch.sight.use("face")
    watch.sight.use("off")
    said = list(watch.said)
    qtbot.wait(1500)
    assert [e for e in watch.said if e not in said and not isinstance(e, i.FaceCodeSeen)] == []
    assert watch.sight.preview.image.isNull()


def test_without_a_decoder_no_photo_is_held(qtbot: QtBot) -> None:
    sight = Sight(CameraOptions(port="tcp:127.0.0.1:9"), None)
    assert not sight.hold(b"a card's photograph")
    assert b"a card's photograph" not in vars(sight).values()


def test_every_reason_of_the_camera_has_words_for_the_citizen(qtbot: QtBot) -> None:
    assert set(CODES) == set(Reason)
    sight = Sight(CameraOptions(port="tcp:127.0.0.1:9"), None)
    said: list[i.AnyInput] = []
    sight.happened.connect(said.append)
    for reason, code in CODES.items():
        assert code == "" or code in SENTENCES
        sight._use = "face"
        sight._hear(FaceResult(outcome=Outcome.ASK_STAFF, reason=reason))
    assert [event for event in said if isinstance(event, i.FaceEnded)] == [
        i.FaceEnded("ask_staff", code) for code in CODES.values()
    ]
    sight._use = "off"
    said.clear()
    sight._hear(FaceResult(outcome=Outcome.PASS, reason=Reason.SAME))
    assert said == [], "the page was left before the camera said so"
