"""`koujing backup`, `restore` and `export` as somebody types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run


@pytest.mark.sqlite_only  # on PostgreSQL the connections of the test itself are others that use the database
def test_there_and_back(run: Run, with_sample: Path, tmp_path: Path) -> None:
    archive = tmp_path / "b.zip"
    taken = run("backup", archive, "--json").document
    assert taken["workspaces"] == ["default"]
    assert taken["database"]["schema"]
    checked = run("backup", "--check", archive)
    assert checked.status == 0
    assert "Every part is as it was written" in checked.out
    refused = run("restore", archive)
    assert refused.status == 2
    assert "--replace" in refused.err
    restored = run("restore", archive, "--replace", "--json")
    assert restored.status == 0
    assert restored.document["rows"]["entry"] == 100
    assert restored.document["unindexed"] == {}
    assert "in agreement" in run("doctor").out


def test_wrong_input_is_one_line(run: Run, empty: Path, tmp_path: Path) -> None:
    assert run("backup", "--check").status == 2
    (tmp_path / "b.zip").write_text("no zip")
    assert run("backup", tmp_path / "b.zip").status == 2
    assert run("restore", tmp_path / "b.zip", "--replace").status == 2
    assert run("restore", tmp_path / "nowhere.zip").status == 2
    assert run("backup", tmp_path / "no" / "folder.zip").status == 2


def test_export(run: Run, empty: Path, tmp_path: Path) -> None:
    done = run("export", tmp_path / "out", "--json").document
    assert done["files"]["rows"] > 10
    assert (tmp_path / "out" / "README.md").is_file()
    assert run("export", tmp_path / "out").status == 2
