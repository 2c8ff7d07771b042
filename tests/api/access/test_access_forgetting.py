"""A person is forgotten everywhere: nothing says any more who they were, and the record still says what was done."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from access_people import PASSWORD, made
from sqlalchemy import select

from api.access.forgetting import forget
from api.access.keys import Keys
from api.access.people import People, Persons
from api.access.sign_ins import SignIns
from assistant.audit import Asked, Audit
from assistant.brief import Brief
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, NotAuthorised, NotFound
from knowledge.store.persons_in_rows import NOT_OURS, WHO, mentioned
from knowledge.store.schema import Base, EventRow, PersonRow
from knowledge.store.snapshot import snapshot_of

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
NAME, LOGIN = "林晓安", "xiaoan.lin@example.com"


def everything(workspace: Workspace) -> dict[str, str]:
    """All rows of all tables as text."""
    with snapshot_of(workspace.database) as snapshot:
        return {
            table: json.dumps([_readable(row) for row in snapshot.rows(table)], ensure_ascii=False)
            for table in snapshot.tables
        }


def _readable(row: list[object]) -> list[object]:
    """JSON keeps other letters escaped."""
    return [str(value).encode().decode("unicode_escape") if "\\u" in str(value) else value for value in row]


@pytest.fixture
def busy(workspace: Workspace) -> str:
    """Somebody who has done a bit of everything; their id."""
    person, _ = made(workspace, LOGIN, "admin", NAME)
    made(workspace, "bo@example.com", "admin", "Bo")
    Keys(workspace.database, workspace.name).create(f"laptop {NAME}", NOW, made_by=person.id)
    People(workspace.database, workspace.name).set_role(person.id, "editor", "Bo", NOW)
    entries = workspace.library.entries
    entry = entries.latest()[0]
    entries.retire(entry.entry_id, NAME, NOW, reason="old")
    workspace.draft(Brief("meeting_minutes", {"transcript": f"{NAME}：我们三月上线。"}), by=NAME)
    return person.id


def test_only_the_id_is_left(workspace: Workspace, busy: str) -> None:
    forgotten = forget(workspace.database, busy, "Bo", NOW)
    left = everything(workspace)
    in_texts = {mention.table for mention in forgotten.mentions}
    assert {table for table, rows in left.items() if NAME in rows or LOGIN in rows} <= in_texts
    assert "draft" in in_texts
    assert not {"event", "person", "member", "api_key", "entry_version"} & in_texts
    assert forgotten.removed == {"memberships": 1, "keys ended": 1, "account": 1, "sign-ins": 1, "one-time links": 1}
    assert forgotten.replaced["event.by"] >= 1
    assert forgotten.replaced["draft.created_by"] == 1


def test_the_record_outlives_it(workspace: Workspace, busy: str) -> None:
    audit = Audit(workspace.database, workspace.name)
    before = [(line.place, line.subject, line.subject_id, line.act) for line in audit.lines(Asked(), 1000)]
    forget(workspace.database, busy, "Bo", NOW)
    after = audit.lines(Asked(), 1000)
    assert [
        (line.place, line.subject, line.subject_id, line.act) for line in after if line.act != "forgotten"
    ] == before
    assert [line.by for line in after if line.act == "retired"] == [busy]
    (told,) = [line for line in after if line.act == "forgotten"]
    assert (told.subject, told.subject_id, told.by) == ("person", busy, "Bo")


def test_looking_changes_nothing_and_tells_the_same(workspace: Workspace, busy: str) -> None:
    before = everything(workspace)
    looked = forget(workspace.database, busy, "Bo", NOW, look=True)
    assert everything(workspace) == before
    assert forget(workspace.database, busy, "Bo", NOW) == looked


def test_nobody_comes_in_any_more(workspace: Workspace) -> None:
    person, token = made(workspace, LOGIN, "admin", NAME)
    made(workspace, "bo@example.com", "admin", "Bo")
    keys = Keys(workspace.database, workspace.name)
    keys.create("mine", NOW, made_by=person.id)
    forget(workspace.database, person.id, "Bo", NOW)
    with pytest.raises(NotAuthorised):
        Persons(workspace.database).check(LOGIN, PASSWORD, "127.0.0.1", NOW)
    with pytest.raises(NotAuthorised):
        Persons(workspace.database).check(person.id, "", "127.0.0.1", NOW)
    with pytest.raises(NotAuthorised):
        SignIns(workspace.database).verify(token, NOW)
    assert all(key.revoked_at for key in keys.list())
    with workspace.database.session() as session:
        row = session.get_one(PersonRow, person.id)
        assert (row.login, row.name, row.password_hash) == (person.id, person.id, "")


def test_a_name_that_two_have_stays(workspace: Workspace, busy: str) -> None:
    made(workspace, "other@example.com", "author", NAME)
    forgotten = forget(workspace.database, busy, "Bo", NOW)
    assert forgotten.shared == (NAME,)
    with workspace.database.session(workspace.name) as session:
        assert NAME in set(session.scalars(select(EventRow.by)))


def test_other_names_and_a_second_time(workspace: Workspace, busy: str) -> None:
    entries = workspace.library.entries
    entry = next(entry for entry in entries.latest() if entry.state == "approved")
    entries.retire(entry.entry_id, "xlin", NOW)
    forget(workspace.database, busy, "Bo", NOW)
    with pytest.raises(Conflict, match="--also"):
        forget(workspace.database, busy, "Bo", NOW)
    again = forget(workspace.database, busy, "Bo", NOW, also=["xlin"])
    assert again.replaced == {"event.by": 1}
    assert again.removed == {}


def test_the_last_administrator_and_nobody(workspace: Workspace) -> None:
    person, _ = made(workspace, LOGIN, "admin", NAME)
    with pytest.raises(Conflict, match="last administrator"):
        forget(workspace.database, person.id, "Bo", NOW)
    with pytest.raises(NotFound):
        forget(workspace.database, "p-nobody", "Bo", NOW)


def test_every_column_that_names_somebody_is_known() -> None:
    """A table of tomorrow with such a column must say what becomes of it."""
    named = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in ("by", "owner") or column.name.endswith("_by")
    }
    known = {(table, column) for columns in (WHO, NOT_OURS) for table, names in columns.items() for column in names}
    assert named == known


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Linux runs here", "Lin", False),
        ("signed by Lin.", "lin", True),
        ("会议由林晓安主持", "林晓安", True),
        ("mail bo@example.com today", "bo@example.com", True),
        ("mail xbo@example.com", "bo@example.com", False),
    ],
)
def test_a_name_is_a_word_of_its_own(text: str, name: str, found: bool) -> None:
    assert (mentioned(text, [name]) is not None) == found
