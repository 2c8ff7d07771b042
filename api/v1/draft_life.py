"""`/v1/drafts/{id}/…`: submit, send back, approve, publish, withdraw, and leave as a file."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from api.access.roles import Right
from api.conditions import tag
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.v1 import shapes
from api.v1.bodies import ExportRequest, PublishRequest, ReasonedStepRequest, StepRequest
from api.v1.bodies.texts import FormName
from api.v1.examples import DRAFT_READINESS, DRAFT_STATUS
from api.v1.looking import looked_at
from assistant.draft import SCHEMA
from assistant.export import FORMS
from assistant.publishing.life import Status
from assistant.publishing.readiness import Step
from assistant.workspace import Workspace

router = v1_router("drafts")

_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: document("Where the draft stands now.", DRAFT_STATUS, shapes.DraftStatus),
    404: problem_response("There is no such draft."),
    409: problem_response("It is not ready (`missing` says what lacks), in another state, or changed meanwhile."),
    412: problem_response("`If-Match` names another version or state than the draft's."),
}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file; `Content-Disposition` names it.",
        "content": {
            media: {
                "schema": {"type": "string"} if media.startswith("text/") else {"type": "string", "format": "binary"}
            }
            for media in (form.media_type.partition(";")[0] for form in FORMS)
        },
    },
    404: _ANSWERS[404],
    409: problem_response("It may not leave yet; `missing` says what lacks."),
}
_STEPS: tuple[Step, ...] = ("submit", "approve", "export")
_DRAFT, _APPROVE = [needs(Right.DRAFT)], [needs(Right.APPROVE)]


@router.post("/drafts/{draft_id}/submit", responses=_ANSWERS, dependencies=_DRAFT)
def submit_draft(draft_id: str, body: StepRequest, request: Request, actor: Who, workspace: Opened) -> Response:
    """Hand the newest version in for review."""
    seen = looked_at(request, workspace, draft_id, body.version)
    return _stands(workspace.submit(draft_id, by=actor.name, person=actor.person, version=seen, reason=body.reason))


@router.post("/drafts/{draft_id}/request-changes", responses=_ANSWERS, dependencies=_APPROVE)
def request_draft_changes(
    draft_id: str, body: ReasonedStepRequest, request: Request, actor: Who, workspace: Opened
) -> Response:
    """Send what is in review back to its authors, with the reason."""
    seen = looked_at(request, workspace, draft_id, body.version)
    return _stands(
        workspace.request_changes(draft_id, by=actor.name, person=actor.person, version=seen, reason=body.reason)
    )


@router.post("/drafts/{draft_id}/approve", responses=_ANSWERS, dependencies=_APPROVE)
def approve_draft(draft_id: str, body: StepRequest, request: Request, actor: Who, workspace: Opened) -> Response:
    """Approve the newest version: it may leave from now on. Where the workspace says so, its authors may not."""
    seen = looked_at(request, workspace, draft_id, body.version)
    return _stands(workspace.approve(draft_id, by=actor.name, person=actor.person, version=seen, reason=body.reason))


@router.post("/drafts/{draft_id}/publish", responses=_ANSWERS, dependencies=_APPROVE)
def publish_draft(draft_id: str, body: PublishRequest, request: Request, actor: Who, workspace: Opened) -> Response:
    """Put on record where the approved version stands from now on."""
    _condition(request, workspace, draft_id)
    return _stands(workspace.publish(draft_id, by=actor.name, person=actor.person, version=body.version, to=body.to))


@router.post("/drafts/{draft_id}/withdraw", responses=_ANSWERS, dependencies=_APPROVE)
def withdraw_draft(
    draft_id: str, body: ReasonedStepRequest, request: Request, actor: Who, workspace: Opened
) -> Response:
    """Take the approval back: the version may leave no more. Versions and record stay."""
    _condition(request, workspace, draft_id)
    return _stands(
        workspace.withdraw(draft_id, by=actor.name, person=actor.person, version=body.version, reason=body.reason)
    )


@router.get(
    "/drafts/{draft_id}/readiness",
    responses={
        200: document("Where it stands, and what lacks for each step.", DRAFT_READINESS, shapes.Readiness),
        404: _ANSWERS[404],
    },
    dependencies=[needs(Right.READ)],
)
def show_draft_readiness(draft_id: str, actor: Who, workspace: Opened) -> Response:
    """State, authors, approval, and what stands in the way of submitting, of approving by who asks, of exporting."""
    status = workspace.status(draft_id)
    missing = {
        step: [one.to_json() for one in workspace.missing(draft_id, for_=step, by=actor.name, person=actor.person)]
        for step in _STEPS
    }
    answer = JSONResponse({"schema": SCHEMA, "status": status.to_json(), "missing": missing})
    tag(answer, status.version, status.state)
    return answer


@router.get("/drafts/{draft_id}/exports", responses=_FILE, response_class=Response, dependencies=_DRAFT)
def export_draft(
    draft_id: str,
    actor: Who,
    workspace: Opened,
    form: FormName,
    sources: Annotated[bool, Query(description="Sources as footnotes, for readers inside the house.")] = False,
) -> Response:
    """The approved version as a file. That it left is on record."""
    return _file(workspace, draft_id, form, by=actor.name, sources=sources)


@router.post("/drafts/{draft_id}/exports", responses=_FILE, response_class=Response, dependencies=_DRAFT)
def export_draft_with_reason(draft_id: str, body: ExportRequest, actor: Who, workspace: Opened) -> Response:
    """The approved version as a file. An administrator may export what is not ready, with a reason (`override`)."""
    return _file(
        workspace,
        draft_id,
        body.form,
        by=actor.name,
        version=body.version,
        sources=body.sources,
        override=body.override,
        may_override=actor.may(Right.ADMIN),
    )


def file_answer(content: bytes, name: str, media_type: str) -> Response:
    """A file to be saved, never shown by the browser: its name in ASCII for old clients, and as it is."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name).strip() or "draft"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})


def _file(workspace: Workspace, draft_id: str, form: str, **how: Any) -> Response:
    released = workspace.release(draft_id, form, **how)
    return file_answer(released.content, released.name, released.media_type)


def _stands(status: Status) -> Response:
    answer = JSONResponse({"schema": SCHEMA, "status": status.to_json()})
    tag(answer, status.version, status.state)
    return answer


def _condition(request: Request, workspace: Workspace, draft_id: str) -> None:
    """`If-Match` where a step is on the approved version, which need not be the newest."""
    if "if-match" in request.headers:
        looked_at(request, workspace, draft_id)
