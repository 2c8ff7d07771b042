"""Forgetting a person (GDPR Article 17): what says who they were goes, what was done stays under an id.

The account, its sign-ins, links and memberships go; keys that they made end. Wherever their name stands as that of
somebody who did something, the id stands afterwards, so that the record of acts still tells one from another. Texts
that mention them are not changed behind the back of those who approved them: they are listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from api.access.people import leave_an_admin, workspaces_of
from knowledge.domain.errors import Conflict, NotFound
from knowledge.store.database import Database
from knowledge.store.persons_in_rows import FORGOTTEN, Mention, mentioned, mentions, put_id
from knowledge.store.record import Record
from knowledge.store.repository import utc
from knowledge.store.schema import (
    EventRow,
    InvitationRow,
    KeyRow,
    LocalizationJobRow,
    MemberRow,
    PersonRow,
    ReplayRow,
    SignInRow,
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What a forgetting reaches. `replaced` counts rows by `table.column`, `removed` rows by what they were; `shared`
    are names that somebody else has as well, which stay where they stand; `mentions` are for a person to look at."""

    person: str
    workspaces: tuple[str, ...]
    replaced: dict[str, int]
    removed: dict[str, int]
    shared: tuple[str, ...]
    mentions: tuple[Mention, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "person": self.person,
            "workspaces": list(self.workspaces),
            "replaced": self.replaced,
            "removed": self.removed,
            "shared": list(self.shared),
            "mentions": [mention.to_json() for mention in self.mentions],
        }


class _OnlyLooked(Exception):
    """Rolls back what was only to be shown."""


def forget(
    database: Database, person_id: str, by: str, now: datetime, *, also: Sequence[str] = (), look: bool = False
) -> Forgotten:
    """Forget a person in every workspace; `also` are other names of theirs (of the operating system, for example).

    `look`: do it, tell what it came to, and take it back. Raises `NotFound`; `Conflict` for the last administrator of
    a workspace, and for somebody who was forgotten before.
    """
    forgotten = None
    try:
        with database.across_workspaces() as session:
            forgotten = _forget(session, database, person_id, by, now, also)
            if look:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    assert forgotten is not None
    return forgotten


def _forget(
    session: Session, database: Database, person_id: str, by: str, now: datetime, also: Sequence[str]
) -> Forgotten:
    person = session.get(PersonRow, person_id)
    if person is None:
        raise NotFound(f"no person '{person_id}'; `koujing people list` shows all")
    if person.login == person_id and not also:
        raise Conflict(f"'{person_id}' was forgotten already; give --also NAME for another name of theirs")
    workspaces = workspaces_of(session, person_id)
    for workspace in workspaces:
        leave_an_admin(session, person_id, workspace)
    names = [name for name in dict.fromkeys((person.name, person.login, *also)) if name and name != person_id]
    shared = [name for name in names if _somebody_else(session, person_id, name)]
    removed = _remove_account(session, person, names, now)
    replaced: Counter[str] = Counter()
    for name in names:
        if name not in shared:
            replaced.update(put_id(session, name, person_id))
            replaced.update(_in_phrases(session, name, person_id))
    replaced.update(_in_own_record(session, person_id, names, shared))
    for workspace in workspaces or _told_of(session, person_id):
        who = person_id if by in names else by
        Record(database, workspace).note(session, "person", person_id, FORGOTTEN, who, now)
    session.flush()
    return Forgotten(
        person_id, tuple(workspaces), dict(replaced), removed, tuple(shared), tuple(mentions(session, names))
    )


def _somebody_else(session: Session, person_id: str, name: str) -> bool:
    same = or_(PersonRow.name == name, PersonRow.login == name)
    return session.scalar(select(PersonRow.id).where(same, PersonRow.id != person_id).limit(1)) is not None


def _remove_account(session: Session, person: PersonRow, names: Sequence[str], now: datetime) -> dict[str, int]:
    """The person's row stays, with nothing but its id in it: nobody else gets the id, and the service, which asks
    nobody for a key while it has no person, does not open again."""
    mine = person.id
    keys = list(session.scalars(select(KeyRow).where(KeyRow.made_by == mine)))
    actors = [mine, *(key.id for key in keys)]
    removed = {
        "sign-ins": _count(session, delete(SignInRow).where(SignInRow.person_id == mine)),
        "one-time links": _count(
            session, delete(InvitationRow).where(or_(InvitationRow.person_id == mine, InvitationRow.name.in_(names)))
        ),
        "memberships": _count(session, delete(MemberRow).where(MemberRow.person_id == mine)),
        "kept answers": _count(session, delete(ReplayRow).where(ReplayRow.actor.in_(actors))),
        "keys ended": sum(key.revoked_at is None for key in keys),
        "account": int(person.login != mine),
    }
    for key in keys:
        key.revoked_at = key.revoked_at or utc(now)
        if mentioned(key.name, names) is not None:
            put_id(session, f"key {key.name}", f"key {key.id}")
            told = session.scalars(select(EventRow).where(EventRow.subject == "key", EventRow.subject_id == key.id))
            for event in told:
                event.reason = event.reason.replace(key.name, key.id)
            key.name = key.id
    person.login = person.name = mine
    person.password_hash, person.language = "", ""
    person.disabled_at = person.disabled_at or utc(now)
    session.flush()
    return {what: count for what, count in removed.items() if count}


def _in_phrases(session: Session, name: str, person_id: str) -> dict[str, int]:
    """Reasons that a program wrote with the name in it."""
    count = 0
    for phrase in ("paused by {}", "cancelled by {}"):
        same = LocalizationJobRow.why == phrase.format(name)
        count += _count(session, update(LocalizationJobRow).where(same).values(why=phrase.format(person_id)))
    return {"localization_job.why": count} if count else {}


def _in_own_record(session: Session, person_id: str, names: Sequence[str], shared: Sequence[str]) -> dict[str, int]:
    """Lines on the person themselves, and on links made for them, have the name beside the act and nothing else."""
    own = (EventRow.subject == "person") & (EventRow.subject_id == person_id) & EventRow.reason.in_(names)
    named = or_(own, EventRow.reason.in_([name for name in names if name not in shared]))
    count = _count(session, update(EventRow).where(named).values(reason=person_id))
    return {"event.reason": count} if count else {}


def _told_of(session: Session, person_id: str) -> list[str]:
    """Workspaces whose record speaks of somebody who is a member of none any more."""
    own = (EventRow.subject == "person") & (EventRow.subject_id == person_id)
    return sorted(session.scalars(select(EventRow.workspace).where(own).distinct()))


def _count(session: Session, statement: Any) -> int:
    done: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)
