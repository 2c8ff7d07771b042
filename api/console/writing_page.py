"""`/drafts/{id}/writing`: a draft while it is written. The sections arrive in place; leaving and coming back works."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api import commissions
from api.access.roles import Right
from api.console.outline import outline
from api.console.pages import page
from api.context import Hands, Opened, Who, needs
from assistant.brief import Brief, brief_from_json
from assistant.draft_jobs import DraftJobs, Job
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, NotFound

router = APIRouter(include_in_schema=False)


@router.get("/drafts/{draft_id}/writing", dependencies=[needs(Right.READ)])
def writing(request: Request, workspace: Opened, draft_id: str) -> Response:
    """The page to watch; once it is written, the draft itself. Raises `NotFound`."""
    job = DraftJobs(workspace.database, workspace.name).of_draft(draft_id)
    if job is None or (job.ended and _is_kept(workspace, job)):
        draft = workspace.drafts.get(draft_id)
        return RedirectResponse(f"/drafts/{draft_id}/questions" if draft.questions else f"/drafts/{draft_id}", 303)
    brief = _brief(workspace, job)
    template = workspace.templates.get(brief.template).template
    return page(
        request,
        "writing.html.j2",
        job=job,
        draft_id=draft_id,
        brief=brief,
        template=template,
        sections=outline(template, brief.locale.split("-", 1)[0]),
        ended=job.ended,
        model=job.ask.get("model") or workspace.model.name,
    )


@router.post("/drafts/{draft_id}/writing", dependencies=[needs(Right.DRAFT)])
async def write_again(workspace: Opened, writers: Hands, actor: Who, draft_id: str) -> Response:
    """Once more what failed or was stopped before anything was kept. Raises `Conflict` when there is no such thing."""
    jobs = DraftJobs(workspace.database, workspace.name)
    job = await run_in_threadpool(jobs.of_draft, draft_id)
    if job is None:
        # Raises `NotFound` for a draft that is not there either.
        await run_in_threadpool(workspace.drafts.get, draft_id)
    if job is None or not job.ended or job.kind != "draft":
        raise Conflict(f"draft '{draft_id}' did not fail; there is nothing to write once more")
    brief, model = brief_from_json(job.ask["given"]), job.ask.get("model")
    begun = await commissions.begin(commissions.new_draft(brief, actor, model), workspace, writers)
    return RedirectResponse(f"/drafts/{begun.draft_id}/writing", 303)


def _is_kept(workspace: Workspace, job: Job) -> bool:
    """True when there is something to show instead: the draft, of whichever version, or the questions."""
    if job.state == "done":
        return True
    try:
        return workspace.drafts.get(job.draft_id).version > 0
    except NotFound:
        return False


def _brief(workspace: Workspace, job: Job) -> Brief:
    given: Any = job.ask["given"]
    return brief_from_json(given) if job.kind == "draft" else workspace.drafts.brief(job.draft_id)
