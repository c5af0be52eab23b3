"""The one format of sound here: 16-bit little-endian mono samples at 24 kHz; WAV files of it."""

import wave
from pathlib import Path
from typing import Final

SAMPLE_RATE: Final = 24_000
"""Samples a second: what Kokoro makes."""
SAMPLE_BYTES: Final = 2


def seconds_of(pcm: bytes) -> float:
    """How long it sounds."""
    return len(pcm) / SAMPLE_BYTES / SAMPLE_RATE


def read_wav(path: Path) -> bytes:
    """The samples of a WAV file in this format; ValueError or OSError if it is none."""
    try:
        with wave.open(str(path), "rb") as file:
            if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (
                SAMPLE_RATE,
                1,
                SAMPLE_BYTES,
            ):
                raise ValueError(f"{path}: not 16-bit mono at {SAMPLE_RATE} Hz")
            return file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"{path}: {error}") from error


class WavFile:
    """A WAV file that is whole after each `append`."""

    def __init__(self, path: Path) -> None:
        self._raw = path.open(
            "wb"
        )  # opened by ourselves: a wave.Wave_write that could not complains
        self._file = wave.open(self._raw, "wb")  # noqa: SIM115 - open as long as its owner
        self._file.setnchannels(1)
        self._file.setsampwidth(SAMPLE_BYTES)
        self._file.setframerate(SAMPLE_RATE)

    def append(self, pcm: bytes) -> None:
        """Add samples; the header is put right at once."""
        self._file.writeframes(pcm)

    def append_and_close(self, pcm: bytes) -> None:
        """All the file will hold."""
        try:
            self.append(pcm)
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        try:
            self._file.close()
        finally:
            self._raw.close()
