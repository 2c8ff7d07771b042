"""Several processes on one job: one result, also when one of them dies."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from job_fakes import Submit
from killing import calls_in, start, wait_until
from sqlalchemy import text

from assistant.localization.jobs.presence import Presence, locks_of, new_executor
from assistant.localization.jobs.records import JobState
from assistant.localization.jobs.store import LocalizationJobs
from assistant.workspace import Workspace

ROOT = Path(__file__).parents[4]


def environment(workspace: Workspace) -> dict[str, str]:
    return {**os.environ, "KOUJING_DATABASE_URL": workspace.settings.database_url, "PYTHONPATH": str(ROOT)}


@pytest.mark.slow
@pytest.mark.parametrize("killed", [False, True])
def test_two_workers_on_one_job(
    submit: Submit, jobs: LocalizationJobs, workspace: Workspace, tmp_path: Path, killed: bool
) -> None:
    job = submit({f"{k}.lines": "\n".join(f"file {k} line {n}" for n in range(160)) for k in range(2)})
    log = tmp_path / "calls"
    workers = [start("", 0.5, log, environment(workspace)) for _ in range(2)]
    try:
        wait_until(lambda: sum(calls_in(log).values()) >= 6)
        if killed:
            workers[0].send_signal(signal.SIGKILL)
        wait_until(lambda: jobs.state(job.id).ended)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    done = jobs.get(job.id)
    assert done.state is JobState.DONE
    assert done.counts["translated"] == done.counts["total"] == 320
    for k in range(2):
        expected = "\n".join(f"FILE {k} LINE {n}" for n in range(160))
        assert (tmp_path / "out/de" / f"{k}.lines").read_text() == expected
    calls = calls_in(log)
    assert len(calls) == 40
    assert sum(calls.values()) <= 40 + (8 if killed else 0)


def test_the_dead_are_told_from_the_living(workspace: Workspace) -> None:
    here, there = (Presence(locks_of(workspace.database), new_executor()) for _ in range(2))
    assert here.executor != there.executor
    here.enter()
    there.enter()
    with here.dead(here.executor) as dead:
        assert not dead
    with here.dead("host-1-gone") as dead:
        assert dead
    there.leave()
    with here.dead(there.executor) as dead:
        assert dead
    here.leave()


@pytest.mark.postgres_only
def test_a_lock_is_one_processs_alone(workspace: Workspace) -> None:
    one, other = (locks_of(workspace.database) for _ in range(2))
    with one.alone("plan") as mine, other.alone("plan") as theirs:
        assert (mine, theirs) == (True, False)
    with other.alone("plan") as theirs:
        assert theirs
    one.close()
    other.close()


@pytest.mark.postgres_only
def test_a_lock_is_taken_again_when_the_connection_broke(workspace: Workspace) -> None:
    one, other = (locks_of(workspace.database) for _ in range(2))

    def is_free() -> bool:
        with other.alone("me") as free:
            return free

    with one.alone("me"):
        one.refresh()
        assert not is_free()
        with workspace.database.connected() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))
        other.refresh()
        wait_until(is_free)
        one.refresh()
        assert not is_free()
    assert is_free()
    one.close()
    other.close()
