"""`/v1/jobs`: drafts being written behind a request."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Query

from api.access.roles import Right
from api.context import Hands, Opened, document, needs, problem_response, v1_router
from api.paging import Paged
from api.v1 import shapes
from api.v1.examples import JOB, JOBS
from assistant.draft import SCHEMA
from assistant.draft_jobs import STATES, DraftJobs, Job
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError

router = v1_router("jobs")

UNKNOWN: dict[int | str, dict[str, Any]] = {404: problem_response("There is no such job.")}


@router.get(
    "/jobs", responses={200: document("Jobs, the newest first.", JOBS, shapes.Jobs)}, dependencies=[needs(Right.READ)]
)
def list_jobs(
    workspace: Opened,
    page: Paged,
    state: Annotated[str | None, Query(description="Only these.", json_schema_extra={"enum": list(STATES)})] = None,
    draft_id: Annotated[str, Query(max_length=64, description="Only of this draft.")] = "",
) -> dict[str, Any]:
    """Every job with its state; a failed one with its problem."""
    if state is not None and state not in STATES:
        raise InputError(f"state: '{state}' is none; choose {', '.join(STATES)}")
    after = page.after(str, str)
    begun = (_moment(after[0]), after[1]) if after else None
    rows, following = page.cut(
        _jobs(workspace).newest(page.limit + 1, begun, state=state or "", draft_id=draft_id), _place
    )
    return {"schema": SCHEMA, "jobs": [job.to_json() for job in rows], "next": following}


@router.get(
    "/jobs/{job_id}",
    responses={200: document("The job.", JOB, shapes.Job), **UNKNOWN},
    dependencies=[needs(Right.READ)],
)
def show_job(job_id: str, workspace: Opened) -> dict[str, Any]:
    """One job. When its state is `done`, the draft is at `/v1/drafts/{draft_id}`."""
    return {"schema": SCHEMA, "job": _jobs(workspace).get(job_id).to_json()}


@router.post(
    "/jobs/{job_id}/stop",
    status_code=202,
    responses={
        202: document("The job, stopped.", JOB, shapes.Job),
        409: problem_response("It has ended already."),
        **UNKNOWN,
    },
    dependencies=[needs(Right.DRAFT)],
)
def stop_job(job_id: str, workspace: Opened, writers: Hands) -> dict[str, Any]:
    """Stop writing. What is written so far is kept."""
    return {"schema": SCHEMA, "job": writers.stop(workspace, job_id).to_json()}


def _jobs(workspace: Workspace) -> DraftJobs:
    return DraftJobs(workspace.database, workspace.name)


def _place(job: Job) -> tuple[str, str]:
    return job.created_at.isoformat(), job.id


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError("cursor: is not one that this list gave; leave it out to begin at the start") from None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
