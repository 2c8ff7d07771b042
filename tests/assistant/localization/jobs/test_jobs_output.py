"""Target files: whole or not at all, and put right when they are gone or changed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from job_fakes import FakeOpening, Submit, Work, lines_of

from assistant.localization.content import Content
from assistant.localization.jobs.output import Output, report_beside, write_whole
from assistant.localization.jobs.records import FileStatus, Job, JobState
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.segment import Outcome, SegmentState
from assistant.workspace import Workspace


@pytest.fixture
def output(workspace: Workspace) -> Output:
    return Output(workspace.database, workspace.name, format_of=lines_of)


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_whole(tmp_path / "a/b/c.txt", b"one")
    write_whole(tmp_path / "a/b/c.txt", b"two")
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"two"
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.txt"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "c.txt", b"one")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "c.txt", b"two")
    assert (tmp_path / "c.txt").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["c.txt"]


def test_readers_never_see_half_a_file(tmp_path: Path) -> None:
    path, sizes = tmp_path / "c.txt", set()
    write_whole(path, b"x")
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            sizes.add(len(path.read_bytes()))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(20):
        write_whole(path, b"y" * 2_000_000)
        write_whole(path, b"x")
    done.set()
    reader.join()
    assert sizes <= {1, 2_000_000}


def done_job(submit: Submit, work: Work, text: str) -> Job:
    job = work(submit({"a.lines": text}), FakeOpening())
    assert job.state is JobState.DONE
    return job


def test_the_report_stands_beside_the_files_while_something_is_held(
    submit: Submit, work: Work, jobs: LocalizationJobs, output: Output
) -> None:
    job = done_job(submit, work, "one\ndoubtful")
    page = report_beside(job)
    assert "doubtful" in page.read_text(encoding="utf-8")
    [held] = jobs.segments(job.id, states=[SegmentState.NEEDS_REVIEW])
    target = Content.of("zwei")
    jobs.edit(job.id, held.number, target, "Lin", Outcome(SegmentState.TRANSLATED, target))
    output.tell(job.id)
    assert not page.exists()


def test_a_report_that_cannot_be_written_keeps_no_job_from_ending(
    submit: Submit, work: Work, workspace: Workspace
) -> None:
    job = done_job(submit, work, "one\ndoubtful")
    report_beside(job).unlink()

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    Output(workspace.database, workspace.name, format_of=lines_of, write_file=full).tell(job.id)
    assert not report_beside(job).exists()


def test_an_edit_is_written(submit: Submit, work: Work, jobs: LocalizationJobs, output: Output, tmp_path: Path) -> None:
    job = done_job(submit, work, "one\ndoubtful\nfinal => fertig")
    assert job.files[0].status is FileStatus.PARTLY
    for number, text in ((2, "zweifelhaft"), (3, "ganz fertig")):
        target = Content.of(text)
        jobs.edit(job.id, number, target, "Lin", Outcome(SegmentState.TRANSLATED, target))
    edited = jobs.get(job.id)
    assert output.write(edited, edited.files[0]) is FileStatus.WRITTEN
    assert (tmp_path / "out/de/a.lines").read_text() == "ONE\nzweifelhaft\nganz fertig"
    assert jobs.get(job.id).files[0].status is FileStatus.WRITTEN


def test_what_a_person_changed_in_the_target_stays(submit: Submit, work: Work, output: Output, tmp_path: Path) -> None:
    job = done_job(submit, work, "one")
    target = tmp_path / "out/de/a.lines"
    target.write_text("mine")
    assert not output.mend(job)
    assert target.read_text() == "mine"
    target.unlink()
    assert output.mend(job)
    assert target.read_text() == "ONE"


def test_a_target_can_be_had_without_a_folder(submit: Submit, work: Work, output: Output) -> None:
    job = work(submit({"a.lines": "one\ndoubtful"}, out=""))
    assert output.target(job, job.files[0]) == (b"ONE\ndoubtful  # held", FileStatus.PARTLY)
