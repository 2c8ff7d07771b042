"""What the routes share: the open workspace, the writers, and the answers they document."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPBearer

from api.problems import MEDIA_TYPE, SCHEMA
from api.writing import Writers
from assistant.workspace import Workspace


def _workspace(request: Request) -> Workspace:
    workspace: Workspace = request.app.state.workspace
    return workspace


def _writers(request: Request) -> Writers:
    writers: Writers = request.app.state.writers
    return writers


Opened = Annotated[Workspace, Depends(_workspace)]
Hands = Annotated[Writers, Depends(_writers)]

_KEY = HTTPBearer(auto_error=False, description="From `koujing keys create`. Checked before any route (guard.py).")


def problem_response(description: str) -> dict[str, Any]:
    """An error in the OpenAPI description."""
    return {"description": description, "content": {MEDIA_TYPE: {"schema": SCHEMA}}}


def v1_router(tag: str) -> APIRouter:
    """A router under /v1 whose routes document the key and the errors that all of them have."""
    return APIRouter(
        prefix="/v1",
        tags=[tag],
        dependencies=[Depends(_KEY)],
        responses={
            401: problem_response("The API key is missing, unknown or revoked."),
            422: problem_response("The input cannot be used; `errors` says where and what."),
            503: problem_response("The set-up is incomplete or the model is busy."),
        },
    )


def document(description: str, example: dict[str, Any]) -> dict[str, Any]:
    """An answer in the OpenAPI description, shown by an example."""
    return {"description": description, "content": {"application/json": {"example": example}}}
