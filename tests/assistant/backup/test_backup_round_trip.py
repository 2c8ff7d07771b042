"""A backup that comes back is what was taken: every row of every table, every file that is truth."""

from __future__ import annotations

import gc
import json
import os
import stat
import zipfile
from pathlib import Path

import databases
import pytest
from backup_places import Place
from every_table import fill, remove_newest_event, told

from assistant.backup.restoring import restore
from assistant.backup.taking import take
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, SetupError
from knowledge.records import Audience, Scope, State
from knowledge.store.database import HEAD, Database
from knowledge.store.schema import Base
from knowledge.store.snapshot import LEFT_OUT, snapshot_of


def files_in(home: Path) -> dict[str, str]:
    wanted = ("culture.yaml", "templates", "workspaces", "evals", "koujing.toml")
    found = [path for name in wanted for path in (home / name, *(home / name).rglob("*")) if path.is_file()]
    return {path.relative_to(home).as_posix(): path.read_text(encoding="utf-8") for path in found}


def test_every_row_and_every_file_comes_back(full: Settings, place: Place, tmp_path: Path) -> None:
    archive, there = tmp_path / "b.zip", place("there")
    before = Database(full.database_url)
    remove_newest_event(before)
    take(full, archive)
    restored = restore(there, archive)
    after = Database(there.database_url)
    assert told(after) == told(before)
    with snapshot_of(before) as one, snapshot_of(after) as two:
        assert one.differences(two) == []
        assert all(list(one.rows(table)) for table in one.tables)
        assert {*one.tables, *LEFT_OUT} == set(Base.metadata.tables)
    for table in LEFT_OUT:
        with after.engine.connect() as connection:
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
    here = files_in(full.home)
    assert files_in(there.home) == {**here, "koujing.toml": '# ours\nrepairs = "3"\n'}
    assert not (there.home / "secret").exists()
    assert not list(there.home.glob(".restoring-*"))
    assert restored.manifest.database == HEAD
    assert restored.unindexed == {}


def test_a_number_that_was_given_once_is_not_given_again(full: Settings, place: Place, tmp_path: Path) -> None:
    database = Database(full.database_url)
    with database.engine.connect() as connection:
        newest = connection.exec_driver_sql("SELECT max(pk) FROM event").scalar_one()
    remove_newest_event(database)
    take(full, tmp_path / "b.zip")
    restore(place("there"), tmp_path / "b.zip")
    after = Database(place("there").database_url)
    with after.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO event (workspace, subject, subject_id, act, by, at, reason) "
            "SELECT workspace, subject, subject_id, act, by, at, reason FROM event LIMIT 1"
        )
        assert connection.exec_driver_sql("SELECT max(pk) FROM event").scalar_one() == newest + 1


def test_the_archive_is_for_its_owner_and_holds_no_secret(full: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "b.zip"
    take(full, archive)
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with zipfile.ZipFile(archive) as file:
        whole = b"".join(file.read(name) for name in file.namelist())
        manifest = json.loads(file.read("manifest.json"))
    for secret in (b"sk-secret", b"anna:pass", b"f" * 64, b"trace", b"waiting"):
        assert secret not in whole
    assert manifest["left_out"].keys() >= {"sign_in", "secrets", "indexes"}
    assert list(tmp_path.glob(".*.part")) == []


@pytest.mark.usefixtures("with_vectors")
def test_the_sample_library_answers_the_same_after_a_restore(sample: Workspace, place: Place, tmp_path: Path) -> None:
    scope = Scope(audience=Audience.INTERNAL, states=tuple(State))
    wanted = [hit.passage.id for hit in sample.library.search("停机 次数", scope)]
    take(sample.settings, tmp_path / "b.zip")
    restored = restore(place("there"), tmp_path / "b.zip")
    with Workspace.open(place("there")) as workspace:
        assert [hit.passage.id for hit in workspace.library.search("停机 次数", scope)] == wanted
        assert restored.passages == len(workspace.library.entries.embedding_models())
        assert workspace.library.indexes.lexical.pks() == workspace.library.entries.embedding_models().keys()


def test_what_is_there_goes_only_when_it_is_said(full: Settings, sample: Workspace, tmp_path: Path) -> None:
    take(full, tmp_path / "b.zip")
    (sample.settings.home / "templates" / "own").mkdir(parents=True)
    (sample.settings.home / "templates" / "own" / "template.yaml").write_text("id: own\n")
    sample.close()
    before = told(Database(sample.settings.database_url))
    with pytest.raises(Conflict, match="--replace"):
        restore(sample.settings, tmp_path / "b.zip")
    assert told(Database(sample.settings.database_url)) == before
    assert (sample.settings.home / "templates" / "own").is_dir()

    restore(sample.settings, tmp_path / "b.zip", replace=True)
    assert told(Database(sample.settings.database_url)) == told(Database(full.database_url))
    assert not (sample.settings.home / "templates" / "own").exists()
    assert (sample.settings.home / "templates" / "note").is_dir()


@pytest.mark.sqlite_only
def test_a_refused_restore_lets_go_of_the_database(full: Settings, tmp_path: Path) -> None:
    take(full, tmp_path / "b.zip")
    gc.collect()
    gc.disable()
    try:
        with pytest.raises(Conflict, match="--replace"):
            restore(full, tmp_path / "b.zip")
        restore(full, tmp_path / "b.zip", replace=True)
    finally:
        gc.enable()


def test_the_settings_of_this_machine_stay(full: Settings, place: Place, tmp_path: Path) -> None:
    take(full, tmp_path / "b.zip")
    there = place("there")
    there.home.mkdir()
    (there.home / "koujing.toml").write_text('repairs = "1"\n')
    assert restore(there, tmp_path / "b.zip").kept == ("koujing.toml",)
    assert (there.home / "koujing.toml").read_text() == 'repairs = "1"\n'


def test_an_older_backup_is_brought_up(place: Place, tmp_path: Path) -> None:
    old, there = place("old"), place("there")
    old.home.mkdir()
    database = databases.database_at(old.home, empty=True)
    database.migrate("0003")
    fill(database)
    manifest = take(old, tmp_path / "b.zip")
    assert (manifest.database, database.version) == ("0003", "0003")  # taking a backup changes nothing
    restore(there, tmp_path / "b.zip")
    after = Database(there.database_url)
    assert after.version == HEAD
    with snapshot_of(after) as snapshot:
        assert sum(1 for _ in snapshot.rows("passage")) == 3
        assert sum(1 for _ in snapshot.rows("permission")) == 3


def test_a_file_that_is_there_is_not_written_over(full: Settings, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(Conflict):
        take(full, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "mine"


def test_no_workspace_is_one_line(place: Place, tmp_path: Path) -> None:
    nowhere = place("nowhere")
    if databases.on_postgres():
        nowhere.home.mkdir()
        databases.database_at(nowhere.home, empty=True)
    with pytest.raises(SetupError, match="koujing init"):
        take(nowhere, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()
    assert os.listdir(tmp_path) in ([], ["nowhere"])


@pytest.mark.postgres_only
def test_from_one_engine_to_the_other_and_back(full: Settings, place: Place, tmp_path: Path) -> None:
    here = told(Database(full.database_url), counters=False)
    take(full, tmp_path / "server.zip")
    file = Settings({**place("file").values, "database_url": f"sqlite:///{tmp_path / 'file' / 'koujing.sqlite3'}"})
    restore(file, tmp_path / "server.zip")
    assert told(Database(file.database_url), counters=False) == here
    take(file, tmp_path / "file.zip")
    back = place("back")
    restore(back, tmp_path / "file.zip")
    assert told(Database(back.database_url)) == told(Database(full.database_url))


def test_nobody_else_may_use_the_database_meanwhile(full: Settings, tmp_path: Path) -> None:
    take(full, tmp_path / "b.zip")
    database = Database(full.database_url)
    before = told(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM event")
        with pytest.raises(Conflict, match="stop the service"):
            restore(full, tmp_path / "b.zip", replace=True)
    database.close()
    assert told(database) == before
    database.close()
    restore(full, tmp_path / "b.zip", replace=True)
