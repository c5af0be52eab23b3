"""A camera's configuration and where its pictures come from."""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from devices.driver import DeviceOptions
from devices.errors import DeviceError
from devices.face.outcome import FaceSettings

CodeFormat = Literal[
    "QRCode", "MicroQRCode", "DataMatrix", "Aztec", "PDF417",
    "Code128", "Code39", "Code93", "Codabar", "ITF", "EAN13", "EAN8", "UPCA", "UPCE",
]  # fmt: skip
"""zxing-cpp's names; each one more costs time on every frame that shows nothing."""

USUAL: Final[tuple[CodeFormat, ...]] = (
    "QRCode",
    "DataMatrix",
    "PDF417",
    "Code128",
    "Code39",
    "EAN13",
    "EAN8",
)


class CameraOptions(DeviceOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One camera. `port` is `video:/dev/v4l/by-id/…`, `tcp:HOST:PORT` (MJPEG over HTTP), or
    `file:/PATH` (a film, or pictures by a pattern such as `/frames/%03d.png`, over and over)."""

    width: Annotated[int, Meta(ge=160, le=4096, description="画面宽 picture's width asked for")] = (
        640
    )
    height: Annotated[int, Meta(ge=120, le=4096, description="画面高 and height")] = 480
    rate: Annotated[
        float, Meta(gt=0, le=120, description="每秒识读 most pictures looked at a second")
    ] = 20.0
    formats: Annotated[
        tuple[CodeFormat, ...], Meta(min_length=1, description="码制 kinds of code")
    ] = USUAL
    repeat: Annotated[
        float, Meta(ge=0, le=60, description="重复 a code is told again once away for, s")
    ] = 2.0
    preview_width: Annotated[int, Meta(ge=80, le=1280, description="预览宽 preview's width")] = 320
    preview_rate: Annotated[float, Meta(gt=0, le=10, description="每秒预览 previews a second")] = (
        10.0
    )
    mirror: Annotated[bool, Meta(description="镜像预览 preview as in a mirror")] = True
    path: Annotated[
        str, Meta(pattern="^/[!-~]*$", description="网络摄像头地址 path of a network camera")
    ] = "/"
    login: Annotated[
        str, Meta(max_length=200, description="网络摄像头 USER:PASSWORD (HTTP Basic); empty: none")
    ] = ""
    silent_after: Annotated[
        float, Meta(ge=0.2, le=60, description="无画面 gone after so long without a picture, s")
    ] = 4.0
    hung_after: Annotated[
        float, Meta(ge=1, le=120, description="无响应 its process is ended after so long, s")
    ] = 10.0
    watch_every: Annotated[
        float, Meta(ge=0.05, le=600, description="闲时查看 asked after while closed every, s")
    ] = 5.0
    models: Annotated[str, Meta(description="人脸模型目录 folder of face models; empty: usual")] = (
        ""
    )
    face: Annotated[FaceSettings, Meta(description="人脸比对 the face check's own settings")] = (
        FaceSettings()
    )

    def __repr__(self) -> str:
        return f"CameraOptions({self.port!r})"  # the login stays out of logs


class Place(msgspec.Struct, frozen=True):
    """A port taken apart: `scheme` and, by scheme, a file's path or a host with its port."""

    scheme: Literal["video", "file", "tcp"]
    path: str = ""
    host: str = ""
    number: int = 0


def parse_place(port: str) -> Place:
    """The camera's PORT; DeviceError `camera.port`."""
    scheme, _, rest = port.partition(":")
    if scheme == "video" and rest.startswith("/dev/"):
        return Place("video", path=rest)
    if scheme == "file" and rest.startswith("/"):
        return Place("file", path=rest)
    if scheme == "tcp":
        host, _, number = rest.rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        is_number = number.isascii() and number.isdigit() and len(number) <= 5
        if host and is_number and 1 <= int(number) <= 65535:
            return Place("tcp", host=host, number=int(number))
    raise DeviceError("camera.port", repr(port))
