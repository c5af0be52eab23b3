"""The camera in the kiosk: codes while a page asks for one, a face once its owner agreed.

The card's photograph is held from the reading of the card until the question of the face is
settled; it, the pictures and the comparison are gone the moment the page is left.
"""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import assert_never

from PySide6.QtCore import QObject, Qt, Signal, Slot

from devices.camera.driver import Camera
from devices.camera.events import CameraEvent, CodeSeen
from devices.camera.events import Preview as Frame
from devices.camera.options import CameraOptions
from devices.errors import DeviceError
from devices.face.outcome import CardPhoto, Consent, FaceHint, FaceResult, Reason
from devices.health import Health
from devices.supervisor import Supervisor
from kiosk import inputs as i
from kiosk.preview import Preview
from kiosk.states import CameraUse

log = logging.getLogger(__name__)

CONSENT_TEXT = "kiosk-face-1"
"""Version of the text on the consent page; it changes with the text."""
CODES = {
    Reason.SAME: "",
    Reason.DIFFERENT: "",
    Reason.UNSURE: "face_unsure",
    Reason.NOT_SEEN: "face_late",
    Reason.NO_TURN: "face_unsure",
    Reason.CARD_PHOTO: "face_no_photo",
    Reason.CAMERA: "face_no_camera",
    Reason.MODELS: "face_not_ready",
}
"""What the citizen is told for each reason why the staff are asked."""

Decode = Callable[[bytes], CardPhoto]
"""A chip's photograph decoded, blocking; DeviceError where it cannot be."""


class Sight(QObject):
    """A camera under its supervisor. `happened` carries the flow's inputs, `scanned` codes' texts,
    `health` the camera's; all in the GUI thread, like every method."""

    happened = Signal(object)
    scanned = Signal(str)
    health = Signal(object)
    _said = Signal(object)
    _decoded = Signal(int, object)
    _found = Signal(str)

    def __init__(self, options: CameraOptions, decode: Decode | None) -> None:
        super().__init__()
        self.preview = Preview(self)
        self._decode = decode
        self._photo = b""
        self._use: CameraUse = "off"
        self._look = 0
        queued = Qt.ConnectionType.QueuedConnection
        self._said.connect(self._hear, queued)
        self._decoded.connect(self._compare, queued)
        self._found.connect(self._tell_models, queued)
        self._models = options.models
        self._camera = Camera(options, self._said.emit)
        self._supervisor = Supervisor("camera", self._camera, self._said.emit)

    def start(self) -> None:
        """Try the camera, then close it until a page asks; look whether faces can be compared."""
        self._supervisor.start()
        if self._decode is not None:
            # Their checksums take a tenth of a second: aside.
            threading.Thread(target=self._find_models, name="models", daemon=True).start()

    def _find_models(self) -> None:
        from devices.face.models import find

        code = ""
        try:
            find(self._models)
        except DeviceError as error:
            log.warning("faces cannot be compared: %s", error)
            code = error.code
        self._found.emit(code)

    def poke(self) -> None:
        """Something was plugged in: look now."""
        self._supervisor.poke()

    def stop(self) -> None:
        """Close it for good."""
        self.use("off")
        self._supervisor.stop()

    def hold(self, photo: bytes) -> bool:
        """Keep the chip's photograph until `forget`; whether it can be looked at here."""
        self._photo = photo if self._decode else b""
        return bool(self._photo)

    def forget(self) -> None:
        """The photograph goes."""
        self._photo = b""

    def use(self, use: CameraUse) -> None:
        """What the page on the screen wants the camera for."""
        if use == self._use:
            return
        was, self._use = self._use, use
        self._look += 1
        if was == "face":
            self._camera.cancel_face()
        self._camera.look_for(codes=use == "codes", preview=use != "off")
        self.preview.clear()
        if use == "face":
            self._begin()

    def _begin(self) -> None:
        photo, decode, look = self._photo, self._decode, self._look
        self.forget()
        if decode is None or not photo:
            self._decoded.emit(look, DeviceError("id_reader.photo_invalid"))
            return

        def work() -> None:
            try:
                found: CardPhoto | DeviceError = decode(photo)
            except DeviceError as error:
                found = error
            self._decoded.emit(look, found)

        threading.Thread(target=work, name="photo", daemon=True).start()

    @Slot(str)
    def _tell_models(self, code: str) -> None:
        self.happened.emit(i.FaceCodeSeen(code))

    @Slot(int, object)
    def _compare(self, look: int, found: CardPhoto | DeviceError) -> None:
        if look != self._look:
            return  # the page was left while the photograph was being decoded
        if isinstance(found, DeviceError):
            log.warning("card photo: %s", found)
            self.happened.emit(i.FaceEnded("ask_staff", "face_no_photo"))
            return
        try:
            consent = Consent(at=datetime.now(UTC), text_version=CONSENT_TEXT)
            self._camera.check_face(found, consent)
        except DeviceError as error:
            log.warning("face check: %s", error)
            self.happened.emit(i.FaceEnded("ask_staff", "face_not_ready"))

    @Slot(object)
    def _hear(self, event: Health | CameraEvent) -> None:
        match event:
            case Health():
                self.health.emit(event)
            case CodeSeen():
                if self._use == "codes":
                    self.scanned.emit(event.text)
            case Frame(jpeg=jpeg):
                if self._use != "off":
                    self.preview.show(jpeg)
            case FaceHint(hint):
                if self._use == "face":
                    self.happened.emit(i.FaceGuided(hint.value))
            case FaceResult(outcome=outcome, reason=reason):
                if self._use == "face":
                    self.happened.emit(i.FaceEnded(outcome.value, CODES[reason]))
            case _:
                assert_never(event)
