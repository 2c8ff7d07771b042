"""`/v1/drafts/{id}/…`: words changed by hand, findings mended or kept, sections anew, versions compared."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.access.roles import Right
from api.commissions import section_anew
from api.conditions import tag
from api.context import Hands, Opened, Who, document, needs, problem_response, v1_router
from api.v1 import shapes
from api.v1.bodies import EditRequest, KeepRequest, RegenerateRequest, SeenRequest
from api.v1.examples import DRAFT, DRAFT_DIFF
from api.v1.looking import looked_at
from api.v1.written import AS_A_JOB, MODEL_FAILED, whole_or_stream, written
from assistant.draft import SCHEMA, Draft
from knowledge.domain.errors import NotFound

router = v1_router("drafts")

_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: document("The next version of the draft.", DRAFT, shapes.Draft),
    404: problem_response("There is no such draft, paragraph, section or finding."),
    409: problem_response("Somebody else changed the draft meanwhile."),
    412: problem_response("`If-Match` names another version or state than the draft's."),
}
_MAY = [needs(Right.DRAFT)]


@router.patch("/drafts/{draft_id}/paragraphs/{paragraph_id}", responses=_ANSWERS, dependencies=_MAY)
def edit_paragraph(
    draft_id: str, paragraph_id: str, body: EditRequest, request: Request, actor: Who, workspace: Opened
) -> Response:
    """Put other words in the place of a paragraph's; what changed is checked again. A gap that is filled is none."""
    seen = looked_at(request, workspace, draft_id, body.version)
    return _changed(
        workspace.edit(draft_id, paragraph_id, body.text, by=actor.name, after=seen, citations=body.citations)
    )


@router.post("/drafts/{draft_id}/findings/{finding}/mend", responses=_ANSWERS, dependencies=_MAY)
def mend_finding(
    draft_id: str, finding: str, body: SeenRequest, request: Request, actor: Who, workspace: Opened
) -> Response:
    """Do what a finding's `fix` says. `finding` is its `id` (or that of a claim with a `fix`), or its place in
    `findings` from 0."""
    seen = looked_at(request, workspace, draft_id, body.version)
    return _changed(workspace.mend(draft_id, _finding(finding), by=actor.name, after=seen))


@router.post("/drafts/{draft_id}/findings/{finding}/keep", responses=_ANSWERS, dependencies=_MAY)
def keep_finding(
    draft_id: str, finding: str, body: KeepRequest, request: Request, actor: Who, workspace: Opened
) -> Response:
    """Let a warning stand, and say why; an error cannot be kept."""
    seen = looked_at(request, workspace, draft_id, body.version)
    return _changed(workspace.keep(draft_id, _finding(finding), body.reason, by=actor.name, after=seen))


@router.post(
    "/drafts/{draft_id}/sections/{section_id}/regenerate",
    responses={**_ANSWERS, 200: whole_or_stream("The next version of the draft."), **AS_A_JOB, **MODEL_FAILED},
    dependencies=_MAY,
)
async def regenerate_section(
    draft_id: str,
    section_id: str,
    body: RegenerateRequest,
    request: Request,
    actor: Who,
    workspace: Opened,
    writers: Hands,
) -> Response:
    """Write one section anew; the others stay as they are. Streamed or as a job like a new draft."""
    seen = await run_in_threadpool(looked_at, request, workspace, draft_id, body.version)
    commission = section_anew(draft_id, section_id, seen, actor, body.model, force=body.force)
    return await written(request, commission, workspace, writers, 200)


@router.post("/drafts/{draft_id}/check", responses=_ANSWERS, dependencies=_MAY)
def check_draft_again(draft_id: str, body: SeenRequest, request: Request, actor: Who, workspace: Opened) -> Response:
    """Check the newest version against what its sources say today."""
    seen = looked_at(request, workspace, draft_id, body.version)
    return _changed(workspace.recheck(draft_id, by=actor.name, actor=actor.id, after=seen))


@router.post("/drafts/{draft_id}/versions/{number}/restore", responses=_ANSWERS, dependencies=_MAY)
def restore_version(
    draft_id: str, number: int, body: SeenRequest, request: Request, actor: Who, workspace: Opened
) -> Response:
    """The words of an older version as the newest; those between stay in the history."""
    seen = looked_at(request, workspace, draft_id, body.version)
    return _changed(workspace.restore(draft_id, _version(number), by=actor.name, after=seen))


@router.get(
    "/drafts/{draft_id}/diff",
    responses={200: document("What changed, word by word.", DRAFT_DIFF, shapes.DraftDiff), 404: _ANSWERS[404]},
    dependencies=[needs(Right.READ)],
)
def compare_draft_versions(
    draft_id: str,
    workspace: Opened,
    one: Annotated[int, Query(alias="from", ge=1, le=2**31 - 1)],
    other: Annotated[int, Query(alias="to", ge=1, le=2**31 - 1)],
) -> dict[str, Any]:
    """Two versions, paragraph by paragraph."""
    return {"schema": SCHEMA, **workspace.draft_diff(draft_id, one, other).to_json()}


def _changed(draft: Draft) -> Response:
    answer = JSONResponse(draft.to_json())
    tag(answer, draft.version, draft.state)
    return answer


def _finding(named: str) -> int | str:
    return int(named) if named.isdecimal() and len(named) < 7 else named


def _version(number: int) -> int:
    """A version that a database can look for. Raises `NotFound`."""
    if not 1 <= number < 2**31:
        raise NotFound(f"there is no version {number}")
    return number
