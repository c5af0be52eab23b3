"""A simulated network camera: MJPEG over HTTP on a true port, drawn scenes, faults to order."""

import os
import random
import socket
import threading
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from devices.camera.scene import Scene, jpeg
from devices.errors import DeviceError
from devices.simulated_port import Link, SimulatedPort

_BOUNDARY: Final = "frame"
_SLOW: Final = 0.5  # seconds between pictures
_MOST_REQUEST: Final = 8192
_CODES: Final = ("QRCode", "Code128", "Code39", "EAN13", "PDF417", "DataMatrix")


class CameraFault(StrEnum):
    """What can be ordered; `none` mends. `cut` ends each connection amid a picture."""

    NONE = "none"
    FREEZE = "freeze"
    CORRUPT_JPEG = "corrupt-jpeg"
    CUT = "cut"
    SLOW = "slow"
    REFUSE = "refuse"


class CameraSimulator:
    """Serves one scene to all who ask, `rate` pictures a second."""

    def __init__(
        self, spec: str, *, width: int = 640, height: int = 480, rate: float = 30.0
    ) -> None:
        if not spec.startswith("tcp"):
            raise DeviceError("port.invalid", f"{spec!r}: a network camera is on tcp[:PORT]")
        self._scene = Scene(width, height)
        self._rate = rate
        self._chance = random.Random(1)
        self._fault = CameraFault.NONE
        self._parts = [_part(jpeg(self._scene.desk))]
        self._viewers: list[Link] = []
        self._changed = threading.Condition()
        self._is_running = False
        self._thread: threading.Thread | None = None
        self._port = SimulatedPort(spec, lambda link: _Session(self, link))
        self.requests = 0

    @property
    def port(self) -> str:
        """The PORT string for the driver."""
        return self._port.port

    @property
    def viewers(self) -> int:
        """Who is being sent pictures now."""
        with self._changed:
            return len(self._viewers)

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Without a text."""
        return {"blank": self.blank, "show": lambda: self.show("A012")}

    @property
    def texts(self) -> Mapping[str, Callable[[str], None]]:
        """`show TEXT` (a QR code), `show face FILE`, and each other kind of code by its name."""
        others = {name.lower(): partial(self.show, format_name=name) for name in _CODES}
        return {"show": self._show_line, **others}

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """By name."""
        return {fault.value: partial(self.set_fault, fault) for fault in CameraFault}

    def start(self) -> None:
        """Plug in."""
        if self._thread is not None:
            return
        self._port.start()
        self._is_running = True
        self._thread = threading.Thread(target=self._send, name="camera-simulator", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Unplug."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        with self._changed:
            self._is_running = False
            self._changed.notify_all()
        thread.join()
        self._port.stop()

    def set_fault(self, fault: CameraFault) -> None:
        """From the next picture on."""
        with self._changed:
            self._fault = fault

    def show(self, text: str, *, format_name: str = "QRCode") -> None:
        """Hold a code before the camera; DeviceError `driver.options` if it cannot hold `text`."""
        self.present(self.drawn(text, format_name=format_name))

    def drawn(self, text: str, *, format_name: str = "QRCode") -> list[bytes]:
        """The JPEG pictures of a code, to `present` later without the time of drawing."""
        return [jpeg(one) for one in self._scene.with_code(text, format_name)]

    def show_picture(self, path: Path) -> None:
        """Hold a picture before it; DeviceError `port.missing`."""
        self.present([jpeg(one) for one in self._scene.with_picture(path)])

    def blank(self) -> None:
        """Nothing but the desk."""
        self.present([jpeg(self._scene.desk)])

    def wait_for_viewers(self, count: int, timeout: float = 30.0) -> None:
        """Until exactly `count` are being sent pictures; TimeoutError otherwise."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._viewers) == count, timeout):
                raise TimeoutError(f"{len(self._viewers)} viewers instead of {count}")

    def _show_line(self, text: str) -> None:
        first, _, rest = text.partition(" ")
        if first == "face" and rest:
            self.show_picture(Path(rest))
        else:
            self.show(text)

    def present(self, pictures: list[bytes]) -> None:
        """Send these JPEG pictures from now on, one after the other, over and over."""
        with self._changed:
            self._parts = [_part(one) for one in pictures]

    def _send(self) -> None:
        count = 0
        due = time.monotonic()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: not self._is_running, due - time.monotonic())
                if not self._is_running:
                    return
                count += 1
                for link in [*self._viewers]:
                    self._send_one(link, self._parts[count % len(self._parts)])
                pause = _SLOW if self._fault is CameraFault.SLOW else 1 / self._rate
            due = max(time.monotonic(), due + pause)

    def _send_one(self, link: Link, part: bytes) -> None:
        match self._fault:
            case CameraFault.FREEZE:
                return
            case CameraFault.CORRUPT_JPEG:
                head, _, body = part.partition(b"\r\n\r\n")
                part = head + b"\r\n\r\n" + self._chance.randbytes(len(body))
            case CameraFault.CUT:
                link.send(part[: len(part) // 2])
                _break(link)
                return
            case _:
                pass
        if not link.is_cut:
            link.send(part)

    def requested(self, link: Link) -> None:
        """A whole request came: answer, and send from now on."""
        with self._changed:
            self.requests += 1
            if self._fault is CameraFault.REFUSE:
                link.send(b"HTTP/1.0 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
                _break(link)
                return
            link.send(
                b"HTTP/1.0 200 OK\r\nConnection: close\r\nContent-Type: "
                b"multipart/x-mixed-replace; boundary=" + _BOUNDARY.encode() + b"\r\n\r\n"
            )
            self._viewers.append(link)
            self._changed.notify_all()

    def left(self, link: Link) -> None:
        """A connection is about to be closed: nothing is sent to its descriptor any more."""
        with self._changed:
            if link in self._viewers:
                self._viewers.remove(link)
                self._changed.notify_all()


class _Session:
    def __init__(self, camera: CameraSimulator, link: Link) -> None:
        self._camera = camera
        self._link = link
        self._request = b""
        self._is_served = False

    def receive(self, data: bytes) -> None:
        if self._is_served:
            return  # a viewer has nothing to say
        self._request = (self._request + data)[-_MOST_REQUEST:]
        if b"\r\n\r\n" in self._request:
            self._is_served = True
            self._camera.requested(self._link)

    def closed(self) -> None:
        self._camera.left(self._link)


def _part(picture: bytes) -> bytes:
    head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
    return head.encode() + picture + b"\r\n"


def _break(link: Link) -> None:
    """End the connection now; its thread notices by itself."""
    link.cut()
    with socket.socket(fileno=os.dup(link.fd)) as connection:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the viewer was faster
