"""Reading and writing a descriptor, for ports that are files or sockets."""

import os
import select
import time

from devices.errors import DeviceError


class DescriptorTransport:
    """Reading and writing a non-blocking descriptor with poll()."""

    def _descriptor(self) -> int:
        raise NotImplementedError

    def read(self, most: int, timeout: float) -> bytes:
        fd = self._descriptor()
        if not _wait(fd, select.POLLIN, timeout):
            return b""
        try:
            data = os.read(fd, most)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise DeviceError("port.lost", str(error)) from error
        if not data:
            raise DeviceError("port.lost", "end of stream")
        return data

    def write(self, data: bytes, timeout: float) -> None:
        fd = self._descriptor()
        deadline = time.monotonic() + timeout
        view = memoryview(data)
        written = 0
        while written < len(data):
            left = deadline - time.monotonic()
            if left <= 0 or not _wait(fd, select.POLLOUT, left):
                raise DeviceError("port.stalled", f"after {written} bytes", written=written)
            try:
                written += os.write(fd, view[written:])
            except BlockingIOError:
                continue
            except OSError as error:
                raise DeviceError("port.lost", str(error), written=written) from error


def _wait(fd: int, events: int, timeout: float) -> bool:
    poller = select.poll()
    poller.register(fd, events)
    # A hang-up also counts as ready: the read or write that follows names the error.
    return bool(poller.poll(max(0.0, timeout) * 1000))
