"""A camera at work: a duty on the supervisor that keeps the camera's process alive."""

import itertools
import os
import select
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Final, assert_never

from devices.camera import wire
from devices.camera.events import CodeSeen, OnCameraEvent, Preview
from devices.camera.options import CameraOptions, parse_place
from devices.errors import FAULTS, DeviceError
from devices.face.outcome import (
    CardPhoto,
    Consent,
    FaceResult,
    FaceSettings,
    Outcome,
    Reason,
)
from devices.health import Diagnosis
from devices.scanner.repeats import Repeats
from devices.supervisor import Supervisor

_SLICE: Final = 0.2  # seconds after which a blocked wait looks whether to stop
_START: Final = 30.0  # seconds for Python and OpenCV to load and the camera to give a picture
_LEAVE: Final = 2.0  # seconds for the process to leave by itself
_MOST: Final = 1 << 16
_ROOT: Final = Path(__file__).parent.parent.parent


class Camera:
    """The duty of one camera. `on_event` is called in the supervisor's thread; the other methods
    may be called from any thread, at any time, also while the camera is gone.

    The camera is tried when its process starts; after that it is open only while somebody asks.
    """

    def __init__(self, options: CameraOptions, on_event: OnCameraEvent) -> None:
        self._place = parse_place(options.port)
        self._options = options
        self._on_event = on_event
        self._child: subprocess.Popen[bytes] | None = None
        self._bodies = wire.Bodies(wire.LONGEST_UP)
        self._heard_at = 0.0
        self._lock = threading.Lock()
        self._look = wire.Look(codes=False, preview=False)
        self._repeats = Repeats(options.repeat)
        self._outbox: deque[wire.Down] = deque()
        self._checks = itertools.count(1)
        self._check: int | None = None
        self._waker = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        weakref.finalize(self, os.close, self._waker)
        self._beat: wire.Beat | None = None

    @property
    def is_open(self) -> bool:
        """Whether the camera itself is open, as its process last said."""
        return self._beat is not None and self._beat.is_open

    @property
    def frames(self) -> int:
        """Pictures looked at since its process started, as that last said."""
        return self._beat.frames if self._beat else 0

    @property
    def process(self) -> int | None:
        """The id of the camera's process."""
        return self._child.pid if self._child else None

    def look_for(self, *, codes: bool, preview: bool) -> None:
        """Ask for codes, for previews, for both; for nothing the camera is closed."""
        with self._lock:
            if codes and not self._look.codes:
                self._repeats.forget()
            self._look = wire.Look(codes=codes, preview=preview)
            self._outbox.append(self._look)
        os.eventfd_write(self._waker, 1)

    def check_face(
        self, photo: CardPhoto, consent: Consent, settings: FaceSettings | None = None
    ) -> None:
        """Begin to compare who stands there with `photo`: hints come, then one FaceResult.

        DeviceError `face.busy` while a check goes on, `face.no_consent` without a Consent. Where
        the camera is or goes away the result is to ask staff.
        """
        if not isinstance(consent, Consent):
            raise DeviceError("face.no_consent")
        with self._lock:
            if self._check is not None:
                raise DeviceError("face.busy")
            self._check = next(self._checks)
            self._outbox.append(
                wire.CheckFace(self._check, photo, consent, settings or self._options.face)
            )
        os.eventfd_write(self._waker, 1)

    def cancel_face(self) -> None:
        """End the check, if any; no result follows."""
        with self._lock:
            self._check = None
            self._outbox = deque(m for m in self._outbox if not isinstance(m, wire.CheckFace))
            self._outbox.append(wire.CancelFace())
        os.eventfd_write(self._waker, 1)

    def connect(self, supervisor: Supervisor) -> Diagnosis:
        """Start the process; it tries the camera."""
        if self._place.scheme == "video" and not Path(self._place.path).exists():
            # Not worth a process every few seconds.
            raise DeviceError("port.missing", self._place.path)
        path = os.environ.get("PYTHONPATH")
        self._bodies = wire.Bodies(wire.LONGEST_UP)
        self._child = subprocess.Popen(
            [sys.executable, "-m", "devices.camera.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "PYTHONPATH": f"{_ROOT}{os.pathsep}{path}" if path else str(_ROOT)},
        )
        assert self._child.stdin
        os.set_blocking(self._child.stdin.fileno(), False)
        self._heard_at = time.monotonic()
        self._send(wire.SetUp(self._options))
        with self._lock:
            # What was asked while the camera was away is asked now, by its latest state.
            self._outbox = deque(m for m in self._outbox if isinstance(m, wire.CheckFace))
            self._outbox.appendleft(self._look)
        ready = None
        while ready is None:
            for message in self._hear(supervisor, _START):
                if isinstance(message, wire.Ready):
                    ready = message
                else:
                    self._handle(message)
        return Diagnosis(firmware=ready.firmware, facts=ready.facts)

    def work(self, supervisor: Supervisor) -> None:
        """Hand on what the process sees until it, or the camera, is gone."""
        while True:
            self._flush()
            for message in self._hear(supervisor, self._options.hung_after):
                self._handle(message)

    def close(self) -> None:
        """End the process, whatever it does; a check that went on ends by asking staff."""
        child, self._child = self._child, None
        self._beat = None
        if child is not None:
            _end(child)
        self._end_check()

    def refused(self, error: DeviceError) -> None:  # noqa: ARG002 - why is in the health
        """No camera: nobody waits for a face check that cannot begin."""
        self._end_check()

    def _end_check(self) -> None:
        with self._lock:
            was_checking = self._check is not None
            self._check = None
            self._outbox = deque(m for m in self._outbox if not isinstance(m, wire.CheckFace))
        if was_checking:
            self._on_event(FaceResult(outcome=Outcome.ASK_STAFF, reason=Reason.CAMERA))

    def _flush(self) -> None:
        while True:
            with self._lock:
                if not self._outbox:
                    return
                message = self._outbox.popleft()
            self._send(message)

    def _send(self, message: wire.Down) -> None:
        assert self._child
        assert self._child.stdin
        fd = self._child.stdin.fileno()
        view = memoryview(wire.encode(message))
        poller = select.poll()
        poller.register(fd, select.POLLOUT)
        deadline = time.monotonic() + self._options.hung_after
        while view:
            left = deadline - time.monotonic()
            if left <= 0 or not poller.poll(left * 1000):
                raise DeviceError("camera.child_hung", "takes no orders")
            try:
                view = view[os.write(fd, view) :]
            except BlockingIOError:
                continue
            except OSError:
                return  # it died: what it said last is still to be read

    def _hear(self, supervisor: Supervisor, patience: float) -> list[wire.Up]:
        assert self._child
        assert self._child.stdout
        supervisor.check()
        fd = self._child.stdout.fileno()
        poller = select.poll()
        poller.register(fd, select.POLLIN)
        poller.register(self._waker, select.POLLIN)
        ready = {ready_fd for ready_fd, _ in poller.poll(_SLICE * 1000)}
        if self._waker in ready:
            os.eventfd_read(self._waker)
        if fd not in ready:
            if time.monotonic() - self._heard_at > patience:
                raise DeviceError("camera.child_hung", f"silent for {patience:g} s")
            return []
        data = os.read(fd, _MOST)
        if not data:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(_LEAVE)
            raise DeviceError("camera.child_died", f"exit status {self._child.poll()}")
        self._heard_at = time.monotonic()
        return [wire.decode_up(body) for body in self._bodies.feed(data)]

    def _handle(self, message: wire.Up) -> None:
        match message:
            case wire.Trouble(code, detail):
                raise DeviceError(code if code in FAULTS else "camera.child_babbled", detail)
            case wire.Beat():
                self._beat = message
            case CodeSeen():
                with self._lock:
                    # Here, not in the process: another one must not tell the same code again.
                    is_new = self._look.codes and self._repeats.is_new(message.text, message.at)
                if is_new:
                    self._on_event(message)
            case Preview():
                if self._look.preview:
                    self._on_event(message)
            case wire.FaceSaid(check, said):
                with self._lock:
                    is_ours = check == self._check
                    if is_ours and isinstance(said, FaceResult):
                        self._check = None
                if is_ours:
                    self._on_event(said)
            case wire.Ready():
                pass
            case _:
                assert_never(message)


def _end(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
    try:
        child.wait(_LEAVE)
    except subprocess.TimeoutExpired:
        child.kill()
        try:
            child.wait(_LEAVE)
        except subprocess.TimeoutExpired:
            return  # stuck in the kernel's driver; nobody can end it, and nobody waits for it
