"""Everything of a workspace in open formats: complete, readable by others, without secrets."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
from backup_places import Place

from assistant.backup.open_export import WITHOUT, export_everything
from assistant.brief import Brief
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.folder.importing import import_folder
from knowledge.store.schema import Base
from knowledge.store.workspaces import ensure_workspace


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_all_of_it_is_there(sample: Workspace, tmp_path: Path) -> None:
    draft = sample.draft(Brief("success_story", {"case": "case-compressor"}), by="Lin")
    own = sample.settings.home / "templates" / "own"
    own.mkdir(parents=True)
    (own / "template.yaml").write_text("id: own\n")
    out = tmp_path / "out"
    done = export_everything(sample, out)

    assert {path.stem for path in (out / "rows").iterdir()} == set(Base.metadata.tables) - set(WITHOUT)
    assert len(lines(out / "rows" / "entry.jsonl")) == len(sample.library.entries.latest())
    assert json.loads((out / "drafts" / draft.id / "v1.json").read_text())["draft"]["id"] == draft.id
    assert draft.title in (out / "drafts" / draft.id / "newest.md").read_text()
    assert (out / "home" / "templates" / "own" / "template.yaml").exists()
    rows = list(csv.reader((out / "audit" / "audit.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) - 1 == len(lines(out / "audit" / "audit.jsonl")) > 100
    manifest = json.loads((out / "manifest.json").read_text())
    assert {file["name"] for file in manifest["files"]} | {"README.md", "manifest.json"} == {
        path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()
    }
    for file in manifest["files"]:
        assert hashlib.sha256((out / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    assert sum(done.files.values()) == len(manifest["files"])
    assert all(f"`{folder}/`" in (out / "README.md").read_text() for folder in done.files)


def test_the_library_comes_back_from_it(sample: Workspace, place: Place, tmp_path: Path) -> None:
    export_everything(sample, tmp_path / "out")
    there, _ = Workspace.create(place("there"))
    with there:
        import_folder(there.library, tmp_path / "out" / "library", trust=True, by="test")
        assert {(e.entry_id, e.version, e.text) for e in there.library.entries.latest()} == {
            (e.entry_id, e.version, e.text) for e in sample.library.entries.latest()
        }


def test_odd_rows_and_no_secret(full: Settings, tmp_path: Path) -> None:
    with Workspace.open(full) as workspace:
        ensure_workspace(workspace.database, "second", full.now())
        out = tmp_path / "out"
        export_everything(Workspace(Settings({**full.values, "workspace": "second"})), tmp_path / "second")
        whole = "".join(path.read_text(errors="replace") for path in (tmp_path / "second").rglob("*") if path.is_file())
    assert "x1" not in whole
    assert "sk-secret" not in whole
    assert not out.exists()
    assert "key_hash" not in whole
    assert "password_hash" not in whole


def test_a_folder_that_holds_something_is_left_alone(sample: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(InputError):
        export_everything(sample, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
