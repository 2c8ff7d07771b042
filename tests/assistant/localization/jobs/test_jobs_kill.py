"""kill -9 at any moment: every segment ends once, and hardly a call is paid twice."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from job_fakes import Submit
from killing import PROGRAM, calls_in, kill_at_random

from assistant.localization.jobs.records import JobState
from assistant.localization.jobs.store import LocalizationJobs

CONCURRENCY = 8


@pytest.mark.slow
def test_killed_and_started_again(submit: Submit, jobs: LocalizationJobs, tmp_path: Path) -> None:
    texts = [f"sentence number {n}" for n in range(160)]
    job = submit({f"{k}.lines": "\n".join(f"file {k} {text}" for text in texts) for k in range(3)})
    log = tmp_path / "calls"
    command = [sys.executable, str(PROGRAM), job.id, "0.25", str(log)]
    environment = {
        **os.environ, "PYTHONPATH": str(Path(__file__).parents[4]), "KOUJING_DATABASE_URL": jobs.database.url
    }  # fmt: skip

    killed = kill_at_random(command, 3, 7, environment)

    done = jobs.get(job.id)
    assert killed >= 1  # a quick machine may be done before the second
    assert done.state is JobState.DONE
    assert done.counts == {"total": 480, "pending": 0, "translated": 480, "reused": 0, "needs_review": 0, "failed": 0}
    for k in range(3):
        expected = "\n".join(f"file {k} {text}".upper() for text in texts)
        assert (tmp_path / "out" / "de" / f"{k}.lines").read_text() == expected
    calls = calls_in(log)
    assert len(calls) == 60
    assert sum(calls.values()) - len(calls) <= killed * CONCURRENCY
    assert not list((tmp_path / "out").rglob("*.part"))
