"""Drafts being written behind a request, as they are kept: what was asked, how far it is, who takes it up again.

A job belongs to the process that keeps its `updated_at` fresh. When that process has died, the time grows old, and
another one may take the job: by an UPDATE that names the old time, so that of two only one succeeds. The times are
those of the machine's clock, not of the workspace's settings.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Select, or_, select, update

from knowledge.domain.errors import Conflict, NotFound
from knowledge.store.database import Database
from knowledge.store.repository import Repository
from knowledge.store.schema import JobRow

DEAD_AFTER = timedelta(seconds=30)
"""A job that nobody kept fresh for so long has lost its process."""

WAITING = ("queued", "writing")
ENDED = ("done", "failed", "stopped")
STATES = (*WAITING, *ENDED, "interrupted")


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `ask` is what was asked (see `api/commissions.py`), `by` the name in the record; times are UTC."""

    id: str
    kind: str
    draft_id: str
    state: str
    ask: Mapping[str, Any]
    problem: Mapping[str, Any] | None
    by: str
    created_at: datetime
    updated_at: datetime

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "draft_id": self.draft_id,
            "state": self.state,
            "problem": self.problem,
            "by": self.by,
            "created_at": f"{self.created_at.isoformat(timespec='seconds')}Z",
            "updated_at": f"{self.updated_at.isoformat(timespec='seconds')}Z",
        }


class DraftJobs(Repository):
    """The jobs of one workspace."""

    def add(self, kind: str, draft_id: str, ask: Mapping[str, Any], by: str) -> Job:
        """A new job, queued in this process."""
        now = _now()
        job = Job(f"j-{secrets.token_hex(8)}", kind, draft_id, "queued", dict(ask), None, by, now, now)
        with self.writing(revises=False) as session:
            session.add(
                JobRow(
                    workspace=self.workspace,
                    id=job.id,
                    kind=kind,
                    draft_id=draft_id,
                    state=job.state,
                    ask=dict(ask),
                    problem=None,
                    by=by,
                    created_at=now,
                    updated_at=now,
                )
            )
        return job

    def get(self, job_id: str) -> Job:
        """Raises `NotFound`."""
        with self.reading() as session:
            row = session.get(JobRow, (self.workspace, job_id))
            if row is None:
                raise NotFound(f"no job '{job_id}'")
            return _job(row)

    def of_draft(self, draft_id: str) -> Job | None:
        """The newest job of a draft."""
        newest = self.rows(JobRow).where(JobRow.draft_id == draft_id).order_by(JobRow.created_at.desc(), JobRow.id)
        with self.reading() as session:
            row = session.scalar(newest.limit(1))
            return None if row is None else _job(row)

    def newest(
        self, limit: int, after: tuple[datetime, str] | None = None, *, state: str = "", draft_id: str = ""
    ) -> list[Job]:
        """The newest first; `after` is (created_at, id) of the last one seen."""
        statement: Select[JobRow] = self.rows(JobRow)
        if state:
            statement = statement.where(JobRow.state == state)
        if draft_id:
            statement = statement.where(JobRow.draft_id == draft_id)
        if after is not None:
            created, job_id = after
            same = (JobRow.created_at == created) & (JobRow.id > job_id)
            statement = statement.where(or_(JobRow.created_at < created, same))
        statement = statement.order_by(JobRow.created_at.desc(), JobRow.id).limit(limit)
        with self.reading() as session:
            return [_job(row) for row in session.scalars(statement)]

    def begin(self, job_id: str) -> bool:
        """Say that it is being written; False when it was stopped while it waited."""
        return self._move(job_id, ("queued", "interrupted"), "writing")

    def end(self, job_id: str, state: str, problem: Mapping[str, Any] | None = None) -> bool:
        """Say how it ended: done, failed, stopped or interrupted; a job that has ended stays as it is."""
        return self._move(job_id, (*WAITING, "interrupted"), state, problem)

    def stop(self, job_id: str) -> Job:
        """The job, stopped: its process sees it and stops writing. Raises `NotFound`, `Conflict` when it has ended."""
        if not self._move(job_id, (*WAITING, "interrupted"), "stopped"):
            raise Conflict(f"job '{job_id}' is {self.get(job_id).state}; there is nothing to stop")
        return self.get(job_id)

    def keep_fresh(self, job_ids: Collection[str]) -> set[str]:
        """Say that this process still has them; those of them that were stopped elsewhere."""
        with self.writing(revises=False) as session:
            session.execute(
                update(JobRow)
                .where((JobRow.workspace == self.workspace) & JobRow.id.in_(job_ids) & JobRow.state.in_(WAITING))
                .values(updated_at=_now())
            )
            mine = select(JobRow.id).where(
                (JobRow.workspace == self.workspace) & JobRow.id.in_(job_ids) & (JobRow.state == "stopped")
            )
            return set(session.scalars(mine))

    def left(self, limit: int) -> list[Job]:
        """Jobs that have lost their process, the oldest first."""
        statement = self.rows(JobRow).where(_left()).order_by(JobRow.created_at, JobRow.id).limit(limit)
        with self.reading() as session:
            return [_job(row) for row in session.scalars(statement)]

    def take(self, job: Job) -> bool:
        """Take a job that was left; False when another process was faster."""
        with self.writing(revises=False) as session:
            taken = session.execute(
                update(JobRow)
                .where(
                    (JobRow.workspace == self.workspace)
                    & (JobRow.id == job.id)
                    & (JobRow.state == job.state)
                    & (JobRow.updated_at == job.updated_at)
                )
                .values(state="queued", updated_at=_now())
            )
            return _changed(taken)

    def _move(self, job_id: str, of: Collection[str], state: str, problem: Mapping[str, Any] | None = None) -> bool:
        values: dict[str, Any] = {"state": state, "updated_at": _now()}
        if problem is not None:
            values["problem"] = dict(problem)
        with self.writing(revises=False) as session:
            moved = session.execute(
                update(JobRow)
                .where((JobRow.workspace == self.workspace) & (JobRow.id == job_id) & JobRow.state.in_(of))
                .values(**values)
            )
            return _changed(moved)


@dataclass(frozen=True, slots=True)
class KeptJob:
    """One job, for whoever does it: says when it begins and how it ends."""

    jobs: DraftJobs
    id: str

    def begin(self) -> bool:
        """It is being written from now on; False when it was stopped while it waited."""
        return self.jobs.begin(self.id)

    def end(self, state: str, problem: Mapping[str, Any] | None = None) -> bool:
        """It is done, failed, stopped or interrupted."""
        return self.jobs.end(self.id, state, problem)


def workspaces_with_jobs_left(database: Database) -> list[str]:
    """Workspaces that have a job without a process."""
    with database.across_workspaces() as session:
        return sorted(session.scalars(select(JobRow.workspace).where(_left()).distinct()))


def _left() -> Any:
    dead = JobRow.state.in_(WAITING) & (JobRow.updated_at < _now() - DEAD_AFTER)
    return or_(JobRow.state == "interrupted", dead)


def _changed(result: Any) -> bool:
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _job(row: JobRow) -> Job:
    return Job(
        row.id, row.kind, row.draft_id or "", row.state, row.ask, row.problem, row.by, row.created_at, row.updated_at
    )
