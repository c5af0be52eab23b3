"""The camera's process: `python -m devices.camera.child`, started by the driver, ends with it.

It holds what may crash or hang: the capture driver, the codecs, the models. Orders come on stdin,
what is seen goes to stdout (`wire`); its end of stdin is its end.
"""

import ctypes
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, assert_never

from devices.camera import wire
from devices.camera.events import CodeSeen, Preview
from devices.errors import DeviceError

if TYPE_CHECKING:
    from devices.camera.frame import Frame
    from devices.camera.options import CameraOptions
    from devices.camera.source import Source
    from devices.face.check import FaceCheck
    from devices.face.engine import Engine

_BEAT: Final = 1.0
_PR_SET_PDEATHSIG: Final = 1
_SLICE: Final = 0.5


class Child:
    """One camera, its decoder, and a face check while there is one."""

    def __init__(
        self,
        options: "CameraOptions",
        orders: "queue.SimpleQueue[wire.Down]",
        say: Callable[[wire.Up], None],
    ) -> None:
        from devices.camera.decode import Decoder

        self._options = options
        self._orders = orders
        self._say = say
        self._decoder: Decoder = Decoder(options.formats)
        self._look = wire.Look(codes=False, preview=False)
        self._source: Source | None = None
        self._engine: Engine | None = None
        self._face: FaceCheck | None = None
        self._check = 0
        self._frames = 0
        self._pictured_at = 0.0
        self._beat_at = 0.0
        self._preview_at = 0.0
        self._watched_at = time.monotonic()
        self._due = 0.0

    def run(self) -> None:
        """Until DeviceError."""
        self._say(self._try_camera())
        while True:
            self._beat()
            if self._look.codes or self._look.preview or self._face:
                wait = self._due - time.monotonic()
                self._obey(max(0.0, wait))
                if time.monotonic() >= self._due:
                    self._see()
            else:
                self._close()
                self._watch()
                self._obey(min(_BEAT, self._options.watch_every))

    def _try_camera(self) -> wire.Ready:
        from importlib.metadata import version

        from devices.camera.source import open_source

        source = open_source(self._options)
        try:
            deadline = time.monotonic() + self._options.silent_after
            while True:
                frame = source.read(_SLICE)
                grey = frame.grey if frame else None
                if grey is not None:
                    break
                if time.monotonic() > deadline:
                    raise DeviceError("camera.silent", "no first picture")
        finally:
            source.close()
        size = f"{grey.shape[1]}x{grey.shape[0]}"
        return wire.Ready(f"zxing-cpp {version('zxing-cpp')}", (*source.facts, ("size", size)))

    def _obey(self, wait: float) -> None:
        """Carry out what is ordered, waiting up to `wait` seconds for the first order."""
        while True:
            try:
                order = self._orders.get(timeout=wait) if wait > 0 else self._orders.get_nowait()
            except queue.Empty:
                return
            wait = 0.0
            match order:
                case wire.Look():
                    self._look = order
                case wire.CheckFace():
                    self._begin_check(order)
                case wire.CancelFace():
                    self._end_check()
                case wire.SetUp():
                    pass  # said once, at the start
                case _:
                    assert_never(order)

    def _see(self) -> None:
        from devices.camera.source import open_source

        now = time.monotonic()
        self._due = now + 1 / self._options.rate
        if self._source is None:
            self._source = open_source(self._options)
            self._pictured_at = now
        frame = self._source.read(min(_SLICE, self._options.silent_after))
        if frame is None or frame.grey is None:
            if time.monotonic() - self._pictured_at > self._options.silent_after:
                raise DeviceError("camera.silent", "no picture")
            return
        self._pictured_at = frame.at
        self._frames += 1
        if self._look.codes:
            for code in self._decoder.find(frame.grey):
                self._say(CodeSeen(text=code.text, format=code.format, at=frame.at))
        if self._look.preview and frame.at >= self._preview_at:
            self._preview_at = frame.at + 1 / self._options.preview_rate
            jpeg = frame.preview(self._options.preview_width, mirror=self._options.mirror)
            self._say(Preview(jpeg=jpeg, at=frame.at))
        if self._face:
            self._look_at_face(self._face, frame)

    def _begin_check(self, order: wire.CheckFace) -> None:
        from devices.face.check import FaceCheck
        from devices.face.engine import load_engine
        from devices.face.outcome import FaceResult, Outcome, Reason

        self._end_check()
        begun: FaceCheck | FaceResult
        try:
            self._engine = self._engine or load_engine(self._options.models)
        except DeviceError:
            # Without models there is no check, but codes are read as before.
            begun = FaceResult(outcome=Outcome.ASK_STAFF, reason=Reason.MODELS)
        else:
            begun = FaceCheck.begin(
                self._engine, order.photo, order.consent, order.settings, time.monotonic()
            )
        if isinstance(begun, FaceResult):
            self._say(wire.FaceSaid(order.check, begun))
            return
        self._face, self._check = begun, order.check

    def _look_at_face(self, face: "FaceCheck", frame: "Frame") -> None:
        from devices.face.outcome import FaceResult

        bgr = frame.bgr
        if bgr is None:
            return
        for said in face.look(bgr, frame.at):
            self._say(wire.FaceSaid(self._check, said))
            if isinstance(said, FaceResult):
                self._end_check()

    def _end_check(self) -> None:
        face, self._face = self._face, None
        if face:
            face.close()

    def _close(self) -> None:
        source, self._source = self._source, None
        if source:
            source.close()
            self._watched_at = time.monotonic()

    def _watch(self) -> None:
        from devices.camera.source import check_there

        if time.monotonic() - self._watched_at >= self._options.watch_every:
            check_there(self._options)
            self._watched_at = time.monotonic()

    def _beat(self) -> None:
        now = time.monotonic()
        if now - self._beat_at >= _BEAT:
            self._beat_at = now
            self._say(wire.Beat(is_open=self._source is not None, frames=self._frames))


def _voice(fd: int) -> Callable[[wire.Up], None]:
    def say(message: wire.Up) -> None:
        view = memoryview(wire.encode(message))
        try:
            while view:
                view = view[os.write(fd, view) :]
        except BrokenPipeError:
            os._exit(0)  # the parent is gone

    return say


def _listen(orders: "queue.SimpleQueue[wire.Down]") -> None:
    """In a thread: when the parent is gone so is this process, whatever the others wait for."""
    bodies = wire.Bodies(wire.LONGEST_DOWN)
    while data := os.read(0, 1 << 16):
        for body in bodies.feed(data):
            orders.put(wire.decode_down(body))
    os._exit(0)


def main() -> int:
    """0 after the camera failed and that was said."""
    # Libraries that print must not print into the pipe.
    say = _voice(os.dup(1))
    os.dup2(2, 1)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "3")
    orders: queue.SimpleQueue[wire.Down] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    set_up = orders.get()
    try:
        if not isinstance(set_up, wire.SetUp):
            raise DeviceError("camera.child_babbled", "the first order must be SetUp")
        try:
            import cv2
            import zxingcpp  # noqa: F401 - missing here, it is said as such
        except ImportError as error:
            raise DeviceError("camera.no_library", str(error)) from error
        # One core is the camera's share; the kiosk has the others.
        cv2.setNumThreads(1)
        Child(set_up.options, orders, say).run()
    except DeviceError as error:
        say(wire.Trouble(error.code, error.detail))
    return 0


if __name__ == "__main__":
    sys.exit(main())
