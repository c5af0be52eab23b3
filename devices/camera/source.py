"""Where pictures come from: V4L2, a network camera, files. Runs in the camera's process."""

import select
import socket
import time
from pathlib import Path
from typing import Final, Protocol, assert_never

import cv2

from devices.camera.frame import Frame, Image
from devices.camera.mjpeg import MjpegParser, request
from devices.camera.options import CameraOptions, Place, parse_place
from devices.errors import DeviceError

_CONNECT: Final = 3.0
_MOST: Final = 1 << 18
_FILE_RATE: Final = 30.0


Facts = tuple[tuple[str, str], ...]


class Source(Protocol):
    """An open camera. The newest picture is given; older ones are left out."""

    @property
    def facts(self) -> Facts:
        """For the diagnosis."""

    def read(self, timeout: float) -> Frame | None:
        """The next picture, None after about `timeout` seconds of none; DeviceError when gone."""

    def close(self) -> None:
        """Let the camera go; its light goes out."""


def open_source(options: CameraOptions) -> Source:
    """Open the camera; DeviceError `port.…`, `camera.…`."""
    place = parse_place(options.port)
    match place.scheme:
        case "video":
            return VideoSource(place.path, options)
        case "file":
            return FileSource(place.path)
        case "tcp":
            return StreamSource(place, options)
        case _:
            assert_never(place.scheme)


def check_there(options: CameraOptions) -> None:
    """Whether a closed camera could be opened, without opening it; DeviceError where not."""
    place = parse_place(options.port)
    if place.scheme == "tcp":
        _connect(place).close()
    elif place.scheme == "video" and not Path(place.path).exists():
        raise DeviceError("port.missing", place.path)


class VideoSource:
    """A camera on USB, by Video4Linux. Not yet proved on hardware (?)."""

    def __init__(self, path: str, options: CameraOptions) -> None:
        if not Path(path).exists():
            raise DeviceError("port.missing", path)
        # OpenCV finds a camera by its real name only: /dev/v4l/by-id holds links.
        self._capture = cv2.VideoCapture(str(Path(path).resolve()), cv2.CAP_V4L2)
        if not self._capture.isOpened():
            raise DeviceError("camera.not_opened", path)
        # MJPG first: uncompressed pictures of this size do not pass USB 2 fast enough.
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, options.width)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, options.height)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self.facts: Facts = (("source", "v4l2"),)

    def read(self, timeout: float) -> Frame | None:  # noqa: ARG002 - the library has its own
        is_there, pixels = self._capture.read()
        if not is_there:
            raise DeviceError("camera.silent", "no picture")
        return Frame(time.monotonic(), bgr=_pixels(pixels))

    def close(self) -> None:
        self._capture.release()


class FileSource:
    """A film or numbered pictures, thirty a second, over and over."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._capture = cv2.VideoCapture(path)
        if not self._capture.isOpened():
            raise DeviceError("port.missing", path)
        self._due = time.monotonic()
        self.facts: Facts = (("source", "file"),)

    def read(self, timeout: float) -> Frame | None:
        now = time.monotonic()
        if self._due - now > timeout:
            time.sleep(timeout)
            return None
        time.sleep(max(0.0, self._due - now))
        self._due = max(self._due, now) + 1 / _FILE_RATE
        is_there, pixels = self._capture.read()
        if not is_there:
            self._capture.release()
            self._capture = cv2.VideoCapture(self._path)
            is_there, pixels = self._capture.read()
        if not is_there:
            raise DeviceError("camera.silent", "no picture")
        return Frame(time.monotonic(), bgr=_pixels(pixels))

    def close(self) -> None:
        self._capture.release()


class StreamSource:
    """A network camera's MJPEG over HTTP."""

    def __init__(self, place: Place, options: CameraOptions) -> None:
        self._socket = _connect(place)
        self._parser = MjpegParser()
        self.facts: Facts = (("source", "mjpeg"),)
        try:
            self._socket.sendall(request(place.host, place.number, options.path, options.login))
        except OSError as error:
            self._socket.close()
            raise DeviceError("port.lost", str(error)) from error
        self._socket.setblocking(False)
        self._poller = select.poll()
        self._poller.register(self._socket, select.POLLIN)

    def read(self, timeout: float) -> Frame | None:
        deadline = time.monotonic() + timeout
        newest = b""
        while True:
            wait = 0.0 if newest else max(0.0, deadline - time.monotonic())
            if not self._poller.poll(wait * 1000):
                return Frame(time.monotonic(), jpeg=newest) if newest else None
            try:
                data = self._socket.recv(_MOST)
            except BlockingIOError:
                continue
            except OSError as error:
                raise DeviceError("port.lost", str(error)) from error
            if not data:
                raise DeviceError("port.lost", "end of stream")
            if pictures := self._parser.feed(data):
                newest = pictures[-1]
            if newest and time.monotonic() >= deadline:
                return Frame(time.monotonic(), jpeg=newest)
            if not newest and time.monotonic() >= deadline:
                return None

    def close(self) -> None:
        self._socket.close()


def _connect(place: Place) -> socket.socket:
    try:
        return socket.create_connection((place.host, place.number), _CONNECT)
    except ConnectionRefusedError as error:
        raise DeviceError("port.refused", str(error)) from error
    except OSError as error:
        raise DeviceError("port.unreachable", str(error)) from error


def _pixels(pixels: object) -> Image:
    import numpy as np

    return np.asarray(pixels, dtype=np.uint8)
