"""A workspace with an empty library, and jobs in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from job_fakes import SOON, FakeOpening, Submit, Work

from assistant.localization.jobs.asking import Patience
from assistant.localization.jobs.engine import Engine
from assistant.localization.jobs.records import Job, JobOptions, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.settings import Settings
from assistant.workspace import Workspace


@pytest.fixture
def workspace(settings: Settings) -> Iterator[Workspace]:
    opened, _ = Workspace.create(settings)
    with opened:
        yield opened


@pytest.fixture
def jobs(workspace: Workspace) -> LocalizationJobs:
    return LocalizationJobs(workspace.database, workspace.name)


@pytest.fixture
def submit(jobs: LocalizationJobs, tmp_path: Path) -> Submit:
    """`submit({"a.lines": "one\\ntwo"}, targets=("de", "fr"))`: a new job."""

    def one(files: dict[str, str], **options: Any) -> Job:
        given = {"source": "en", "targets": ("de",), "out": str(tmp_path / "out"), "model": "fake", **options}
        sources = [SourceFile(name, name, text.encode()) for name, text in files.items()]
        job, _ = jobs.submit(JobOptions(**given), sources, "Lin")
        return job

    return one


@pytest.fixture
def work(workspace: Workspace) -> Work:
    """`work(job, opening)`: the job as it stands when this process has done with it."""

    def one(job: Job, opening: FakeOpening | None = None, *, patience: Patience = SOON, **options: Any) -> Job:
        with Engine(workspace, only=job.id, opening=opening or FakeOpening(), patience=patience, **options) as engine:
            return engine.run()

    return one
