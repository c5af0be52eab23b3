"""What a camera tells, as the program that looks hears it."""

from collections.abc import Callable

import msgspec

from devices.face.outcome import FaceHint, FaceResult


class CodeSeen(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A code came before the camera; told once until it has been away for a while.

    `format` is zxing's name: `QRCode`, `Code128`, … `at` is the frame's time in seconds on
    `time.monotonic`'s clock, which all processes of a machine share.
    """

    text: str
    format: str
    at: float

    def __repr__(self) -> str:
        return f"CodeSeen({self.format}, {len(self.text)} characters)"


class Preview(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A small picture (JPEG, mirrored as a mirror is) for who stands before the camera."""

    jpeg: bytes
    at: float

    def __repr__(self) -> str:
        return f"Preview({len(self.jpeg)} bytes)"


CameraEvent = CodeSeen | Preview | FaceHint | FaceResult
OnCameraEvent = Callable[[CameraEvent], None]
