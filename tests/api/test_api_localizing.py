"""The engine inside the service: what waits is taken up at the start, and one engine makes way for another."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from bilingual_model import BilingualModel

from api import localizing
from api.localizing import Localizer
from assistant.localization.jobs.records import Job, JobOptions, JobState, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.workspace import Workspace


@pytest.fixture
def localizer(workspace: Workspace) -> Iterator[Localizer]:
    workspace.__dict__["model"] = BilingualModel({"你好": "Hello."})
    made = Localizer(workspace, lambda name: workspace)
    yield made
    made.close(10)


def submitted(workspace: Workspace) -> Job:
    options = JobOptions(source="zh-CN", targets=("en",), model="extractive", memory=False)
    jobs = LocalizationJobs(workspace.database, workspace.name)
    return jobs.submit(options, [SourceFile("a.txt", "a.txt", "你好。\n".encode())], "Lin")[0]


def ends(workspace: Workspace, job: Job) -> JobState:
    jobs = LocalizationJobs(workspace.database, workspace.name)
    for _ in range(400):
        if (state := jobs.state(job.id)).ended:
            return state
        time.sleep(0.05)
    return state


def test_what_waits_is_taken_up_at_the_start(localizer: Localizer, workspace: Workspace) -> None:
    job = submitted(workspace)
    localizer.start()
    assert ends(workspace, job) is JobState.DONE


def test_jobs_of_every_workspace_of_the_database_are_worked_on(workspace: Workspace) -> None:
    """By the workspaces that the service has open, and so by its one model."""
    settings = replace(workspace.settings, values={**workspace.settings.values, "workspace": "second"})
    with Workspace.create(settings)[0] as second:
        second.__dict__["model"] = BilingualModel({"你好": "Hello."})
        job = submitted(second)
        localizer = Localizer(workspace, {"second": second}.__getitem__)
        localizer.start()
        assert ends(second, job) is JobState.DONE
        localizer.close(10)
        assert LocalizationJobs(second.database, second.name).get(job.id).counts["translated"] == 1


def test_nothing_is_begun_when_nothing_waits(localizer: Localizer) -> None:
    from assistant.localization.jobs.engine import Engine

    localizer.start()
    time.sleep(0.2)
    assert Engine._current is None


def test_the_next_engine_waits_until_the_one_before_has_gone(
    localizer: Localizer, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(localizing, "AGAIN", 0.05)
    first = submitted(workspace)
    localizer.start()
    assert ends(workspace, first) is JobState.DONE
    second = Localizer(workspace, lambda name: workspace)
    second.wake()
    localizer.close(10)
    options = JobOptions(source="zh-CN", targets=("en",), model="extractive", memory=False)
    jobs = LocalizationJobs(workspace.database, workspace.name)
    job, _ = jobs.submit(options, [SourceFile("b.txt", "b.txt", "你好。".encode())], "Lin")
    try:
        assert ends(workspace, job) is JobState.DONE
    finally:
        second.close(10)


def test_a_service_that_ends_leaves_the_rest_for_the_next(workspace: Workspace) -> None:
    workspace.__dict__["model"] = BilingualModel({"你好": "Hello."})
    job = submitted(workspace)
    for _ in range(2):
        localizer = Localizer(workspace, lambda name: workspace)
        localizer.start()
        localizer.close(10)
    last = Localizer(workspace, lambda name: workspace)
    last.start()
    assert ends(workspace, job) is JobState.DONE
    last.close(10)
