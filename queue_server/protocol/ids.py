"""Identifiers that sort by time: UUID version 7 (RFC 9562).

Random ones would scatter every insert over the database's pages; these append. 74 of their bits
are still random, so a ticket's id in a QR cannot be guessed.
"""

import os
import time
import uuid


def new_uuid() -> uuid.UUID:
    """A fresh UUIDv7."""
    value = int.from_bytes(os.urandom(10), "big") | (time.time_ns() // 1_000_000) << 80
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
