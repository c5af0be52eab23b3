"""A card reader's recording without its cards: each becomes one of an invented person.

Frames stay whole: lengths as they were, checksums computed anew (and wrong where they were wrong).
"""

import random
from collections.abc import Iterator
from datetime import date
from typing import Final

from devices.id_reader import protocol as p
from devices.id_reader.blocks import TEXT_SIZE, split_card
from devices.id_reader.identity import CardKind
from devices.id_reader.synthetic import encode_text, invent
from devices.transport.record import Piece, Way

_DAY: Final = date(2026, 1, 5)
_FLAG_AT: Final = 248
_KINDS: Final = {
    "J": CardKind.HMT,
    "I": CardKind.FOREIGN_2017,
    "Y": CardKind.FOREIGN_2023,
}
_HEADER: Final = len(p.PREAMBLE) + 2
_STATUS_WORDS: Final = 3
_SAM_NUMBER: Final = (0x12, 0xFF)


class CardRedactor:
    """See devices.transport.record.Redactor. Requests are written as they are: they tell of nobody.

    What is no frame (noise, or the rest of a cut reply) is written as zeros.
    """

    def __init__(self) -> None:
        self._asked = (0, 0)
        self._held = bytearray()

    def take(self, way: Way, data: bytes) -> Iterator[Piece]:
        """A request at once; a reply when it is whole."""
        if way == "out":
            yield from self.rest()
            if data.startswith(p.PREAMBLE) and len(data) >= _HEADER + 2:
                self._asked = (data[_HEADER], data[_HEADER + 1])
            yield "out", data
            return
        self._held += data
        while (piece := self._next()) is not None:
            yield "in", piece

    def rest(self) -> Iterator[Piece]:
        """A reply that was cut, as zeros after its preamble."""
        held, self._held = bytes(self._held), bytearray()
        if held:
            kept = len(p.PREAMBLE) if held.startswith(p.PREAMBLE) else 0
            yield "in", held[:kept] + bytes(len(held) - kept)

    def _next(self) -> bytes | None:
        start = self._held.find(p.PREAMBLE)
        if start:
            # Noise; its last bytes may be a preamble's first.
            size = start if start > 0 else len(self._held) - _beginning(self._held)
            del self._held[:size]
            return bytes(size) if size else None
        if len(self._held) < _HEADER:
            return None
        end = _HEADER + int.from_bytes(self._held[5:7], "big")
        if len(self._held) < end:
            return None
        frame = bytes(self._held[:end])
        del self._held[:end]
        return self._redacted(frame)

    def _redacted(self, frame: bytes) -> bytes:
        first, last = _HEADER + _STATUS_WORDS, len(frame) - 1
        data = frame[first:last]
        if not data or (self._asked == _SAM_NUMBER and len(data) == 16):
            return frame
        body = frame[5:first] + _anonymous(data)
        error = p.checksum(frame[5:last]) ^ frame[last]
        return p.PREAMBLE + body + bytes((p.checksum(body) ^ error,))


def _anonymous(data: bytes) -> bytes:
    """The same lengths, of somebody else. Whatever was asked: a reply may come late."""
    card = split_card(data)
    if card is None:
        return bytes(len(data))
    flag = card.text[_FLAG_AT : _FLAG_AT + 2].decode("utf-16-le", "replace")
    who = invent(random.Random(1), _DAY, _KINDS.get(flag, CardKind.CITIZEN))  # noqa: S311
    size = len(card.photo) + len(card.fingerprint)
    noise = random.Random(2).randbytes(size - 4)  # noqa: S311
    return data[: len(data) - TEXT_SIZE - size] + encode_text(who) + b"WLf~" + noise


def _beginning(data: bytearray) -> int:
    """How many of the last bytes may begin a preamble."""
    return next((n for n in range(len(p.PREAMBLE) - 1, 0, -1) if data.endswith(p.PREAMBLE[:n])), 0)
