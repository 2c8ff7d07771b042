"""`koujing tidy` as somebody types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run


def test_it_says_what_would_go_and_then_takes_it(run: Run, with_sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = run("draft", "success_story", "-i", "case=case-wind", "--json").document["draft"]["id"]
    monkeypatch.setenv("KOUJING_NOW", "2036-01-01T00:00:00+00:00")
    nothing = run("tidy")
    assert nothing.out.splitlines()[0] == "drafts: all kept"
    assert "KOUJING_KEEP" in nothing.err
    monkeypatch.setenv("KOUJING_KEEP", "drafts=30, jobs=30")
    assert "drafts: 1 would go, older than 30 days" in run("tidy", "--dry-run").out
    gone = run("tidy", "--json").document
    assert (gone["dry_run"], gone["drafts"]) == (False, [draft])
    assert run("drafts", "show", draft).status == 2


def test_a_wrong_setting_is_one_line(run: Run, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOUJING_KEEP", "letters=3")
    wrong = run("tidy")
    assert wrong.status == 2
    assert "KOUJING_KEEP: 'letters' is none" in wrong.err
