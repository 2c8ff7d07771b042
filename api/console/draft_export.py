"""A draft as a file: forms, sources or not, what is missing, and an administrator's way past it, with the reason."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.access.roles import Right
from api.console.draft_life import before
from api.console.draft_page import asked, desk_of
from api.context import Opened, Who, needs
from assistant.export.formats import FORMS
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError, NotAllowed, NotReady, SetupError

router = APIRouter(include_in_schema=False)


@router.get("/drafts/{draft_id}/export", dependencies=[needs(Right.DRAFT)])
def ask_export(
    draft_id: str,
    request: Request,
    workspace: Opened,
    actor: Who,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> HTMLResponse:
    """The forms, and what is missing before any of them may leave."""
    return _ask(request, workspace, actor, draft_id, version)


@router.post("/drafts/{draft_id}/export", dependencies=[needs(Right.DRAFT)])
def export(
    draft_id: str,
    request: Request,
    workspace: Opened,
    actor: Who,
    form: Annotated[str, Form(max_length=40)],
    version: Annotated[int, Form(ge=1, le=2**31 - 1)],
    sources: Annotated[bool, Form()] = False,
    override: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """The file, or what is missing."""
    try:
        released = workspace.release(
            draft_id,
            form,
            by=actor.name,
            version=version,
            sources=sources,
            override=override,
            may_override=actor.may(Right.ADMIN),
        )
    except (NotReady, NotAllowed, Conflict, InputError, SetupError) as error:
        return _ask(request, workspace, actor, draft_id, version, error, form, sources=sources, override=override)
    plain = released.name.encode("ascii", "ignore").decode() or f"draft-{draft_id}"
    return Response(
        released.content,
        media_type=released.media_type,
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(released.name)}",
            # A file of HTML is never a page of this service.
            "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        },
    )


def _ask(
    request: Request,
    workspace: Workspace,
    actor: Who,
    draft_id: str,
    version: int | None,
    error: InputError | SetupError | None = None,
    form: str = "docx",
    *,
    sources: bool = False,
    override: str = "",
) -> HTMLResponse:
    status = workspace.status(draft_id)
    number = version or status.approved_version or status.version
    desk = desk_of(request, workspace, actor, workspace.drafts.get(draft_id, number))
    return asked(
        request,
        desk,
        "export",
        error.status if error else 200,
        error="" if error is None or isinstance(error, NotReady) else error.message,
        forms=[one.name for one in FORMS],
        form=form,
        sources=sources,
        override=override,
        may_override=actor.may(Right.ADMIN),
        **before(workspace, desk, "export"),
    )
