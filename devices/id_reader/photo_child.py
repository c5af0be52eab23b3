"""The child that a vendor's photo decoder runs in: the chip's code on stdin, its output on stdout.

Run as a file by `photo.py` with library, function, arguments and the value of success. Standard
library alone: it starts once a picture. Exit code 3: no such library or function; 4: it refused.
"""

import ctypes
import os
import resource
import sys
from typing import Final

CANNOT_LOAD: Final = 3
REFUSED: Final = 4
_ROOM: Final = 1 << 20
_RAW: Final = 102 * 126 * 3


def main() -> int:
    """Load, call once, hand over."""
    library, function, arguments, success = sys.argv[1:]
    # A core file would hold a face.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    code = sys.stdin.buffer.read()
    # What the library prints is nobody's.
    answer = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    wlf = ctypes.create_string_buffer(code, len(code))
    out = ctypes.create_string_buffer(_ROOM)
    length = ctypes.c_int(_ROOM)
    values: dict[str, object] = {
        "wlf": wlf,
        "wlf_len": ctypes.c_int(len(code)),
        "out": out,
        "out_len": ctypes.byref(length),
    }
    try:
        call = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return CANNOT_LOAD
    call.restype = ctypes.c_int
    words = arguments.split(",")
    if call(*(values.get(word) or ctypes.c_int(int(word, 0)) for word in words)) != int(success):
        return REFUSED
    size = length.value if "out_len" in words else _RAW
    if "out_len" not in words and out.raw[:2] == b"BM":
        size = int.from_bytes(out.raw[2:6], "little")
    with os.fdopen(answer, "wb") as stream:
        stream.write(out.raw[: max(0, min(size, _ROOM))])
    return 0


if __name__ == "__main__":
    # Not sys.exit: a library's destructors may crash, and what is wanted is handed over.
    os._exit(main())
