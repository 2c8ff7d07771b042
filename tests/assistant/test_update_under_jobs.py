"""Koujing is updated while drafts are being written: the new version takes up what the old one left, once."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import databases
from sqlalchemy import text

from assistant.draft_jobs import DraftJobs
from knowledge.store.database import HEAD

FIRST_WITH_JOBS = "0005"
ASK = {"template": "success_story", "inputs": {"case": "口径"}}


def test_a_job_of_the_old_version_is_taken_up_once(tmp_path: Path) -> None:
    database = databases.database_at(tmp_path, empty=True)
    database.migrate(FIRST_WITH_JOBS)
    long_ago = datetime(2026, 1, 15, 9)
    with database.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO workspace (id, name, revision, created_at) VALUES ('default', 'default', 0, :at)"),
            {"at": long_ago},
        )
        for state in ("writing", "queued", "done"):
            connection.execute(
                text(
                    "INSERT INTO job (workspace, id, kind, draft_id, state, ask, by, created_at, updated_at) "
                    "VALUES ('default', :id, 'draft', 'd1', :state, :ask, 'Lin', :at, :at)"
                ),
                {"id": f"j-{state}", "state": state, "ask": json.dumps(ASK), "at": long_ago},
            )
    database.migrate()
    assert database.version == HEAD
    jobs = DraftJobs(database, "default")
    left = jobs.left(10)
    assert {job.id for job in left} == {"j-writing", "j-queued"}
    assert all(job.ask == ASK for job in left)
    assert [jobs.take(job) for job in left] == [True, True]
    assert [jobs.take(job) for job in left] == [False, False]
    assert jobs.get("j-done").state == "done"
    database.close()
