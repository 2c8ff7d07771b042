"""People: one for the whole database, members of workspaces with a role in each."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.access.passwords import Tries, fits, hashed, outdated
from api.access.roles import Role, role_named
from api.access.sign_ins import SignedOut, end_all
from knowledge.domain.errors import Conflict, InputError, NotAllowed, NotAuthorised, NotFound
from knowledge.domain.text import clean
from knowledge.store.database import Database
from knowledge.store.record import Record
from knowledge.store.repository import utc
from knowledge.store.schema import MemberRow, PersonRow, WorkspaceRow

LANGUAGES = ("zh", "en")

_LOGIN = re.compile(r"[\w.@+-]{2,200}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in. Times are UTC."""

    id: str
    login: str
    name: str
    language: str
    created_at: datetime
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a workspace."""

    person: Person
    workspace: str
    role: Role
    added_at: datetime
    added_by: str

    def to_json(self) -> dict[str, Any]:
        person = self.person
        return {
            "id": person.id,
            "login": person.login,
            "name": person.name,
            "role": str(self.role),
            "added_at": _shown(self.added_at),
            "added_by": self.added_by,
            "disabled_at": _shown(person.disabled_at),
        }


class People(Record):
    """The members of one workspace. What is done to them stands in its record; `by` is a name for it."""

    def members(self) -> list[Member]:
        """All of them, the disabled ones too, by name."""
        with self.reading() as session:
            found = session.execute(
                select(MemberRow, PersonRow)
                .join(PersonRow, PersonRow.id == MemberRow.person_id)
                .where(MemberRow.workspace == self.workspace)
                .order_by(PersonRow.name, PersonRow.id)
            )
            return [_member(row, person) for row, person in found]

    def member(self, person_id: str) -> Member:
        """Raises `NotFound` for whoever is no member here."""
        with self.reading() as session:
            return _member(*self._of(session, person_id))

    def join(self, person_id: str, role: Role, by: str, now: datetime) -> None:
        """Make a person a member. Raises `Conflict` for one who is."""
        with self.writing(revises=False) as session:
            if session.get(MemberRow, (self.workspace, person_id)) is not None:
                raise Conflict("they are a member of this workspace already")
            session.add(
                MemberRow(workspace=self.workspace, person_id=person_id, role=str(role), added_at=utc(now), added_by=by)
            )
            self.note(session, "person", person_id, f"joined as {role}", by, now)

    def set_role(self, person_id: str, role: str, by: str, now: datetime) -> Member:
        """Raises `NotFound`, `InputError` for an unknown role, `Conflict` where nobody would be left to administer."""
        given = role_named(role)
        with self.writing(revises=False) as session:
            row, person = self._of(session, person_id)
            if given is not Role.ADMIN:
                leave_an_admin(session, person_id, self.workspace)
            row.role = str(given)
            self.note(session, "person", person_id, f"role {given}", by, now, reason=person.name)
            return _member(row, person)

    def remove(self, person_id: str, by: str, now: datetime) -> None:
        """Take a person out of this workspace. Raises `NotFound`, `Conflict` as `set_role`."""
        with self.writing(revises=False) as session:
            row, person = self._of(session, person_id)
            leave_an_admin(session, person_id, self.workspace)
            session.delete(row)
            self.note(session, "person", person_id, "removed", by, now, reason=person.name)

    def disable(self, person_id: str, by: str, now: datetime, *, anywhere: bool = False) -> Member:
        """Sign a person out everywhere, and let them in no more; disabling twice changes nothing.

        Raises `NotFound`, `Conflict` as `set_role`, `NotAllowed` as `own`.
        """
        self.own(person_id, anywhere=anywhere)
        with self.database.across_workspaces() as session:
            _lock(session, person_id)
            for workspace in workspaces_of(session, person_id):
                leave_an_admin(session, person_id, workspace)
            row, person = self._of(session, person_id)
            if person.disabled_at is None:
                person.disabled_at = utc(now)
                end_all(session, person_id)
                self.note(session, "person", person_id, "disabled", by, now, reason=person.name)
            return _member(row, person)

    def enable(self, person_id: str, by: str, now: datetime, *, anywhere: bool = False) -> Member:
        """Let a disabled person in again. Raises `NotFound`, `NotAllowed` as `own`."""
        self.own(person_id, anywhere=anywhere)
        with self.writing(revises=False) as session:
            row, person = self._of(session, person_id)
            if person.disabled_at is not None:
                person.disabled_at = None
                self.note(session, "person", person_id, "enabled", by, now, reason=person.name)
            return _member(row, person)

    def own(self, person_id: str, *, anywhere: bool) -> None:
        """Raises `NotFound`, and `NotAllowed` for a member of other workspaces, too: what is theirs everywhere (the
        password, being let in at all) is not for the administrators of one. `anywhere` says that these may."""
        with self.database.across_workspaces() as session:
            self._of(session, person_id)
            if not anywhere and workspaces_of(session, person_id) != [self.workspace]:
                raise NotAllowed(
                    "this person is a member of other workspaces, too; take them out of this one, or ask an "
                    "administrator of the installation's own workspace"
                )

    def _of(self, session: Session, person_id: str) -> tuple[MemberRow, PersonRow]:
        row = session.get(MemberRow, (self.workspace, person_id))
        person = session.get(PersonRow, person_id) if row else None
        if row is None or person is None:
            raise NotFound(f"no person '{person_id}' here; `koujing people list` shows all")
        return row, person


class Persons:
    """The people of a whole database, whatever they are members of."""

    def __init__(self, database: Database, tries: Tries | None = None) -> None:
        self.database = database
        self._tries = tries or Tries()

    def get(self, person_id: str) -> Person:
        """Raises `NotFound`."""
        with self.database.session() as session:
            row = session.get(PersonRow, person_id)
            if row is None:
                raise NotFound(f"no person '{person_id}'")
            return person_of(row)

    def check(self, login: str, password: str, address: str, now: datetime) -> Person:
        """Whoever has this login and this password. Takes as long for a login that nobody has.

        Raises `NotAuthorised` without saying which of them is wrong, `TooMuch` after many wrong tries.
        """
        login = normal_login(login)
        self._tries.begin(login, address, now)
        with self.database.session() as session:
            row = session.scalar(select(PersonRow).where(PersonRow.login == login))
        right = fits(password, row.password_hash if row else None)
        if row is None or not right or row.disabled_at is not None:
            raise NotAuthorised("the login or the password is wrong")
        self._tries.right(login, address)
        if outdated(row.password_hash):
            with self.database.session() as session:
                kept = session.get(PersonRow, row.id)
                if kept is not None and kept.password_hash == row.password_hash:
                    kept.password_hash = hashed(password)
        return person_of(row)

    def change_password(self, person_id: str, old: str, new: str, now: datetime, *, token: str, address: str) -> None:
        """A new password; every other browser of the person is signed out (`token` is the one that stays).

        Raises `NotAuthorised` when the old one is wrong, `InputError` for an unusable new one.
        """
        person = self.get(person_id)
        kept = hashed(new)
        try:
            self.check(person.login, old, address, now)
        except NotAuthorised:
            raise InputError("the old password is wrong; nothing was changed") from None
        with self.database.session() as session:
            row = session.get(PersonRow, person_id)
            if row is None:
                raise SignedOut("you are signed out; sign in again")
            row.password_hash = kept
            end_all(session, person_id, but=token)

    def set_language(self, person_id: str, language: str) -> None:
        """The language of the pages. Raises `InputError` for one that they do not speak."""
        if language not in LANGUAGES:
            raise InputError(f"'{language}' is no language of the pages; choose {', '.join(LANGUAGES)}")
        with self.database.session() as session:
            row = session.get(PersonRow, person_id)
            if row is not None:
                row.language = language

    def memberships(self, person_id: str) -> dict[str, Role]:
        """The roles of a person by workspace, the one they joined first at the beginning."""
        with self.database.across_workspaces() as session:
            found = session.scalars(
                select(MemberRow)
                .where(MemberRow.person_id == person_id)
                .order_by(MemberRow.added_at, MemberRow.workspace)
            )
            return {row.workspace: Role(row.role) for row in found}


def any_person(database: Database) -> bool:
    """True once there is a person in the database."""
    with database.session() as session:
        return session.scalar(select(PersonRow).limit(1)) is not None


def normal_login(login: str) -> str:
    """The login as it is kept: without blanks around it, in lower case."""
    return unicodedata.normalize("NFKC", login).strip().lower()


def add_person(session: Session, login: str, name: str, password_hash: str, language: str, now: datetime) -> PersonRow:
    """A new person, in the caller's transaction.

    Raises `InputError` for an unusable login or name, `Conflict` for a login that somebody has.
    """
    login, name = normal_login(login), " ".join(clean(name).split())
    if not _LOGIN.fullmatch(login):
        raise InputError("a login has 2 to 200 letters, digits and . @ + - _, for example an e-mail address")
    if not 0 < len(name) <= 80:
        raise InputError("a name is one line of 1 to 80 characters")
    if session.scalar(select(PersonRow).where(PersonRow.login == login)) is not None:
        raise Conflict(f"somebody has the login '{login}' already; choose another")
    row = PersonRow(
        id=f"p-{secrets.token_hex(6)}",
        login=login,
        name=name,
        password_hash=password_hash,
        language=language if language in LANGUAGES else "",
        created_at=utc(now),
        disabled_at=None,
    )
    session.add(row)
    session.flush()
    return row


def person_of(row: PersonRow) -> Person:
    """A row as what may be known of it: without the password's hash."""
    return Person(row.id, row.login, row.name, row.language, row.created_at, row.disabled_at)


def _lock(session: Session, person_id: str) -> None:
    """Begin to write: two administrators who disable each other do it one after the other."""
    workspaces = select(MemberRow.workspace).where(MemberRow.person_id == person_id)
    session.execute(update(WorkspaceRow).where(WorkspaceRow.id.in_(workspaces)).values(revision=WorkspaceRow.revision))


def leave_an_admin(session: Session, person_id: str, workspace: str) -> None:
    """Raises `Conflict` when the person is the last who can administer the workspace."""
    admins = session.execute(
        select(MemberRow, PersonRow)
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(MemberRow.workspace == workspace, MemberRow.role == str(Role.ADMIN))
    ).all()
    active = {person.id for _, person in admins if person.disabled_at is None}
    if active == {person_id}:
        raise Conflict(f"this is the last administrator of the workspace '{workspace}'; make somebody else one first")


def workspaces_of(session: Session, person_id: str) -> list[str]:
    """The workspaces that a person is a member of, by name; `session` sees all of them."""
    found = session.scalars(select(MemberRow).where(MemberRow.person_id == person_id))
    return sorted(row.workspace for row in found)


def _member(row: MemberRow, person: PersonRow) -> Member:
    return Member(person_of(person), row.workspace, Role(row.role), row.added_at, row.added_by)


def _shown(moment: datetime | None) -> str | None:
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else None
