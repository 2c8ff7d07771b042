"""A process at work on a job: states, pauses, budgets, trouble with the provider, faults of our own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from job_fakes import FakeMemory, FakeModel, FakeOpening, FakeTranslator, Submit, Work

from assistant.gateway.faults import meaning
from assistant.localization.jobs.asking import _QUOTA, Patience
from assistant.localization.jobs.durable import DurableQueue
from assistant.localization.jobs.engine import Engine
from assistant.localization.jobs.opening import Tools
from assistant.localization.jobs.records import FileStatus, Job, JobState
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.segment import SegmentState
from assistant.usage import UsageBook
from assistant.workspace import Workspace
from knowledge.domain.errors import BadReply, KoujingError, ProviderBusy, ProviderError, ProviderTimeout, SetupError


def texts(count: int) -> str:
    return "\n".join(f"sentence {number}" for number in range(count))


def failing(error: KoujingError, *, times: int = 10**6, where: str = "") -> Callable[[int, str], None]:
    """Raises `error` for the first `times` prompts that hold `where`."""
    left = [times]
    lock = threading.Lock()

    def before(_number: int, prompt: str) -> None:
        with lock:
            if where in prompt and left[0]:
                left[0] -= 1
                raise error

    return before


def test_from_files_to_files(submit: Submit, work: Work, tmp_path: Path) -> None:
    job = work(submit({"a.lines": "one\ndoubtful\nfinal => fertig", "sub/b.lines": "two"}, targets=("de", "fr")))
    assert job.state is JobState.DONE
    assert job.counts == {"total": 8, "pending": 0, "translated": 4, "reused": 2, "needs_review": 2, "failed": 0}
    assert [file.status for file in job.files] == [FileStatus.PARTLY, FileStatus.PARTLY] + [FileStatus.WRITTEN] * 2
    assert (tmp_path / "out/fr/a.lines").read_text() == "ONE\ndoubtful  # held\nfertig"
    assert (tmp_path / "out/de/sub/b.lines").read_text() == "TWO"


def test_one_text_in_two_ways_is_told_when_the_job_is_done(submit: Submit, work: Work, jobs: LocalizationJobs) -> None:
    job = work(submit({"a.lines": "one sentence => ein Satz\ntwo", "b.lines": "one sentence"}, memory=False))
    assert job.state is JobState.DONE
    found = {one.number: [told["check"] for told in one.findings] for one in jobs.segments(job.id)}
    assert list(found.values()) == [[], [], ["inconsistent"]]


def test_a_file_without_texts_is_written_as_it_is(submit: Submit, work: Work, tmp_path: Path) -> None:
    job = work(submit({"a.lines": "---\n***", "empty.lines": ""}))
    assert job.state is JobState.DONE
    assert (tmp_path / "out/de/a.lines").read_text() == "---\n***"
    assert (tmp_path / "out/de/empty.lines").read_text() == ""


def test_what_was_used_is_on_the_book(submit: Submit, work: Work, workspace: Workspace) -> None:
    work(submit({"a.lines": texts(20)}))
    used = UsageBook(workspace.database, workspace.name).by("act")
    assert [(row["act"], row["calls"], row["prompt_tokens"]) for row in used] == [("localize", 3, 30)]


def test_what_the_model_wrote_is_remembered_and_nothing_else(submit: Submit, work: Work) -> None:
    memory = FakeMemory({"known": "bekannt"})
    work(submit({"a.lines": "one\nknown\ndoubtful\none"}), FakeOpening(memory=memory))
    assert memory.kept == {"one": "ONE"}


def test_the_budget_pauses_and_a_larger_one_goes_on(
    submit: Submit, work: Work, jobs: LocalizationJobs, tmp_path: Path
) -> None:
    model = FakeModel(latency=0.02)
    job = work(submit({"a.lines": texts(160)}, budget=100), FakeOpening(model), concurrency=2)
    assert job.state is JobState.PAUSED
    assert "budget of 100 tokens" in job.why
    assert 0 < job.counts["pending"] < 160
    assert job.files[0].status is FileStatus.PENDING
    # What was under way when the budget was reached is kept: two calls, and two batches being written down.
    assert 5 <= len(model.asked) <= 5 + 4
    again = submit({"a.lines": texts(160)})
    assert again.id == job.id
    jobs.resume(job.id)
    assert work(job, FakeOpening(model)).state is JobState.DONE
    assert len(model.asked) == 20


def test_a_pause_keeps_what_was_paid(submit: Submit, work: Work, jobs: LocalizationJobs) -> None:
    """Each segment takes two calls; the pause comes between them."""
    job = submit({"a.lines": "again one"})

    def pause(number: int, _prompt: str) -> None:
        if number == 1:
            jobs.pause(job.id, "lunch")
            time.sleep(0.6)

    model = FakeModel(before=pause)
    assert work(job, FakeOpening(model)).why == "lunch"
    assert len(model.asked) == 1
    jobs.resume(job.id)
    done = work(job, FakeOpening(model))
    assert (done.state, len(model.asked)) == (JobState.DONE, 2)
    assert [str(one.target) for one in jobs.segments(job.id)] == ["AGAIN ONE"]


def test_cancelled_while_at_work(submit: Submit, work: Work, jobs: LocalizationJobs, tmp_path: Path) -> None:
    job = submit({"a.lines": texts(80)})

    def cancel(number: int, _prompt: str) -> None:
        if number == 2:
            jobs.cancel(job.id)

    done = work(job, FakeOpening(FakeModel(latency=0.05, before=cancel)), concurrency=1)
    assert done.state is JobState.CANCELLED
    counts = done.counts
    assert counts["pending"] == 0
    assert counts["failed"] >= 64
    assert counts["failed"] + counts["translated"] == 80
    assert done.files[0].status is FileStatus.FAILED
    assert not (tmp_path / "out").exists()


def test_a_storm_of_429_slows_down_and_loses_nothing(submit: Submit, work: Work) -> None:
    lock, seen = threading.Lock(), [0]

    def storm(_number: int, _prompt: str) -> None:
        with lock:
            seen[0] += 1
            if seen[0] % 3 == 0:
                raise ProviderBusy("the model is busy (429)", retry_after=0.05)

    model = FakeModel(latency=0.005, before=storm)
    job = work(submit({"a.lines": texts(320)}), FakeOpening(model))
    assert job.state is JobState.DONE
    assert job.counts["translated"] == 320


def test_a_used_up_quota_pauses_the_job(submit: Submit, work: Work) -> None:
    class Response:
        status_code, headers = 429, {}  # stands for an error of a provider's library

    class QuotaError(Exception):
        response, body = Response(), {"code": "insufficient_quota"}

    error = meaning(QuotaError("insufficient_quota"), "api.example", "m")
    assert isinstance(error, ProviderBusy)
    assert _QUOTA in error.message
    job = work(submit({"a.lines": "one"}), FakeOpening(FakeModel(before=failing(error))))
    assert (job.state, job.why) == (JobState.PAUSED, error.message)
    assert job.counts["pending"] == 1


@pytest.mark.parametrize(
    "error",
    [
        SetupError("the model refused the key (401)"),
        ProviderBusy("asks to wait 3600 s", retry_after=3600),
    ],
)
def test_what_only_a_person_can_mend_pauses_the_job(
    submit: Submit, work: Work, jobs: LocalizationJobs, error: KoujingError
) -> None:
    job = submit({"a.lines": texts(100)})
    paused = work(job, FakeOpening(FakeModel(before=failing(error))))
    assert (paused.state, paused.why) == (JobState.PAUSED, error.message)
    assert paused.counts["pending"] == 100
    jobs.resume(job.id)
    assert work(job).counts["translated"] == 100


def test_a_failure_that_passes_is_not_seen(submit: Submit, work: Work) -> None:
    model = FakeModel(before=failing(ProviderTimeout("no reply"), times=2))
    job = work(submit({"a.lines": texts(8)}), FakeOpening(model))
    assert job.counts["translated"] == 8
    assert len(model.asked) == 3


def test_one_segment_that_breaks_its_batch_fails_alone(submit: Submit, work: Work, jobs: LocalizationJobs) -> None:
    model = FakeModel(before=failing(ProviderError("status 500"), where="poison"))
    job = work(submit({"a.lines": texts(3) + "\npoison\npoison\n" + "z\ny\nx"}), FakeOpening(model))
    assert job.state is JobState.DONE
    assert job.files[0].status is FileStatus.PARTLY
    found = {str(one.segment.source): (one.state, one.why) for one in jobs.segments(job.id)}
    assert found.pop("poison") == (SegmentState.FAILED, "status 500")
    assert {state for state, _ in found.values()} == {SegmentState.TRANSLATED}
    assert job.counts["failed"] == 2
    # Three tries together, then each alone, of which one again three times.
    assert len(model.asked) == 3 + 6 + 3


def test_when_nothing_comes_back_for_long_the_job_waits(submit: Submit, work: Work) -> None:
    model = FakeModel(before=failing(ProviderError("no connection")))
    patience = Patience(waits=(0.05,) * 10, outage=0.2)
    job = work(submit({"a.lines": texts(80)}), FakeOpening(model), patience=patience)
    assert job.state is JobState.PAUSED
    assert "no connection" in job.why
    assert job.counts["pending"] == 80


def test_a_bad_reply_is_for_the_translator(submit: Submit, work: Work, jobs: LocalizationJobs) -> None:
    job = work(submit({"a.lines": "one"}), FakeOpening(FakeModel(before=failing(BadReply("cut", "half")))))
    assert [(one.state, one.why) for one in jobs.segments(job.id)] == [(SegmentState.FAILED, "cut")]


class Broken(FakeTranslator):
    def translate(self, batch: Any, ask: Any) -> Any:
        raise ZeroDivisionError


class Forgetful(FakeTranslator):
    def translate(self, batch: Any, ask: Any) -> Any:
        found = super().translate(batch, ask)
        found.pop(batch.segments[0].id)
        return found


def test_a_fault_in_the_translator_is_a_failed_segment(submit: Submit, work: Work, jobs: LocalizationJobs) -> None:
    job = work(submit({"a.lines": "one"}), FakeOpening(translator=Broken()))
    assert job.state is JobState.DONE
    assert "fault of Koujing" in jobs.segments(job.id)[0].why


def test_a_segment_that_the_translator_left_out_is_accounted_for(
    submit: Submit, work: Work, jobs: LocalizationJobs
) -> None:
    work(submit({"a.lines": "one\ntwo"}), FakeOpening(translator=Forgetful()))
    assert [one.state for one in jobs_segments(jobs)] == [SegmentState.FAILED, SegmentState.TRANSLATED]


def jobs_segments(jobs: LocalizationJobs) -> list[Any]:
    return jobs.segments(jobs.newest()[0].id)


def test_a_model_that_cannot_be_opened_pauses(submit: Submit, work: Work) -> None:
    class Closed(FakeOpening):
        def tools(self, workspace: Workspace, job: Job) -> Tools:
            raise SetupError("no such model; check KOUJING_MODEL")

    job = work(submit({"a.lines": "one"}), Closed())
    assert (job.state, job.why) == (JobState.PAUSED, "no such model; check KOUJING_MODEL")


def test_a_full_disk_fails_that_file_and_no_other(submit: Submit, work: Work, tmp_path: Path) -> None:
    def full(path: Path, data: bytes) -> None:
        if path.name == "b.lines":
            raise OSError(28, "No space left on device")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    job = work(submit({"a.lines": "one", "b.lines": "two", "c.lines": "three"}), FakeOpening(write_file=full))
    assert job.state is JobState.DONE
    assert [file.status for file in job.files] == [FileStatus.WRITTEN, FileStatus.FAILED, FileStatus.WRITTEN]
    assert "No space left on device" in job.files[1].why
    assert job.counts["translated"] == 3


def test_a_target_that_cannot_stand_in_its_format_fails_the_file(submit: Submit, work: Work) -> None:
    job = work(submit({"a.lines": "a ☠"}))
    assert job.files[0].status is FileStatus.FAILED
    assert "write another letter" in job.files[0].why


def test_a_job_without_a_folder_keeps_its_targets(submit: Submit, work: Work, tmp_path: Path) -> None:
    job = work(submit({"a.lines": "one"}, out=""))
    assert (job.state, job.files[0].target) == (JobState.DONE, "de/a.lines")
    assert not (tmp_path / "out").exists()


def test_what_the_queue_forgot_is_made_again(
    submit: Submit, work: Work, jobs: LocalizationJobs, workspace: Workspace
) -> None:
    """The job's own tables are the truth: without what DBOS recorded the job goes on, too."""
    job = submit({"a.lines": texts(40)}, budget=10)
    model = FakeModel()
    assert work(job, FakeOpening(model), concurrency=1).state is JobState.PAUSED
    queue = DurableQueue(workspace.database)
    queue.forget(workspace.name, job.id)
    queue.close()
    submit({"a.lines": texts(40)})
    jobs.resume(job.id)
    assert work(job, FakeOpening(model)).counts["translated"] == 40
    assert len(model.asked) == 5


def test_a_job_that_has_ended_leaves_nothing_in_the_queue(submit: Submit, work: Work, workspace: Workspace) -> None:
    work(submit({"a.lines": texts(40)}))
    queue = DurableQueue(workspace.database)
    assert queue.client.list_workflows() == []
    assert queue.client.list_queues() == []
    queue.close()


def test_a_worker_takes_every_job_of_every_workspace(
    submit: Submit, jobs: LocalizationJobs, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.settings import load_settings

    other, _ = Workspace.create(load_settings(workspace="other"))
    theirs = LocalizationJobs(other.database, "other")
    mine = submit({"a.lines": "one"})
    foreign, _ = theirs.submit(*_asked(mine))
    told: list[str] = []
    with other, Engine(workspace, opening=FakeOpening()) as engine:
        thread = threading.Thread(target=engine.serve, args=(told.append,))
        thread.start()
        until = time.monotonic() + 120
        while not (jobs.state(mine.id).ended and theirs.state(foreign.id).ended) and time.monotonic() < until:
            time.sleep(0.1)
        engine.stop()
        thread.join()
    assert jobs.get(mine.id).counts["translated"] == 1
    assert theirs.get(foreign.id).counts["translated"] == 1
    assert any(mine.id in line for line in told)


def _asked(job: Job) -> Any:
    from assistant.localization.jobs.records import SourceFile

    return job.options, [SourceFile("x.lines", "x.lines", b"two")], "Chen"


def test_a_worker_outlives_a_database_that_fails_for_a_moment(
    submit: Submit, jobs: LocalizationJobs, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.localization.jobs.results import Results

    job, real, failures = submit({"a.lines": texts(40)}), Results.record, [2]

    def record(self: Results, *arguments: Any, **options: Any) -> Any:
        if failures[0]:
            failures[0] -= 1
            raise SetupError("database: the server was restarted")
        return real(self, *arguments, **options)

    monkeypatch.setattr(Results, "record", record)
    monkeypatch.setattr("assistant.localization.jobs.engine.TROUBLED", 0.1)
    told: list[str] = []
    model = FakeModel()
    with Engine(workspace, opening=FakeOpening(model)) as engine:
        thread = threading.Thread(target=engine.serve, args=(told.append,))
        thread.start()
        until = time.monotonic() + 120
        while not jobs.state(job.id).ended and time.monotonic() < until:
            time.sleep(0.1)
        engine.stop()
        thread.join()
    assert jobs.get(job.id).counts["translated"] == 40
    assert "database: the server was restarted" in told
    # What had been answered was on record and is not asked for again.
    assert len(model.asked) == 5
