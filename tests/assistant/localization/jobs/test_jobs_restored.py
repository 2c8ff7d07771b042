"""A backup taken in the middle of a job: what was done is there, the rest is done once, also on another machine."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from job_fakes import SOON, FakeModel, FakeOpening, Submit

from assistant.backup.restoring import restore
from assistant.backup.taking import take
from assistant.localization.jobs.engine import Engine
from assistant.localization.jobs.records import Job, JobState
from assistant.localization.jobs.store import LocalizationJobs
from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace

SEGMENTS = 60


class Held:
    """A model that goes on until some calls have ended, and then waits for word."""

    def __init__(self, calls: int) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()
        self._calls = calls

    def __call__(self, number: int, _prompt: str) -> None:
        if number > self._calls:
            self.reached.set()
            assert self.go_on.wait(60)


def run(settings: Settings, job_id: str, model: FakeModel) -> Job:
    with (
        Workspace.open(settings) as workspace,
        Engine(workspace, only=job_id, opening=FakeOpening(model), patience=SOON, concurrency=1) as engine,
    ):
        return engine.run()


@pytest.mark.slow
def test_a_job_goes_on_from_the_moment_of_the_backup(submit: Submit, workspace: Workspace, tmp_path: Path) -> None:
    job = submit({"a.lines": "\n".join(f"sentence {number}" for number in range(SEGMENTS))})
    held = Held(3)
    first, ended = FakeModel(before=held), []
    worker = threading.Thread(target=lambda: ended.append(run(workspace.settings, job.id, first)))
    worker.start()
    assert held.reached.wait(60)
    take(workspace.settings, tmp_path / "b.zip")
    held.go_on.set()
    worker.join()
    assert ended[0].state is JobState.DONE

    there = load_settings({**os.environ, "KOUJING_HOME": str(tmp_path / "there")})
    restore(there, tmp_path / "b.zip")
    with Workspace.open(there) as opened:
        kept = LocalizationJobs(opened.database, opened.name).get(job.id)
    assert kept.state is JobState.RUNNING
    done = kept.counts["translated"]
    assert 0 < done < SEGMENTS
    second = FakeModel()
    finished = run(there, job.id, second)
    assert finished.state is JobState.DONE
    assert finished.counts["translated"] == SEGMENTS
    asked_again = [line for prompt in second.asked for line in prompt.splitlines()]
    assert len(asked_again) == len(set(asked_again)) == SEGMENTS - done


@pytest.mark.slow
def test_going_back_to_the_middle_of_a_job_that_has_ended(
    submit: Submit, workspace: Workspace, jobs: LocalizationJobs, tmp_path: Path
) -> None:
    """What DBOS had recorded belongs to the state that went away: nothing of it is taken for work done."""
    job = submit({"a.lines": "\n".join(f"sentence {number}" for number in range(SEGMENTS))})
    take(workspace.settings, tmp_path / "b.zip")
    assert run(workspace.settings, job.id, FakeModel()).state is JobState.DONE
    workspace.close()
    restore(workspace.settings, tmp_path / "b.zip", replace=True)
    again = FakeModel()
    finished = run(workspace.settings, job.id, again)
    assert finished.state is JobState.DONE
    assert finished.counts["translated"] == SEGMENTS
    asked = [line for prompt in again.asked for line in prompt.splitlines()]
    assert len(asked) == len(set(asked)) == SEGMENTS
