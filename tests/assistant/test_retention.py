"""What goes when it was kept long enough, and what stays whatever its age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.audit import Asked, Audit
from assistant.brief import Brief
from assistant.draft import Draft
from assistant.localization.jobs.opening import ProductOpening
from assistant.localization.jobs.planning import Planner
from assistant.localization.jobs.records import Job, JobOptions, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.retention import days_kept, tidy
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotFound
from knowledge.store.schema import CustomerUseRow, DraftVersionRow, UseRow
from knowledge.store.schema.localization import LocalizationFileRow, LocalizationSegmentRow

Later = Callable[..., Workspace]


@pytest.fixture
def later(sample: Workspace) -> Later:
    """`later(days, keep)`: the workspace so many days from now, with that KOUJING_KEEP."""

    def one(days: int, keep: str) -> Workspace:
        now = (sample.settings.now() + timedelta(days)).isoformat()
        sample.settings = Settings({**sample.settings.values, "now": now, "keep": keep})
        return sample

    return one


def story(workspace: Workspace) -> Draft:
    return workspace.draft(Brief("success_story", {"case": "case-elevator"}), by="ann")


def job_of(workspace: Workspace, name: str, *, ended: bool) -> Job:
    jobs = LocalizationJobs(workspace.database, workspace.name)
    source = SourceFile(name, name, b"One sentence.\n\nAnother one.")
    job, _ = jobs.submit(JobOptions("en", ("de",), out="out", model="fake"), [source], "Lin")
    Planner(workspace.database, workspace.name, format_of=ProductOpening().format_of).plan(job.id)
    if ended:
        jobs.cancel(job.id)
    return job


def test_a_draft_that_nobody_decided_on_goes_with_all_that_hangs_on_it(sample: Workspace, later: Later) -> None:
    old = story(sample)
    workspace = later(31, "drafts=30")
    new = replace(story(workspace))
    would = tidy(workspace, dry_run=True)
    assert would.drafts == (old.id,)
    assert sample.drafts.get(old.id).id == old.id
    assert tidy(workspace, by="cron").drafts == (old.id,)
    with pytest.raises(NotFound):
        workspace.drafts.get(old.id)
    with workspace.database.session(workspace.name) as session:
        for table in (DraftVersionRow, UseRow, CustomerUseRow):
            assert set(session.scalars(select(table.draft_id))) <= {new.id}
    assert workspace.drafts.get(new.id).id == new.id
    told = Audit(workspace.database, workspace.name).lines(Asked(subject_id=old.id), 10)
    assert (told[0].act, told[0].by, told[0].reason) == ("removed", "cron", "kept for 30 days")
    assert tidy(workspace).drafts == ()


def test_what_was_approved_or_left_stays(sample: Workspace, later: Later, tmp_path: Path) -> None:
    approved, left = story(sample), story(sample)
    sample.submit(approved.id, by="ann")
    sample.approve(approved.id, by="boss")
    sample.leave(left, tmp_path / "left.md", "ann")
    assert tidy(later(4000, "drafts=1")).drafts == ()


def test_jobs_that_ended_go_and_those_at_work_stay(sample: Workspace, later: Later) -> None:
    ended, at_work = job_of(sample, "a.txt", ended=True), job_of(sample, "b.txt", ended=False)
    workspace = later(200, "jobs=180")
    assert tidy(workspace, dry_run=True).jobs == (ended.id,)
    assert tidy(workspace).jobs == (ended.id,)
    jobs = LocalizationJobs(workspace.database, workspace.name)
    with pytest.raises(NotFound):
        jobs.get(ended.id)
    assert jobs.get(at_work.id).counts["total"] == 2
    with workspace.database.session(workspace.name) as session:
        for table in (LocalizationFileRow, LocalizationSegmentRow):
            assert set(session.scalars(select(table.job_id))) == {at_work.id}


def test_the_log_of_calls_is_kept_for_thirty_days_unless_it_says_otherwise(sample: Workspace, later: Later) -> None:
    folder = sample.settings.home / "calls"
    folder.mkdir()
    for days in (0, 20, 40):
        (folder / f"{(sample.settings.now() - timedelta(days)).date()}.jsonl").write_text("{}\n")
    assert len(tidy(sample, dry_run=True).call_log) == 1
    assert len(list(folder.iterdir())) == 3
    assert len(tidy(later(0, "call_log=10")).call_log) == 2
    assert len(list(folder.iterdir())) == 1


def test_nothing_else_goes_without_being_named(sample: Workspace, later: Later) -> None:
    story(sample)
    job_of(sample, "a.txt", ended=True)
    gone = tidy(later(9000, ""))
    assert (gone.drafts, gone.jobs, gone.draft_jobs) == ((), (), 0)


@pytest.mark.parametrize(
    ("keep", "says"),
    [
        ("draft=3", "KOUJING_KEEP: 'draft' is none; choose drafts, jobs, call_log"),
        ("drafts=0", "drafts=0 would keep nothing"),
        ("drafts", "is no KIND=DAYS"),
    ],
)
def test_a_setting_that_cannot_be_takes_nothing(sample: Workspace, later: Later, keep: str, says: str) -> None:
    draft = story(sample)
    with pytest.raises(InputError, match=says):
        tidy(later(9000, keep))
    assert sample.drafts.get(draft.id)
    with pytest.raises(InputError):
        days_kept(sample.settings)
