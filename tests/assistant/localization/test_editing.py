"""Edits of people: checked, kept, remembered, and written; two at once never undo each other unseen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.localization.content import Content
from assistant.localization.editing import Editing, tag_of, target_name
from assistant.localization.jobs.planning import Planner
from assistant.localization.jobs.records import FileStatus, Job, JobFile, JobOptions, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.review.records import Edit
from assistant.localization.segment import Outcome, SegmentState
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import Changed, Conflict, InputError, NotFound

TEXT = "停机由每月 9 次降至 2 次。\n\n我们服务制造企业。\n\n停机由每月 9 次降至 2 次。\n"
RIGHT, WRONG = "Downtime fell from 9 times a month to 2.", "Downtime fell from 9 times a month to 20."


@pytest.fixture
def workspace(settings: Settings) -> Iterator[Workspace]:
    opened, _ = Workspace.create(settings)
    with opened:
        yield opened


@pytest.fixture
def jobs(workspace: Workspace) -> LocalizationJobs:
    return LocalizationJobs(workspace.database, workspace.name)


@pytest.fixture
def job(workspace: Workspace, jobs: LocalizationJobs) -> Job:
    """Three segments, the first and the third the same; all of them wait for a person."""
    options = JobOptions(source="zh-CN", targets=("en",))
    made, _ = jobs.submit(options, [SourceFile("a.txt", "a.txt", TEXT.encode())], "Lin")
    Planner(workspace.database, workspace.name, None).plan(made.id)
    return jobs.get(made.id)


@pytest.fixture
def editing(workspace: Workspace, jobs: LocalizationJobs, job: Job) -> Editing:
    from assistant.localization.jobs.results import Results

    results = Results(workspace.database, workspace.name)
    for number in results.pending_batches(job.id):
        work = results.work(job.id, number)
        assert work is not None
        held = Outcome(SegmentState.NEEDS_REVIEW, Content.of(WRONG), why="wrong")
        results.record(job.id, number, {segment.id: held for segment in work.segments})
    return Editing(workspace)


def test_an_edit_without_errors_is_released_and_the_same_segment_follows(
    editing: Editing, jobs: LocalizationJobs, job: Job
) -> None:
    assert editing.edit(job.id, 1, RIGHT, "Lin").state is SegmentState.TRANSLATED
    found = jobs.segments(job.id)
    assert [str(one.target) for one in found] == [RIGHT, WRONG, RIGHT]
    assert [one.origin for one in found][0::2] == ["person", "repeated"]


def test_the_file_is_put_together_anew(editing: Editing, jobs: LocalizationJobs, job: Job) -> None:
    editing.edit(job.id, 1, RIGHT, "Lin")
    assert jobs.get(job.id).files[0].status is FileStatus.PARTLY
    editing.edit(job.id, 2, "We serve manufacturers.", "Lin")
    assert jobs.get(job.id).files[0].status is FileStatus.WRITTEN


def test_an_edit_with_errors_waits_and_a_reason_releases_it_on_record(editing: Editing, job: Job) -> None:
    held = editing.edit(job.id, 1, WRONG, "Lin")
    assert held.state is SegmentState.NEEDS_REVIEW
    assert held.why
    released = editing.edit(job.id, 1, WRONG, "Lin", reason="the source\nis wrong")
    assert (released.state, released.why) == (SegmentState.TRANSLATED, "Lin: the source is wrong")
    [line] = editing.events("localization", f"{job.id}/1")
    assert (line.by, line.reason, line.act) == ("Lin", "the source is wrong", "released in spite of errors")


def test_a_reason_is_not_put_on_record_where_there_is_no_error(editing: Editing, job: Job) -> None:
    editing.edit(job.id, 1, RIGHT, "Lin", reason="to be sure")
    assert editing.events("localization", f"{job.id}/1") == []


def test_of_two_who_looked_at_the_same_only_the_first_is_taken(editing: Editing, job: Job) -> None:
    seen = tag_of(editing.segment(job.id, 1))
    editing.edit(job.id, 1, RIGHT, "Lin", seen=seen)
    with pytest.raises(Changed):
        editing.edit(job.id, 1, f"{RIGHT} Really.", "Mei", seen=seen)


def test_a_change_between_looking_and_writing_is_noticed(editing: Editing, jobs: LocalizationJobs, job: Job) -> None:
    before = editing.segment(job.id, 1)
    editing.edit(job.id, 1, RIGHT, "Lin")
    with pytest.raises(Changed):
        jobs.edit(job.id, 1, Content.of(WRONG), "Mei", Outcome(SegmentState.TRANSLATED), before)


@pytest.mark.parametrize("text", ["", "  \n", "…"])
def test_an_empty_translation_is_refused(editing: Editing, job: Job, text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        editing.edit(job.id, 1, text, "Lin")


def test_what_is_not_there_and_what_is_awaited(workspace: Workspace, job: Job) -> None:
    editing = Editing(workspace)
    with pytest.raises(Conflict):
        editing.edit(job.id, 1, RIGHT, "Lin")
    for job_id, number in ((job.id, 99), ("l-none", 1)):
        with pytest.raises(NotFound):
            editing.edit(job_id, number, RIGHT, "Lin")


def test_edits_of_a_review_are_taken_one_by_one(editing: Editing, jobs: LocalizationJobs, job: Job) -> None:
    edits = [Edit(1, Content.of(WRONG)), Edit(2, Content.of("We serve manufacturers."))]
    merged = editing.merge(job.id, edits, "Lin")
    assert (merged.taken, [number for number, _ in merged.waiting], merged.problems) == (2, [1], ())
    assert jobs.get(job.id).counts["translated"] == 1


@pytest.mark.parametrize(
    ("source", "target", "name"),
    [
        ("case.md", "en/case.md", "case.en.md"),
        ("messages.zh.json", "messages.en.json", "messages.en.json"),
        ("LICENSE", "de/LICENSE", "LICENSE.de"),
    ],
)
def test_a_target_file_is_saved_under_a_name_with_its_locale(source: str, target: str, name: str) -> None:
    locale = "de" if name.endswith(".de") else "en"
    assert target_name(JobFile(1, source, target, locale, "x", FileStatus.WRITTEN)) == name
