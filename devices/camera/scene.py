"""What stands before a simulated camera, drawn: a desk, a code held in front of it, a picture."""

from pathlib import Path
from typing import Final

import cv2
import numpy as np
import zxingcpp

from devices.camera.frame import Image
from devices.errors import DeviceError

_SHIFTS: Final = ((0, 0), (2, 1), (1, 3), (3, 2))  # a hand is never quite still
_LINEAR: Final = frozenset({"Code128", "Code39", "EAN13", "EAN8", "ITF", "PDF417"})


class Scene:
    """Pictures of `width` × `height`, the same for the same seed."""

    def __init__(self, width: int = 640, height: int = 480, seed: int = 1) -> None:
        self.width = width
        self.height = height
        self._noise = np.random.default_rng(seed)
        self.desk = self._desk()

    def _desk(self) -> Image:
        ramp = np.linspace(90, 170, self.width)[None, :, None]
        grain = self._noise.normal(0, 6, (self.height, self.width, 3))
        return np.clip(ramp + grain, 0, 255).astype(np.uint8)

    def with_code(self, text: str, format_name: str = "QRCode") -> list[Image]:
        """A code on white paper, a little askew; DeviceError `driver.options` if it holds no such
        text."""
        paper = code_picture(text, format_name)
        share = 0.8 if format_name in _LINEAR else 0.55
        limit = (self.width * share, self.height * 0.6)
        scale = min(limit[0] / paper.shape[1], limit[1] / paper.shape[0])
        width, height = paper.shape[1] * scale, paper.shape[0] * scale
        left, top = (self.width - width) / 2, (self.height - height) / 2
        slant = 0.03 * height
        frames = []
        for dx, dy in _SHIFTS:
            corners = np.array(
                [
                    (left + dx, top + dy),
                    (left + width + dx, top + slant + dy),
                    (left + width + dx - slant, top + height + dy),
                    (left + dx + slant, top + height - slant + dy),
                ],
                np.float32,
            )
            frames.append(self.laid(paper, corners))
        return frames

    def laid(
        self, paper: Image, corners: "np.ndarray[tuple[int, int], np.dtype[np.float32]]"
    ) -> Image:
        """`paper` (grey) on the desk, its corners (clockwise from top left) where they are said."""
        height, width = paper.shape
        own = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        matrix = cv2.getPerspectiveTransform(own, corners)
        size = (self.width, self.height)
        # A camera sees areas, not points: coarse modules are enlarged first.
        flat = cv2.warpPerspective(
            cv2.cvtColor(paper, cv2.COLOR_GRAY2BGR), matrix, size, flags=cv2.INTER_AREA
        )
        mask = cv2.warpPerspective(np.full_like(paper, 255), matrix, size, flags=cv2.INTER_NEAREST)
        frame = self.desk.copy()
        frame[np.asarray(mask) > 0] = np.asarray(flat)[np.asarray(mask) > 0]
        return np.asarray(cv2.GaussianBlur(frame, (3, 3), 0), np.uint8)

    def with_picture(self, path: Path) -> list[Image]:
        """A picture file as large as fits; DeviceError `port.missing` if it cannot be read."""
        picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if picture is None:
            raise DeviceError("port.missing", f"no picture in {path}")
        scale = min(self.width / picture.shape[1], self.height / picture.shape[0])
        size = (int(picture.shape[1] * scale), int(picture.shape[0] * scale))
        small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        left, top = (self.width - size[0]) // 2, (self.height - size[1]) // 2
        frame = self.desk.copy()
        frame[top : top + size[1], left : left + size[0]] = small
        return [frame]


def code_picture(text: str, format_name: str = "QRCode") -> Image:
    """A code in grey, black on white, four or more pixels a module, its quiet zone around it."""
    try:
        kind = zxingcpp.BarcodeFormat[format_name]
        barcode = zxingcpp.create_barcode(text, kind)
        drawn = zxingcpp.write_barcode_to_image(barcode, scale=6, add_quiet_zones=True)
    except (KeyError, ValueError, RuntimeError) as error:
        raise DeviceError("driver.options", f"{format_name} cannot hold this") from error
    return np.array(drawn, np.uint8)


def jpeg(image: Image, quality: int = 85) -> bytes:
    """As a network camera packs it."""
    is_done, packed = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, quality))
    assert is_done, "a picture in memory can be packed"
    return packed.tobytes()
