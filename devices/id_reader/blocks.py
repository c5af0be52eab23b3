"""What the module's replies carry: a card's blocks, its newest addresses, numbers.

Pure functions over the data of one reply; None where its lengths do not fit. All of it is
personal but the module's own number, so nothing here tells its content in a repr.
"""

import struct
from collections.abc import Callable
from typing import Final
from unicodedata import category

import msgspec

from devices.id_reader import protocol as p

TEXT_SIZE: Final = 256
PHOTO_SIZE: Final = 1024
FINGERPRINT_SIZES: Final = (0, 512, 1024)
ADDRESS_SIZE: Final = 70
MOST_ADDRESSES: Final = 4
CHIP_NUMBER_SIZE: Final = 28
_CONTROLS: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})


class CardBlocks(msgspec.Struct, frozen=True):
    """The read reply's parts. Photo and fingerprint stay in their proprietary codes."""

    text: bytes
    photo: bytes
    fingerprint: bytes = b""

    def __repr__(self) -> str:
        return f"CardBlocks({len(self.text)}, {len(self.photo)}, {len(self.fingerprint)})"

    def __rich_repr__(self) -> list[tuple[str, int]]:
        return [("text", len(self.text)), ("photo", len(self.photo))]


def split_card(data: bytes) -> CardBlocks | None:
    """Text and photo, and the fingerprint where it was asked for, from a read reply's data.

    The lengths come first: 0100 0400, then in the longer form that of the fingerprint.
    """
    plain = TEXT_SIZE + PHOTO_SIZE
    if data[:4] != struct.pack(">HH", TEXT_SIZE, PHOTO_SIZE):
        return None
    if len(data) == 4 + plain:
        return CardBlocks(data[4 : 4 + TEXT_SIZE], data[4 + TEXT_SIZE :])
    size = int.from_bytes(data[4:6], "big")
    if size not in FINGERPRINT_SIZES or len(data) != 6 + plain + size:
        return None
    return CardBlocks(data[6 : 6 + TEXT_SIZE], data[6 + TEXT_SIZE : 6 + plain], data[6 + plain :])


def newest_addresses(data: bytes) -> tuple[str, ...] | None:
    """Addresses added to the card since it was made, oldest first (?).

    Up to four records of 70 bytes UTF-16LE, space padded; empty records are left out.
    """
    if len(data) % ADDRESS_SIZE or len(data) > ADDRESS_SIZE * MOST_ADDRESSES:
        return None
    found = []
    for start in range(0, len(data), ADDRESS_SIZE):
        try:
            text = data[start : start + ADDRESS_SIZE].decode("utf-16-le").rstrip("\0 ")
        except UnicodeDecodeError:
            return None
        if not is_printable(text):
            return None
        if text:
            found.append(text)
    return tuple(found)


def is_printable(text: str) -> bool:
    """Whether no control or direction mark hides in `text`: a card must not steer a screen.

    Characters of private use pass: older cards have rare ones of names there.
    """
    return text.isprintable() or not any(category(one) in _CONTROLS for one in text)


def chip_number(data: bytes) -> str | None:
    """The chip's 28 bytes as hexadecimal (?: how they divide is not published)."""
    return data.hex().upper() if len(data) == CHIP_NUMBER_SIZE else None


def sam_number(data: bytes) -> str | None:
    """The module's number as printed on the reader; None if `data` is not 16 bytes."""
    if len(data) != 16:
        return None
    first, second, day, serial, check = struct.unpack("<HHIII", data)
    return f"{first:02d}.{second:02d}-{day:08d}-{serial:010d}-{check:010d}"


_SHAPES: Final[dict[bytes, Callable[[p.Reply], bool]]] = {
    p.STATUS: lambda reply: reply.status == p.OK and not reply.data,
    p.SAM_NUMBER: lambda reply: reply.status == p.OK and len(reply.data) == 16,
    p.FIND_CARD: lambda reply: reply.status == p.CARD_FOUND,
    p.SELECT_CARD: lambda reply: reply.status == p.OK and len(reply.data) == 8,
    p.READ_CARD: lambda reply: reply.status == p.OK and split_card(reply.data) is not None,
    p.READ_FINGERPRINT: lambda reply: reply.status == p.OK and split_card(reply.data) is not None,
    p.NEWEST_ADDRESS: lambda reply: reply.status == p.OK and len(reply.data) % ADDRESS_SIZE == 0,
    p.CHIP_NUMBER: lambda reply: reply.status == p.OK and len(reply.data) == CHIP_NUMBER_SIZE,
}


def is_late(request: bytes, reply: p.Reply) -> bool:
    """Whether `reply` cannot be meant for `request` but answers another: one given up before.

    Replies do not name their command, so only their shape tells.
    """
    fits = _SHAPES.get(request)
    if not reply.is_ok or fits is None or fits(reply):
        return False
    return any(shape(reply) for other, shape in _SHAPES.items() if other != request)
