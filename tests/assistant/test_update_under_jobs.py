"""Koujing is updated while drafts are being written: the new version takes up what the old one left, once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import databases
from sqlalchemy import insert

from assistant.draft_jobs import DraftJobs
from knowledge.store.database import HEAD
from knowledge.store.schema import JobRow, WorkspaceRow

FIRST_WITH_JOBS = "0005"
LONG_AGO = datetime(2026, 1, 15, 9)
ASK = {"template": "success_story", "inputs": {"case": "口径"}}


def test_a_job_of_the_old_version_is_taken_up_once(tmp_path: Path) -> None:
    database = databases.database_at(tmp_path, empty=True)
    database.migrate(FIRST_WITH_JOBS)
    with database.engine.begin() as connection:
        connection.execute(
            insert(WorkspaceRow.__table__), {"id": "default", "name": "default", "revision": 0, "created_at": LONG_AGO}
        )
        for state in ("writing", "queued", "done"):
            job = {"workspace": "default", "id": f"j-{state}", "kind": "draft", "draft_id": "d1", "state": state}
            moments = {"created_at": LONG_AGO, "updated_at": LONG_AGO}
            connection.execute(insert(JobRow.__table__), {**job, "ask": ASK, "by": "Lin", **moments})
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
