"""Where the voice sounds: a player process, a WAV file, or nowhere at the true pace.

Ports: `alsa:DEVICE` plays through aplay(1); `exec:PROGRAM` through any program that plays what it
reads on stdin (16-bit little-endian mono at SAMPLE_RATE) and ends with 0 once it was heard;
`wav:FILE.wav` keeps one file, `wav:FOLDER` one numbered file an announcement; `null:` is silent.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from devices.errors import DeviceError
from devices.health import Diagnosis
from devices.voice.pcm import SAMPLE_RATE, WavFile, seconds_of
from devices.voice.player import PlayerOutput

APLAY: Final = ("aplay", "--quiet", "--file-type=raw", "--format=S16_LE", "--channels=1")


class Output(Protocol):
    """One loudspeaker. One thread uses it at a time."""

    def open(self, wait: Callable[[float], None]) -> Diagnosis:
        """Take the device and see that it can sound; DeviceError where it cannot.

        `wait(seconds)` is how to let time pass; it may raise.
        """

    def ready(self) -> None:
        """Make sure that the next `play` sounds at once; DeviceError where the device is gone."""

    def play(self, pcm: bytes, wait: Callable[[float], None], first: Callable[[], None]) -> None:
        """Sound all of `pcm`, returning once it was heard; DeviceError if it broke off.

        `first` is called once the first sample was handed over.
        """

    def close(self) -> None:
        """Let the device go; harmless when closed."""


class WavOutput:
    """Keeps what would be heard. `paced`: takes as long as the sound would."""

    def __init__(self, path: Path, *, paced: bool = True) -> None:
        self._path = path
        self._is_file = path.suffix.lower() == ".wav"
        self._paced = paced
        self._count = 0
        self._file: WavFile | None = None

    def open(self, wait: Callable[[float], None]) -> Diagnosis:  # noqa: ARG002 - no need to wait
        folder = self._path.parent if self._is_file else self._path
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._count = max(self._count, _last_number(folder))
        except OSError as error:
            raise _file_error(self._path, error) from error
        if not os.access(folder, os.W_OK):
            raise DeviceError("voice.file", f"{folder} cannot be written to")
        return Diagnosis(facts=(("output", f"wav:{self._path}"),))

    def ready(self) -> None:
        return

    def play(self, pcm: bytes, wait: Callable[[float], None], first: Callable[[], None]) -> None:
        first()
        if not self._is_file:
            self._count += 1
            write_wav(self._path / f"{self._count:06d}.wav", pcm)
        else:
            try:
                self._file = self._file or WavFile(self._path)
                self._file.append(pcm)
            except OSError as error:
                raise _file_error(self._path, error) from error
        if self._paced:
            _let_pass(seconds_of(pcm), wait)

    def close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


class NullOutput:
    """No loudspeaker: only the time passes."""

    def open(self, wait: Callable[[float], None]) -> Diagnosis:  # noqa: ARG002 - no need to wait
        return Diagnosis(facts=(("output", "null"),))

    def ready(self) -> None:
        return

    def play(self, pcm: bytes, wait: Callable[[float], None], first: Callable[[], None]) -> None:
        first()
        _let_pass(seconds_of(pcm), wait)

    def close(self) -> None:
        return


def parse_output(port: str) -> Output:
    """The output of a PORT string; DeviceError `port.invalid`."""
    scheme, colon, rest = port.partition(":")
    if scheme == "alsa" and rest:
        return PlayerOutput((*APLAY, f"--rate={SAMPLE_RATE}", f"--device={rest}"))
    if scheme == "exec" and rest.startswith("/"):
        return PlayerOutput((rest,))
    if scheme == "wav" and rest:
        return WavOutput(Path(rest))
    if scheme == "null" and colon and not rest:
        return NullOutput()
    raise DeviceError(
        "port.invalid",
        f"{port!r}: expected alsa:DEVICE, exec:/PROGRAM, wav:FILE.wav, wav:FOLDER or null:",
    )


def write_wav(path: Path, pcm: bytes) -> None:
    """One file of these samples; DeviceError `voice.file`."""
    try:
        WavFile(path).append_and_close(pcm)
    except OSError as error:
        raise _file_error(path, error) from error


def _last_number(folder: Path) -> int:
    return max((int(p.stem) for p in folder.glob("*.wav") if p.stem.isdecimal()), default=0)


def _let_pass(seconds: float, wait: Callable[[float], None]) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        wait(min(left, 0.2))


def _file_error(path: Path, error: OSError) -> DeviceError:
    return DeviceError("voice.file", f"{path}: {error.strerror}")
