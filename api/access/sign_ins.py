"""Browsers that are signed in: a random token in a cookie, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.access.actor import Actor
from api.access.roles import Role
from knowledge.domain.errors import NotAuthorised, NotFound
from knowledge.store.database import Database
from knowledge.store.repository import utc
from knowledge.store.schema import MemberRow, PersonRow, SignInRow

COOKIE = "koujing_sign_in"
IDLE = timedelta(hours=12)
"""How long a browser that asks for nothing stays signed in."""
LONGEST = timedelta(days=7)
"""How long any browser stays signed in."""
SEEN_EVERY = timedelta(minutes=1)
"""How often at most the time of the last request is written."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class SignedOut(NotAuthorised):
    """Nobody is signed in here, or not any more."""

    title = "Signed out"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, and in which workspace they act with which role."""

    person_id: str
    name: str
    language: str
    workspace: str
    role: Role

    def actor(self) -> Actor:
        """The person as whoever asks."""
        return Actor(
            kind="person",
            id=self.person_id,
            name=self.name,
            workspace=self.workspace,
            role=self.role,
            rights=self.role.rights,
            person=self.person_id,
            language=self.language,
        )


class SignIns:
    """The sign-ins of a whole database: a person has one sign-in for all workspaces and acts in one at a time."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def begin(self, person_id: str, now: datetime, into: str = "") -> str:
        """The token of a new sign-in, for the cookie; those of the person that have ended are cleared away.

        They act in `into` when they are a member of it, else in the workspace that they joined first. Raises
        `SignedOut` for a person of no workspace.
        """
        with self.database.across_workspaces() as session:
            session.execute(
                delete(SignInRow).where(
                    SignInRow.person_id == person_id,
                    or_(SignInRow.expires_at <= utc(now), SignInRow.seen_at <= utc(now) - IDLE),
                )
            )
            return add_sign_in(session, person_id, _membership(session, person_id, into).workspace, now)

    def verify(self, token: str, now: datetime) -> SignedIn:
        """Who the token signs in. Raises `SignedOut` when it is unknown, ended, or the person was disabled."""
        digest = _hash(token)
        with self.database.across_workspaces() as session:
            row = session.get(SignInRow, digest) if _TOKEN.fullmatch(token) else None
            person = session.get(PersonRow, row.person_id) if row else None
            if row is None or person is None or person.disabled_at is not None or _ended(row, now):
                raise SignedOut("you are signed out; sign in again")
            member = _membership(session, person.id, row.into)
            seen_at = row.seen_at
        if utc(now) - seen_at >= SEEN_EVERY:
            with self.database.across_workspaces() as session:
                session.execute(update(SignInRow).where(SignInRow.token_hash == digest).values(seen_at=utc(now)))
        return SignedIn(person.id, person.name, person.language, member.workspace, Role(member.role))

    def go_into(self, token: str, workspace: str) -> None:
        """Act in another workspace from now on. Raises `NotFound` for one that the person is no member of."""
        with self.database.across_workspaces() as session:
            row = session.get(SignInRow, _hash(token))
            if row is None:
                raise SignedOut("you are signed out; sign in again")
            if session.get(MemberRow, (workspace, row.person_id)) is None:
                raise NotFound(f"no workspace '{workspace}' that you are a member of")
            row.into = workspace

    def end(self, token: str) -> None:
        """Sign out. A token that is unknown is no error."""
        with self.database.across_workspaces() as session:
            session.execute(delete(SignInRow).where(SignInRow.token_hash == _hash(token)))


def add_sign_in(session: Session, person_id: str, into: str, now: datetime) -> str:
    """The token of a new sign-in, in the caller's transaction."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignInRow(
            token_hash=_hash(token),
            person_id=person_id,
            into=into,
            created_at=utc(now),
            seen_at=utc(now),
            expires_at=utc(now) + LONGEST,
        )
    )
    return token


def end_all(session: Session, person_id: str, but: str = "") -> None:
    """Sign a person out everywhere, save where the token is `but`; in the caller's transaction."""
    session.execute(delete(SignInRow).where(SignInRow.person_id == person_id, SignInRow.token_hash != _hash(but)))


def csrf_of(secret: bytes, token: str) -> str:
    """What a form must send back: nobody without the secret can make it from the token, nor the token from it."""
    return hmac.new(secret, f"csrf {token}".encode(), hashlib.sha256).hexdigest()


def remember(response: Response, token: str, *, secure: bool) -> None:
    """Put the token into the browser."""
    response.set_cookie(
        COOKIE, token, max_age=int(LONGEST.total_seconds()), path="/", secure=secure, httponly=True, samesite="lax"
    )


def forget(response: Response, *, secure: bool) -> None:
    """Take the token out of the browser."""
    response.delete_cookie(COOKIE, path="/", secure=secure, httponly=True, samesite="lax")


def _membership(session: Session, person_id: str, into: str) -> MemberRow:
    found = session.scalars(
        select(MemberRow).where(MemberRow.person_id == person_id).order_by(MemberRow.added_at, MemberRow.workspace)
    ).all()
    for member in found:
        if member.workspace == into:
            return member
    if not found:
        raise SignedOut("you are a member of no workspace any more; ask an administrator")
    return found[0]


def _ended(row: SignInRow, now: datetime) -> bool:
    return utc(now) >= row.expires_at or utc(now) - row.seen_at >= IDLE


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
