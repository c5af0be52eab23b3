"""Recordings: what went over a port, as JSON lines, without what is personal.

The first line tells kind, driver, port and day; each other one the seconds since then, a direction
and the bytes in hexadecimal:

    {"recording":1,"kind":"id-reader","driver":"sam","port":"serial:/dev/ttyUSB0","at":"2026-…"}
    {"time":0.01,"direction":"out","hex":"aaaaaa9669000311ffed"}
    {"time":0.02,"direction":"in","hex":"aaaaaa9669000400009094"}
    {"time":9.1,"direction":"lost"}

`out` goes to the device, `in` comes from it; `opened` and `lost` tell of the port.
"""

import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import IO, Literal, Protocol

import msgspec

from devices.errors import DeviceError
from devices.transport.base import Transport

Way = Literal["in", "out"]
Direction = Literal["in", "out", "opened", "lost"]
Piece = tuple[Way, bytes]


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """A recording's first line."""

    recording: Literal[1] = 1
    kind: str
    driver: str
    port: str = ""
    at: datetime


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line: bytes one way, or what became of the port."""

    time: float
    direction: Direction
    hex: str = ""

    @property
    def data(self) -> bytes:
        """The bytes."""
        return bytes.fromhex(self.hex)


class Recording(msgspec.Struct, frozen=True):
    """A whole recording."""

    header: Header
    entries: tuple[Entry, ...]


class Redactor(Protocol):
    """Takes personal data out of one recording and keeps its frames valid.

    It may hold bytes back until their frame is whole, and gives pieces in the order to be written.
    """

    def take(self, way: Way, data: bytes) -> Iterable[Piece]:
        """What may be written after these bytes went by."""

    def rest(self) -> Iterable[Piece]:
        """What was held back and will never be whole, made unreadable."""


class Verbatim:
    """For kinds whose bytes tell of nobody."""

    def take(self, way: Way, data: bytes) -> Iterable[Piece]:
        """Everything, at once."""
        return [(way, data)]

    def rest(self) -> Iterable[Piece]:
        """Nothing."""
        return ()


class ShapeOnly:
    """For codes: what the device says keeps its length and shape, `粤A12-x` becomes `???X00-x`."""

    def take(self, way: Way, data: bytes) -> Iterable[Piece]:
        """Everything, at once; a byte's class tells nothing of a person."""
        return [(way, data.translate(_SHAPES) if way == "in" else data)]

    def rest(self) -> Iterable[Piece]:
        """Nothing."""
        return ()


def _shape(byte: int) -> int:
    one = chr(byte)
    if byte >= 0x80:
        return ord("?")
    if one.isdigit():
        return ord("0")
    if one.isalpha():
        return ord("X" if one.isupper() else "x")
    return byte


_SHAPES = bytes(_shape(byte) for byte in range(256))


class Recorder:
    """Writes one recording to `file`; from any thread."""

    def __init__(
        self,
        file: IO[bytes],
        header: Header,
        redactor: Redactor,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = file
        self._redactor = redactor
        self._clock = clock
        self._began = clock()
        self._lock = threading.Lock()
        self._line(header)

    def passed(self, way: Way, data: bytes) -> None:
        """Bytes went by."""
        if data:
            with self._lock:
                self._write(self._redactor.take(way, data))

    def happened(self, direction: Literal["opened", "lost"]) -> None:
        """The port was opened or lost."""
        with self._lock:
            self._write(self._redactor.rest())
            self._line(Entry(self._elapsed(), direction))

    def close(self) -> None:
        """Write what is held back. The file stays open."""
        with self._lock:
            self._write(self._redactor.rest())

    def _write(self, pieces: Iterable[Piece]) -> None:
        for way, data in pieces:
            if data:
                self._line(Entry(self._elapsed(), way, data.hex()))

    def _elapsed(self) -> float:
        return round(self._clock() - self._began, 4)

    def _line(self, value: Header | Entry) -> None:
        self._file.write(msgspec.json.encode(value) + b"\n")
        self._file.flush()


class RecordingTransport:
    """A transport whose traffic is recorded as it passes."""

    def __init__(self, transport: Transport, recorder: Recorder) -> None:
        self._transport = transport
        self._recorder = recorder

    @property
    def speeds(self) -> tuple[int, ...]:
        return self._transport.speeds

    def open(self, speed: int | None = None) -> None:
        self._transport.open(speed)
        self._recorder.happened("opened")

    def close(self) -> None:
        self._transport.close()

    def read(self, most: int, timeout: float) -> bytes:
        try:
            data = self._transport.read(most, timeout)
        except DeviceError:
            self._recorder.happened("lost")
            raise
        self._recorder.passed("in", data)
        return data

    def write(self, data: bytes, timeout: float) -> None:
        try:
            # Before the write: an answer read in another thread must not come first.
            self._recorder.passed("out", data)
            self._transport.write(data, timeout)
        except DeviceError:
            self._recorder.happened("lost")
            raise


def read_recording(lines: bytes) -> Recording:
    """A recording from its file's content; DeviceError `recording.invalid` names the line."""
    number = 1  # told where a line is wrong
    try:
        header, *entries = [line for line in lines.splitlines() if line.strip()] or [b""]
        head = msgspec.json.decode(header, type=Header)
        found = []
        for line in entries:
            number += 1
            entry = msgspec.json.decode(line, type=Entry)
            bytes.fromhex(entry.hex)
            found.append(entry)
    except (ValueError, RecursionError) as error:  # of msgspec, of UTF-8, of hex; endless nesting
        raise DeviceError("recording.invalid", f"line {number}: {error}") from error
    return Recording(head, tuple(found))
