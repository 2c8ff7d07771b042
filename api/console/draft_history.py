"""The versions of a draft, two of them side by side, and the record of what was done to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.access.roles import Right
from api.console.draft_page import desk_of, shown
from api.console.flashes import moved
from api.context import Opened, Who, needs
from assistant.audit import Asked, Audit
from knowledge.domain.errors import Conflict

router = APIRouter(include_in_schema=False)

LINES = 500
"""Of the record at most."""

Number = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


@router.get("/drafts/{draft_id}/versions", dependencies=[needs(Right.READ)])
def versions(
    draft_id: str, request: Request, workspace: Opened, actor: Who, one: Number = None, other: Number = None
) -> HTMLResponse:
    """Every version, and two of them word by word: the newest and the one before, unless others are chosen."""
    desk = desk_of(request, workspace, actor, workspace.drafts.get(draft_id), view="versions")
    kept = workspace.versions(draft_id)
    newest = kept[-1]["version"]
    right = min(other or newest, newest)
    left = min(one or max(right - 1, 1), newest)
    left, right = min(left, right), max(left, right)
    diff = workspace.draft_diff(draft_id, left, right)
    inside = request.headers.get("hx-target") == "versions"
    template = "draft/versions_body.html.j2" if inside else "draft/versions.html.j2"
    return shown(request, template, desk, kept=kept, left=left, right=right, diff=diff)


@router.post("/drafts/{draft_id}/restore", dependencies=[needs(Right.DRAFT)])
def restore(
    draft_id: str,
    workspace: Opened,
    actor: Who,
    version: Annotated[int, Form(ge=1, le=2**31 - 1)],
    after: Annotated[int, Form(ge=1, le=2**31 - 1)],
) -> Response:
    """An older version as the newest again, checked against what its sources say today."""
    try:
        workspace.restore(draft_id, version, by=actor.name, after=after)
    except Conflict:
        return moved(f"/drafts/{draft_id}/versions", "warn", "draft.not_restored")
    return moved(f"/drafts/{draft_id}", "ok", "draft.restored", number=version)


@router.get("/drafts/{draft_id}/history", dependencies=[needs(Right.READ)])
def history(draft_id: str, request: Request, workspace: Opened, actor: Who) -> HTMLResponse:
    """Who did what when, the newest first; files that left are among it."""
    desk = desk_of(request, workspace, actor, workspace.drafts.get(draft_id), view="history")
    lines = Audit(workspace.database, workspace.name).lines(Asked(subject="draft", subject_id=draft_id), LINES)
    return shown(request, "draft/history.html.j2", desk, lines=lines)
