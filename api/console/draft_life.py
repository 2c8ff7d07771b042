"""The life of a draft on its page: each step asks first, saying exactly what it does and what is still missing."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.access.roles import Right
from api.console.draft_page import Desk, asked, desk_of
from api.console.flashes import moved
from api.context import Opened, Who, needs
from assistant.export.ai_label import AiLabel, ai_label
from assistant.governance import Governance
from assistant.publishing.four_eyes import own_names
from assistant.publishing.readiness import Missing
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError, NotReady

router = APIRouter(include_in_schema=False)

Seen = Annotated[int, Form(ge=1, le=2**31 - 1)]
Reason = Annotated[str, Form(max_length=4000)]

_AUTHOR = [needs(Right.DRAFT)]
_APPROVER = [needs(Right.APPROVE)]


@router.get("/drafts/{draft_id}/submit", dependencies=_AUTHOR)
def ask_submit(draft_id: str, request: Request, workspace: Opened, actor: Who) -> HTMLResponse:
    """Before handing in: what an approver will find missing."""
    return _ask(request, workspace, actor, draft_id, "submit")


@router.post("/drafts/{draft_id}/submit", dependencies=_AUTHOR)
def submit(
    draft_id: str, request: Request, workspace: Opened, actor: Who, version: Seen, reason: Reason = ""
) -> Response:
    """Hand in the version that was looked at."""
    try:
        workspace.submit(draft_id, by=actor.name, person=actor.person, version=version, reason=reason)
    except (Conflict, NotReady, InputError) as error:
        return _ask(request, workspace, actor, draft_id, "submit", error)
    return moved(f"/drafts/{draft_id}", "ok", "draft.submitted")


@router.get("/drafts/{draft_id}/approve", dependencies=_APPROVER)
def ask_approve(draft_id: str, request: Request, workspace: Opened, actor: Who) -> HTMLResponse:
    """Before approving: what will be published, with which label, and what is missing."""
    return _ask(request, workspace, actor, draft_id, "approve")


@router.post("/drafts/{draft_id}/approve", dependencies=_APPROVER)
def approve(
    draft_id: str, request: Request, workspace: Opened, actor: Who, version: Seen, reason: Reason = ""
) -> Response:
    """Approve the version that was looked at, and no other."""
    try:
        workspace.approve(draft_id, by=actor.name, person=actor.person, version=version, reason=reason)
    except (Conflict, NotReady, InputError) as error:
        return _ask(request, workspace, actor, draft_id, "approve", error)
    return moved(f"/drafts/{draft_id}", "ok", "draft.approved", number=version)


@router.get("/drafts/{draft_id}/request-changes", dependencies=_APPROVER)
def ask_request_changes(draft_id: str, request: Request, workspace: Opened, actor: Who) -> HTMLResponse:
    """Before sending back: what should become otherwise."""
    return _ask(request, workspace, actor, draft_id, "request-changes")


@router.post("/drafts/{draft_id}/request-changes", dependencies=_APPROVER)
def request_changes(
    draft_id: str, request: Request, workspace: Opened, actor: Who, version: Seen, reason: Reason = ""
) -> Response:
    """Send it back with what should become otherwise."""
    try:
        workspace.request_changes(draft_id, reason=reason, by=actor.name, person=actor.person, version=version)
    except (Conflict, NotReady, InputError) as error:
        return _ask(request, workspace, actor, draft_id, "request-changes", error)
    return moved(f"/drafts/{draft_id}", "ok", "draft.sent_back")


@router.get("/drafts/{draft_id}/publish", dependencies=_APPROVER)
def ask_publish(draft_id: str, request: Request, workspace: Opened, actor: Who) -> HTMLResponse:
    """Before putting on record where it stands."""
    return _ask(request, workspace, actor, draft_id, "publish")


@router.post("/drafts/{draft_id}/publish", dependencies=_APPROVER)
def publish(
    draft_id: str,
    request: Request,
    workspace: Opened,
    actor: Who,
    version: Seen,
    to: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Put on record where the approved version stands."""
    try:
        workspace.publish(draft_id, to=to, by=actor.name, person=actor.person, version=version)
    except (Conflict, NotReady, InputError) as error:
        return _ask(request, workspace, actor, draft_id, "publish", error)
    return moved(f"/drafts/{draft_id}", "ok", "draft.published")


@router.get("/drafts/{draft_id}/withdraw", dependencies=_APPROVER)
def ask_withdraw(draft_id: str, request: Request, workspace: Opened, actor: Who) -> HTMLResponse:
    """Before taking it back: which version, and why."""
    return _ask(request, workspace, actor, draft_id, "withdraw")


@router.post("/drafts/{draft_id}/withdraw", dependencies=_APPROVER)
def withdraw(
    draft_id: str, request: Request, workspace: Opened, actor: Who, version: Seen, reason: Reason = ""
) -> Response:
    """What was approved or published no longer may be used."""
    try:
        workspace.withdraw(draft_id, reason=reason, by=actor.name, person=actor.person, version=version)
    except (Conflict, NotReady, InputError) as error:
        return _ask(request, workspace, actor, draft_id, "withdraw", error)
    return moved(f"/drafts/{draft_id}", "ok", "draft.withdrawn")


def _ask(
    request: Request, workspace: Workspace, actor: Who, draft_id: str, step: str, error: InputError | None = None
) -> HTMLResponse:
    """The question before a step; after a refusal with what was wrong."""
    status = workspace.status(draft_id)
    version = status.approved_version if step in ("publish", "withdraw") else None
    desk = desk_of(request, workspace, actor, workspace.drafts.get(draft_id, version))
    return asked(
        request,
        desk,
        step.replace("-", "_"),
        409 if error else 200,
        error="" if error is None or isinstance(error, NotReady) else error.message,
        **before(workspace, desk, step),
    )


def before(workspace: Workspace, desk: Desk, step: str) -> dict[str, Any]:
    """What a person should know before a step: what is missing, the label, what four eyes ask for here."""
    draft, status, actor = desk.draft, desk.status, desk.actor
    missing: tuple[Missing, ...] = ()
    if step in ("submit", "approve"):
        missing = workspace.missing(draft.id, draft.version, for_="approve", by=actor.name, person=actor.person)
        if step == "submit":  # who approves is another question
            missing = tuple(one for one in missing if one.what != "four_eyes")
    elif step in ("publish", "export"):
        missing = workspace.missing(draft.id, draft.version, for_="export")
    return {
        "missing": missing,
        "label": label_of(workspace, desk, reviewed=step in ("approve", "publish") or desk.approved),
        "four_eyes": Governance(workspace.database, workspace.name).choices().four_eyes,
        "mine": sorted(
            set(status.unapproved_authors) & own_names(workspace.database, workspace.name, actor.name, actor.person)
        ),
    }


def label_of(workspace: Workspace, desk: Desk, *, reviewed: bool) -> AiLabel | None:
    """The label that the file will carry in its text."""
    return ai_label(desk.draft, reviewed=reviewed, today=workspace.settings.now().date())
