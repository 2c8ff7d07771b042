"""Which version of a draft a caller looked at before they change it."""

from __future__ import annotations

from fastapi import Request

from api.conditions import etag, if_match
from assistant.publishing.life import DraftLife
from assistant.workspace import Workspace


def looked_at(request: Request, workspace: Workspace, draft_id: str, version: int | None = None) -> int:
    """The version that the caller says, in the body or by `If-Match`; the newest when they say none. The core refuses
    it when there is a newer one by the time it is written.

    Raises `NotFound`, `Changed` when `If-Match` names another version or state.
    """
    if version is not None and "if-match" not in request.headers:
        return version
    status = DraftLife(workspace.database, workspace.name).status(draft_id)
    if_match(request, etag(status.version, status.state))
    return version or status.version
