"""The database file: who may read it, two writers at once, and what is said when it cannot be had."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.drafts import Drafts
from knowledge.domain.errors import Conflict, InputError, SetupError
from knowledge.records import Audience, EntryVersion, State
from knowledge.store.database import Database
from knowledge.store.entries import Entries, NewPassage
from knowledge.store.repository import Repository
from knowledge.store.schema import WorkspaceRow
from knowledge.store.workspaces import ensure_workspace, revision

NOW = datetime(2026, 1, 15, tzinfo=UTC)
ENTRY = EntryVersion("gateway", 0, "product", "en", "Gateway", "64 sensors", State.APPROVED, Audience.PUBLIC)
PASSAGE = NewPassage("64 sensors", (), "line 1", b"\0\0\0\0", "none")
DRAFT = Draft(id="d-1", template="success_story", locale="en", audience="public")
BRIEF = Brief("success_story")


@pytest.fixture
def ready(database: Database) -> Database:
    database.migrate()
    ensure_workspace(database, "default", NOW)
    return database


def add(database: Database, entry: EntryVersion) -> int:
    """One more version of an entry; its number."""
    entries = Entries(database, "default")
    with database.session() as session:
        return entries.add_version(session, entry, [PASSAGE], "test", NOW)[0].version


def test_only_its_owner_reads_the_file(ready: Database, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "koujing.sqlite").stat().st_mode) == 0o600


def test_only_its_owner_reads_what_lies_beside_it(ready: Database, tmp_path: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("koujing.sqlite-*")}
    assert modes
    assert set(modes.values()) == {0o600}


def test_an_error_leaves_nothing_behind(ready: Database) -> None:
    before = revision(ready, "default")
    entries = Entries(ready, "default")

    def half() -> None:
        with ready.session() as session:
            entries.add_version(session, ENTRY, [PASSAGE], "test", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert entries.latest() == []
    assert revision(ready, "default") == before


def test_entries_are_counted_with_those_that_are_approved(ready: Database) -> None:
    entries = Entries(ready, "default")
    assert entries.counts() == (0, 0)
    add(ready, ENTRY)
    add(ready, replace(ENTRY, entry_id="draft", state=State.DRAFT))
    add(ready, replace(ENTRY, state=State.DRAFT))
    assert entries.counts() == (2, 1)


def test_two_writers_at_once_lose_nothing(ready: Database) -> None:
    failed: list[Exception] = []

    def write(name: str) -> None:
        database = Database(ready.url)
        try:
            for number in range(20):
                add(database, replace(ENTRY, entry_id=f"{name}-{number}"))
        except Exception as error:
            failed.append(error)
        finally:
            database.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    entries = Entries(ready, "default")
    assert entries.counts() == (40, 40)
    assert len(entries.embeddings()) == 40


def test_of_two_who_read_the_same_version_of_a_draft_the_second_is_refused(ready: Database) -> None:
    drafts = Drafts(ready, "default")
    assert drafts.save(DRAFT, BRIEF, [], NOW).version == 1
    with pytest.raises(Conflict):
        drafts.save(DRAFT, BRIEF, [], NOW)
    assert drafts.save(DRAFT, BRIEF, [], NOW, after=1).version == 2
    with pytest.raises(Conflict):
        drafts.save(DRAFT, BRIEF, [], NOW, after=1)
    assert drafts.get("d-1").version == 2


@dataclass(frozen=True)
class Interrupted(Brief):
    """A brief that is read just when somebody else writes."""

    meanwhile: Callable[[], Any] = lambda: None

    def to_json(self) -> dict[str, Any]:
        self.meanwhile()
        return BRIEF.to_json()


def test_of_two_who_write_a_draft_at_the_same_moment_one_is_refused(ready: Database) -> None:
    drafts = Drafts(ready, "default")
    drafts.save(DRAFT, BRIEF, [], NOW)
    interrupted = Interrupted("success_story", meanwhile=lambda: drafts.save(DRAFT, BRIEF, [], NOW, after=1))
    with pytest.raises(Conflict):
        drafts.save(DRAFT, interrupted, [], NOW, after=1)
    assert drafts.get("d-1").version == 2


@dataclass
class Meanwhile(Mapping[str, Any]):
    """Fields that are read just when somebody else writes."""

    act: Callable[[], Any]
    acted: list[bool] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        if not self.acted:
            self.acted.append(True)
            self.act()
        return iter(())

    def __len__(self) -> int:
        return 0

    def __getitem__(self, key: str) -> Any:
        raise KeyError(key)


def test_of_two_who_import_an_entry_at_the_same_moment_one_is_refused(ready: Database) -> None:
    add(ready, ENTRY)
    with pytest.raises(Conflict):
        add(ready, replace(ENTRY, fields=Meanwhile(lambda: add(ready, ENTRY))))


def one_line(error: BaseException) -> None:
    assert "\n" not in str(error)
    assert "Traceback" not in str(error)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.mkdir(),
        lambda path: path.write_text("this is no database, but a text of some length " * 40),
    ],
    ids=["a folder", "another file"],
)
def test_a_path_that_is_no_database_is_one_line(tmp_path: Path, make: Callable[[Path], Any]) -> None:
    path = tmp_path / "koujing.sqlite"
    make(path)
    with pytest.raises(SetupError, match=r"database sqlite:///.*koujing\.sqlite: ") as caught:
        Database(f"sqlite:///{path}").migrate()
    one_line(caught.value)


def test_a_password_is_not_told() -> None:
    url = "postgresql+psycopg://writer:hunter2@127.0.0.1:1/koujing"
    assert "hunter2" not in Database(url)._shown


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("sqlite:///{file}/koujing.sqlite", id="below a file"),
        pytest.param("koujing.sqlite", id="no URL"),
        pytest.param("oracle://x/y", id="no driver"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_line(tmp_path: Path, url: str) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(SetupError) as caught:
        Database(url.format(file=file)).migrate()
    one_line(caught.value)


def test_a_database_damaged_while_open_is_one_line(ready: Database, tmp_path: Path) -> None:
    ready.close()
    for path in tmp_path.glob("koujing.sqlite*"):
        path.write_bytes(b"damaged " * 4096)
    with pytest.raises(SetupError) as caught:
        revision(ready, "default")
    one_line(caught.value)


def test_a_database_that_was_never_migrated_is_one_line(database: Database) -> None:
    with pytest.raises(SetupError, match="no such table") as caught:
        revision(database, "default")
    one_line(caught.value)


@pytest.mark.parametrize("name", ["", "Default", "-a", "a_b", "a b", "a/../b", "a" * 64, "口径"])
def test_a_name_that_no_workspace_has(ready: Database, name: str) -> None:
    with pytest.raises(InputError):
        ensure_workspace(ready, name, NOW)


def test_a_query_cannot_begin_outside_the_workspace(ready: Database) -> None:
    repository = Repository(ready, "default")
    with pytest.raises(TypeError):
        repository.rows(WorkspaceRow)
