"""Finding frames in a byte stream that also holds noise and spoilt frames."""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec


class BadFrame(msgspec.Struct, frozen=True):
    """A frame whose sum or end is wrong: counted, never obeyed. What collisions leave behind."""

    raw: bytes


class Noise(msgspec.Struct, frozen=True):
    """`count` bytes that belong to no frame."""

    count: int


T = TypeVar("T")


class Resync(Generic[T]):
    """Takes bytes in any pieces; holds at most one frame. Never raises by itself.

    `start`: the bytes that every frame begins with, at least one.

    `size(held, at)`: how long the frame that begins at `at` is; 0 where none begins there, None
    where more bytes must tell. `judge(raw)`: the frame, or None where it is spoilt. After a spoilt
    frame it looks again from its second byte, so noise never costs the good frame that follows.
    """

    def __init__(
        self,
        size: Callable[[bytearray, int], int | None],
        judge: Callable[[bytes], T | None],
        start: bytes,
    ) -> None:
        self._size = size
        self._judge = judge
        self._start = start
        self._held = bytearray()
        self._excused = 0  # bytes of a bad frame: told as such, looked at again, no noise

    @property
    def is_inside_frame(self) -> bool:
        """Whether a frame has begun and not ended."""
        return bool(self._held)

    def feed(self, data: bytes) -> list[T | BadFrame | Noise]:
        """What `data` completes, in order."""
        held = self._held
        held += data
        heard: list[T | BadFrame | Noise] = []
        at = noise = 0
        while at < len(held):
            skipped = self._next_start(at) - at
            if skipped:
                excused = min(self._excused, skipped)
                self._excused -= excused
                noise += skipped - excused
                at += skipped
                continue
            size = self._size(held, at)
            if size is None or at + size > len(held):
                break
            if not size:
                at += 1
                if self._excused:
                    self._excused -= 1
                else:
                    noise += 1
                continue
            if noise:
                heard.append(Noise(noise))
                noise = 0
            raw = bytes(held[at : at + size])
            frame = self._judge(raw)
            if frame is None:
                heard.append(BadFrame(raw))
                at += 1
                self._excused = max(self._excused - 1, size - 1)
            else:
                heard.append(frame)
                at += size
                self._excused = max(0, self._excused - size)
        del held[:at]
        if noise:
            heard.append(Noise(noise))
        return heard

    def _next_start(self, at: int) -> int:
        """Where a frame begins, or may begin with the bytes at the end."""
        begins = self._held.find(self._start, at)
        if begins >= 0:
            return begins
        end = len(self._held)
        for size in range(min(len(self._start) - 1, end - at), 0, -1):
            if self._held.endswith(self._start[:size]):
                return end - size
        return end

    def give_up(self) -> list[T | BadFrame | Noise]:
        """The line fell silent inside a frame: what was held is noise but for whole frames in it.

        Call once more than a frame's time has passed without a byte.
        """
        heard: list[T | BadFrame | Noise] = []
        while self._held:
            del self._held[0]
            if self._excused:
                self._excused -= 1
            else:
                heard.append(Noise(1))
            heard += self.feed(b"")
        return heard
