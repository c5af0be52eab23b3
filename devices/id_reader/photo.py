"""The chip's photo, by a vendor's decoder where there is one.

The photo is a proprietary wavelet code (WLF). No open decoder is known, so one is never pretended:
without a vendor's shared library there is no picture, and nothing depends on it. The library is
foreign code, so it runs in a child process that may crash or hang and harms nothing.
"""

import os
import signal
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, Literal

import msgspec

from devices.errors import DeviceError
from devices.id_reader import photo_child

WIDTH: Final = 102
HEIGHT: Final = 126
_WORDS: Final = frozenset({"wlf", "wlf_len", "out", "out_len"})
_ROW: Final = WIDTH * 3
_BMP_ROW: Final = (_ROW + 3) // 4 * 4


class Photo(msgspec.Struct, frozen=True):
    """The decoded picture, 102 by 126: `rgb` has three bytes a pixel, rows from the top."""

    rgb: bytes

    def __repr__(self) -> str:
        return "Photo(…)"

    def __rich_repr__(self) -> list[tuple[str, int]]:
        return [("bytes", len(self.rgb))]

    def bmp(self) -> bytes:
        """The same as a 24-bit BMP file."""
        rows = [self.rgb[y * _ROW : (y + 1) * _ROW] for y in reversed(range(HEIGHT))]
        pixels = b"".join(_swapped(row).ljust(_BMP_ROW, b"\0") for row in rows)
        head = struct.pack("<2sIHHI", b"BM", 54 + len(pixels), 0, 0, 54)
        size = (WIDTH, HEIGHT, 1, 24, 0, len(pixels), 2835, 2835, 0, 0)
        return head + struct.pack("<IiiHHIIiiII", 40, *size) + pixels


class PhotoDecoder(msgspec.Struct, frozen=True, kw_only=True):
    """How to call a vendor's library (? vendors differ, so all of it is configuration).

    `arguments` are words in the C function's order: `wlf` (const unsigned char *), `wlf_len` (int),
    `out` (unsigned char *), `out_len` (int *, the room, then the length), or a whole number for an
    int. It returns `success` when it went well. What it writes is a 24-bit BMP file or 102×126×3
    bytes from the top, in `order`.
    """

    library: str
    function: str = "decode"
    arguments: str = "wlf,wlf_len,out,out_len"
    success: int = 1
    order: Literal["bgr", "rgb"] = "bgr"
    timeout: float = 5.0

    def decode(self, wlf: bytes) -> Photo:
        """The picture; DeviceError `id_reader.photo_…`. Blocks up to `timeout` seconds."""
        words = self.arguments.split(",")
        if not Path(self.library).is_file() or not all(map(_is_argument, words)):
            raise DeviceError("id_reader.photo_library", f"{self.library}({self.arguments})")
        command = [
            sys.executable, "-I", photo_child.__file__, str(Path(self.library).absolute()),
            self.function, self.arguments, str(self.success),
        ]  # fmt: skip
        # Some libraries leave pictures where they stand: that place goes with them.
        with tempfile.TemporaryDirectory(prefix="hall-photo-") as folder:
            child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                start_new_session=True,
            )
            with child:
                try:
                    out, _ = child.communicate(wlf, self.timeout)
                except subprocess.TimeoutExpired:
                    raise DeviceError("id_reader.photo_timeout", self.library) from None
                finally:
                    _end(child)
        if child.returncode == photo_child.CANNOT_LOAD:
            raise DeviceError("id_reader.photo_library", f"{self.library}: {self.function}")
        if child.returncode == photo_child.REFUSED:
            raise DeviceError("id_reader.photo_invalid", "the library refused")
        if child.returncode != 0:
            raise DeviceError("id_reader.photo_crashed", f"exit {child.returncode}")
        return picture(out, self.order)


def picture(out: bytes, order: Literal["bgr", "rgb"] = "bgr") -> Photo:
    """What a decoder wrote, checked; DeviceError `id_reader.photo_invalid`."""
    if len(out) == _ROW * HEIGHT:
        return Photo(out if order == "rgb" else _swapped(out))
    if len(out) < 54 or out[:2] != b"BM":
        raise DeviceError("id_reader.photo_invalid", f"{len(out)} bytes")
    (start,) = struct.unpack_from("<I", out, 10)
    width, height, _, bits, packing = struct.unpack_from("<iiHHI", out, 18)
    if (width, abs(height), bits, packing) != (WIDTH, HEIGHT, 24, 0):
        raise DeviceError("id_reader.photo_invalid", f"{width}x{height}, {bits} bits")
    if len(out) < start + _BMP_ROW * HEIGHT:
        raise DeviceError("id_reader.photo_invalid", f"{len(out)} bytes")
    rows = [out[start + y * _BMP_ROW :][:_ROW] for y in range(HEIGHT)]
    return Photo(_swapped(b"".join(rows if height < 0 else reversed(rows))))


def _swapped(pixels: bytes) -> bytes:
    """Blue and red changed places."""
    swapped = bytearray(pixels)
    swapped[0::3], swapped[2::3] = pixels[2::3], pixels[0::3]
    return bytes(swapped)


def _is_argument(word: str) -> bool:
    try:
        return word in _WORDS or int(word, 0) is not None
    except ValueError:
        return False


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the child and of whatever it started."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
