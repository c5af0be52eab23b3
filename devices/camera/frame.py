"""One picture of the camera, decoded as far as it is asked for. Runs in the camera's process."""

from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
_REDUCED: Final = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
}


class Frame:
    """A picture taken at `at` seconds, from its JPEG or from its BGR pixels.

    A JPEG is decoded to grey for codes, to a quarter of its size for a preview: each is far cheaper
    than the whole picture in colour, which only a face check needs.
    """

    def __init__(self, at: float, *, jpeg: bytes = b"", bgr: Image | None = None) -> None:
        self.at = at
        self._jpeg = jpeg
        self._bgr = bgr

    @cached_property
    def grey(self) -> Image | None:
        """Height × width; None where the bytes are no picture."""
        if self._bgr is not None:
            return _image(cv2.cvtColor(self._bgr, cv2.COLOR_BGR2GRAY))
        return self._decode(cv2.IMREAD_GRAYSCALE)

    @cached_property
    def bgr(self) -> Image | None:
        """Height × width × 3; None where the bytes are no picture."""
        return self._bgr if self._bgr is not None else self._decode(cv2.IMREAD_COLOR)

    def preview(self, width: int, *, mirror: bool) -> bytes:
        """A small JPEG; empty where there is no picture."""
        grey = self.grey
        if grey is None:
            return b""
        if self._bgr is not None:
            small: Image | None = self._bgr
        else:
            factor = max((f for f in _REDUCED if grey.shape[1] // f >= width), default=1)
            small = self._decode(_REDUCED[factor])
        if small is None:
            return b""
        height = max(1, round(small.shape[0] * width / small.shape[1]))
        small = _image(cv2.resize(small, (width, height), interpolation=cv2.INTER_AREA))
        if mirror:
            small = _image(cv2.flip(small, 1))
        is_done, jpeg = cv2.imencode(".jpg", small, (cv2.IMWRITE_JPEG_QUALITY, 70))
        return jpeg.tobytes() if is_done else b""

    def _decode(self, flags: int) -> Image | None:
        try:
            picture = cv2.imdecode(np.frombuffer(self._jpeg, np.uint8), flags)
        except cv2.error:
            return None  # not a picture, or one of an absurd size
        return _image(picture) if picture is not None else None


def _image(pixels: object) -> Image:
    return np.asarray(pixels, dtype=np.uint8)
