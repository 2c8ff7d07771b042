"""API keys of a workspace. The key itself is shown once; what is kept is its SHA-256."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from sqlalchemy import select, update

from api.access.actor import Actor
from api.access.limits import with_limits
from api.access.roles import Role, rights_named, role_named
from knowledge.domain.errors import InputError, NotAuthorised, NotFound
from knowledge.store.database import Database
from knowledge.store.record import Record
from knowledge.store.repository import utc
from knowledge.store.schema import KeyRow

USED_EVERY = timedelta(minutes=1)
"""How often at most the time of last use is written."""

_KEY = re.compile(r"kj_([0-9a-f]{12})_[0-9a-f]{48}")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,80}")
_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Key:
    """What may be known about a key. Times are UTC. `scopes` narrow the role (none: all of it); of `daily_tokens` and
    `per_minute` None means as the workspace says; `made_by` is the id of a person, empty for the command line."""

    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    workspace: str = ""
    role: Role = Role.ADMIN
    scopes: tuple[str, ...] = ()
    expires_at: datetime | None = None
    made_by: str = ""
    daily_tokens: int | None = None
    per_minute: int | None = None

    @property
    def prefix(self) -> str:
        """How the key begins: to find in a file of settings which key it is."""
        return f"kj_{self.id}"

    def usable(self, now: datetime) -> bool:
        """Neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or utc(now) < self.expires_at)

    def actor(self) -> Actor:
        """The key as whoever asks, with the limits of its own."""
        return Actor(
            kind="key",
            id=self.id,
            name=f"key {self.name}",
            workspace=self.workspace,
            role=self.role,
            rights=rights_named(list(self.scopes), self.role),
            person=self.made_by,
            per_minute=self.per_minute,
            daily_tokens=self.daily_tokens,
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "prefix": self.prefix,
            "role": str(self.role),
            "scopes": list(self.scopes),
            "created_at": _shown(self.created_at),
            "made_by": self.made_by,
            "expires_at": _shown(self.expires_at),
            "last_used_at": _shown(self.last_used_at),
            "revoked_at": _shown(self.revoked_at),
            "daily_tokens": self.daily_tokens,
            "per_minute": self.per_minute,
        }


class Keys(Record):
    """The keys of one workspace; those of another do not exist here. Making and revoking stand in the record."""

    def create(
        self,
        name: str,
        now: datetime,
        *,
        role: str = Role.ADMIN,
        scopes: Sequence[str] = (),
        expires_at: datetime | None = None,
        made_by: str = "",
        by: str = "command line",
        daily_tokens: int | None = None,
        per_minute: int | None = None,
    ) -> tuple[Key, str]:
        """A new key and its text, which cannot be had again; `by` is the name for the record.

        Raises `InputError` for an unusable name, role, scope or limit, or an expiry that is past.
        """
        name = name.strip()
        if not _NAME.fullmatch(name):
            raise InputError("the name of a key is one line of 1 to 80 characters")
        given = role_named(role)
        rights_named(list(scopes), given)
        if expires_at is not None and utc(expires_at) <= utc(now):
            raise InputError("the key would have expired already; give a later day")
        for limit, value in (("daily_tokens", daily_tokens), ("per_minute", per_minute)):
            if value is not None and not 0 < value <= _MOST:
                raise InputError(f"{limit} is a whole number from 1 to {_MOST}; leave it out for the workspace's own")
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
            role=str(given),
            scopes=sorted(set(scopes)),
            expires_at=utc(expires_at) if expires_at else None,
            made_by=made_by,
            daily_tokens=daily_tokens,
            per_minute=per_minute,
        )
        with self.writing(revises=False) as session:
            session.add(row)
            self.note(session, "key", key_id, "made", by, now, reason=f"{name}, {given}")
        return _key(row), text

    def list(self) -> list[Key]:
        """Every key, revoked ones too, the oldest first."""
        with self.reading() as session:
            return [_key(row) for row in session.scalars(self.rows(KeyRow).order_by(KeyRow.created_at, KeyRow.id))]

    def revoke(self, key_id: str, now: datetime, *, by: str = "command line") -> Key:
        """The key, of no use from now on; revoking twice changes nothing. Raises `NotFound`."""
        with self.writing(revises=False) as session:
            row = session.scalar(self.rows(KeyRow).where(KeyRow.id == key_id))
            if row is None:
                raise NotFound(f"no key '{key_id}'; `koujing keys list` shows all")
            if row.revoked_at is None:
                row.revoked_at = utc(now)
                self.note(session, "key", key_id, "revoked", by, now, reason=row.name)
            return _key(row)

    def actor(self, text: str, now: datetime) -> Actor:
        """Who the key `text` is, with its limits. Raises `NotAuthorised` as `verify`, and for another workspace's."""
        key = verify(self.database, text, now)
        if key.workspace != self.workspace:
            raise NotAuthorised(
                f"this is no API key of the workspace '{self.workspace}'; `koujing keys create` makes one"
            )
        return with_limits(self.database, key.actor())

    def were_made(self) -> bool:
        """True once a key was made, even if all are revoked: revoking the last key must not open the service."""
        with self.reading() as session:
            return session.scalar(self.rows(KeyRow).limit(1)) is not None


def verify(database: Database, text: str, now: datetime) -> Key:
    """The key that `text` is, of whichever workspace.

    Raises `NotAuthorised`, which says of a key that is right only why it is of no use any more.
    """
    shape = _KEY.fullmatch(text)
    with database.across_workspaces() as session:
        row = session.scalar(select(KeyRow).where(KeyRow.id == shape.group(1))) if shape else None
    right = compare_digest(row.key_hash if row else _hash(""), _hash(text))
    if row is None or not right or row.revoked_at is not None:
        raise NotAuthorised("the API key is unknown or revoked; `koujing keys create` makes one")
    key = _key(row)
    if not key.usable(now):
        raise NotAuthorised(f"the API key expired at {_shown(key.expires_at)}; `koujing keys create` makes a new one")
    if row.last_used_at is None or utc(now) - row.last_used_at >= USED_EVERY:
        # Only now: who has no key makes no writer wait.
        with database.across_workspaces() as session:
            session.execute(update(KeyRow).where(KeyRow.id == row.id).values(last_used_at=utc(now)))
    return key


def any_made(database: Database) -> bool:
    """True once a key was made in any workspace."""
    with database.across_workspaces() as session:
        return session.scalar(select(KeyRow).limit(1)) is not None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _shown(moment: datetime | None) -> str | None:
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else None


def _key(row: KeyRow) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
        workspace=row.workspace,
        role=Role(row.role),
        scopes=tuple(row.scopes),
        expires_at=row.expires_at,
        made_by=row.made_by,
        daily_tokens=row.daily_tokens,
        per_minute=row.per_minute,
    )
