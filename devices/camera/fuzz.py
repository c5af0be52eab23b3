"""Parsers that meet a stranger's bytes, for the fuzzer."""

from collections.abc import Callable

from devices.camera.events import CodeSeen
from devices.camera.mjpeg import LONGEST_HEAD, MjpegParser
from devices.camera.wire import (
    LONGEST_DOWN,
    LONGEST_UP,
    Bodies,
    decode_down,
    decode_up,
    encode,
)
from devices.errors import DeviceError

_ANSWER = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n"
_PARTS = (b"--b\r\n", b"\r\n\r\n", b"Content-Length: 3\r\n", b"abc", b"--b--", b"\n\n")


_SEEN = encode(CodeSeen(text="A012", format="QRCode", at=1.0))


def fuzz_up(data: bytes) -> None:
    """What a child that went mad may send: anything, or a message with a wound."""
    for body in Bodies(LONGEST_UP).feed(data):
        decode_up(body)
    at = data[0] % len(_SEEN) if data else 0
    try:
        decode_up(_SEEN[4:at] + data[1:] + _SEEN[at + len(data) :])
    except DeviceError:
        decode_up(data)


def fuzz_down(data: bytes) -> None:
    """What a parent may send."""
    for body in Bodies(LONGEST_DOWN).feed(data):
        decode_down(body)
    decode_down(data)


def fuzz_mjpeg(data: bytes) -> None:
    """A network camera's bytes: as they are, and strewn with what its pictures are cut by."""
    strewn = b"".join(
        _PARTS[byte % 6] if byte & 8 else bytes((byte,)) for byte in data[: LONGEST_HEAD // 20]
    )
    parser = MjpegParser()
    parser.feed(_ANSWER)
    at = len(strewn) // 2
    parser.feed(strewn[:at])
    parser.feed(strewn[at:])
    assert parser.pending <= len(strewn)
    if len(data) % 4 == 0:
        MjpegParser().feed(data)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "camera.up": fuzz_up,
    "camera.down": fuzz_down,
    "camera.mjpeg": fuzz_mjpeg,
}
