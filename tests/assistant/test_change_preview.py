"""What a change would turn stale: told before, and true afterwards."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.brief import Brief
from assistant.change_preview import ChangePreview
from assistant.workspace import Workspace
from knowledge.composing import planned_revision, revise
from knowledge.domain.errors import NotFound
from knowledge.records import Use

CASE, CUSTOMER = "case-compressor", "panlan"


def written(sample: Workspace) -> str:
    return sample.draft(Brief("success_story", {"case": CASE})).id


def other_figure(sample: Workspace) -> dict[str, str]:
    body = sample.library.entries.newest(CASE).body
    assert "%" in body
    return {"text": body.replace("%", "7%", 1)}


def test_a_planned_edit_is_told_and_comes_true(sample: Workspace) -> None:
    draft = written(sample)
    newest = sample.library.entries.newest(CASE)
    edit = planned_revision(sample.library, newest, other_figure(sample))
    assert edit is not None
    [turned] = ChangePreview(sample.library).of_version(edit.version)
    assert (turned.draft.draft_id, turned.draft_turns, turned.reason.cause) == (draft, True, "changed")
    assert sample.staleness.of() == {}, "nothing was written"
    revise(sample.library, CASE, other_figure(sample), "zhou")
    [turned] = ChangePreview(sample.library).of_version(sample.library.entries.newest(CASE))
    assert turned.to_json("zh")["reason"]["now"] == 2
    sample.library.entries.approve(CASE, "boss", sample.settings.now())
    assert set(sample.staleness.of()) == {draft}


def test_other_words_turn_nothing(sample: Workspace) -> None:
    written(sample)
    newest = sample.library.entries.newest(CASE)
    edit = planned_revision(sample.library, newest, {"text": newest.body.replace("。", "。 ", 1)})
    assert edit is not None
    assert ChangePreview(sample.library).of_version(edit.version) == []


def test_retiring(sample: Workspace) -> None:
    draft = written(sample)
    [turned] = ChangePreview(sample.library).of_retiring(CASE)
    assert (turned.draft.draft_id, turned.reason.cause) == (draft, "retired")
    sample.library.entries.retire(CASE, "boss", sample.settings.now())
    assert ChangePreview(sample.library).of_retiring(CASE) == [], "stale already: nothing new"
    with pytest.raises(NotFound):
        ChangePreview(sample.library).of_retiring("nothing")


@pytest.mark.parametrize("use", [None, Use.NAME, Use.FIGURES])
def test_a_withdrawal_is_told_and_comes_true(sample: Workspace, use: Use | None) -> None:
    draft = written(sample)
    [turned] = ChangePreview(sample.library).of_withdrawal(CUSTOMER, use)
    assert (turned.draft.draft_id, turned.reason.subject) == (draft, CUSTOMER)
    assert sample.staleness.of() == {}
    sample.library.withdraw(CUSTOMER, use, by="boss")
    assert set(sample.staleness.of()) == {draft}


def test_a_use_that_nobody_made_turns_nothing(sample: Workspace) -> None:
    written(sample)
    assert ChangePreview(sample.library).of_withdrawal(CUSTOMER, Use.VISIT) == []


def test_a_file_that_left_is_told_though_the_draft_moved_on(sample: Workspace, tmp_path: Path) -> None:
    draft = sample.drafts.get(written(sample))
    sample.drafts.exported(draft, "docx", "story.docx", "lin", sample.settings.now())
    newest = sample.library.entries.newest(CASE)
    edit = planned_revision(sample.library, newest, other_figure(sample))
    assert edit is not None
    [turned] = ChangePreview(sample.library).of_version(edit.version)
    assert [export.name for export in turned.exports] == ["story.docx"]
    assert turned.exports[0].at <= sample.settings.now().replace(tzinfo=None) + timedelta(seconds=1)
