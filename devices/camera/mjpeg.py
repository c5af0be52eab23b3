"""Motion JPEG over HTTP, as IP cameras send it: bytes in, pictures out. No I/O, no decoding.

The answer is `multipart/x-mixed-replace` (Netscape's server push; RFC 2046 for the parts). Seen in
the field, and taken: a boundary written with its two hyphens, in quotes, parts without a length.
"""

import base64
from typing import Final

from devices.errors import DeviceError

LONGEST_HEAD: Final = 16 << 10
LONGEST_PART: Final = 8 << 20


def request(host: str, number: int, path: str, login: str) -> bytes:
    """HTTP/1.0, so that no answer comes in chunks."""
    lines = [
        f"GET {path} HTTP/1.0",
        f"Host: {host}:{number}",
        "Accept: multipart/x-mixed-replace",
        "User-Agent: hall",
    ]
    if login:
        lines.append("Authorization: Basic " + base64.b64encode(login.encode()).decode())
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class MjpegParser:
    """Feed it the answer; DeviceError `camera.refused` or `camera.not_mjpeg` where it is none.

    Holds one picture's bytes at most. Pictures are whatever stands in the parts: decoding tells
    whether they are JPEG.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._boundary = b""
        self._length: int | None = None
        self._is_in_part = False
        self._searched = 0

    @property
    def pending(self) -> int:
        """Bytes held of an unfinished head or picture."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[bytes]:
        """The pictures that `data` completes."""
        self._buffer += data
        pictures: list[bytes] = []
        while (picture := self._next()) is not None:
            if picture:
                pictures.append(picture)
        return pictures

    def _next(self) -> bytes | None:
        """A picture, empty where only a head was taken, None where more is needed."""
        if not self._boundary:
            return self._take_answer()
        return self._take_body() if self._is_in_part else self._take_part_head()

    def _take_answer(self) -> bytes | None:
        head = self._take_head()
        if head is None:
            return None
        status, _, fields = head.partition("\n")
        words = status.split()
        if len(words) < 2 or not words[0].startswith("HTTP/"):
            raise DeviceError("camera.not_mjpeg", "no HTTP answer")
        if words[1] != "200":
            raise DeviceError("camera.refused", f"status {words[1][:3]}")
        kind = _field(fields, "content-type")
        name, _, rest = kind.partition(";")
        _, found, boundary = rest.partition("boundary=")
        boundary = boundary.split(";")[0].strip().strip('"').removeprefix("--")
        if name.strip().lower() != "multipart/x-mixed-replace" or not (found and boundary):
            raise DeviceError("camera.not_mjpeg", repr(name[:60]))
        self._boundary = b"--" + boundary.encode()
        return b""

    def _take_part_head(self) -> bytes | None:
        start = self._buffer.find(self._boundary)
        if start < 0:
            del self._buffer[: max(0, len(self._buffer) - len(self._boundary) + 1)]
            return None
        del self._buffer[:start]
        head = self._take_head()
        if head is None:
            return None
        length = _field(head, "content-length")
        self._length = int(length) if length.isdecimal() and len(length) < 10 else None
        if self._length is not None and self._length > LONGEST_PART:
            raise DeviceError("camera.not_mjpeg", f"a picture of {self._length} bytes")
        self._is_in_part = True
        self._searched = 0
        return b""

    def _take_body(self) -> bytes | None:
        end = self._length
        if end is None:
            end = self._buffer.find(self._boundary, self._searched)
            if end < 0:
                if len(self._buffer) > LONGEST_PART:
                    raise DeviceError("camera.not_mjpeg", "a picture without an end")
                self._searched = max(0, len(self._buffer) - len(self._boundary) + 1)
                return None
        if len(self._buffer) < end:
            return None
        picture = bytes(self._buffer[:end])
        del self._buffer[:end]
        self._is_in_part = False
        return picture

    def _take_head(self) -> str | None:
        """Lines up to an empty one, as Latin-1 with LF ends."""
        ends = [(at, 4) for at in (self._buffer.find(b"\r\n\r\n", 0, LONGEST_HEAD),) if at >= 0]
        ends += [(at, 2) for at in (self._buffer.find(b"\n\n", 0, LONGEST_HEAD),) if at >= 0]
        if not ends:
            if len(self._buffer) >= LONGEST_HEAD:
                raise DeviceError("camera.not_mjpeg", "a head without an end")
            return None
        at, size = min(ends)
        head = self._buffer[:at].decode("latin-1").replace("\r\n", "\n")
        del self._buffer[: at + size]
        return head


def _field(head: str, name: str) -> str:
    for line in head.split("\n"):
        key, colon, value = line.partition(":")
        if colon and key.strip().lower() == name:
            return value.strip()
    return ""
