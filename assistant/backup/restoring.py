"""Restoring a backup: verified whole, made ready beside what is there, and put in its place in one step."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError

from assistant.backup.archive import Archive, opened
from assistant.backup.manifest import Manifest
from assistant.backup.placing import NewFiles, what_is_there
from assistant.backup.unfinished import marked
from assistant.progress import Progress, Silent
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError, KoujingError, SetupError
from knowledge.index.lexical import open_lexical
from knowledge.index.sync import add_words
from knowledge.store.database import HEAD, Database
from knowledge.store.entries import Entries
from knowledge.store.persons_in_rows import forgotten_in
from knowledge.store.snapshot import LEFT_OUT, put_rows, set_counters, tables_of
from knowledge.store.staging import Staging, beside
from knowledge.store.workspaces import workspace_names


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `kept` are files of the home that stayed as they were; `unindexed` says for a workspace why its
    vectors could not be indexed; `forgotten` are ids of persons who were forgotten in what was there, and are back."""

    manifest: Manifest
    kept: tuple[str, ...]
    passages: int
    unindexed: dict[str, str]
    forgotten: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "taken_at": self.manifest.taken_at,
            "koujing": self.manifest.koujing,
            "workspaces": list(self.manifest.workspaces),
            "database": {"from": self.manifest.database, "to": HEAD},
            "rows": self.manifest.rows,
            "kept": list(self.kept),
            "passages": self.passages,
            "unindexed": self.unindexed,
            "forgotten": list(self.forgotten),
        }


def check(path: Path, progress: Progress | None = None) -> Manifest:
    """The manifest of an archive, all parts of which are as they were written. Raises `UnreadableFile`."""
    with opened(path) as archive:
        archive.verify(progress)
        return archive.manifest


def restore(settings: Settings, path: Path, *, replace: bool = False, progress: Progress | None = None) -> Restored:
    """Put what an archive holds into the home and the database that the settings name.

    Nothing is touched before the whole archive was found good. Raises `UnreadableFile` for an archive that is damaged,
    of a newer Koujing or none; `Conflict` where something is there already and `replace` does not say that it may go,
    or where another process uses it; `SetupError` when the database or the home fails.
    """
    with closing(Database(settings.database_url)) as database:
        return _restored(settings, database, path, replace, progress or Silent())


def _restored(settings: Settings, database: Database, path: Path, replace: bool, progress: Progress) -> Restored:
    with opened(path) as archive:
        archive.verify(progress)
        if not replace:
            _refuse_what_is_there(settings.home, database)
        try:
            settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise SetupError(f"{settings.home}: cannot be made ({error.strerror}); set KOUJING_HOME") from None
        before, forgotten = _before(database)
        staging = beside(database)
        try:
            staging.free()
            _fill(staging.database, archive, progress)
            with NewFiles(settings.home) as files:
                files.write(archive.files())
                _put_in_place(settings, staging, files, path)
        finally:
            staging.drop()
            database.close()
    names = archive.manifest.workspaces
    passages, unindexed = _index(settings, names, set(before) - set(names), progress)
    back = tuple(sorted(forgotten - forgotten_in(database)))
    return Restored(archive.manifest, tuple(files.kept), passages, unindexed, back)


def _refuse_what_is_there(home: Path, database: Database) -> None:
    there = what_is_there(home)
    found = f"{home} holds '{there[0]}'" if there else ""
    if not database.is_sqlite or database.file.is_file():
        names = [] if database.version is None else workspace_names(database)
        found = f"the database {database.shown} has the workspace '{names[0]}'" if names else found
    if found:
        raise Conflict(f"{found}; take a backup of it if you want it, then give --replace to put this one in its place")


def _before(database: Database) -> tuple[list[str], set[str]]:
    """The workspaces that a database has now, and whom it has forgotten, when it can be read."""
    try:
        if (database.is_sqlite and not database.file.is_file()) or database.version is None:
            return [], set()
        return workspace_names(database), forgotten_in(database)
    except KoujingError:
        return [], set()


def _fill(database: Database, archive: Archive, progress: Progress) -> None:
    """The archive's tables as they were taken, then brought up to ours, then the index of words."""
    manifest = archive.manifest
    database.migrate(manifest.database)
    parts = {part.table: part for part in manifest.parts if part.table}
    try:
        with database.engine.begin() as connection:
            tables = tables_of(connection)
            wanted = {table.name for table in tables} - set(LEFT_OUT)
            if odd := sorted(wanted ^ set(parts)):
                raise InputError(f"the backup and tables {manifest.database} do not agree on the table '{odd[0]}'")
            for number, table in enumerate(table for table in tables if table.name in wanted):
                progress.step("restoring", number, len(wanted))
                part = parts[table.name]
                put_rows(connection, table, part.columns, archive.rows(part))
            set_counters(connection, tables, manifest.counters)
    except DatabaseError as error:
        reason = str(error.orig or error).splitlines()[0]
        raise InputError(
            f"the database cannot take in what the backup holds ({reason}); nothing was changed"
        ) from error
    database.migrate()
    for name in manifest.workspaces:
        entries = Entries(database, name)
        try:
            add_words(entries, open_lexical(database, name), entries.embedding_models())
        except (ValueError, TypeError, AttributeError) as error:
            # What Koujing wrote has the words and the shapes that Koujing reads.
            raise InputError(f"the backup cannot be taken in ({error}); nothing was changed") from error


def _put_in_place(settings: Settings, staging: Staging, files: NewFiles, path: Path) -> None:
    with marked(settings.home, path):
        files.place()
        try:
            staging.swap()
        except BaseException:
            files.undo()
            raise
        # The vectors in it are told by row numbers, which now mean other passages.
        shutil.rmtree(settings.home / "chroma", ignore_errors=True)


def _index(settings: Settings, names: Sequence[str], gone: set[str], progress: Progress) -> tuple[int, dict[str, str]]:
    """Fill the vector index of each workspace from the embeddings that came back; no text is embedded anew."""
    passages, failed, url = 0, {}, settings.text("chroma_url")
    for name in names:
        try:
            with Workspace.open(Settings({**settings.values, "workspace": name}), progress) as workspace:
                indexes = workspace.library.indexes
                progress.step(f"indexing {name}")
                if url:
                    indexes.empty_vectors()
                    _empty_others(url, gone, indexes.embedder.model_id)
                passages += indexes.follow(None)
        except KoujingError as error:
            failed[name] = error.message
    return passages, failed


def _empty_others(url: str, names: set[str], model_id: str) -> None:
    """Workspaces that are no more leave no vectors on the server: another one of the name would find them."""
    from knowledge.index.chroma_server import open_chroma_server

    for name in sorted(names):
        index = open_chroma_server(url, name, model_id)
        index.remove(index.pks())
        index.close()
