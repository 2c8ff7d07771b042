"""The wall between workspaces: whatever a statement says, a session sees and writes the rows of its own only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, exists, func, insert, join, select, text, union_all, update
from sqlalchemy.orm import Session, aliased

from api.access.keys import Keys
from knowledge.store.database import Database
from knowledge.store.repository import Repository
from knowledge.store.schema import Base, CustomerRow, EntryRow, InvitationRow, PersonRow, SignInRow, WorkspaceRow
from knowledge.store.workspaces import ensure_workspace

NOW = datetime(2026, 1, 15, tzinfo=UTC)
OTHER = aliased(EntryRow)


@pytest.fixture
def walled(database: Database) -> Iterator[Database]:
    """Two workspaces: one of three entries (e0, e1, e2) and one of five (e0 … e4)."""
    database.migrate()
    for name, count in (("north", 3), ("south", 5)):
        ensure_workspace(database, name, NOW)
        with database.session(name) as session:
            session.add_all(row(name, f"e{number}") for number in range(count))
    yield database
    database.close()


def row(workspace: str, entry_id: str) -> EntryRow:
    return EntryRow(workspace=workspace, id=entry_id, latest_version=1, approved_version=None)


def values(workspace: str, entry_id: str) -> dict[str, Any]:
    return {"workspace": workspace, "id": entry_id, "latest_version": 7, "approved_version": None}


READS: dict[str, tuple[Callable[[Session], Any], Any]] = {
    "rows": (lambda s: sorted(r.id for r in s.scalars(select(EntryRow))), ["e0", "e1", "e2"]),
    "columns": (lambda s: sorted(s.scalars(select(EntryRow.id))), ["e0", "e1", "e2"]),
    "a count": (lambda s: s.scalar(select(func.count()).select_from(EntryRow)), 3),
    "a sum": (lambda s: s.scalar(select(func.sum(EntryRow.latest_version))), 3),
    "an alias": (lambda s: s.scalar(select(func.count(OTHER.id))), 3),
    "groups": (lambda s: s.execute(select(EntryRow.workspace, func.count()).group_by(EntryRow.workspace)).all(),
               [("north", 3)]),
    "a join that forgets the workspace": (
        lambda s: len(s.execute(select(EntryRow.workspace, OTHER.workspace).join(OTHER, OTHER.id == EntryRow.id)).all()),
        3,
    ),
    "an outer join": (
        lambda s: len(s.execute(select(EntryRow.id, OTHER.id).outerjoin(OTHER, OTHER.id == EntryRow.id)).all()),
        3,
    ),
    "a subquery": (lambda s: s.scalar(select(func.count()).select_from(select(EntryRow.id).subquery())), 3),
    "a common table expression": (lambda s: s.scalar(select(func.count()).select_from(select(EntryRow.id).cte())), 3),
    "a scalar subquery": (lambda s: s.scalar(select(select(func.count(EntryRow.id)).scalar_subquery())), 3),
    "a union": (lambda s: len(s.execute(union_all(select(EntryRow.id), select(EntryRow.id))).all()), 6),
    "exists": (lambda s: s.scalars(select(WorkspaceRow.id).where(exists().where(EntryRow.id == "e4"))).all(), []),
    "in": (
        lambda s: s.scalars(select(WorkspaceRow.id).where(WorkspaceRow.id.in_(select(EntryRow.workspace)))).all(),
        ["north"],
    ),
    "the older query": (lambda s: s.query(EntryRow).count(), 3),
    "get": (lambda s: s.get_one(EntryRow, ("north", "e1")).workspace, "north"),
    "get of another": (lambda s: s.get(EntryRow, ("south", "e1")), None),
    "get of another, locked": (lambda s: s.get(EntryRow, ("south", "e1"), with_for_update=True), None),
    "asking for another": (lambda s: s.scalars(select(EntryRow).where(EntryRow.workspace == "south")).all(), []),
}  # fmt: skip


@pytest.mark.parametrize("what", READS)
def test_a_session_reads_its_own_workspace(walled: Database, what: str) -> None:
    read, expected = READS[what]
    with Repository(walled, "north").reading() as session:
        assert read(session) == expected


@pytest.mark.parametrize("what", READS)
def test_a_session_of_no_workspace_reads_none(walled: Database, what: str) -> None:
    read, _ = READS[what]
    with walled.session() as session, pytest.raises(TypeError, match="Repository"):
        read(session)


WRITES: dict[str, Callable[[Session], Any]] = {
    "update": lambda s: s.execute(update(EntryRow).values(latest_version=9)),
    "update of some": lambda s: s.execute(update(EntryRow).where(EntryRow.id != "").values(latest_version=9)),
    "update with rows returned": lambda s: s.execute(update(EntryRow).values(latest_version=9).returning(EntryRow.id)),
    "delete": lambda s: s.execute(delete(EntryRow)),
    "delete by a subquery": lambda s: s.execute(delete(EntryRow).where(EntryRow.id.in_(select(EntryRow.id)))),
    "update of what was read": lambda s: [setattr(r, "latest_version", 9) for r in s.scalars(select(EntryRow))],
    "delete of what was read": lambda s: [s.delete(r) for r in s.scalars(select(EntryRow))],
}


@pytest.mark.parametrize("what", WRITES)
def test_a_session_writes_its_own_workspace(walled: Database, what: str) -> None:
    with Repository(walled, "north").writing() as session:
        WRITES[what](session)
    with walled.across_workspaces() as session:
        kept = [(r.workspace, r.latest_version) for r in session.scalars(select(EntryRow))]
    assert kept.count(("south", 1)) == 5
    assert kept.count(("north", 1)) == 0
    assert len(kept) == (5 if "delete" in what else 8)


@pytest.mark.parametrize("what", WRITES)
def test_a_session_of_no_workspace_writes_none(walled: Database, what: str) -> None:
    with walled.session() as session, pytest.raises(TypeError):
        WRITES[what](session)


HOLES: dict[str, Callable[[Session], Any]] = {
    "a ready-made join": lambda s: s.execute(
        select(EntryRow.id).select_from(join(EntryRow, OTHER, OTHER.id == EntryRow.id))
    ),
    "an update from another table": lambda s: s.execute(
        update(EntryRow).where(CustomerRow.id == EntryRow.id).values(latest_version=9)
    ),
    "an aggregate of some": lambda s: s.scalar(select(func.count().filter(EntryRow.id == "e1"))),
    "the table in a join": lambda s: s.execute(
        select(EntryRow.id).join(CustomerRow.__table__, CustomerRow.__table__.c.id == EntryRow.id)
    ),
}


@pytest.mark.parametrize("what", HOLES)
def test_what_the_wall_cannot_close_does_not_run(walled: Database, what: str) -> None:
    def run() -> None:
        with Repository(walled, "north").writing() as session:
            HOLES[what](session)

    with pytest.raises(TypeError):
        run()


SMUGGLED: dict[str, Callable[[Session], Any]] = {
    "a new row": lambda s: s.add(row("south", "e9")),
    "a merged row": lambda s: s.merge(row("south", "e1")),
    "a row without a workspace": lambda s: s.add(EntryRow(id="e9", latest_version=1)),
    "rows in bulk": lambda s: s.execute(insert(EntryRow), [values("north", "e8"), values("south", "e9")]),
    "one row inserted": lambda s: s.execute(insert(EntryRow).values(**values("south", "e9"))),
    "an update by keys": lambda s: s.execute(update(EntryRow), [values("south", "e1")]),
    "a row moved": lambda s: setattr(s.get_one(EntryRow, ("north", "e1")), "workspace", "south"),
    "the table itself": lambda s: s.execute(update(Base.metadata.tables["entry"]).values(latest_version=7)),
    "a select of the table": lambda s: s.execute(select(Base.metadata.tables["entry"].c.id)),
    "SQL as text": lambda s: s.execute(text("UPDATE entry SET latest_version = 7")),
    "rows by SQL as text": lambda s: s.scalars(select(EntryRow).from_statement(text("SELECT * FROM entry"))),
}


@pytest.mark.parametrize("workspace", ["north", None])
@pytest.mark.parametrize("what", SMUGGLED)
def test_nothing_comes_past_the_wall(walled: Database, what: str, workspace: str | None) -> None:
    def smuggle() -> None:
        with walled.session(workspace) as session:
            SMUGGLED[what](session)

    with pytest.raises(TypeError):
        smuggle()
    with walled.across_workspaces() as session:
        kept = session.execute(select(EntryRow.workspace, EntryRow.latest_version)).all()
    assert sorted(kept) == [("north", 1)] * 3 + [("south", 1)] * 5


def test_rows_in_bulk_of_its_own(walled: Database) -> None:
    with Repository(walled, "north").writing() as session:
        session.execute(insert(EntryRow), [values("north", "e8"), values("north", "e9")])
        session.execute(update(EntryRow), [values("north", "e1")])
    with Repository(walled, "north").reading() as session:
        assert session.scalar(select(func.sum(EntryRow.latest_version))) == 7 * 3 + 2


def test_workspaces_themselves_belong_to_none(walled: Database) -> None:
    with walled.session() as session:
        assert sorted(session.scalars(select(WorkspaceRow.id))) == ["north", "south"]


def test_every_table_but_those_of_workspaces_and_people_stands_behind_the_wall(walled: Database) -> None:
    # Who somebody is is found out before the workspace is known; what they may do there stands behind the wall.
    open_to_all = {WorkspaceRow, PersonRow, SignInRow, InvitationRow}
    for mapper in Base.registry.mappers:
        if mapper.class_ in open_to_all:
            continue
        with walled.session() as session, pytest.raises(TypeError):
            session.execute(select(func.count()).select_from(mapper.class_))


def test_two_sessions_side_by_side_do_not_mix(walled: Database) -> None:
    """The compiled statement is kept and used again; the workspace is not part of it."""
    north, south = Repository(walled, "north"), Repository(walled, "south")
    for _ in range(3):
        with north.reading() as one, south.reading() as two:
            assert [len(s.scalars(select(EntryRow)).all()) for s in (one, two)] == [3, 5]
            assert [s.scalar(select(func.count(CustomerRow.id))) for s in (one, two)] == [0, 0]


def test_a_key_is_known_in_its_own_workspace_only(walled: Database) -> None:
    key, _ = Keys(walled, "north").create("press", NOW)
    assert [k.id for k in Keys(walled, "north").list()] == [key.id]
    assert Keys(walled, "south").list() == []
    assert not Keys(walled, "south").were_made()
