"""What the camera's process and its parent say to each other: length, then MessagePack.

Both ends are ours and of one version. Still the parent trusts no byte: a child that a codec's bug
has overrun may send anything.
"""

from typing import Final

import msgspec

from devices.camera.events import CodeSeen, Preview
from devices.camera.options import CameraOptions
from devices.errors import DeviceError
from devices.face.outcome import CardPhoto, Consent, FaceHint, FaceResult, FaceSettings

_LENGTH: Final = 4
LONGEST_UP: Final = 1 << 20
LONGEST_DOWN: Final = 4 << 20


class SetUp(msgspec.Struct, frozen=True, tag=True):
    """The first word: try the camera, then say Ready or Trouble."""

    options: CameraOptions


class Look(msgspec.Struct, frozen=True, tag=True):
    """What is asked for from now on; for nothing the camera is closed."""

    codes: bool
    preview: bool


class CheckFace(msgspec.Struct, frozen=True, tag=True):
    """Begin a face check; `check` returns in every answer."""

    check: int
    photo: CardPhoto
    consent: Consent
    settings: FaceSettings


class CancelFace(msgspec.Struct, frozen=True, tag=True):
    """End the face check, if any, without a word."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The camera gave a picture and is closed again."""

    firmware: str
    facts: tuple[tuple[str, str], ...]


class Beat(msgspec.Struct, frozen=True, tag=True):
    """The process lives; said every second. `frames` were looked at in all, `is_open` is the
    camera."""

    is_open: bool
    frames: int


class Trouble(msgspec.Struct, frozen=True, tag=True):
    """The camera fails; the process ends after this. `code` is a key of FAULTS."""

    code: str
    detail: str


class FaceSaid(msgspec.Struct, frozen=True, tag=True):
    """A face check's hint or end."""

    check: int
    said: FaceHint | FaceResult


Down = SetUp | Look | CheckFace | CancelFace
Up = Ready | Beat | Trouble | CodeSeen | Preview | FaceSaid

# msgspec tells text that is no UTF-8, and nesting without end, by Python's own errors.
_UNDECODABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_ENCODER: Final = msgspec.msgpack.Encoder()
_DOWN: Final[msgspec.msgpack.Decoder[Down]] = msgspec.msgpack.Decoder(Down)
_UP: Final[msgspec.msgpack.Decoder[Up]] = msgspec.msgpack.Decoder(Up)


def encode(message: Down | Up) -> bytes:
    """One message as it goes through the pipe."""
    body = _ENCODER.encode(message)
    return len(body).to_bytes(_LENGTH, "big") + body


class Bodies:
    """Cuts a stream into message bodies; DeviceError `camera.child_babbled` on a false length."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies that `data` completes."""
        self._buffer += data
        bodies: list[bytes] = []
        start = 0
        while len(self._buffer) - start >= _LENGTH:
            length = int.from_bytes(self._buffer[start : start + _LENGTH], "big")
            if length > self._longest:
                raise DeviceError("camera.child_babbled", f"{length} bytes")
            end = start + _LENGTH + length
            if len(self._buffer) < end:
                break
            bodies.append(bytes(self._buffer[start + _LENGTH : end]))
            start = end
        del self._buffer[:start]
        return bodies


def decode_up(body: bytes) -> Up:
    """What the child says; DeviceError `camera.child_babbled`."""
    try:
        return _UP.decode(body)
    except _UNDECODABLE as error:
        # The error may quote what was sent: its kind must do.
        raise DeviceError("camera.child_babbled", type(error).__name__) from None


def decode_down(body: bytes) -> Down:
    """What the parent says; DeviceError `camera.child_babbled`."""
    try:
        return _DOWN.decode(body)
    except _UNDECODABLE as error:
        raise DeviceError("camera.child_babbled", type(error).__name__) from None
