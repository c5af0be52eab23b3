"""What a card reader says beside its health. No repr holds what a card said."""

import msgspec

from devices.health import Health
from devices.id_reader.identity import Identity


class CardRead(msgspec.Struct, frozen=True, kw_only=True):
    """A card was laid and read. `photo` is the chip's WLF code, undecoded.

    The rest only where it is wanted: `newest_addresses` oldest first, `chip_number` in hexadecimal,
    `fingerprint` where it is to be kept, else its size alone.
    """

    identity: Identity
    photo: bytes
    newest_addresses: tuple[str, ...] = ()
    chip_number: str = ""
    fingerprint: bytes = b""
    fingerprint_size: int = 0

    def __repr__(self) -> str:
        return f"CardRead({self.identity!r})"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return [("identity", repr(self.identity))]


class CardFailed(msgspec.Struct, frozen=True):
    """A card was laid but not read; it must be lifted and laid again."""

    code: str


class CardRemoved(msgspec.Struct, frozen=True):
    """The card that was read, or failed, is gone."""


ReaderEvent = Health | CardRead | CardFailed | CardRemoved
