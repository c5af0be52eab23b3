"""What a line's devices say and are told, in bytes: the seam between the line and its makes."""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from devices.call_line import protocol
from devices.call_line.events import Press
from devices.resync import BadFrame, Noise


class Said(msgspec.Struct, frozen=True):
    """A whole frame of a device: what it means, None for what is no press, and what answers it."""

    address: int
    raw: bytes
    press: Press | None
    answer: bytes


Heard = Said | BadFrame | Noise


class LineParser(Protocol):
    """Bytes in any pieces to frames; see devices.resync."""

    @property
    def is_inside_frame(self) -> bool:
        """Whether a frame has begun and not ended."""

    def feed(self, data: bytes) -> list[Heard]:
        """What `data` completes."""

    def give_up(self) -> list[Heard]:
        """The line fell silent inside a frame."""


class LineCodec(Protocol):
    """One make of caller. An encoder gives no bytes for what its devices cannot do; DeviceError
    where a value cannot be said."""

    def parser(self) -> LineParser:
        """A fresh parser."""

    def ticket(self, address: int, number: str) -> bytes:
        """Show a ticket's number."""

    def waiting(self, address: int, count: int) -> bytes:
        """Show how many wait."""

    def beep(self, address: int) -> bytes:
        """One short sound."""

    def ask_rating(self, address: int) -> bytes:
        """Ask for a rating."""


class CodedLine:
    """The line of devices.call_line.protocol."""

    def __init__(self, letters: Mapping[str, str] | None = None) -> None:
        self._letters = letters

    def parser(self) -> LineParser:
        return _CodedParser()

    def ticket(self, address: int, number: str) -> bytes:
        return protocol.ticket(address, number, self._letters).encode()

    def waiting(self, address: int, count: int) -> bytes:
        return protocol.waiting(address, count).encode()

    def beep(self, address: int) -> bytes:
        return protocol.beep(address).encode()

    def ask_rating(self, address: int) -> bytes:
        return protocol.start_rating(address).encode()


class _CodedParser:
    def __init__(self) -> None:
        self._frames = protocol.frame_parser()

    @property
    def is_inside_frame(self) -> bool:
        return self._frames.is_inside_frame

    def feed(self, data: bytes) -> list[Heard]:
        return [_said(item) for item in self._frames.feed(data)]

    def give_up(self) -> list[Heard]:
        return [_said(item) for item in self._frames.give_up()]


def _said(item: protocol.Heard) -> Heard:
    if not isinstance(item, protocol.Frame):
        return item
    answer = protocol.acknowledgement_of(item).encode()
    return Said(item.address, item.encode(), protocol.press_of(item), answer)
