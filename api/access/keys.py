"""API keys of a workspace. The key itself is shown once; what is kept is its SHA-256."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from sqlalchemy import func, select, update

from knowledge.domain.errors import InputError, NotAuthorised, NotFound
from knowledge.store.repository import Repository, utc
from knowledge.store.schema import KeyRow

USED_EVERY = timedelta(minutes=1)
"""How often at most the time of last use is written."""

_KEY = re.compile(r"kj_([0-9a-f]{12})_[0-9a-f]{48}")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,80}")


@dataclass(frozen=True, slots=True)
class Key:
    """What may be known about a key. Times are UTC."""

    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "created_at": _shown(self.created_at),
            "last_used_at": _shown(self.last_used_at),
            "revoked_at": _shown(self.revoked_at),
        }


class Keys(Repository):
    """The keys of one workspace; those of another do not exist here."""

    def create(self, name: str, now: datetime) -> tuple[Key, str]:
        """A new key and its text, which cannot be had again. Raises `InputError` for an unusable name."""
        name = name.strip()
        if not _NAME.fullmatch(name):
            raise InputError("the name of a key is one line of 1 to 80 characters")
        key_id = secrets.token_hex(6)
        text = f"kj_{key_id}_{secrets.token_hex(24)}"
        row = KeyRow(
            id=key_id,
            workspace=self.workspace,
            name=name,
            key_hash=_hash(text),
            created_at=utc(now),
            last_used_at=None,
            revoked_at=None,
            role="admin",
            scopes=[],
            expires_at=None,
            made_by="",
            daily_tokens=None,
            per_minute=None,
        )
        with self.writing(revises=False) as session:
            session.add(row)
        return _key(row), text

    def list(self) -> list[Key]:
        """Every key, revoked ones too, the oldest first."""
        with self.reading() as session:
            return [_key(row) for row in session.scalars(self.rows(KeyRow).order_by(KeyRow.created_at, KeyRow.id))]

    def revoke(self, key_id: str, now: datetime) -> Key:
        """The key, of no use from now on; revoking twice changes nothing. Raises `NotFound`."""
        with self.writing(revises=False) as session:
            row = session.scalar(self.rows(KeyRow).where(KeyRow.id == key_id))
            if row is None:
                raise NotFound(f"no key '{key_id}'; `koujing keys list` shows all")
            row.revoked_at = row.revoked_at or utc(now)
            return _key(row)

    def verify(self, text: str, now: datetime) -> Key:
        """The key that `text` is. Raises `NotAuthorised` without saying what is wrong with it."""
        shape = _KEY.fullmatch(text)
        with self.reading() as session:
            row = session.scalar(self.rows(KeyRow).where(KeyRow.id == shape.group(1))) if shape else None
        right = compare_digest(row.key_hash if row else _hash(""), _hash(text))
        if row is None or not right or row.revoked_at is not None:
            raise NotAuthorised("the API key is unknown or revoked; `koujing keys create` makes one")
        if row.last_used_at is None or utc(now) - row.last_used_at >= USED_EVERY:
            # Only now: who has no key makes no writer wait.
            with self.writing(revises=False) as session:
                session.execute(update(KeyRow).where(KeyRow.id == row.id).values(last_used_at=utc(now)))
        return _key(row)

    def were_made(self) -> bool:
        """True once a key was made, even if all are revoked: revoking the last key must not open the service."""
        with self.reading() as session:
            return session.scalar(self.rows(KeyRow).limit(1)) is not None

    def usable(self) -> int:
        """How many keys are not revoked."""
        with self.reading() as session:
            kept = (KeyRow.workspace == self.workspace) & KeyRow.revoked_at.is_(None)
            return session.scalar(select(func.count()).select_from(KeyRow).where(kept)) or 0


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _shown(moment: datetime | None) -> str | None:
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else None


def _key(row: KeyRow) -> Key:
    return Key(row.id, row.name, row.created_at, row.last_used_at, row.revoked_at)
