"""Who may connect: tokens of programs, kept as SHA-256 in a small database of their own.

Apart from the hall's record, so that `hall server token` may write here while a server runs.
"""

import hashlib
import secrets
import time
from pathlib import Path

import msgspec

from ..domain.values import AreaId, CounterId, Ms
from ..protocol.views import ProgramRole
from .sqlite import Connection, open_shared
from .tables import tables


class Registration(msgspec.Struct, frozen=True):
    """A program that may connect, or may no more."""

    id: str
    role: ProgramRole
    name: str
    counter: CounterId | None
    area: AreaId | None
    made_at: Ms
    revoked_at: Ms | None


class Access:
    """The registrations in `folder`. Tokens themselves are shown once and never kept."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._db: Connection = open_shared(folder / "access.db")
        self._make_table()
        self._seen = -1
        self._by_digest: dict[str, Registration] = {}
        self.refresh()

    def _make_table(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")  # two processes may come at once
        if not any(self._db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'programs'")):
            table = tables(self._db).table("programs")
            table.create(
                {
                    "id": str,
                    "digest": str,
                    "role": str,
                    "name": str,
                    "counter": str,
                    "area": str,
                    "made_at": int,
                    "revoked_at": int,
                },
                pk="id",
                not_null={"digest", "role", "name", "made_at"},
                strict=True,
            )
            table.create_index(["digest"], unique=True)
        self._db.execute("COMMIT")

    def create(
        self,
        role: ProgramRole,
        name: str,
        *,
        counter: CounterId | None = None,
        area: AreaId | None = None,
    ) -> tuple[Registration, str]:
        """Register a program; returns it with its token (256 random bits), shown only now."""
        token = _new_token()
        made = Registration(
            id=secrets.token_hex(4),
            role=role,
            name=name,
            counter=counter,
            area=area,
            made_at=Ms(int(time.time() * 1000)),
            revoked_at=None,
        )
        self._db.execute(
            "INSERT INTO programs (id, digest, role, name, counter, area, made_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (made.id, _digest(token), made.role, name, counter, area, made.made_at),
        )
        self._seen = -1
        return made, token

    def revoke(self, program: str) -> bool:
        """Take a program's access away. False where there is none to take."""
        changed = self._db.execute(
            "UPDATE programs SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
            (int(time.time() * 1000), program),
        ).rowcount
        self._seen = -1
        return bool(changed)

    def find(self, token: str) -> Registration | None:
        """Who holds `token`, unless revoked or unknown."""
        digest = _digest(token)
        found = self._by_digest.get(digest)
        if found is None and self._is_there(digest):
            self._read()
            found = self._by_digest.get(digest)
        return None if found is None or found.revoked_at is not None else found

    def _is_there(self, digest: str) -> bool:
        """Asked of the table itself: a program just registered must not be turned away."""
        return any(self._db.execute("SELECT 1 FROM programs WHERE digest = ?", (digest,)))

    def all(self) -> list[Registration]:
        """Every registration, oldest first."""
        self.refresh()
        return sorted(self._by_digest.values(), key=lambda found: found.made_at)

    def refresh(self) -> bool:
        """Read again what another process changed; True where something had changed."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        if version == self._seen:
            return False
        self._read()
        self._seen = version  # only now: a read that failed is tried again
        return True

    def _read(self) -> None:
        names = Registration.__struct_fields__
        rows = self._db.execute(f"SELECT digest, {', '.join(names)} FROM programs")  # noqa: S608
        self._by_digest = {
            digest: msgspec.convert(dict(zip(names, row, strict=True)), Registration)
            for digest, *row in rows
        }

    def close(self) -> None:
        self._db.close()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _new_token() -> str:
    """256 random bits. None begins with a dash: after `--token` that would be another option."""
    while (token := secrets.token_urlsafe(32)).startswith("-"):
        continue
    return token
