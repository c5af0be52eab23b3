"""YuNet finds faces, SFace makes them comparable, OpenCV runs both. In the camera's process only.

YuNet: 15 numbers a face: box, right eye, left eye, nose, mouth's right and left corner, score.
SFace: 128 numbers a face; the cosine between two is their likeness.
"""

from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from devices.face import models
from devices.face.gate import Face
from devices.face.outcome import CardPhoto

if TYPE_CHECKING:
    pass

Image = NDArray[np.uint8]
Template = NDArray[np.float32]
_WIDEST: Final = 640
_CARD_ZOOM: Final = (3, 2, 1)


class Seen(msgspec.Struct, frozen=True):
    """A found face; `row` are YuNet's own numbers, for the crop."""

    face: Face
    row: NDArray[np.float32]


class Crop(msgspec.Struct, frozen=True):
    """A face turned upright, 112 × 112, with its mean grey and its Laplacian's variance."""

    pixels: Image
    brightness: float
    sharpness: float


class Engine(Protocol):
    """What a check needs of the models."""

    def faces(self, bgr: Image) -> list[Seen]:
        """Every face in a frame."""

    def crop(self, bgr: Image, seen: Seen) -> Crop:
        """One of them, upright."""

    def template(self, crop: Crop) -> Template:
        """Its 128 numbers, of length 1."""

    def card_template(self, photo: CardPhoto) -> Template | None:
        """The card's; None where no single face is found."""


def similarity(one: Template, other: Template) -> float:
    """The cosine of two templates, -1 to 1."""
    return float(np.dot(one, other))


def load_engine(folder: str) -> "OpenCvEngine":
    """The models from `folder`, the usual one if empty; DeviceError `face.models`, …checksum."""
    yunet, sface = models.find(folder)
    return OpenCvEngine(str(yunet), str(sface))


class OpenCvEngine:
    """Both models on OpenCV's own network runner, on as many threads as OpenCV was given."""

    def __init__(self, yunet: str, sface: str) -> None:
        import cv2

        self._cv2 = cv2
        self._detector: cv2.FaceDetectorYN = cv2.FaceDetectorYN.create(
            yunet, "", (320, 320), score_threshold=0.75, nms_threshold=0.3, top_k=50
        )
        self._recognizer: cv2.FaceRecognizerSF = cv2.FaceRecognizerSF.create(sface, "")
        self._size = (320, 320)

    def faces(self, bgr: Image) -> list[Seen]:
        height, width = bgr.shape[:2]
        scale = min(1.0, _WIDEST / width)
        small: Any = bgr
        if scale < 1:
            size = (round(width * scale), round(height * scale))
            small = self._cv2.resize(bgr, size, interpolation=self._cv2.INTER_AREA)
        size = (small.shape[1], small.shape[0])
        if size != self._size:
            self._detector.setInputSize(size)
            self._size = size
        _, rows = self._detector.detect(small)
        if rows is None:
            return []
        return [_seen(np.asarray(row, np.float32), 1 / scale) for row in rows]

    def crop(self, bgr: Image, seen: Seen) -> Crop:
        pixels = np.asarray(self._recognizer.alignCrop(bgr, seen.row), np.uint8)
        grey = self._cv2.cvtColor(pixels, self._cv2.COLOR_BGR2GRAY)
        laplacian = np.asarray(self._cv2.Laplacian(grey, self._cv2.CV_64F))
        return Crop(pixels, float(np.mean(np.asarray(grey))), float(laplacian.var()))

    def template(self, crop: Crop) -> Template:
        numbers = np.array(self._recognizer.feature(crop.pixels), np.float32).ravel()
        length = float(np.linalg.norm(numbers))
        return numbers / np.float32(length) if length > 0 else numbers

    def card_template(self, photo: CardPhoto) -> Template | None:
        rgb = np.frombuffer(photo.rgb, np.uint8).reshape(photo.height, photo.width, 3)
        for zoom in _CARD_ZOOM:
            size = (photo.width * zoom, photo.height * zoom)
            large = self._cv2.resize(rgb[:, :, ::-1], size, interpolation=self._cv2.INTER_CUBIC)
            bgr = np.ascontiguousarray(large, np.uint8)
            found = self.faces(bgr)
            if len(found) == 1:
                return self.template(self.crop(bgr, found[0]))
        return None


def _seen(row: NDArray[np.float32], scale: float) -> Seen:
    row = row.copy()
    row[:14] *= np.float32(scale)
    n = [float(value) for value in row]
    face = Face(
        x=n[0],
        y=n[1],
        width=n[2],
        height=n[3],
        right_eye=(n[4], n[5]),
        left_eye=(n[6], n[7]),
        nose=(n[8], n[9]),
    )
    return Seen(face, row)
