"""Which tokens may speak for which halls."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

import msgspec

from simulation.backend.refusal import Refusal


class BadTokenFileError(Exception):
    """The token file has nothing that could be a token."""


class Token(msgspec.Struct, frozen=True):
    """One token, as its SHA-256, and its halls; no halls means any."""

    digest: bytes
    halls: frozenset[str]

    def may(self, hall: str) -> bool:
        """Whether it may speak for `hall`."""
        return not self.halls or hall in self.halls


class Tokens:
    """A token file: one token a line, followed by the halls it is for, or none for all."""

    def __init__(self, text: str) -> None:
        lines = [line.split() for line in text.splitlines()]
        self._tokens = [
            Token(_digest(words[0]), frozenset(words[1:]))
            for words in lines
            if words and not words[0].startswith("#")
        ]
        if not self._tokens:
            raise BadTokenFileError("no token in the token file")

    def check(self, authorization: str) -> Token:
        """The token of an `Authorization` header. Raises `Refusal`: bad_token."""
        scheme, _, given = authorization.partition(" ")
        digest = _digest(given.strip())
        found = [token for token in self._tokens if hmac.compare_digest(token.digest, digest)]
        if scheme.lower() != "bearer" or not found:
            raise Refusal("bad_token")
        return found[0]


def make_token_file(path: Path) -> None:
    """Write a fresh token of 256 bits that only this user may read, unless the file is there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32) + "\n")


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
