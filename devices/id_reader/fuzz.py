"""What the fuzzer feeds: each target takes any bytes, returns or raises DeviceError, keeps nothing.

Blocks of fixed size are laid over a good one from the front, so that short inputs get far.
"""

import random
from collections.abc import Callable
from datetime import date
from typing import Final

from devices.id_reader import blocks
from devices.id_reader import protocol as p
from devices.id_reader.credit_code import is_valid_credit_code
from devices.id_reader.identity import CardKind, is_number_of
from devices.id_reader.photo import picture
from devices.id_reader.synthetic import encode_text, invent
from devices.id_reader.text import decode_text

_DAY: Final = date(2026, 1, 5)
_CARDS: Final = tuple(encode_text(invent(random.Random(1), _DAY, kind)) for kind in CardKind)  # noqa: S311
_KINDS: Final = tuple(CardKind)
_LENGTHS: Final = (b"", b"\x00\x00", b"\x02\x00", b"\x04\x00")


def frames(data: bytes) -> None:
    """The frame parser, its resynchronisation, and the search behind an unfinished frame."""
    parser = p.FrameParser()
    for event in parser.feed(data):
        if isinstance(event, p.Reply):
            blocks.is_late(p.READ_CARD, event)
    parser.hidden()


def true_frame(data: bytes) -> None:
    """A frame that is right, whatever it carries: what the driver does with its content."""
    data = data[: p.LONGEST_DATA]
    body = (len(data) + 4).to_bytes(2, "big") + bytes(3) + data
    for event in p.FrameParser().feed(p.PREAMBLE + body + bytes((p.checksum(body),))):
        if isinstance(event, p.Reply):
            blocks.sam_number(event.data)
            blocks.chip_number(event.data)
            blocks.split_card(event.data)


def text(data: bytes) -> None:
    """A text block; the first byte chooses the document it is laid over."""
    good = _CARDS[data[0] % len(_CARDS)] if data else bytes(blocks.TEXT_SIZE)
    block = data[1 : 1 + blocks.TEXT_SIZE]
    decode_text(block + good[len(block) :], lenient=len(data) % 2 == 1)


def fingerprint(data: bytes) -> None:
    """Blocks of a card with a fingerprint of any length."""
    size = _LENGTHS[data[0] % len(_LENGTHS)] if data else b""
    room = blocks.TEXT_SIZE + blocks.PHOTO_SIZE + int.from_bytes(size, "big")
    blocks.split_card(b"\x01\x00\x04\x00" + size + data[1 : 1 + room].ljust(room, b"\0"))
    blocks.split_card(data)


def newest_address(data: bytes) -> None:
    """Records as they come, and filled up to whole ones."""
    blocks.newest_addresses(data)
    blocks.newest_addresses(data + bytes(-len(data) % blocks.ADDRESS_SIZE))


def numbers(data: bytes) -> None:
    """Numbers of every document, social credit codes."""
    word = data.decode("latin-1")
    for kind in _KINDS:
        is_number_of(kind, word)
    is_valid_credit_code(word)
    is_valid_credit_code(data.decode("utf-8", "replace"))


def photo(data: bytes) -> None:
    """What a decoder may write."""
    picture(data)


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "id_reader.frames": frames,
    "id_reader.true_frame": true_frame,
    "id_reader.text": text,
    "id_reader.fingerprint": fingerprint,
    "id_reader.newest_address": newest_address,
    "id_reader.numbers": numbers,
    "id_reader.photo": photo,
}
LONGEST = {"id_reader.frames": 128, "id_reader.numbers": 32, "id_reader.text": 257}
