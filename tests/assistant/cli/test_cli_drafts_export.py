"""`koujing drafts export`."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

from assistant.publishing.life import DraftLife
from assistant.settings import load_settings
from assistant.workspace import Workspace


@pytest.fixture
def draft_id(run: Run, with_sample: Path) -> str:
    written = run("draft", "success_story", "-i", "case=case-wind", "-m", "CN", "--json")
    assert written.status == 0
    return str(written.document["draft"]["id"])


@pytest.fixture
def approved(draft_id: str) -> str:
    with Workspace.open(load_settings()) as workspace:
        DraftLife(workspace.database, workspace.name).approve(draft_id, "boss", workspace.settings.now())
    return draft_id


def test_what_is_missing_is_listed_and_nothing_is_written(run: Run, draft_id: str, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    ran = run("drafts", "export", draft_id, "-o", path)
    assert ran.status == 1
    assert "not_approved" in ran.err
    assert not path.exists()
    refused = run("drafts", "export", draft_id, "-o", path, "--json")
    assert refused.status == 1
    assert [item["what"] for item in refused.document["error"]["missing"]] == ["not_approved"]


@pytest.mark.parametrize("name", ["x.md", "x.html", "x.docx", "x.pdf", "x.txt", "x.wechat.html"])
def test_the_ending_says_the_form(run: Run, approved: str, tmp_path: Path, name: str) -> None:
    ran = run("drafts", "export", approved, "-o", tmp_path / name, "--json")
    assert ran.status == 0
    told = ran.document["export"]
    assert (told["bytes"], told["version"]) == ((tmp_path / name).stat().st_size, 1)
    assert told["label"] == "本内容由人工智能辅助生成，已经人工审核"
    assert (told["form"] == "wechat") == (name == "x.wechat.html")


def test_into_a_folder_by_form_and_with_sources(run: Run, approved: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert run("drafts", "export", approved, "-o", folder).status == 2
    assert run("drafts", "export", approved, "-o", folder, "--form", "text", "--sources").status == 0
    (written,) = folder.iterdir()
    assert written.name.endswith(".zh-CN.txt")
    assert "来源" in written.read_text("utf-8")
    assert "case-wind v" in written.read_text("utf-8")


def test_an_override_leaves_marked_and_says_so(run: Run, draft_id: str, tmp_path: Path) -> None:
    ran = run("drafts", "export", draft_id, "-o", tmp_path / "x.txt", "--override", "fair today")
    assert ran.status == 0
    assert "on record" in ran.err
    assert (tmp_path / "x.txt").read_text("utf-8").startswith("DRAFT / 草稿")


def test_a_wrong_ending_or_folder_costs_nothing(run: Run, approved: str, tmp_path: Path) -> None:
    for path in (tmp_path / "x.exe", tmp_path / "x", tmp_path / "none" / "x.md"):
        assert run("drafts", "export", approved, "-o", path).status == 2
    assert run("drafts", "export", "d-none", "-o", tmp_path / "x.md").status == 2
    assert not list(tmp_path.glob("x*"))
