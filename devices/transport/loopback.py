"""A port in memory, for unit tests."""

from devices.errors import DeviceError


class LoopbackTransport:
    """A transport for unit tests: `feed` what the device says, look at `sent`.

    `answers` maps a request to the device's reply, given at once; `fail` breaks the port.
    """

    def __init__(self, answers: dict[bytes, bytes] | None = None) -> None:
        self.sent = bytearray()
        self.writes: list[bytes] = []
        self.is_open = False
        self._answers = answers or {}
        self._inbox = bytearray()
        self._error: DeviceError | None = None

    @property
    def speeds(self) -> tuple[int, ...]:
        return ()

    def feed(self, data: bytes) -> None:
        """The device says `data`."""
        self._inbox += data

    def fail(self, error: DeviceError | None) -> None:
        """Every call raises `error` from now on; None mends the port."""
        self._error = error

    def open(self, speed: int | None = None) -> None:  # noqa: ARG002 - memory has none
        if self._error:
            raise self._error
        self.is_open = True

    def close(self) -> None:
        self.is_open = False
        self._inbox.clear()

    def read(self, most: int, timeout: float) -> bytes:  # noqa: ARG002 - what is here, now
        self._check()
        data = bytes(self._inbox[:most])
        del self._inbox[:most]
        return data

    def write(self, data: bytes, timeout: float) -> None:  # noqa: ARG002 - never blocks
        self._check()
        self.sent += data
        self.writes.append(data)
        self._inbox += self._answers.get(data, b"")

    def _check(self) -> None:
        if self._error:
            raise self._error
        if not self.is_open:
            raise DeviceError("port.closed", "loopback")
