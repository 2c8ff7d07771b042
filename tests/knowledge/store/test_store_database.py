"""The database file: who may read it, two writers at once, and what is said when it cannot be had."""

from __future__ import annotations

import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.drafts import Drafts
from knowledge.domain.errors import Conflict, InputError, SetupError
from knowledge.records import Audience, EntryVersion, State
from knowledge.store.database import HEAD, Database
from knowledge.store.entries import Entries, NewPassage
from knowledge.store.repository import Repository
from knowledge.store.schema import EntryRow, WorkspaceRow
from knowledge.store.workspaces import ensure_workspace, revision

ROOT = Path(__file__).parents[3]
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


def add(database: Database, entry: EntryVersion, after: int | None = None) -> int:
    """One more version of an entry; its number."""
    entries = Entries(database, "default")
    with entries.writing() as session:
        return entries.add_version(session, entry, [PASSAGE], "test", NOW, after=after).version.version


@pytest.mark.sqlite_only
def test_only_its_owner_reads_the_file(ready: Database, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "koujing.sqlite").stat().st_mode) == 0o600


@pytest.mark.sqlite_only
def test_only_its_owner_reads_what_lies_beside_it(ready: Database, tmp_path: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("koujing.sqlite-*")}
    assert modes
    assert set(modes.values()) == {0o600}


def test_an_error_leaves_nothing_behind(ready: Database) -> None:
    before = revision(ready, "default")
    entries = Entries(ready, "default")

    def half() -> None:
        with entries.writing() as session:
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
    add(ready, replace(ENTRY, state=State.DRAFT), after=1)
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


def test_of_many_who_change_what_they_read_nothing_is_lost(ready: Database) -> None:
    """Each reads the newest version and writes the next one at once, from a connection of its own."""
    add(ready, ENTRY)
    failed: list[Exception] = []

    def write() -> None:
        database = Database(ready.url)
        entries = Entries(database, "default")
        try:
            for _ in range(15):
                with entries.writing() as session:
                    seen = session.get_one(EntryRow, ("default", "gateway")).latest_version
                    entries.add_version(session, ENTRY, [PASSAGE], "test", NOW, after=seen)
        except Exception as error:
            failed.append(error)
        finally:
            database.close()

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert Entries(ready, "default").get("gateway").version == 46


def test_of_two_who_import_an_entry_after_the_same_version_one_is_refused(ready: Database) -> None:
    add(ready, ENTRY)
    assert add(ready, ENTRY, after=1) == 2
    with pytest.raises(Conflict, match="gateway"):
        add(ready, ENTRY, after=1)
    assert Entries(ready, "default").get("gateway").version == 2


def test_writers_of_two_workspaces_change_their_own_revision(ready: Database) -> None:
    ensure_workspace(ready, "other", NOW)
    before = revision(ready, "default"), revision(ready, "other")
    with Repository(ready, "other").writing():
        pass
    with Repository(ready, "other").writing(revises=False):
        pass
    assert (revision(ready, "default"), revision(ready, "other")) == (before[0], (before[1] or 0) + 1)


def one_line(error: BaseException) -> None:
    assert "\n" not in str(error)
    assert "Traceback" not in str(error)


@pytest.mark.sqlite_only
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


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://writer:hunter2@127.0.0.1:1/koujing",
        "postgresql://writer:hunter2@127.0.0.1:1/koujing",
        "postgres://writer:hunter2@127.0.0.1:1/koujing",
        "postgresql://writer@127.0.0.1:1/koujing?password=hunter2",
        "postgresql://writer:hunter2@127.0.0.1:54x2/koujing",
        "postgresql://writer:hun/ter2@127.0.0.1:1/koujing",
        "hunter2",
    ],
)
def test_a_server_that_cannot_be_reached_is_one_line_without_the_password(url: str) -> None:
    with pytest.raises(SetupError) as caught:
        Database(url).migrate()
    one_line(caught.value)
    assert "ter2" not in str(caught.value)


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


@pytest.mark.sqlite_only
def test_a_database_damaged_while_open_is_one_line(ready: Database, tmp_path: Path) -> None:
    ready.close()
    for path in tmp_path.glob("koujing.sqlite*"):
        path.write_bytes(b"damaged " * 4096)
    with pytest.raises(SetupError) as caught:
        revision(ready, "default")
    one_line(caught.value)


def test_a_database_that_was_never_migrated_is_one_line(blank: Database) -> None:
    with pytest.raises(SetupError, match=r"no such table|does not exist") as caught:
        revision(blank, "default")
    one_line(caught.value)


@pytest.mark.parametrize("name", ["", "Default", "-a", "a_b", "a b", "a/../b", "a" * 64, "口径"])
def test_a_name_that_no_workspace_has(ready: Database, name: str) -> None:
    with pytest.raises(InputError):
        ensure_workspace(ready, name, NOW)


def test_a_query_cannot_begin_outside_the_workspace(ready: Database) -> None:
    repository = Repository(ready, "default")
    with pytest.raises(TypeError):
        repository.rows(WorkspaceRow)


@pytest.mark.postgres_only
@pytest.mark.parametrize("entry_id", ["a" * 201, "nul\0"])
def test_a_value_that_the_server_cannot_keep_is_the_callers_to_mend(ready: Database, entry_id: str) -> None:
    with pytest.raises(InputError) as caught:
        add(ready, replace(ENTRY, entry_id=entry_id))
    one_line(caught.value)
    assert Entries(ready, "default").counts() == (0, 0)


@pytest.mark.postgres_only
def test_a_server_that_was_restarted_meanwhile_is_noticed(ready: Database) -> None:
    before = revision(ready, "default")
    other = Database(ready.url)
    with other.engine.begin() as connection:
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        connection.execute(text(f"{end} AND pid <> pg_backend_pid()"))
    other.close()
    assert revision(ready, "default") == before


def test_threads_that_start_at_once_make_the_tables_once(blank: Database) -> None:
    made: list[bool] = []

    def start() -> None:
        database = Database(blank.url)
        database.migrate()
        made.append(ensure_workspace(database, "default", NOW))
        database.close()

    starting = [threading.Thread(target=start) for _ in range(4)]
    for one in starting:
        one.start()
    for one in starting:
        one.join()
    assert sorted(made) == [False, False, False, True]


@pytest.mark.postgres_only
def test_processes_that_start_at_once_make_the_tables_once(blank: Database) -> None:
    program = "import sys; from knowledge.store.database import Database; Database(sys.argv[1]).migrate()"
    command = [sys.executable, "-c", program, blank.url]
    starting = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [one.communicate()[1] for one in starting]
    assert [one.returncode for one in starting] == [0, 0, 0], said
    assert blank.version == HEAD
