"""`koujing library`: the life of entries, what is due, what rests on them; each step as somebody would type it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from command_line import Run
from databases import url_at

CASE = "case-compressor"


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that replaces 11 by 12 wherever it stands, as a file to be changed by a test."""
    path = tmp_path / "editor.sh"
    path.write_text('#!/bin/sh\nsed -i "s/3,400/3,500/g" "$1"\n')
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("EDITOR", str(path))
    monkeypatch.setenv("VISUAL", str(path))
    return path


def test_an_edit_is_a_draft_beside_the_line_until_somebody_approves_it(run: Run, with_sample: Path) -> None:
    edited = run("library", "edit", CASE, "--set", "title=新标题", "--reason", "shorter")
    assert edited.status == 0
    assert "v2 is a draft" in edited.out
    shown = run("library", "show", CASE, "--json").document
    assert shown["entry"]["version"] == 1
    assert [(v["version"], v["state"]) for v in shown["versions"]] == [(1, "approved"), (2, "draft")]
    assert "[-" in run("library", "diff", CASE).out
    assert run("library", "submit", CASE).out == f"{CASE} v2 is in review.\n"
    assert run("library", "request-changes", CASE, "--reason", "which day?").out == f"{CASE} v2 is a draft again.\n"
    run("library", "submit", CASE)
    assert "v2 is approved; review due" in run("library", "approve", CASE).out
    history = run("library", "show", CASE, "--history")
    assert "edited by" in history.out
    assert "which day?" in history.out
    assert "superseded" in history.out
    assert run("library", "show", CASE, "--json").document["entry"]["title"] == "新标题"


def test_the_editor_opens_the_entry_and_its_text_becomes_a_version(run: Run, with_sample: Path, editor: Path) -> None:
    assert run("library", "edit", CASE).status == 0
    diff = run("library", "diff", CASE, "--json").document
    assert (diff["from"], diff["to"]) == (1, 2)
    changed = {piece["text"] for part in diff["parts"] for piece in part["pieces"] if piece["change"] != "same"}
    assert {"3,400", "3,500"} <= changed


def test_an_editor_that_changes_nothing_makes_no_version(run: Run, with_sample: Path, editor: Path) -> None:
    editor.write_text('#!/bin/sh\ntouch "$1"\n')
    assert run("library", "edit", CASE).out == "Nothing changed.\n"
    assert len(run("library", "show", CASE, "--json").document["versions"]) == 1


def test_of_two_editors_the_second_keeps_what_was_written(run: Run, with_sample: Path, editor: Path) -> None:
    place = f'KOUJING_HOME="{with_sample}" KOUJING_DATABASE_URL="{url_at(with_sample)}"'
    other = f"{place} koujing library edit {CASE} --set title=Other >/dev/null 2>&1"
    editor.write_text(
        f'#!/bin/sh\nPATH="{os.path.dirname(os.sys.executable)}:$PATH"\n{other}\necho "MINE 42" >> "$1"\n'
    )
    refused = run("library", "edit", CASE)
    assert refused.status == 2
    assert "version 2" in refused.err
    kept = Path(refused.err.rsplit(" ", 1)[1].strip())
    assert "MINE 42" in kept.read_text(encoding="utf-8")
    kept.unlink()
    assert [v["version"] for v in run("library", "show", CASE, "--json").document["versions"]] == [1, 2]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["edit", CASE, "--set", "titel=x"], "title"),
        (["edit", CASE, "--set", "title"], "NAME=VALUE"),
        (["edit", CASE, "--set", "valid_until=2026/13/1"], "2026/13/1"),
        (["edit", CASE, "--set", "title=x", "--version", "7"], "you looked at 7"),
        (["edit", "nothing", "--set", "title=x"], "nothing"),
        (["submit", CASE], "approved already"),
        (["approve", CASE], "--renew"),
        (["approve", CASE, "case-wind", "--version", "1"], "one entry only"),
        (["request-changes", CASE, "--reason", "x"], "approved already"),
        (["retire", "nothing"], "nothing"),
        (["diff", "nothing"], "nothing"),
        (["impact", "nothing"], "neither an entry nor a customer"),
        (["list", "--on", "2026-13-01"], "2026-13-01"),
        (["lint", "--rule", "nonsense"], "nonsense"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_one_line(run: Run, with_sample: Path, arguments: list[str], word: str) -> None:
    refused = run("library", *arguments)
    assert refused.status == 2
    assert word in refused.err


def test_retiring_tells_the_drafts_it_reaches(run: Run, with_sample: Path, tmp_path: Path) -> None:
    draft = run("draft", "success_story", "-i", f"case={CASE}", "--json").document["draft"]["id"]
    out = tmp_path / "story.md"
    assert run("drafts", "show", draft, "-o", out).status in (0, 1)
    assert out.exists()
    retired = run("library", "retire", CASE, "--reason", "the customer left")
    assert "1 drafts use it" in retired.out
    impact = run("library", "impact", CASE, "--json").document
    assert impact["counts"] == {"drafts": 1, "stale": 1, "exports": 1}
    assert impact["drafts"][0]["stale"][0]["cause"] == "retired"
    [listed] = run("drafts", "list", "--json").document["drafts"]
    assert listed["stale"]
    assert "[stale]" in run("drafts", "list").out
    refused = run("drafts", "show", draft, "-o", tmp_path / "again.md")
    assert refused.status == 2
    assert "stale" in refused.err
    assert not (tmp_path / "again.md").exists()


def test_what_is_due(run: Run, with_sample: Path) -> None:
    due = run("library", "due", "--within", "0", "--json").document["due"]
    told = {(item["what"], item["id"]) for item in due}
    assert {("review", "tech-security"), ("expiry", "company-figures-2025"), ("permission", "nuanchuan")} <= told
    assert [item["day"] for item in due] == sorted(item["day"] for item in due)
    run("library", "approve", "tech-security", "--renew")
    again = run("library", "due", "--within", "0", "--json").document["due"]
    assert ("review", "tech-security") not in {(item["what"], item["id"]) for item in again}


def test_the_line_of_a_day(run: Run, with_sample: Path) -> None:
    assert run("library", "list", "--on", "2020-01-01", "--json").document["entries"] == []
    expired = run("library", "list", "--state", "expired", "--json").document["entries"]
    assert [entry["id"] for entry in expired] == ["company-figures-2025"]


def test_lint_tells_entries_and_words(run: Run, with_sample: Path) -> None:
    found = run("library", "lint", "--locale", "zh", "--json")
    assert found.status == 1
    rules = {finding["rule"] for finding in found.document["findings"]}
    assert {"contradiction", "figure_two_projects", "review_overdue"} <= rules
    only = run("library", "lint", "--rule", "review_overdue")
    assert only.status == 0
    assert "tech-security" in only.out


def test_review_cycles_are_a_setting(run: Run, with_sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOUJING_REVIEW_DAYS", "case=7")
    monkeypatch.setenv("KOUJING_NOW", "2027-01-01T09:00:00Z")
    assert "review due 2027-01-08" in run("library", "approve", CASE, "--renew").out
    monkeypatch.setenv("KOUJING_REVIEW_DAYS", "case")
    assert "KOUJING_REVIEW_DAYS" in run("library", "list").err
