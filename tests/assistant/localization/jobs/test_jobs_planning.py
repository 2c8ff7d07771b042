"""Files to segments to batches: nothing left out, the same text once, one bad file alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from job_fakes import STALE, FakeMemory, FakeModel, FakeOpening, Submit, Work, lines_of

from assistant.localization.jobs.batching import TOKENS_PER_CALL, Waiting, lay, segments_per_call
from assistant.localization.jobs.planning import Planner
from assistant.localization.jobs.records import FileStatus, JobState
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.segment import SegmentState
from assistant.localization.told import why_words
from assistant.workspace import Workspace


def planner(workspace: Workspace, memory: FakeMemory | None = None) -> Planner:
    return Planner(workspace.database, workspace.name, memory, format_of=lines_of)


def states(jobs: LocalizationJobs, job_id: str) -> list[tuple[str, str, str]]:
    return [(str(one.segment.source), str(one.state), one.origin) for one in jobs.segments(job_id)]


def test_planned_twice_is_planned_once(workspace: Workspace, jobs: LocalizationJobs, submit: Submit) -> None:
    job = submit({"a.lines": "one\ntwo", "b.lines": "three"}, targets=("de", "fr"))
    assert planner(workspace).plan(job.id) is JobState.RUNNING
    before = jobs.segments(job.id)
    jobs.pause(job.id, "")
    jobs.resume(job.id)
    assert planner(workspace).plan(job.id) is JobState.RUNNING
    assert jobs.segments(job.id) == before
    assert [one.number for one in before] == [1, 2, 3, 4, 5, 6]


def test_a_paused_job_is_not_planned(workspace: Workspace, jobs: LocalizationJobs, submit: Submit) -> None:
    job = submit({"a.lines": "one"})
    jobs.pause(job.id, "")
    assert planner(workspace).plan(job.id) is JobState.PAUSED
    assert jobs.segments(job.id) == []


def test_a_file_that_cannot_be_read_stops_no_other(submit: Submit, work: Work) -> None:
    job = work(submit({"broken.lines": "one!", "odd.bin": "x", "good.lines": "two"}))
    assert job.state is JobState.DONE
    assert [file.status for file in job.files] == [FileStatus.FAILED, FileStatus.FAILED, FileStatus.WRITTEN]
    assert "broken off" in job.files[0].why
    assert "save it again" in job.files[0].why
    assert "no such file can be localized" in job.files[1].why


def test_a_fault_while_reading_is_told_as_ours(workspace: Workspace, jobs: LocalizationJobs, submit: Submit) -> None:
    job = submit({"a.lines": "one"})

    def broken(name: str, data: bytes) -> object:
        raise ZeroDivisionError

    Planner(workspace.database, workspace.name, format_of=broken).plan(job.id)  # type: ignore[arg-type]
    assert "fault of Koujing" in jobs.get(job.id).files[0].why


def test_what_the_memory_and_the_file_hold_is_reused(
    workspace: Workspace, jobs: LocalizationJobs, submit: Submit
) -> None:
    memory = FakeMemory({"known": "bekannt"}, {"stale": "veraltet"})
    job = submit({"a.lines": "known\nfinal => fertig\nnew\nstale"})
    planner(workspace, memory).plan(job.id)
    assert states(jobs, job.id) == [
        ("known", "reused", "memory"),
        ("final", "reused", "file"),
        ("new", "pending", ""),
        ("stale", "needs_review", "memory"),
    ]
    stale = jobs.segments(job.id)[3]
    assert why_words(stale) == STALE
    assert [finding["check"] for finding in stale.findings] == ["fact_changed"]


def test_without_memory_nothing_is_looked_up(workspace: Workspace, jobs: LocalizationJobs, submit: Submit) -> None:
    job = submit({"a.lines": "known"}, memory=False)
    planner(workspace, FakeMemory({"known": "bekannt"})).plan(job.id)
    assert states(jobs, job.id) == [("known", "pending", "")]


@pytest.mark.parametrize("options", [{"targets": ("sv",)}, {"source": "sv", "targets": ("en",)}])
def test_an_unknown_locale_needs_a_person_and_no_model(
    submit: Submit, work: Work, jobs: LocalizationJobs, options: dict[str, object]
) -> None:
    model = FakeModel()
    job = work(submit({"a.lines": "one\ntwo"}, **options), FakeOpening(model, FakeMemory({"one": "ett"})))
    assert model.asked == []
    assert job.state is JobState.DONE
    assert job.files[0].status is FileStatus.PARTLY
    assert {one.state for one in jobs.segments(job.id)} == {SegmentState.NEEDS_REVIEW}
    assert "sv" in jobs.segments(job.id)[0].why


def test_the_same_text_is_asked_for_once(submit: Submit, work: Work, jobs: LocalizationJobs) -> None:
    model = FakeModel()
    job = work(submit({"a.lines": "one\ntwo\none", "b.lines": "one\ndoubtful\ndoubtful"}), FakeOpening(model))
    assert model.asked == ["one\ntwo\ndoubtful"]
    found = [(str(one.state), one.origin, str(one.target)) for one in jobs.segments(job.id)]
    assert found == [
        ("translated", "model", "ONE"),
        ("translated", "model", "TWO"),
        ("reused", "repeated", "ONE"),
        ("reused", "repeated", "ONE"),
        ("needs_review", "model", "DOUBTFUL"),
        ("needs_review", "repeated", "DOUBTFUL"),
    ]
    assert jobs.segments(job.id)[5].why == "a figure changed"


def test_a_small_model_gets_one_segment_at_a_time() -> None:
    assert segments_per_call("local") == 1
    assert segments_per_call("openai:large") > 1


@given(
    st.lists(
        st.tuples(st.sampled_from(["de", "fr"]), st.integers(1, 20), st.integers(1, 2 * TOKENS_PER_CALL)), max_size=60
    ),
    st.integers(1, 8),
    st.integers(1, 100),
)
def test_every_segment_is_in_a_batch_of_its_locale(texts: list[tuple[str, int, int]], size: int, first: int) -> None:
    tokens = {(locale, text): count for locale, text, count in texts}
    waiting = [
        Waiting(number, locale, f"{locale}{text}", tokens[locale, text])
        for number, (locale, text, _) in enumerate(texts, 1)
    ]
    locales: dict[int, str] = {}
    laid = {one.number: one for one in lay(waiting, size, first, locales)}

    assert set(laid) == {one.number for one in waiting}
    assert sorted(locales) == list(range(first, first + len(locales)))
    for one in waiting:
        mine = laid[one.number]
        assert locales[mine.batch] == one.locale
        if mine.leader is not None:
            leader = laid[mine.leader]
            assert (leader.leader, leader.batch) == (None, mine.batch)
            assert waiting[mine.leader - 1].digest == one.digest
    leaders = [one for one in waiting if laid[one.number].leader is None]
    assert len({one.digest for one in leaders}) == len(leaders)
    for batch in locales:
        mates = [one for one in leaders if laid[one.number].batch == batch]
        assert 1 <= len(mates) <= size
        assert len(mates) == 1 or sum(one.tokens for one in mates) <= TOKENS_PER_CALL
