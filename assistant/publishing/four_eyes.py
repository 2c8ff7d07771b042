"""Two pairs of eyes: the names under which whoever approves may have written before."""

from __future__ import annotations

from sqlalchemy import select

from knowledge.store.database import Database
from knowledge.store.repository import Repository
from knowledge.store.schema import KeyRow, PersonRow


def own_names(database: Database, workspace: str, by: str, person: str) -> frozenset[str]:
    """`by`, and for a person also the name, the login and the names of the keys that this person made here.

    Versions say by name who made them: a person is found again behind a page and behind a key.
    """
    names = {by, person} - {""}
    if not person:
        return frozenset(names)
    rows = Repository(database, workspace)
    with rows.reading() as session:
        known = session.get(PersonRow, person)
        if known is not None:
            names |= {known.name, known.login}
        made = select(KeyRow.name).where(KeyRow.workspace == workspace, KeyRow.made_by == person)
        names |= set(session.scalars(made))
    return frozenset(names)
