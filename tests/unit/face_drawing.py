"""Drawn faces: no photograph of a person stands in this repository, nor is one needed."""

from dataclasses import dataclass

import cv2
import numpy as np

from devices.camera.frame import Image
from devices.face.outcome import CardPhoto

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Drawn:
    """One invented face; `wide` and the rest make another of it."""

    skin: Colour = (150, 180, 220)
    hair: Colour = (30, 40, 50)
    wide: float = 0.72
    eyes: float = 0.30
    brow: float = 0.05
    mouth: float = 0.25
    nose: float = 0.12


def draw(canvas: Image, drawn: Drawn, x: int, y: int, size: float, turn: float = 0.0) -> None:
    """A face of half-height `size` at (x, y), its features moved by `turn` to its own left."""

    def at(dx: float, dy: float) -> tuple[int, int]:
        return round(x + dx * size), round(y + dy * size)

    def span(width: float, height: float) -> tuple[int, int]:
        return max(1, round(width * size)), max(1, round(height * size))

    def ellipse(
        middle: tuple[int, int], axes: tuple[int, int], colour: Colour, *, end: int = 360,
        thick: int = -1,
    ) -> None:  # fmt: skip
        cv2.ellipse(canvas, middle, axes, 0, 0, end, colour, thick, cv2.LINE_AA)

    shade = (drawn.skin[0] - 35, drawn.skin[1] - 40, drawn.skin[2] - 40)
    line = max(1, round(0.03 * size))
    ellipse(at(0, -0.25), span(drawn.wide + 0.1, 1.0), drawn.hair)
    ellipse(at(0, 0), span(drawn.wide, 0.95), drawn.skin)
    for side in (-1, 1):
        eye = at(side * drawn.eyes + turn, -0.15)
        ellipse(eye, span(0.14, 0.07), (245, 245, 245))
        ellipse(eye, span(0.065, 0.065), (40, 40, 60))
        brow = (eye[0], eye[1] - round(0.14 * size))
        cv2.ellipse(canvas, brow, span(0.19, 0.05), 0, 180, 360, drawn.hair, span(drawn.brow, 1)[0])
        ellipse(at(side * 0.07 + turn * 1.7, 0.22), span(0.03, 0.03), shade)
    ellipse(at(turn * 1.7, 0.2), span(drawn.nose, 0.07), shade, end=180, thick=line)
    cv2.line(canvas, at(-0.05 + turn, -0.1), at(turn * 1.7 - 0.1, 0.2), shade, line)
    ellipse(at(turn * 1.2, 0.5), span(drawn.mouth, 0.08), (90, 90, 190))
    ellipse(at(turn * 1.2, 0.48), span(drawn.mouth, 0.03), (60, 60, 120), end=180, thick=2)


def frame(*faces: tuple[Drawn, int, int, float, float], light: float = 1.0) -> Image:
    """640×480 with the faces before a grey wall; `light` 1.0 is good."""
    canvas = np.full((480, 640, 3), (150, 160, 165), np.uint8)
    for drawn, x, y, size, turn in faces:
        draw(canvas, drawn, x, y, size, turn)
    soft = np.asarray(cv2.GaussianBlur(canvas, (5, 5), 0), np.float32)
    return np.asarray(np.clip(soft * light, 0, 255), np.uint8)


def card_photo(drawn: Drawn) -> CardPhoto:
    """As a chip's: 102 × 126 on white."""
    canvas = np.full((504, 408, 3), 255, np.uint8)
    draw(canvas, drawn, 204, 270, 170)
    small = cv2.resize(canvas, (102, 126), interpolation=cv2.INTER_AREA)
    rgb = np.ascontiguousarray(np.asarray(small, np.uint8)[:, :, ::-1])
    return CardPhoto(width=102, height=126, rgb=rgb.tobytes())
