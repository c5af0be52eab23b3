"""Personal data, sealed: AES-256-GCM with the subject's id as associated data.

The key lies in a file beside the database, never in it. Look-ups go by a keyed HMAC-SHA-256 of the
document number, so the log and the outbox hold no number at all.
"""

import hashlib
import hmac
import os
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..domain.values import Holder, PersonKey
from .batch import PersonalRow
from .errors import bad_key, key_missing, sealed_otherwise, wrong_key
from .log import Log

KEY_BYTES = 32


class Sealer:
    """Seals and opens personal data with the key in `path`, made there at the first start."""

    def __init__(self, path: Path) -> None:
        key = _read_or_make(path)
        self._cipher = AESGCM(hmac.digest(key, b"hall: seal personal data", hashlib.sha256))
        self._compare = hmac.digest(key, b"hall: compare commands", hashlib.sha256)
        self._look_up = hmac.digest(key, b"hall: look up persons", hashlib.sha256)

    def person_key(self, holder: Holder) -> PersonKey:
        """The pseudonym of a document number, the same each time it is read."""
        number = holder.number.strip().upper().encode()
        return PersonKey(hmac.digest(self._look_up, number, hashlib.sha256).hex()[:32])

    def fingerprint(self, command: bytes) -> bytes:
        """Tells whether two commands are the same. Keyed: a command may hold a document number."""
        return hashlib.blake2b(command, digest_size=16, key=self._compare).digest()

    def mark(self) -> str:
        """Tells this key from others, and tells nothing of it."""
        return self.fingerprint(b"hall: mark of the key").hex()

    def seal(self, subject: str, kind: str, value: msgspec.Struct | str) -> PersonalRow:
        """Seal `value` for `subject` (a ticket or transaction id)."""
        nonce = os.urandom(12)
        aad = f"{kind}:{subject}".encode()
        return PersonalRow(
            subject, kind, nonce, self._cipher.encrypt(nonce, msgspec.json.encode(value), aad)
        )

    def open_holder(self, row: PersonalRow) -> Holder:
        """The holder sealed in `row`. Raises `StoreError` where the key does not fit."""
        aad = f"{row.kind}:{row.subject}".encode()
        try:
            plain = self._cipher.decrypt(row.nonce, row.sealed, aad)
        except InvalidTag:
            raise sealed_otherwise() from None
        return msgspec.json.decode(plain, type=Holder)


def _read_or_make(path: Path) -> bytes:
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        key = os.urandom(KEY_BYTES)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
    if len(key) != KEY_BYTES:
        raise bad_key(str(path), KEY_BYTES)
    return key


def open_sealer(path: Path, log: Log, *, accept_new_key: bool) -> Sealer:
    """The sealer for `log`'s database. Raises `StoreError` where its key is missing or another."""
    mark = log.key_mark()
    if mark is not None and not accept_new_key and not path.exists():
        raise key_missing(str(path))
    sealer = Sealer(path)
    if mark != sealer.mark():
        if mark is not None and not accept_new_key:
            raise wrong_key(str(path))
        log.set_key_mark(sealer.mark())
    return sealer
