"""Jobs as the database keeps them: one request is one job, and a job moves only where it may."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from job_fakes import FakeMemory, FakeOpening, Submit, Work

from assistant.localization.content import Content
from assistant.localization.jobs.pace_of_work import seconds_left
from assistant.localization.jobs.records import JobOptions, JobState, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.segment import Outcome, SegmentState
from knowledge.domain.errors import Conflict, InputError, NotFound

OPTIONS = JobOptions("en", ("de",), model="fake")
FILES = (SourceFile("a.lines", "a.lines", b"one"),)


def test_the_same_request_is_the_same_job(jobs: LocalizationJobs) -> None:
    first, new = jobs.submit(OPTIONS, FILES, "Lin")
    second, again = jobs.submit(OPTIONS, FILES, "Chen")
    assert (new, again) == (True, False)
    assert second == first


@pytest.mark.parametrize(
    ("options", "files"),
    [
        (JobOptions("en", ("fr",), model="fake"), FILES),
        (JobOptions("en", ("de",), model="other"), FILES),
        (JobOptions("en", ("de",), model="fake", glossary=({"term": "one"},)), FILES),
        (OPTIONS, (SourceFile("a.lines", "a.lines", b"two"),)),
        (OPTIONS, (SourceFile("b.lines", "b.lines", b"one"),)),
    ],
)
def test_another_request_is_another_job(
    jobs: LocalizationJobs, options: JobOptions, files: tuple[SourceFile, ...]
) -> None:
    first, _ = jobs.submit(OPTIONS, FILES, "Lin")
    second, new = jobs.submit(options, files, "Lin")
    assert new
    assert second.id != first.id


def test_a_larger_budget_is_the_same_job_with_that_budget(jobs: LocalizationJobs) -> None:
    first, _ = jobs.submit(JobOptions("en", ("de",), budget=10), FILES, "Lin")
    second, new = jobs.submit(JobOptions("en", ("de",), budget=99), FILES, "Lin")
    assert (second.id, new, second.options.budget) == (first.id, False, 99)


def test_a_cancelled_job_is_not_taken_up_by_the_same_request(jobs: LocalizationJobs) -> None:
    first, _ = jobs.submit(OPTIONS, FILES, "Lin")
    jobs.cancel(first.id)
    assert jobs.submit(OPTIONS, FILES, "Lin")[1]


def test_a_done_job_is_the_answer_unless_it_is_wanted_again(jobs: LocalizationJobs, submit: Submit, work: Work) -> None:
    job = work(submit({"a.lines": "one"}))
    files = [SourceFile("a.lines", "a.lines", b"one")]
    assert jobs.submit(job.options, files, "Lin")[0].id == job.id
    again, new = jobs.submit(job.options, files, "Lin", again=True)
    assert new
    assert again.id != job.id


@pytest.mark.parametrize("name", ["../a.lines", "/etc/a.lines", "x/../../a.lines", ""])
def test_no_target_leads_out_of_its_folder(jobs: LocalizationJobs, name: str) -> None:
    with pytest.raises(InputError):
        jobs.submit(OPTIONS, [SourceFile("a.lines", name, b"one")], "Lin")
    assert jobs.newest() == []


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("a.lines", "/o/de/a.lines"),
        ("docs/a.lines", "/o/de/docs/a.lines"),
        ("en/a.lines", "/o/de/a.lines"),
        ("a.en.lines", "/o/a.de.lines"),
    ],
)
def test_each_locale_has_a_folder_unless_the_path_names_it(jobs: LocalizationJobs, name: str, target: str) -> None:
    job, _ = jobs.submit(JobOptions("en", ("de",), out="/o"), [SourceFile(name, name, b"one")], "Lin")
    assert job.files[0].target == target


def test_nothing_to_do_is_an_error(jobs: LocalizationJobs) -> None:
    with pytest.raises(InputError):
        jobs.submit(OPTIONS, [], "Lin")


def test_pause_and_resume(jobs: LocalizationJobs, submit: Submit) -> None:
    job = submit({"a.lines": "one"})
    assert jobs.pause(job.id, "lunch").why == "lunch"
    assert jobs.pause(job.id, "again").why == "lunch"
    assert jobs.at_work() == []
    assert jobs.resume(job.id).state is JobState.PLANNING
    assert jobs.at_work() == [job.id]


def test_what_was_cancelled_says_so_everywhere(jobs: LocalizationJobs, submit: Submit) -> None:
    job = jobs.cancel(submit({"a.lines": "one"}).id)
    assert job.state is JobState.CANCELLED
    assert "cancelled" in job.files[0].why
    for move in (jobs.resume, jobs.cancel, lambda one: jobs.pause(one, "")):
        with pytest.raises(Conflict):
            move(job.id)


def test_an_unknown_job_is_told(jobs: LocalizationJobs) -> None:
    for ask in (jobs.get, jobs.state, jobs.resume, jobs.cancel):
        with pytest.raises(NotFound, match="l-none"):
            ask("l-none")


def test_segments_are_found_by_file_locale_and_state(jobs: LocalizationJobs, submit: Submit, work: Work) -> None:
    job = work(submit({"a.lines": "one\ndoubtful", "b.lines": "two"}, targets=("de", "fr")))
    assert len(jobs.segments(job.id)) == 6
    assert {one.locale for one in jobs.segments(job.id, locale="fr")} == {"fr"}
    assert [str(one.segment.source) for one in jobs.segments(job.id, file=1)] == ["one", "doubtful"]
    held = jobs.segments(job.id, states=[SegmentState.NEEDS_REVIEW])
    assert [one.why for one in held] == ["a figure changed"] * 2
    first = jobs.segments(job.id, limit=2)
    assert [one.number for one in first] == [1, 2]
    assert [one.number for one in jobs.segments(job.id, after=2, limit=2)] == [3, 4]


def test_an_edit_goes_to_the_same_segment_elsewhere(jobs: LocalizationJobs, submit: Submit, work: Work) -> None:
    job = work(submit({"a.lines": "doubtful\none", "b.lines": "doubtful"}))
    edited = jobs.edit(
        job.id, 1, Content.of("zweifelhaft"), "Lin", Outcome(SegmentState.TRANSLATED, Content.of("zweifelhaft"))
    )
    assert (edited.state, edited.by, edited.origin) == (SegmentState.TRANSLATED, "Lin", "person")
    texts = [(str(one.target), one.origin) for one in jobs.segments(job.id)]
    assert texts == [("zweifelhaft", "person"), ("ONE", "model"), ("zweifelhaft", "repeated")]
    with pytest.raises(NotFound):
        jobs.edit(job.id, 99, Content.of("x"), "Lin", Outcome(SegmentState.TRANSLATED))


def test_what_is_not_translated_yet_cannot_be_edited(jobs: LocalizationJobs, submit: Submit, work: Work) -> None:
    opening = FakeOpening(memory=FakeMemory())
    job = submit({"a.lines": "one"})
    jobs.pause(job.id, "")
    assert work(job, opening).state is JobState.PAUSED
    with pytest.raises(NotFound):
        jobs.edit(job.id, 1, Content.of("eins"), "Lin", Outcome(SegmentState.TRANSLATED))


NOON = datetime(2026, 11, 22, 12)


@pytest.mark.parametrize(
    ("ends", "left", "seconds"),
    [
        ([], 5, None),
        ([0], 5, None),
        ([], 0, 0.0),
        ([0, 10], 5, 50.0),
        ([0, 10, 20], 2, 20.0),
        # The night between two sessions is no work.
        ([0, 10, 20, 40_000, 40_010], 3, 30.0),
    ],
)
def test_time_left(ends: list[int], left: int, seconds: float | None) -> None:
    assert seconds_left([NOON - timedelta(seconds=ago) for ago in ends], left) == seconds


@given(st.lists(st.integers(1, 100), min_size=2, max_size=50), st.integers(1, 1000))
def test_time_left_grows_with_the_work(gaps: list[int], left: int) -> None:
    ends, at = [], NOON
    for gap in gaps:
        ends.append(at)
        at -= timedelta(seconds=gap)
    some, more = seconds_left(ends, left), seconds_left(ends, left * 2)
    assert some is not None
    assert more == pytest.approx(2 * some)
    assert min(gaps) * left * 0.99 <= some <= max(gaps) * left * 1.01
