"""One-time links: the first administrator of a database, a new member, a forgotten password."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.access.passwords import hashed
from api.access.people import Person, Persons, add_person, normal_login, person_of
from api.access.roles import Role, role_named
from api.access.sign_ins import add_sign_in, end_all
from knowledge.domain.errors import Conflict, InputError, NotAuthorised, NotFound
from knowledge.domain.text import clean
from knowledge.store.database import Database
from knowledge.store.record import Record
from knowledge.store.repository import utc
from knowledge.store.schema import EventRow, InvitationRow, MemberRow, PersonRow, WorkspaceRow

FIRST_HOLDS = timedelta(hours=2)
HOLDS = timedelta(hours=24)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_SETUP = "koujing serve"
"""`created_by` of the link for the first administrator; it is good for nothing once there is a person."""


class Purpose(StrEnum):
    """What a link is for."""

    FIRST = "first"
    MEMBER = "member"
    PASSWORD = "password"  # a word, not one


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that can be used now. `login` is that of the person whose password is set anew, else empty."""

    purpose: Purpose
    workspace: str
    role: Role
    name: str
    login: str
    created_by: str
    expires_at: datetime

    def to_json(self) -> dict[str, Any]:
        return {
            "purpose": str(self.purpose),
            "workspace": self.workspace,
            "role": str(self.role),
            "name": self.name,
            "login": self.login,
            "created_by": self.created_by,
            "expires_at": f"{self.expires_at.isoformat(timespec='seconds')}Z",
        }


class Invitations(Record):
    """The links that one workspace gives out. A method returns the token; it cannot be had again."""

    def first(self, now: datetime) -> str:
        """For the first administrator of the database."""
        return self._add(Role.ADMIN, None, "", _SETUP, now, FIRST_HOLDS)

    def member(self, role: str, name: str, by: str, now: datetime) -> str:
        """For a new member. Raises `InputError` for an unknown role or a name of more than a line."""
        name = " ".join(clean(name).split())
        if len(name) > 80:
            raise InputError("a name is one line of at most 80 characters")
        return self._add(role_named(role), None, name, by, now, HOLDS)

    def password(self, person_id: str, by: str, now: datetime) -> str:
        """For a member who forgot the password; the old one holds until the link is used. Raises `NotFound`.

        Whoever may ask for it is `People.own`'s question.
        """
        with self.reading() as session:
            row = session.get(MemberRow, (self.workspace, person_id))
            if row is None:
                raise NotFound(f"no person '{person_id}' here; `koujing people list` shows all")
            role = Role(row.role)
        return self._add(role, person_id, "", by, now, HOLDS)

    def _add(self, role: Role, person_id: str | None, name: str, by: str, now: datetime, holds: timedelta) -> str:
        token = secrets.token_urlsafe(32)
        row = InvitationRow(
            token_hash=_hash(token),
            into=self.workspace,
            role=str(role),
            person_id=person_id,
            name=name,
            created_by=by,
            created_at=utc(now),
            expires_at=utc(now) + holds,
            used_at=None,
        )
        with self.writing(revises=False) as session:
            session.add(row)
            if by != _SETUP:
                act = "password link" if person_id else f"invited as {role}"
                self.note(session, "person", person_id or "", act, by, now, reason=name)
        return token


def look(database: Database, token: str, now: datetime) -> Invitation | None:
    """What the link is for; None when it is unknown, used, expired, or of no use any more."""
    with database.session() as session:
        found = _usable(session, token, now)
        return _invitation(session, found) if found else None


def accept(
    persons: Persons,
    token: str,
    login: str,
    name: str,
    password: str,
    now: datetime,
    *,
    address: str = "",
    language: str = "",
) -> tuple[Person, str]:
    """Use a link up: the person, and the token of their sign-in into the workspace that invited them.

    Somebody who has a login already gives it with its password and becomes a member; for a new password login and name
    are not asked for. Raises `NotFound` for a link that is of no use, `InputError` for an unusable login, name or
    password, `Conflict` for a login of somebody else or a member, `TooMuch` after wrong tries; the link stays then.
    """
    database = persons.database
    invitation = look(database, token, now)
    if invitation is None:
        raise _gone()
    known = None
    if invitation.purpose is not Purpose.PASSWORD:
        known = _already(persons, login, password, address, now)
    kept = "" if known else hashed(password)
    with database.session(invitation.workspace) as session:
        # The workspace's row first: of two who use a link at once, one waits here and finds it used.
        session.execute(
            update(WorkspaceRow).where(WorkspaceRow.id == invitation.workspace).values(revision=WorkspaceRow.revision)
        )
        row = _usable(session, token, now)
        if row is None:
            raise _gone()
        row.used_at = utc(now)
        if row.person_id is not None:
            person = session.get_one(PersonRow, row.person_id)
            person.password_hash = kept
            end_all(session, person.id)
            act = "new password"
        else:
            person = (
                session.get_one(PersonRow, known.id)
                if known
                else add_person(session, login, name or row.name, kept, language, now)
            )
            _join(session, row, person, now)
            act = f"joined as {row.role}"
        session.add(
            EventRow(
                workspace=row.into, subject="person", subject_id=person.id, version=None, act=act,
                by=person.name, at=utc(now), reason=f"invited by {row.created_by}",
            )
        )  # fmt: skip
        return person_of(person), add_sign_in(session, person.id, row.into, now)


def _already(persons: Persons, login: str, password: str, address: str, now: datetime) -> Person | None:
    """The person who has this login, when the password is theirs; None when nobody has it."""
    with persons.database.session() as session:
        if session.scalar(select(PersonRow).where(PersonRow.login == normal_login(login))) is None:
            return None
    try:
        return persons.check(login, password, address, now)
    except NotAuthorised:
        raise Conflict(
            f"somebody has the login '{normal_login(login)}' already; if that is you, give its password, else choose "
            "another login"
        ) from None


def _join(session: Session, row: InvitationRow, person: PersonRow, now: datetime) -> None:
    if session.get(MemberRow, (row.into, person.id)) is not None:
        raise Conflict(f"'{person.login}' is a member of this workspace already; sign in")
    session.add(
        MemberRow(workspace=row.into, person_id=person.id, role=row.role, added_at=utc(now), added_by=row.created_by)
    )


def _usable(session: Session, token: str, now: datetime) -> InvitationRow | None:
    row = session.get(InvitationRow, _hash(token)) if _TOKEN.fullmatch(token) else None
    if row is None or row.used_at is not None or utc(now) >= row.expires_at:
        return None
    if row.created_by == _SETUP and session.scalar(select(PersonRow).limit(1)) is not None:
        return None
    if row.person_id is not None:
        person = session.get(PersonRow, row.person_id)
        if person is None or person.disabled_at is not None:
            return None
    return row


def _invitation(session: Session, row: InvitationRow) -> Invitation:
    purpose, person = Purpose.FIRST if row.created_by == _SETUP else Purpose.MEMBER, None
    if row.person_id is not None:
        purpose, person = Purpose.PASSWORD, session.get(PersonRow, row.person_id)
    return Invitation(
        purpose=purpose,
        workspace=row.into,
        role=Role(row.role),
        name=person.name if person else row.name,
        login=person.login if person else "",
        created_by=row.created_by,
        expires_at=row.expires_at,
    )


def _gone() -> NotFound:
    return NotFound("this link was used, has expired or never was; ask for a new one")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
