"""The hidden exit's password, kept as a scrypt hash (RFC 7914)."""

import hashlib
import hmac
import os
import re

HASH = re.compile(r"scrypt:([0-9a-f]{32}):([0-9a-f]{64})")
_N, _R, _P = 1 << 14, 8, 1


def hashed(password: str, salt: bytes | None = None) -> str:
    """`scrypt:SALT:HASH` of a password."""
    salt = salt or os.urandom(16)
    return f"scrypt:{salt.hex()}:{_derive(password, salt).hex()}"


def matches(password: str, wanted: str) -> bool:
    """Whether `wanted`, made by `hashed`, is this password's. Takes some 50 ms, by design."""
    found = HASH.fullmatch(wanted)
    if found is None:
        return False
    return hmac.compare_digest(_derive(password, bytes.fromhex(found[1])).hex(), found[2])


def _derive(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_N, r=_R, p=_P, dklen=32)
