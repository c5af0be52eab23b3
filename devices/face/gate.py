"""Whether what the camera sees is good enough to be judged. Numbers in, a hint out; no pictures."""

from collections.abc import Sequence

import msgspec

from devices.face.outcome import FaceSettings, Hint

Point = tuple[float, float]


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """A found face in pixels of the frame: its box, and YuNet's landmarks that are used here.

    Right and left are the person's own: the right eye is on the picture's left.
    """

    x: float
    y: float
    width: float
    height: float
    right_eye: Point
    left_eye: Point
    nose: Point


def yaw(face: Face) -> float:
    """How far the nose stands from the middle of the eyes, in distances between the eyes.

    About 0 facing the camera, positive turned to the person's own left; 0.4 is a clear turn (?).
    A ratio of two lengths, no angle.
    """
    apart = face.left_eye[0] - face.right_eye[0]
    if apart <= 1:
        # In profile the eyes fall together: as turned as can be, to the nose's side.
        return 2.0 if face.nose[0] > face.x + face.width / 2 else -2.0
    middle = (face.left_eye[0] + face.right_eye[0]) / 2
    return max(-2.0, min(2.0, (face.nose[0] - middle) / apart))


def nearest(faces: Sequence[Face]) -> Face:
    """The widest face: who stands in front."""
    return max(faces, key=lambda face: face.width)


def placed(
    faces: Sequence[Face], width: int, height: int, settings: FaceSettings, *, any_turn: bool
) -> Hint | None:
    """What is wrong with who stands where in a frame of `width` × `height`; None: nothing.

    People waiting behind are smaller; only a face nearly as wide makes it two.
    """
    if not faces:
        return Hint.NO_FACE
    face = nearest(faces)
    if sum(other.width >= 0.6 * face.width for other in faces) > 1:
        return Hint.SEVERAL
    if face.width < settings.smallest:
        return Hint.FAR
    if face.width > 0.8 * width or face.height > 0.95 * height:
        return Hint.NEAR
    middle_x, middle_y = face.x + face.width / 2, face.y + face.height / 2
    if not (0.15 * width <= middle_x <= 0.85 * width and 0.1 * height <= middle_y <= 0.9 * height):
        return Hint.EDGE
    if not any_turn and abs(yaw(face)) > settings.most_yaw:
        return Hint.TURNED
    return None


def lit(brightness: float, sharpness: float, settings: FaceSettings) -> Hint | None:
    """What is wrong with the light or the focus of the face's own picture; None: nothing."""
    if brightness < settings.darkest:
        return Hint.DARK
    if brightness > settings.brightest:
        return Hint.BRIGHT
    if sharpness < settings.least_sharpness:
        return Hint.BLURRED
    return None
