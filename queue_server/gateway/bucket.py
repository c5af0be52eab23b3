"""A token bucket: so many requests at once, so many a second for ever."""

import time


class Bucket:
    """Starts full with `burst` requests and gains `per_second`."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = float(burst)
        self._per_second = per_second
        self._left = float(burst)
        self._filled = time.monotonic()

    def take(self) -> bool:
        """Take one request out, if there is one."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._filled) * self._per_second)
        self._filled = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
